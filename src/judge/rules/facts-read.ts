import { authProviders } from "../../catalog/auth-providers.ts";
import { authSchemeFacts } from "../../catalog/auth-schemes.ts";
import { authSunsets } from "../../catalog/auth-sunsets.ts";
import { caDistrust } from "../../catalog/ca-distrust.ts";
import { caaAuthorities } from "../../catalog/caa-identifiers.ts";
import { lifetimeLimits, shortLivedLimits } from "../../catalog/certificate-lifetimes.ts";
import { cipherSuites, ssl2CipherKinds } from "../../catalog/cipher-suites.ts";
import { clientAuthSunsets } from "../../catalog/client-auth-sunset.ts";
import { clientProfiles } from "../../catalog/client-profiles.ts";
import { clouds } from "../../catalog/cloud-regions.ts";
import { credentialPrefixes } from "../../catalog/credential-prefixes.ts";
import { ctLogs } from "../../catalog/ct-logs.ts";
import { ownClassFacts } from "../../catalog/data-classes.ts";
import { dhPrimes } from "../../catalog/dh-primes.ts";
import { endOfLifeRetrieved, productLives } from "../../catalog/end-of-life.ts";
import { namedGroups } from "../../catalog/named-groups.ts";
import { POLICY_PACKS, policyPacks } from "../../catalog/policies.ts";
import { publicSuffixesRelease } from "../../catalog/public-suffixes.ts";
import { rdapEndings } from "../../catalog/rdap-servers.ts";
import { signatureSchemes } from "../../catalog/signature-schemes.ts";
import { trustAnchors } from "../../catalog/trust-anchors.ts";
import { DATA_CLASSES } from "../../model/data-class.ts";
import { canonicalJson, sha256Hex } from "../../model/digest.ts";

/** By rule: what differs when a file in data/ that the rule reads says something else. */
export const FACTS_READ: Readonly<Record<string, () => unknown>> = {
  "auth/as-no-sender-constraint": dataClasses,
  "auth/authenticated-response-cached": dataClasses,
  "auth/basic-password": authProviders,
  "auth/below-floor": authStrength,
  "auth/inherent-strength": authStrength,
  "auth/mtls-not-required": dataClasses,
  "auth/not-sender-constrained": authStrength,
  "auth/redirect-off-origin": publicSuffixesRelease,
  "auth/scheme-sunset": authSunsets,
  "auth/static-no-expiry": authStrength,
  "auth/stronger-scheme-offered": authStrength,
  "auth/unauthenticated-access": dataClasses,
  "certificate/caa-forbids-issuer": () => [anchors(), caaAuthorities()],
  "certificate/distrusted-authority": () => [anchors(), caDistrust()],
  "certificate/expiring": anchors,
  "certificate/staple-missing": anchors,
  "certificate/lifetime-too-long": () => [anchors(), lifetimeLimits()],
  "certificate/no-revocation-pointer": () => [anchors(), shortLivedLimits()],
  "certificate/off-profile": anchors,
  "certificate/revoked": () => [anchors(), shortLivedLimits()],
  "certificate/shared-names": publicSuffixesRelease,
  "certificate/transparency": () => [anchors(), ctLogs()],
  "certificate/untrusted": anchors,
  "certificate/weak-key": anchors,
  "certificate/weak-signature": anchors,
  "certificate/wildcard": publicSuffixesRelease,
  "credential/client-certificate-chain": anchors,
  "credential/legacy-class": credentialPrefixes,
  "credential/personal-token": credentialPrefixes,
  "credential/provider-mismatch": () => [credentialPrefixes(), publicSuffixesRelease()],
  "credential/wrong-environment": credentialPrefixes,
  "credential/client-certificate-usage": () => [anchors(), clientAuthSunsets()],
  "data/class-changed": dataClasses,
  "data/field-undeclared": dataClasses,
  "data/new-sensitive-path": dataClasses,
  "data/secret-in-response": dataClasses,
  "data/sensitive-field-undeclared": dataClasses,
  "domain/hosting-region-changed": clouds,
  "domain/registrar-changed": registries,
  "domain/registration-expiring": registries,
  "domain/transfer-unlocked": registries,
  "header/end-of-life-software": lives,
  "header/patches-behind": lives,
  "tls/3des-cipher-offered": suites,
  "tls/anonymous-cipher-offered": suites,
  "tls/ccm8-cipher-offered": suites,
  "tls/client-negotiates-weak": clients,
  "tls/client-would-break": clients,
  "tls/configuration-differs": () => [suites(), namedGroups()],
  "tls/des-cipher-offered": suites,
  "tls/ephemeral-key-reuse": suites,
  "tls/export-cipher-offered": suites,
  "tls/no-authenticated-encryption": suites,
  "tls/no-forward-secrecy": suites,
  "tls/no-post-quantum": namedGroups,
  "tls/null-cipher-offered": suites,
  "tls/outside-policy": () => [suites(), namedGroups(), signatureSchemes(), policyPacks(POLICY_PACKS)],
  "tls/rc4-cipher-offered": suites,
  "tls/static-rsa-offered": suites,
  "tls/weak-cipher-negotiated": suites,
  "tls/weak-dh": () => [suites(), dhPrimes()],
  "tls/weak-signature-scheme": () => [suites(), signatureSchemes()],
};

function authStrength(): unknown {
  return [authSchemeFacts(), authProviders(), dataClasses()];
}

function dataClasses(): unknown {
  return DATA_CLASSES.map((dataClass) => [dataClass, ownClassFacts(dataClass)]);
}

function anchors(): unknown {
  return trustAnchors().map(({ sha256 }) => sha256);
}

/** Which domains somebody can be asked about. */
function registries(): unknown {
  return [rdapEndings(), publicSuffixesRelease()];
}

function clients(): unknown {
  return [suites(), namedGroups(), signatureSchemes(), clientProfiles()];
}

function lives(): unknown {
  return [endOfLifeRetrieved(), productLives()];
}

let suiteDigest: string | undefined;

/** Hundreds of rows, which many rules read: hashed once. */
function suites(): string {
  suiteDigest ??= sha256Hex(canonicalJson([cipherSuites(), ssl2CipherKinds()]));
  return suiteDigest;
}
