import { dhPrimeByHash } from "../../../catalog/dh-primes.ts";
import { isFiniteField } from "../../../catalog/suite-classes.ts";
import type { TlsEvidence, TlsSessionEvidence } from "../../../evidence/kinds.ts";
import { type Answer, answerEach, atOrigin, evidenceOf } from "../../facts/aggregate.ts";
import { type DhStrength, dhStrength, finiteFieldBits } from "../../facts/dh-strength.ts";
import { secureOrigins, subjectAt } from "../../facts/subjects.ts";
import { unseenFeature } from "../../facts/tls-features.ts";
import { eachOrigin, goneOrigin, WITHOUT_TLS, withoutTls } from "../../facts/tls-origins.ts";
import { suitesOfClass } from "../../facts/tls-suites.ts";
import { defineRule } from "../rule.ts";

export const weakDh = defineRule({
  meta: {
    id: "tls/weak-dh",
    revision: 1,
    title: "No Diffie-Hellman with a short prime",
    failureTitle: "Diffie-Hellman with a short prime",
    rationale:
      "The work of breaking Diffie-Hellman is done once for a prime, and then every key that was agreed on with it falls at once (Logjam): seconds for 512 bits, within reach of a state for 1024, where many servers share the prime. At least 2048 bits are required; a prime of a standard is fine there. Where our own connection got a short one, our own data is at stake.",
    remediation: {
      verb: "compensate",
      alone: true,
      effort: "low",
      text: "Let your clients prefer elliptic curves (ECDHE), or take suites that begin with TLS_DHE_ out of their lists: then nothing is agreed on with this prime. Tell the provider, who can do without finite fields at all.",
    },
    severity: "high",
    likelihood: 2,
    citations: [
      { id: "RFC 9325 4.5", url: "https://www.rfc-editor.org/rfc/rfc9325#section-4.5" },
      { id: "RFC 7919 1", url: "https://www.rfc-editor.org/rfc/rfc7919#section-1" },
      { id: "Logjam", url: "https://weakdh.org/" },
    ],
    cwe: ["CWE-326"],
    owasp: ["API8:2023", "API10:2023"],
    controls: ["PCI-DSS 4.2.1", "ISO27001 A.8.24", "NIST-CSF PR.DS-02"],
    confirm: 1,
  },
  needs: ["tls", "tls-session"],
  since: { tls: 2 },
  outcomes: {
    strong: { verdict: "pass", message: () => "Every prime that was served has 2048 bits at least." },
    "no-finite-field": { verdict: "pass", message: () => "Diffie-Hellman in finite fields is refused." },
    "negotiated-export-grade": {
      verdict: "fail",
      message: ({ bits }) => `Our own connection agreed on its keys with a prime of ${bits} bits.`,
    },
    "negotiated-short": {
      verdict: "fail",
      severity: "medium",
      message: ({ bits }) => `Our own connection agreed on its keys with a prime of ${bits} bits.`,
    },
    "export-grade": { verdict: "fail", severity: "low", message: ({ bits }) => `A prime of ${bits} bits is served, which is broken.` },
    "shared-short": {
      verdict: "fail",
      severity: "low",
      message: ({ bits, prime }) => `A prime of ${bits} bits is served that many servers share: ${prime}.`,
    },
    short: { verdict: "fail", severity: "info", message: ({ bits }) => `A prime of ${bits} bits is served, which no standard gave.` },
    ...WITHOUT_TLS,
  },
  applies: withoutTls,
  // What our own connection got can only make it worse: the other evidence is about all that can be got.
  evaluate: ({ integration, observations }) => [
    ...eachOrigin("key-exchange", integration, observations.tls, servedAnswer),
    ...secureOrigins(integration).flatMap((origin) => {
      const weak = atOrigin(observations["tls-session"], origin).filter((session) => isWeak(evidenceOf(session)));
      return weak.length === 0 ? [] : answerEach(subjectAt("key-exchange", origin, integration), weak, negotiatedAnswer);
    }),
  ],
  absent: goneOrigin,
});

type Outcome = "strong" | "no-finite-field" | `negotiated-${"export-grade" | "short"}` | Exclude<DhStrength, "strong">;

function servedAnswer(evidence: TlsEvidence): Answer<Outcome> {
  const served = evidence.features.dh ?? [];
  const strengths = served.map(({ bits, prime }) => dhStrength(bits, prime));
  const weakest = WORST_FIRST.find((strength) => strengths.includes(strength));
  if (weakest !== undefined) return primeAnswer(evidence, weakest, strengths.indexOf(weakest));
  const { accepted, open, openAt } = suitesOfClass(evidence, isFiniteField);
  if (open !== undefined) return { outcome: "unobserved", reason: open, pointer: openAt, summary: "not all DHE suites were refused" };
  if (accepted[0] === undefined) return { outcome: "no-finite-field", pointer: "/versions", summary: "no DHE suite is accepted" };
  if (served.length === 0) return { ...unseenFeature(evidence), pointer: accepted[0].pointer, summary: "no prime was seen" };
  return { outcome: "strong", pointer: "/features/dh", summary: `${Math.min(...served.map(({ bits }) => bits))} bits at least` };
}

function primeAnswer({ features }: TlsEvidence, outcome: Exclude<DhStrength, "strong">, index: number): Answer<Outcome> {
  const { bits = 0, prime = "" } = features.dh?.[index] ?? {};
  const data = { bits, prime: dhPrimeByHash(prime)?.name ?? "of its own" };
  return { outcome, data, pointer: `/features/dh/${index}`, summary: `prime of ${bits} bits` };
}

function negotiatedAnswer(session: TlsSessionEvidence): Answer<Outcome> {
  const bits = finiteFieldBits(session.group) ?? 0;
  const outcome = dhStrength(bits) === "export-grade" ? "negotiated-export-grade" : "negotiated-short";
  return { outcome, data: { bits }, pointer: "/group", summary: `negotiated DH-${bits}` };
}

function isWeak(session: TlsSessionEvidence | undefined): boolean {
  const bits = finiteFieldBits(session?.group);
  return bits !== undefined && dhStrength(bits) !== "strong";
}

const WORST_FIRST = ["export-grade", "shared-short", "short"] as const satisfies readonly DhStrength[];
