import type { CertificateFacts } from "../../../evidence/kinds.ts";
import { DAY, HOUR, type Instant, isoInstant, SECOND } from "../../../model/instant.ts";
import type { Answer } from "../../facts/aggregate.ts";
import { ABOUT_CERTIFICATES, eachChain, goneChain, type HostChain, verdictOn } from "../../facts/chains.ts";
import { lifetimeLeft, validityAt } from "../../facts/leaf.ts";
import { withoutTls } from "../../facts/tls-origins.ts";
import { defineRule } from "../rule.ts";

export const expiring = defineRule({
  meta: {
    id: "certificate/expiring",
    revision: 2,
    title: "The certificate was renewed in time",
    failureTitle: "The certificate is near its end and was not renewed",
    rationale:
      "Automatic renewal happens when about a third of the lifetime is left, so a certificate with less than a fifth of it left was missed. Lifetimes run from six days to thirteen months: a number of days would be wrong for most of them.",
    remediation: {
      verb: "ask",
      alone: false,
      effort: "low",
      text: "Ask the provider whether renewal is under way, and plan for the integration to fail on the day it ends.",
    },
    severity: "high",
    likelihood: 3,
    citations: [
      { id: "RFC 5280 4.1.2.5", url: "https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.5" },
      { id: "RFC 9773 4.2", url: "https://www.rfc-editor.org/rfc/rfc9773#section-4.2" },
    ],
    cwe: ["CWE-298"],
    owasp: ["API8:2023"],
    controls: ["PCI-DSS 4.2.1", "ISO27001 A.8.24", "NIST-CSF PR.DS-02"],
    confirm: 1,
  },
  needs: ["tls-session"],
  sees: ["tls"],
  outcomes: {
    fresh: { verdict: "pass", message: ({ percent }) => `${percent} % of the certificate's lifetime are left.` },
    "renewal-overdue": { verdict: "fail", severity: "low", message: left },
    "ends-soon": { verdict: "fail", severity: "medium", message: left },
    "ends-very-soon": { verdict: "fail", severity: "high", message: left },
    "other-ends-soon": { verdict: "fail", severity: "low", message: left },
    "issuer-ends-soon": {
      verdict: "fail",
      severity: "high",
      message: ({ until, days }) =>
        `The certificate of an authority above it ends at ${until}, in ${days} days and before its own: nobody will trust it from then on, unless another one is served.`,
    },
    "outside-validity": { verdict: "not-applicable", message: () => "The certificate is not valid now: said by certificate/expired." },
    ...ABOUT_CERTIFICATES,
  },
  applies: withoutTls,
  evaluate: (input, { asOf }) => eachChain("leaf", input, (chain) => answerFor(chain, asOf)),
  absent: goneChain,
});

type Outcome = "fresh" | "renewal-overdue" | "ends-soon" | "ends-very-soon" | "other-ends-soon" | "issuer-ends-soon" | "outside-validity";

function answerFor(chain: HostChain, asOf: Instant): Answer<Outcome> {
  const { leaf, role } = chain;
  const answer = { ...standing(leaf, asOf), pointer: "/chain/0", summary: `notAfter ${isoInstant(leaf.notAfter)}` };
  const end = issuerEnd(chain, asOf);
  if (role === "own" && end !== undefined && answer.outcome !== "ends-very-soon" && answer.outcome !== "outside-validity") {
    const data = { until: isoInstant(end), days: Math.floor((end - asOf) / DAY) };
    return { outcome: "issuer-ends-soon", data, pointer: "/chain", summary: `an issuer's notAfter ${data.until}` };
  }
  return role === "other" && FAILURES.includes(answer.outcome) ? { ...answer, outcome: "other-ends-soon" } : answer;
}

/** When the path ends before the leaf does, soon, and no other path goes on. */
function issuerEnd(chain: HostChain, asOf: Instant): Instant | undefined {
  const { isTrusted, path } = verdictOn(chain, asOf);
  const end = Math.min(...path.slice(1).map(({ notAfter }) => notAfter));
  if (!isTrusted || end >= chain.leaf.notAfter || end - asOf > SOON) return undefined;
  return verdictOn(chain, end + SECOND).isTrusted ? undefined : end;
}

function standing(leaf: CertificateFacts, asOf: Instant): Pick<Answer<Outcome>, "outcome" | "reason" | "data"> {
  const fraction = lifetimeLeft(leaf, asOf);
  if (fraction === undefined) return { outcome: "unobserved", reason: "evidence_ambiguous" };
  if (validityAt(leaf, asOf) !== "valid") return { outcome: "outside-validity" };
  const time = leaf.notAfter - asOf;
  const isLastDay = time < DAY && leaf.notAfter - leaf.notBefore > DAY;
  const step = isLastDay ? LAST_DAY : LADDER.find(({ below, within }) => fraction < below && time < within);
  const data = {
    until: isoInstant(leaf.notAfter),
    days: Math.floor(time / DAY),
    hours: Math.floor(time / HOUR),
    percent: Math.floor(fraction * 100),
  };
  return { outcome: step?.outcome ?? "fresh", data };
}

/** Days say nothing of a certificate that lives for six of them. */
function left({ until, days, hours, percent }: Readonly<Record<string, unknown>>): string {
  const time = Number(days) < FEW_DAYS ? `${hours} hours` : `${days} days`;
  return `The certificate ends at ${until}, in ${time}: ${percent} % of its lifetime are left.`;
}

/** Of lifetimes that no public authority gives, the days count as well: ten years have a twentieth of half a year. */
const LADDER = [
  { below: 0.05, within: 21 * DAY, outcome: "ends-very-soon" },
  { below: 0.1, within: 45 * DAY, outcome: "ends-soon" },
  { below: 0.2, within: 90 * DAY, outcome: "renewal-overdue" },
] as const;
const SOON = 21 * DAY;
const LAST_DAY = { outcome: "ends-very-soon" } as const;
const FAILURES: readonly string[] = [...LADDER.map(({ outcome }) => outcome)];
const FEW_DAYS = 3;
