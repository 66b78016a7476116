import type { Integration } from "../../../model/integration.ts";
import type { Answer } from "../../facts/aggregate.ts";
import {
  ABOUT_CLIENT_CERTIFICATES,
  aboutOwnCertificate,
  type OwnCertificate,
  withoutClientCertificate,
} from "../../facts/client-certificate.ts";
import { defineRule } from "../rule.ts";

export const clientCertificateKeyFile = defineRule({
  meta: {
    id: "credential/client-certificate-key-file",
    revision: 1,
    title: "Nobody but its owner may read the key of our client certificate",
    failureTitle: "Others may read the key of our client certificate",
    rationale:
      "Whoever has the key is us, to every server that believes the certificate, from wherever they like and until it ends. The mode of the file goes with it into images, archives and backups, where the folders above it do not keep anybody out.",
    remediation: {
      verb: "narrow",
      alone: true,
      effort: "low",
      text: "`chmod 600` the file of the key, owned by the user that the client runs as. Where everybody on a shared machine could read it, take it for known and rotate.",
    },
    severity: "high",
    likelihood: 3,
    citations: [
      { id: "NIST SP 800-57 part 1", url: "https://csrc.nist.gov/pubs/sp/800/57/pt1/r5/final" },
      { id: "ASVS 5.0 13.3.2", url: "https://github.com/OWASP/ASVS/tree/v5.0.0" },
    ],
    cwe: ["CWE-732"],
    owasp: ["API2:2023"],
    controls: ["PCI-DSS 8.6.2", "ISO27001 A.8.24", "NIST-CSF PR.AA-01"],
    confirm: 1,
  },
  needs: ["client-certificate"],
  outcomes: {
    private: { verdict: "pass", message: () => "Nobody but its owner may read the key." },
    "group-reads": { verdict: "fail", severity: "medium", message: () => "The group of its file may read the private key." },
    "others-read": { verdict: "fail", message: () => "Every user of the machine may read the file of the private key, by its mode." },
    "no-file": { verdict: "not-applicable", message: () => "The key is not read from a file." },
    ...ABOUT_CLIENT_CERTIFICATES,
  },
  applies: ({ integration }) => withoutClientCertificate({ integration }) ?? (isFile(integration) ? undefined : "no-file"),
  evaluate: (input) => aboutOwnCertificate(input, answerFor),
});

function isFile({ auth }: Integration): boolean {
  return auth.clientCertificate?.key.startsWith("file:") === true;
}

function answerFor({ evidence: { keyMode, keyReason } }: OwnCertificate): Answer<(typeof OUTCOMES)[keyof typeof OUTCOMES]> {
  const at = { pointer: "/keyMode", summary: keyMode };
  if (keyMode === "unknown") return { outcome: "unobserved", reason: keyReason ?? "client_capability", ...at };
  return { outcome: OUTCOMES[keyMode], ...at };
}

const OUTCOMES = { private: "private", group: "group-reads", others: "others-read" } as const;
