import { canonicalJson, sha256Hex } from "../../model/digest.ts";
import type { Remediation } from "../../model/rule.ts";
import { ambientSession } from "./auth/ambient-session.ts";
import { asAlgDeprecated } from "./auth/as-alg-deprecated.ts";
import { asAlgNone } from "./auth/as-alg-none.ts";
import { asAlgSymmetric } from "./auth/as-alg-symmetric.ts";
import { asClientAuthNone } from "./auth/as-client-auth-none.ts";
import { asClientAuthSymmetricOnly } from "./auth/as-client-auth-symmetric-only.ts";
import { asHttpEndpoint } from "./auth/as-http-endpoint.ts";
import { asImplicitOffered } from "./auth/as-implicit-offered.ts";
import { asIssuerMismatch } from "./auth/as-issuer-mismatch.ts";
import { asNoSenderConstraint } from "./auth/as-no-sender-constraint.ts";
import { asPasswordOffered } from "./auth/as-password-offered.ts";
import { asPkceMissing } from "./auth/as-pkce-missing.ts";
import { asPkcePlain } from "./auth/as-pkce-plain.ts";
import { asRegression } from "./auth/as-regression.ts";
import { authenticatedResponseCached } from "./auth/authenticated-response-cached.ts";
import { basicPassword } from "./auth/basic-password.ts";
import { belowFloor } from "./auth/below-floor.ts";
import { challengeDowngrade } from "./auth/challenge-downgrade.ts";
import { challengeMalformed } from "./auth/challenge-malformed.ts";
import { challengeMissing } from "./auth/challenge-missing.ts";
import { credentialEchoed } from "./auth/credential-echoed.ts";
import { credentialOverHttp } from "./auth/credential-over-http.ts";
import { credentialRejected } from "./auth/credential-rejected.ts";
import { digestWeak } from "./auth/digest-weak.ts";
import { garbageCredentialAccepted } from "./auth/garbage-credential-accepted.ts";
import { idTokenAsAccessToken } from "./auth/id-token-as-access-token.ts";
import { inherentStrength } from "./auth/inherent-strength.ts";
import { ipOnly } from "./auth/ip-only.ts";
import { jwksAlgMismatch } from "./auth/jwks-alg-mismatch.ts";
import { jwksCertExpired } from "./auth/jwks-cert-expired.ts";
import { jwksDuplicateKid } from "./auth/jwks-duplicate-kid.ts";
import { jwksEmpty } from "./auth/jwks-empty.ts";
import { jwksNoKid } from "./auth/jwks-no-kid.ts";
import { jwksNotRotated } from "./auth/jwks-not-rotated.ts";
import { jwksPrivateKeyPublished } from "./auth/jwks-private-key-published.ts";
import { jwksSymmetricKeyPublished } from "./auth/jwks-symmetric-key-published.ts";
import { jwksWeakExponent } from "./auth/jwks-weak-exponent.ts";
import { jwksWeakKey } from "./auth/jwks-weak-key.ts";
import { jwtAlgDeprecated } from "./auth/jwt-alg-deprecated.ts";
import { jwtAlgHmac } from "./auth/jwt-alg-hmac.ts";
import { jwtAlgNone } from "./auth/jwt-alg-none.ts";
import { jwtAudBroad } from "./auth/jwt-aud-broad.ts";
import { jwtAudMismatch } from "./auth/jwt-aud-mismatch.ts";
import { jwtExpired } from "./auth/jwt-expired.ts";
import { jwtHeaderKeyRef } from "./auth/jwt-header-key-ref.ts";
import { jwtKidUnsafe } from "./auth/jwt-kid-unsafe.ts";
import { jwtLongLived } from "./auth/jwt-long-lived.ts";
import { jwtMalformedClaim } from "./auth/jwt-malformed-claim.ts";
import { jwtNoAud } from "./auth/jwt-no-aud.ts";
import { jwtNoExp } from "./auth/jwt-no-exp.ts";
import { jwtNotYetValid } from "./auth/jwt-not-yet-valid.ts";
import { jwtSensitiveClaims } from "./auth/jwt-sensitive-claims.ts";
import { jwtWeakRsaSignature } from "./auth/jwt-weak-rsa-signature.ts";
import { jwtWeakSecret } from "./auth/jwt-weak-secret.ts";
import { keyInQuery } from "./auth/key-in-query.ts";
import { loginRefused } from "./auth/login-refused.ts";
import { mtlsNotRequired } from "./auth/mtls-not-required.ts";
import { notSenderConstrained } from "./auth/not-sender-constrained.ts";
import { ntlmOffered } from "./auth/ntlm-offered.ts";
import { oauthImplicit } from "./auth/oauth-implicit.ts";
import { oauthNoPkce } from "./auth/oauth-no-pkce.ts";
import { oauthPasswordGrant } from "./auth/oauth-password-grant.ts";
import { queryCredentialAccepted } from "./auth/query-credential-accepted.ts";
import { redirectOffOrigin } from "./auth/redirect-off-origin.ts";
import { rsBearerQuery } from "./auth/rs-bearer-query.ts";
import { rsResourceMismatch } from "./auth/rs-resource-mismatch.ts";
import { schemeMismatch } from "./auth/scheme-mismatch.ts";
import { schemeSunset } from "./auth/scheme-sunset.ts";
import { staticNoExpiry } from "./auth/static-no-expiry.ts";
import { strongerClientAuthOffered } from "./auth/stronger-client-auth-offered.ts";
import { strongerSchemeOffered } from "./auth/stronger-scheme-offered.ts";
import { tokenLongLived } from "./auth/token-long-lived.ts";
import { tokenOpaqueLowEntropy } from "./auth/token-opaque-low-entropy.ts";
import { unauthenticatedAccess } from "./auth/unauthenticated-access.ts";
import { caaForbidsIssuer } from "./certificate/caa-forbids-issuer.ts";
import { differsByAddress } from "./certificate/differs-by-address.ts";
import { distrustedAuthority } from "./certificate/distrusted-authority.ts";
import { expired } from "./certificate/expired.ts";
import { expiring } from "./certificate/expiring.ts";
import { issuerChanged } from "./certificate/issuer-changed.ts";
import { keyReplacedEarly } from "./certificate/key-replaced-early.ts";
import { lifetimeChanged } from "./certificate/lifetime-changed.ts";
import { lifetimeTooLong } from "./certificate/lifetime-too-long.ts";
import { needsServerName } from "./certificate/needs-server-name.ts";
import { noRevocationPointer } from "./certificate/no-revocation-pointer.ts";
import { offProfile } from "./certificate/off-profile.ts";
import { revoked } from "./certificate/revoked.ts";
import { sharedNames } from "./certificate/shared-names.ts";
import { stapleMissing } from "./certificate/staple-missing.ts";
import { transparency } from "./certificate/transparency.ts";
import { untidyChain } from "./certificate/untidy-chain.ts";
import { untrusted } from "./certificate/untrusted.ts";
import { weakKey } from "./certificate/weak-key.ts";
import { weakSignature } from "./certificate/weak-signature.ts";
import { wildcard } from "./certificate/wildcard.ts";
import { auditsWithWriteAccess } from "./credential/audits-with-write-access.ts";
import { clientCertificateChain } from "./credential/client-certificate-chain.ts";
import { clientCertificateExpired } from "./credential/client-certificate-expired.ts";
import { clientCertificateExpiring } from "./credential/client-certificate-expiring.ts";
import { clientCertificateKey } from "./credential/client-certificate-key.ts";
import { clientCertificateKeyFile } from "./credential/client-certificate-key-file.ts";
import { clientCertificateUsage } from "./credential/client-certificate-usage.ts";
import { clientCertificateWeakKey } from "./credential/client-certificate-weak-key.ts";
import { credentialExpiring } from "./credential/expiring.ts";
import { filePermissions } from "./credential/file-permissions.ts";
import { legacyClass } from "./credential/legacy-class.ts";
import { overScoped } from "./credential/over-scoped.ts";
import { personalToken } from "./credential/personal-token.ts";
import { providerMismatch } from "./credential/provider-mismatch.ts";
import { sharedEnvironments } from "./credential/shared-environments.ts";
import { sharedIntegrations } from "./credential/shared-integrations.ts";
import { stale } from "./credential/stale.ts";
import { trackedByGit } from "./credential/tracked-by-git.ts";
import { unknownAge } from "./credential/unknown-age.ts";
import { wrongEnvironment } from "./credential/wrong-environment.ts";
import { secretInResponse } from "./data/secret-in-response.ts";
import { sensitiveFieldUndeclared } from "./data/sensitive-field-undeclared.ts";
import { aliasRevived } from "./domain/alias-revived.ts";
import { cnameDangling } from "./domain/cname-dangling.ts";
import { credentialKeptBack } from "./domain/credential-kept-back.ts";
import { delegationChanged } from "./domain/delegation-changed.ts";
import { hostingChanged } from "./domain/hosting-changed.ts";
import { hostingRegionChanged } from "./domain/hosting-region-changed.ts";
import { registrarChanged } from "./domain/registrar-changed.ts";
import { registrationExpiring } from "./domain/registration-expiring.ts";
import { transferUnlocked } from "./domain/transfer-unlocked.ts";
import { FACTS_READ } from "./facts-read.ts";
import { accountIdentifier } from "./header/account-identifier.ts";
import { clockSkew } from "./header/clock-skew.ts";
import { conflictingFields } from "./header/conflicting-fields.ts";
import { contentDigest } from "./header/content-digest.ts";
import { corsReflectsOrigin } from "./header/cors-reflects-origin.ts";
import { debugInformation } from "./header/debug-information.ts";
import { debugPage } from "./header/debug-page.ts";
import { developmentServer } from "./header/development-server.ts";
import { endOfLifeSoftware } from "./header/end-of-life-software.ts";
import { environmentMismatch } from "./header/environment-mismatch.ts";
import { errorPageVersion } from "./header/error-page-version.ts";
import { errorPathFails } from "./header/error-path-fails.ts";
import { errorsUnreadable } from "./header/errors-unreadable.ts";
import { internalAddress } from "./header/internal-address.ts";
import { internalHost } from "./header/internal-host.ts";
import { internalPath } from "./header/internal-path.ts";
import { malformedHead } from "./header/malformed-head.ts";
import { mediaType } from "./header/media-type.ts";
import { patchesBehind } from "./header/patches-behind.ts";
import { personIdentifier } from "./header/person-identifier.ts";
import { poolCookie } from "./header/pool-cookie.ts";
import { rateLimitInconsistent } from "./header/rate-limit-inconsistent.ts";
import { rateLimitNearlyUsed } from "./header/rate-limit-nearly-used.ts";
import { redirectDeadEnd } from "./header/redirect-dead-end.ts";
import { redirectInside } from "./header/redirect-inside.ts";
import { requestEchoed } from "./header/request-echoed.ts";
import { retryAfterOdd } from "./header/retry-after-odd.ts";
import { secretInHeader } from "./header/secret-in-header.ts";
import { securityTxt } from "./header/security-txt.ts";
import { stackTrace } from "./header/stack-trace.ts";
import { unsafeMethods } from "./header/unsafe-methods.ts";
import { versionDisclosure } from "./header/version-disclosure.ts";
import { noOwner } from "./inventory/no-owner.ts";
import { endpointGone } from "./lifecycle/gone.ts";
import { sdkOutOfRange } from "./lifecycle/sdk-out-of-range.ts";
import { sunsetBeforeDeprecation } from "./lifecycle/sunset-before-deprecation.ts";
import { sunsetNear } from "./lifecycle/sunset-near.ts";
import { versionDeprecated } from "./lifecycle/version-deprecated.ts";
import { versionNotAsPinned } from "./lifecycle/version-not-as-pinned.ts";
import { versionUnsupported } from "./lifecycle/version-unsupported.ts";
import { lifecycleWarning } from "./lifecycle/warning.ts";
import type { Rule } from "./rule.ts";
import { tripleDesCipherOffered } from "./tls/3des-cipher-offered.ts";
import { anonymousCipherOffered } from "./tls/anonymous-cipher-offered.ts";
import { ccm8CipherOffered } from "./tls/ccm8-cipher-offered.ts";
import { clientCertificateUndeclared } from "./tls/client-certificate-undeclared.ts";
import { clientNegotiatesWeak } from "./tls/client-negotiates-weak.ts";
import { clientWouldBreak } from "./tls/client-would-break.ts";
import { compression } from "./tls/compression.ts";
import { configurationDiffers } from "./tls/configuration-differs.ts";
import { deprecatedVersionNegotiated } from "./tls/deprecated-version-negotiated.ts";
import { deprecatedVersionOffered } from "./tls/deprecated-version-offered.ts";
import { desCipherOffered } from "./tls/des-cipher-offered.ts";
import { ephemeralKeyReuse } from "./tls/ephemeral-key-reuse.ts";
import { exportCipherOffered } from "./tls/export-cipher-offered.ts";
import { fallbackUnprotected } from "./tls/fallback-unprotected.ts";
import { insecureRenegotiation } from "./tls/insecure-renegotiation.ts";
import { intolerant } from "./tls/intolerant.ts";
import { noAuthenticatedEncryption } from "./tls/no-authenticated-encryption.ts";
import { noExtendedMasterSecret } from "./tls/no-extended-master-secret.ts";
import { noForwardSecrecy } from "./tls/no-forward-secrecy.ts";
import { noPostQuantum } from "./tls/no-post-quantum.ts";
import { noTls13 } from "./tls/no-tls13.ts";
import { nullCipherOffered } from "./tls/null-cipher-offered.ts";
import { outsidePolicy } from "./tls/outside-policy.ts";
import { rc4CipherOffered } from "./tls/rc4-cipher-offered.ts";
import { staticRsaOffered } from "./tls/static-rsa-offered.ts";
import { weakCipherNegotiated } from "./tls/weak-cipher-negotiated.ts";
import { weakDh } from "./tls/weak-dh.ts";
import { weakSignatureScheme } from "./tls/weak-signature-scheme.ts";

