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
import type { Rule } from "./rule.ts";

/** Sorted by id. */
export const AUTH_RULES: readonly Rule[] = [
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
];
