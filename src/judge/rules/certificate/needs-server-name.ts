import type { TlsEvidence } from "../../../evidence/kinds.ts";
import { parseCertificate } from "../../../pki/certificate.ts";
import { isIssuedFor, referenceIdentity } from "../../../pki/identity.ts";
import { type Answer, answerEach, atOrigin } from "../../facts/aggregate.ts";
import { secureOrigins, subjectAt } from "../../facts/subjects.ts";
import { featuresOf, unseenFeature } from "../../facts/tls-features.ts";
import { goneOrigin, WITHOUT_TLS, withoutTls } from "../../facts/tls-origins.ts";
import { defineRule } from "../rule.ts";

export const needsServerName = defineRule({
  meta: {
    id: "certificate/needs-server-name",
    revision: 1,
    title: "A client that sends no name gets a certificate for this host",
    failureTitle: "A client that sends no name gets no certificate for this host",
    rationale:
      "Several hosts share an address, and the name in the hello (SNI) says which one is meant. Every library of the last ten years sends it; a very old one, a device, a health check by address or a proxy that was given an address may not, and fails, or is tempted to switch verification off.",
    remediation: {
      verb: "accept",
      alone: true,
      effort: "low",
      text: "See that every client of yours, monitors and proxies included, names the host when it connects: by its URL, or by the server name that its TLS library can be given.",
    },
    severity: "info",
    likelihood: 1,
    citations: [
      { id: "RFC 6066 3", url: "https://www.rfc-editor.org/rfc/rfc6066#section-3" },
      { id: "RFC 9325 3.7", url: "https://www.rfc-editor.org/rfc/rfc9325#section-3.7" },
    ],
    cwe: ["CWE-1188"],
    owasp: ["API8:2023"],
    controls: ["PCI-DSS 12.3.3", "ISO27001 A.8.9", "NIST-CSF PR.DS-02"],
    confirm: 1,
  },
  needs: ["tls"],
  since: { tls: 2 },
  outcomes: {
    "same-certificate": { verdict: "pass", message: () => "A hello without a name gets the same certificate." },
    "another-for-the-host": {
      verdict: "pass",
      message: () => "A hello without a name gets another certificate, which is for this host as well.",
    },
    "another-certificate": { verdict: "fail", message: () => "A hello without a name gets the certificate of another host." },
    refused: { verdict: "fail", message: () => "A hello without a name is refused." },
    "no-name": { verdict: "not-applicable", message: () => "The URL has an address in the place of a name: no client sends one." },
    ...WITHOUT_TLS,
  },
  applies: withoutTls,
  evaluate: ({ integration, observations }) =>
    secureOrigins(integration).flatMap((origin) =>
      answerEach(subjectAt("no-server-name", origin, integration), atOrigin(observations.tls, origin), (evidence) =>
        answerFor(evidence, new URL(origin).hostname),
      ),
    ),
  absent: goneOrigin,
});

type Outcome = "same-certificate" | "another-for-the-host" | "another-certificate" | "refused" | "no-name";

function answerFor(evidence: TlsEvidence, host: string): Answer<Outcome> {
  const identity = referenceIdentity(host);
  if (identity.name === undefined) return { outcome: "no-name", pointer: "/address", summary: "a URL without a name" };
  const seen = featuresOf(evidence).withoutName;
  if (seen === undefined) return unseenFeature(evidence, "full");
  const at = { pointer: "/features/withoutName", summary: `without a name: ${seen}` };
  if (seen !== "other-certificate") return { outcome: seen, ...at };
  const leaves = namelessLeaves(evidence);
  if (leaves.length === 0 || leaves.includes(undefined)) return { outcome: "unobserved", reason: "evidence_ambiguous", ...at };
  const isForHost = leaves.every((leaf) => leaf !== undefined && isIssuedFor(leaf, identity));
  return { outcome: isForHost ? "another-for-the-host" : "another-certificate", ...at };
}

/** Undefined in the place of what was not kept, or cannot be read. */
function namelessLeaves({ chains, served }: TlsEvidence): readonly ReturnType<typeof parseCertificate>[] {
  return chains
    .filter(({ named }) => !named)
    .map(({ certificates: [leaf] }) => {
      const der = served.find(({ sha256 }) => sha256 === leaf)?.der;
      return der === undefined ? undefined : parseCertificate(Buffer.from(der, "base64"));
    });
}