/** Every rule, once, sorted by id. A new rule is a file, a test and a line here. */
export const RULES: readonly Rule[] = [
  ambientSession,
  asAlgDeprecated,
  asAlgNone,
  asAlgSymmetric,
  asClientAuthNone,
  asClientAuthSymmetricOnly,
  asHttpEndpoint,
  asImplicitOffered,
  asIssuerMismatch,
  asNoSenderConstraint,
  asPasswordOffered,
  asPkceMissing,
  asPkcePlain,
  asRegression,
  authenticatedResponseCached,
  basicPassword,
  belowFloor,
  challengeDowngrade,
  challengeMalformed,
  challengeMissing,
  credentialEchoed,
  credentialOverHttp,
  credentialRejected,
  digestWeak,
  garbageCredentialAccepted,
  idTokenAsAccessToken,
  inherentStrength,
  ipOnly,
  jwksAlgMismatch,
  jwksCertExpired,
  jwksDuplicateKid,
  jwksEmpty,
  jwksNoKid,
  jwksNotRotated,
  jwksPrivateKeyPublished,
  jwksSymmetricKeyPublished,
  jwksWeakExponent,
  jwksWeakKey,
  jwtAlgDeprecated,
  jwtAlgHmac,
  jwtAlgNone,
  jwtAudBroad,
  jwtAudMismatch,
  jwtExpired,
  jwtHeaderKeyRef,
  jwtKidUnsafe,
  jwtLongLived,
  jwtMalformedClaim,
  jwtNoAud,
  jwtNoExp,
  jwtNotYetValid,
  jwtSensitiveClaims,
  jwtWeakRsaSignature,
  jwtWeakSecret,
  keyInQuery,
  loginRefused,
  mtlsNotRequired,
  notSenderConstrained,
  ntlmOffered,
  oauthImplicit,
  oauthNoPkce,
  oauthPasswordGrant,
  queryCredentialAccepted,
  redirectOffOrigin,
  rsBearerQuery,
  rsResourceMismatch,
  schemeMismatch,
  schemeSunset,
  staticNoExpiry,
  strongerClientAuthOffered,
  strongerSchemeOffered,
  tokenLongLived,
  tokenOpaqueLowEntropy,
  unauthenticatedAccess,
  caaForbidsIssuer,
  differsByAddress,
  distrustedAuthority,
  expired,
  expiring,
  issuerChanged,
  keyReplacedEarly,
  lifetimeChanged,
  lifetimeTooLong,
  needsServerName,
  noRevocationPointer,
  offProfile,
  revoked,
  sharedNames,
  stapleMissing,
  transparency,
  untidyChain,
  untrusted,
  weakKey,
  weakSignature,
  wildcard,
  auditsWithWriteAccess,
  clientCertificateChain,
  clientCertificateExpired,
  clientCertificateExpiring,
  clientCertificateKey,
  clientCertificateKeyFile,
  clientCertificateUsage,
  clientCertificateWeakKey,
  credentialExpiring,
  filePermissions,
  legacyClass,
  overScoped,
  personalToken,
  providerMismatch,
  sharedEnvironments,
  sharedIntegrations,
  stale,
  trackedByGit,
  unknownAge,
  wrongEnvironment,
  secretInResponse,
  sensitiveFieldUndeclared,
  aliasRevived,
  cnameDangling,
  credentialKeptBack,
  delegationChanged,
  hostingChanged,
  hostingRegionChanged,
  registrarChanged,
  registrationExpiring,
  transferUnlocked,
  accountIdentifier,
  clockSkew,
  conflictingFields,
  contentDigest,
  corsReflectsOrigin,
  debugInformation,
  debugPage,
  developmentServer,
  endOfLifeSoftware,
  environmentMismatch,
  errorPageVersion,
  errorPathFails,
  errorsUnreadable,
  internalAddress,
  internalHost,
  internalPath,
  malformedHead,
  mediaType,
  patchesBehind,
  personIdentifier,
  poolCookie,
  rateLimitInconsistent,
  rateLimitNearlyUsed,
  redirectDeadEnd,
  redirectInside,
  requestEchoed,
  retryAfterOdd,
  secretInHeader,
  securityTxt,
  stackTrace,
  unsafeMethods,
  versionDisclosure,
  noOwner,
  endpointGone,
  sdkOutOfRange,
  sunsetBeforeDeprecation,
  sunsetNear,
  versionDeprecated,
  versionNotAsPinned,
  versionUnsupported,
  lifecycleWarning,
  tripleDesCipherOffered,
  anonymousCipherOffered,
  ccm8CipherOffered,
  clientCertificateUndeclared,
  clientNegotiatesWeak,
  clientWouldBreak,
  compression,
  configurationDiffers,
  deprecatedVersionNegotiated,
  deprecatedVersionOffered,
  desCipherOffered,
  ephemeralKeyReuse,
  exportCipherOffered,
  fallbackUnprotected,
  insecureRenegotiation,
  intolerant,
  noAuthenticatedEncryption,
  noExtendedMasterSecret,
  noForwardSecrecy,
  noPostQuantum,
  noTls13,
  nullCipherOffered,
  outsidePolicy,
  rc4CipherOffered,
  staticRsaOffered,
  weakCipherNegotiated,
  weakDh,
  weakSignatureScheme,
];

