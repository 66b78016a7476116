import { type ClientAuthSunset, clientAuthSunsetOf } from "../../../catalog/client-auth-sunset.ts";
import { type Instant, isoDay, isoInstant } from "../../../model/instant.ts";
import type { Certificate } from "../../../pki/certificate.ts";
import { EXTENDED_KEY_USAGE, EXTENSION_ID, KEY_USAGE } from "../../../pki/extensions.ts";
import { ATTRIBUTE, attributeOf } from "../../../pki/name.ts";
import type { Answer } from "../../facts/aggregate.ts";
import {
  ABOUT_CLIENT_CERTIFICATES,
  aboutOwnCertificate,
  type OwnCertificate,
  ownAuthority,
  ownVerdict,
  withoutClientCertificate,
} from "../../facts/client-certificate.ts";
import { defineRule } from "../rule.ts";

export const clientCertificateUsage = defineRule({
  meta: {
    id: "credential/client-certificate-usage",
    revision: 1,
    title: "Our client certificate is one for clients, and its successor will be",
    failureTitle: "Our client certificate, or its successor, is not one for clients",
    rationale:
      "A certificate says what it is for, and servers that verify it turn away one that is for servers alone. Public authorities stop issuing certificates for clients, because the root programmes of browsers want them for servers and nothing else: whoever renews one of those gets, without a word, one that logs in nowhere.",
    remediation: {
      verb: "rotate",
      alone: true,
      effort: "medium",
      text: "Have the certificate issued by a private authority, of your own or of the provider, with the use clientAuth. Where it was a public one, the provider has to trust the new authority before you change over: ask for that now.",
    },
    severity: "high",
    likelihood: 3,
    citations: [
      { id: "RFC 5280 4.2.1.3, 4.2.1.12", url: "https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1.12" },
      { id: "Chrome Root Program Policy", url: "https://googlechrome.github.io/chromerootprogram/" },
      { id: "Let's Encrypt, 2025-05-14", url: "https://letsencrypt.org/2025/05/14/ending-tls-client-authentication" },
      {
        id: "DigiCert ALERT53",
        url: "https://knowledge.digicert.com/alerts/sunsetting-client-authentication-eku-from-digicert-public-tls-certificates",
      },
    ],
    cwe: ["CWE-295"],
    owasp: ["API2:2023"],
    controls: ["PCI-DSS 12.3.3", "ISO27001 A.8.24", "NIST-CSF PR.AA-03"],
    confirm: 1,
    aliases: ["auth/client-cert-public-ca"],
  },
  needs: ["client-certificate"],
  outcomes: {
    suitable: { verdict: "pass", message: () => "The client certificate is one for clients, of a private authority." },
    "not-for-clients": {
      verdict: "fail",
      message: ({ who }) => `${who} lists what it is for, and clients are not on the list: servers that verify it turn us away.`,
    },
    "must-not-sign": {
      verdict: "fail",
      message: () => "The key of the client certificate must not sign by its key usage, which is how a client proves itself in TLS.",
    },
    "for-anything": {
      verdict: "fail",
      severity: "low",
      message: () =>
        "The client certificate is for anything, and clients are not named: servers with Go take it, servers with OpenSSL turn it away.",
    },
    "public-authority": {
      verdict: "fail",
      severity: "medium",
      message: ({ by, date, past, until }) =>
        `The client certificate, which ends at ${until}, is one of a public authority. ${past === true ? "Since" : "From"} ${date} those of ${by} are for servers alone: a renewal ${past === true ? "gives" : "after that day gives"} one that does not work for mutual TLS.`,
    },
    ...ABOUT_CLIENT_CERTIFICATES,
  },
  applies: withoutClientCertificate,
  evaluate: (input, { asOf }) => aboutOwnCertificate(input, (own) => answerFor(own, asOf)),
});

type Outcome = "suitable" | "not-for-clients" | "must-not-sign" | "for-anything" | "public-authority";

function answerFor(own: OwnCertificate, asOf: Instant): Answer<Outcome> {
  const { certificate, leaf } = own;
  const at = { pointer: "/chain", summary: `${own.evidence.chain.length} certificates` };
  if (certificate === undefined || isUnreadable(certificate)) return { outcome: "unobserved", reason: "evidence_ambiguous", ...at };
  const { path, isAnchored } = ownVerdict(own, asOf);
  const bound = isAnchored && path.length > 1 ? path.slice(0, -1) : path;
  const place = bound.findIndex(excludesClients);
  if (place !== -1)
    return { outcome: "not-for-clients", data: { who: place === 0 ? "The client certificate" : "An authority above it" }, ...at };
  const { keyUsage, extendedKeyUsage } = certificate.extensions;
  if (keyUsage?.has(KEY_USAGE.digitalSignature) === false) return { outcome: "must-not-sign", ...at };
  if (extendedKeyUsage?.includes(EXTENDED_KEY_USAGE.clientAuth) === false) return { outcome: "for-anything", ...at };
  const authority = ownAuthority(own, asOf);
  if (authority === "unknown") return { outcome: "unobserved", reason: "evidence_ambiguous", ...at };
  if (authority === "private") return { outcome: "suitable", ...at };
  const sunset = clientAuthSunsetOf(path.flatMap(issuingOrganisation));
  if (sunset === undefined) return { outcome: "unobserved", reason: "data_stale", ...at };
  return { outcome: "public-authority", data: { ...sunsetData(sunset, asOf), until: isoInstant(leaf.notAfter) }, ...at };
}

function sunsetData({ by, date, reference, organisations }: ClientAuthSunset, asOf: Instant) {
  const who = organisations.length === 0 ? `every authority that ${by} trusts` : by;
  return { by: who, date, reference, past: isoDay(asOf) >= date };
}

function excludesClients({ extensions: { extendedKeyUsage } }: Certificate): boolean {
  return extendedKeyUsage !== undefined && !FOR_CLIENTS.some((use) => extendedKeyUsage.includes(use));
}

function isUnreadable({ extensions: { unreadable } }: Certificate): boolean {
  return [EXTENSION_ID.extendedKeyUsage, EXTENSION_ID.keyUsage, EXTENSION_ID.policies].some((id) => unreadable.includes(id));
}

/** Of who issued: a subject may be called like an authority. */
function issuingOrganisation({ issuer }: Certificate): readonly string[] {
  return [attributeOf(issuer, ATTRIBUTE.organisation) ?? ""];
}

const FOR_CLIENTS: readonly string[] = [EXTENDED_KEY_USAGE.clientAuth, EXTENDED_KEY_USAGE.any];
