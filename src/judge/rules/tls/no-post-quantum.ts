import { namedGroupByCode, namedGroupsOf } from "../../../catalog/named-groups.ts";
import type { TlsEvidence } from "../../../evidence/kinds.ts";
import { codesIn } from "../../../model/code-ranges.ts";
import type { Answer } from "../../facts/aggregate.ts";
import { eachOrigin, goneOrigin, WITHOUT_TLS, withoutTls } from "../../facts/tls-origins.ts";
import { listed, supportOf, unknownReason, versionPointer } from "../../facts/tls-suites.ts";
import { defineRule } from "../rule.ts";

export const noPostQuantum = defineRule({
  meta: {
    id: "tls/no-post-quantum",
    revision: 1,
    title: "Post-quantum key exchange is accepted",
    failureTitle: "Post-quantum key exchange is not accepted",
    rationale:
      "What is recorded today is read on the day that a large quantum computer exists, unless its keys were agreed on with ML-KEM. NIST IR 8547 (a draft of 2024) calls keys of RSA and elliptic curves of some 112 bits deprecated after 2030, and all of them disallowed after 2035: information today, a plan to ask for where data has to stay secret for ten years.",
    remediation: {
      verb: "ask",
      alone: false,
      effort: "low",
      text: "Ask the provider when X25519MLKEM768 will come, and note the date; bring your own clients to a TLS library that offers it (OpenSSL 3.5, Go 1.24). Data that has to stay secret beyond 2035 needs encryption of its own until then.",
    },
    severity: "info",
    likelihood: 1,
    citations: [
      { id: "FIPS 203", url: "https://csrc.nist.gov/pubs/fips/203/final" },
      { id: "draft-ietf-tls-ecdhe-mlkem", url: "https://datatracker.ietf.org/doc/draft-ietf-tls-ecdhe-mlkem/" },
      { id: "NIST IR 8547", url: "https://csrc.nist.gov/pubs/ir/8547/ipd" },
      { id: "RFC 8446 4.2.7", url: "https://www.rfc-editor.org/rfc/rfc8446#section-4.2.7" },
    ],
    cwe: ["CWE-327"],
    owasp: ["API8:2023"],
    controls: ["PCI-DSS 12.3.3", "ISO27001 A.8.24", "NIST-CSF PR.DS-02"],
    confirm: 1,
  },
  needs: ["tls"],
  since: { tls: 2 },
  outcomes: {
    accepted: { verdict: "pass", message: ({ groups }) => `Post-quantum key exchange is accepted: ${groups}.` },
    "classical-only": {
      verdict: "fail",
      message: () => "TLS 1.3 is accepted with key exchange that a quantum computer would break, and no other.",
    },
    "no-tls13": {
      verdict: "not-applicable",
      message: () => "TLS 1.3, which post-quantum key exchange is defined for, is refused: said by tls/no-tls13.",
    },
    ...WITHOUT_TLS,
  },
  applies: withoutTls,
  evaluate: ({ integration, observations }) => eachOrigin("key-exchange", integration, observations.tls, answerFor),
  absent: goneOrigin,
});

function answerFor(evidence: TlsEvidence): Answer<"accepted" | "classical-only" | "no-tls13"> {
  const found = supportOf(evidence, "TLS 1.3");
  const pointer = versionPointer(evidence, "TLS 1.3");
  const reason = unknownReason(found);
  if (reason !== undefined) return { outcome: "unobserved", reason, pointer, summary: "TLS 1.3 unknown" };
  if (found?.support !== "accepted") return { outcome: "no-tls13", pointer, summary: "TLS 1.3 refused" };
  const names = acceptedNames(evidence);
  if (names.length > 0)
    return { outcome: "accepted", data: { groups: listed(names) }, pointer: "/groups", summary: `accepted: ${listed(names)}` };
  const refused = new Set(codesIn(found.refusedGroups ?? ""));
  if (namedGroupsOf("TLS 1.3").every(({ code, name }) => !isMlKem(name) || refused.has(code)))
    return { outcome: "classical-only", pointer, summary: "all groups with ML-KEM were refused" };
  return {
    outcome: "unobserved",
    reason: found.reason ?? "evidence_ambiguous",
    pointer,
    summary: "not all groups with ML-KEM were refused",
  };
}

function acceptedNames({ groups }: TlsEvidence): readonly string[] {
  const names = groups.flatMap(({ code, versions }) => (versions.includes("TLS 1.3") ? (namedGroupByCode(Number(code))?.name ?? []) : []));
  return names.filter(isMlKem);
}

/** Not the drafts with Kyber, which no client offers any more. */
function isMlKem(name: string): boolean {
  return name.includes("MLKEM");
}