/** By id, or by a former id of the same question. */
export function ruleById(id: string): Rule | undefined {
  return RULES.find(({ meta }) => meta.id === id) ?? RULES.find(({ meta }) => meta.aliases?.includes(id));
}

/** What can be done about a failure: the outcome's own word, where it has one, before the rule's. */
export function remediationOf({ meta, outcomes }: Rule, outcome: string): Remediation {
  return (Object.hasOwn(outcomes, outcome) ? outcomes[outcome]?.remediation : undefined) ?? meta.remediation;
}

/** Revision of every rule, by id. */
export function rulesetManifest(): Readonly<Record<string, number>> {
  return Object.fromEntries(RULES.map(({ meta }) => [meta.id, meta.revision]));
}

/** Identity of the whole set: changes with every revision and with every fact that a rule reads. */
export function rulesetHash(): string {
  return sha256Hex(canonicalJson(RULES.map(({ meta }) => [meta.id, ruleKnowledgeHash(meta.id)])));
}

/** Identity of what one rule knows: its revision and the facts it reads. */
export function ruleKnowledgeHash(id: string): string {
  const known =
    knowledge.get(id) ?? sha256Hex(canonicalJson({ id, revision: ruleById(id)?.meta.revision ?? 0, facts: FACTS_READ[id]?.() ?? null }));
  knowledge.set(id, known);
  return known;
}

const knowledge = new Map<string, string>();
