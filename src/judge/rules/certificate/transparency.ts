import type { Instant } from "../../../model/instant.ts";
import type { Answer } from "../../facts/aggregate.ts";
import { ABOUT_CERTIFICATES, eachChain, goneChain, type HostChain } from "../../facts/chains.ts";
import { authorityOf } from "../../facts/issuance.ts";
import { validityAt } from "../../facts/leaf.ts";
import { issuerOf } from "../../facts/revocation.ts";
import { withoutTls } from "../../facts/tls-origins.ts";
import { type Logged, loggedOf } from "../../facts/transparency.ts";
import { defineRule } from "../rule.ts";

export const transparency = defineRule({
  meta: {
    id: "certificate/transparency",
    revision: 1,
    title: "The certificate stands in public logs",
    failureTitle: "The certificate does not stand in enough public logs",
    rationale:
      "Public authorities write what they issue into logs that anybody can read, so that the owner of a name sees certificates that others got for it. One that is in no log can be used against us without the provider ever hearing of it; browsers, and every client on Apple's platforms, refuse it.",
    remediation: {
      verb: "ask",
      alone: false,
      effort: "low",
      text: "Ask the provider whether it knows this certificate, by its fingerprint; if so, to have it issued again with its timestamps. If it does not, stop using the connection.",
    },
    severity: "medium",
    likelihood: 2,
    citations: [
      { id: "RFC 6962 3", url: "https://www.rfc-editor.org/rfc/rfc6962#section-3" },
      { id: "Chrome CT policy", url: "https://googlechrome.github.io/CertificateTransparency/ct_policy.html" },
      { id: "Apple CT policy", url: "https://support.apple.com/en-us/103214" },
    ],
    cwe: ["CWE-295"],
    owasp: ["API8:2023"],
    controls: ["PCI-DSS 4.2.1", "ISO27001 A.8.24", "NIST-CSF PR.DS-02"],
    confirm: 1,
  },
  needs: ["tls-session"],
  sees: ["tls"],
  outcomes: {
    logged: { verdict: "pass", message: ({ logs, operators }) => `${logs} logs of ${operators} operators have the certificate.` },
    "too-few": {
      verdict: "fail",
      message: ({ timestamps, logs, operators, required }) =>
        `Timestamps that came: ${timestamps}; logs whose timestamps count: ${logs}, of different operators: ${operators}. Browsers ask for ${required} logs, of two operators at the least.`,
    },
    "not-logged": { verdict: "fail", message: () => "No log has promised to publish the certificate." },
    "private-authority": { verdict: "not-applicable", message: () => "No public authority issued it: others need no public logs." },
    "outside-validity": { verdict: "not-applicable", message: () => "The certificate is not valid now: said by certificate/expired." },
    ...ABOUT_CERTIFICATES,
  },
  applies: withoutTls,
  evaluate: (input, { asOf }) => eachChain("leaf", input, (chain) => answerFor(chain, asOf)),
  absent: goneChain,
});

type Outcome = "logged" | "too-few" | "not-logged" | "private-authority" | "outside-validity";

function answerFor(chain: HostChain, asOf: Instant): Answer<Outcome> {
  const { leaf, certificate } = chain;
  const at = { pointer: "/chain/0" };
  const authority = authorityOf(chain, asOf);
  const issuer = issuerOf(chain, asOf);
  if (authority === "private") return { outcome: "private-authority", ...at, summary: "of a private authority" };
  if (authority === "unknown" || certificate === undefined || issuer === undefined) {
    return { outcome: "unobserved", reason: "evidence_ambiguous", ...at, summary: "its path cannot be checked" };
  }
  if (validityAt(leaf, asOf) !== "valid") return { outcome: "outside-validity", ...at, summary: "outside its validity" };
  return loggedAnswer(loggedOf(chain, certificate, issuer, asOf), chain.timestampsAsked);
}

function loggedAnswer({ verdict, ...data }: Logged, wasAsked: boolean): Answer<Outcome> {
  const at = {
    data,
    pointer: "/chain/0",
    summary: `timestamps: ${data.timestamps}, logs that count: ${data.logs}, operators: ${data.operators}`,
  };
  if (verdict === "enough") return { outcome: "logged", ...at };
  // A list that is older than a log does not know it.
  if (verdict === "unknown") return { outcome: "unobserved", reason: "data_stale", ...at };
  if (!wasAsked) return { outcome: "unobserved", reason: "not_requested", ...at };
  return { outcome: data.timestamps === 0 ? "not-logged" : "too-few", ...at };
}
