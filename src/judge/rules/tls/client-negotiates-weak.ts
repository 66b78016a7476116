import type { ClientProfile } from "../../../catalog/client-profiles.ts";
import type { TlsEvidence } from "../../../evidence/kinds.ts";
import { DEPRECATED_TLS_VERSIONS } from "../../../model/tls.ts";
import type { Answer } from "../../facts/aggregate.ts";
import { type Simulation, simulateClient } from "../../facts/client-simulation.ts";
import { eachClient, goneClient, WITHOUT_CLIENTS, withoutClients } from "../../facts/clients.ts";
import { SUITE_WEAKNESSES, type SuiteWeakness, weaknessOf } from "../../facts/suite-weakness.ts";
import { listed, versionPointer } from "../../facts/tls-suites.ts";
import { defineRule } from "../rule.ts";

export const clientNegotiatesWeak = defineRule({
  meta: {
    id: "tls/client-negotiates-weak",
    revision: 1,
    title: "The clients that we declared end up with strong TLS",
    failureTitle: "A client that we declared ends up with weak TLS",
    rationale:
      "The audit connects with the newest TLS there is; the programs that use the integration may be older. What each declared client offers by itself is known, what the provider accepts was seen: put together, they tell what is used in production.",
    remediation: {
      verb: "compensate",
      alone: true,
      effort: "medium",
      text: "Upgrade the runtime of this client, or set its least version and its list of cipher suites, so that it fails instead of using weak ones; where it has nothing better in common with the provider, ask the provider for a date.",
    },
    severity: "high",
    likelihood: 3,
    citations: [
      { id: "RFC 9325 4.1", url: "https://www.rfc-editor.org/rfc/rfc9325#section-4.1" },
      { id: "RFC 8996 4", url: "https://www.rfc-editor.org/rfc/rfc8996#section-4" },
    ],
    cwe: ["CWE-326", "CWE-327"],
    owasp: ["API8:2023", "API10:2023"],
    controls: ["PCI-DSS 4.2.1", "ISO27001 A.8.24", "NIST-CSF PR.DS-02"],
    confirm: 1,
  },
  needs: ["tls"],
  since: { tls: 2 },
  outcomes: {
    strong: { verdict: "pass", message: ({ client, what }) => `${client} uses ${what}.` },
    forbidden: { verdict: "fail", message: ({ client, what }) => `${client} ends up with what must not be used: ${what}.` },
    "short-blocks": {
      verdict: "fail",
      severity: "medium",
      message: ({ client, what }) => `${client} is encrypted in blocks of 64 bits, which repeat after some GB (Sweet32): ${what}.`,
    },
    "no-forward-secrecy": {
      verdict: "fail",
      severity: "low",
      message: ({ client, what }) => `Whoever gets the server's key one day can read what was recorded of ${client}: ${what}.`,
    },
    "cannot-connect": {
      verdict: "fail",
      severity: "low",
      message: ({ client, what }) => `${client} cannot connect as it comes: ${what}. If it does connect, its settings were changed.`,
    },
    ...WITHOUT_CLIENTS,
  },
  applies: withoutClients,
  evaluate: ({ integration, observations }) => eachClient(integration, observations.tls, answerFor),
  absent: goneClient,
});

type Outcome = "strong" | "forbidden" | "short-blocks" | "no-forward-secrecy" | "cannot-connect";

function answerFor(client: ClientProfile, evidence: TlsEvidence): Answer<Outcome> {
  const simulated = simulateClient(client, evidence);
  if (simulated.state === "unknown")
    return { outcome: "unobserved", reason: simulated.reason, pointer: "/versions", summary: "not all was seen" };
  if (simulated.state === "cannot-connect") return said("cannot-connect", client, simulated.why, "/versions");
  const { version, suites } = simulated;
  const pointer = versionPointer(evidence, version);
  const what = `${version} with ${listed(suites)}`;
  if (DEPRECATED_TLS_VERSIONS.includes(version)) return said("forbidden", client, what, pointer);
  return suiteAnswer(client, simulated, what, pointer);
}

/** Where the choice is open, it fails when all that is possible is weak, and for the mildest of that. */
function suiteAnswer(
  client: ClientProfile,
  { suites }: Extract<Simulation, { state: "connects" }>,
  what: string,
  pointer: string,
): Answer<Outcome> {
  const weaknesses = suites.map(weaknessOf);
  const weak = SUITE_WEAKNESSES.filter((weakness) => weaknesses.includes(weakness));
  if (weak[0] === undefined) return said("strong", client, what, pointer);
  if (weaknesses.includes(undefined))
    return { outcome: "unobserved", reason: "evidence_ambiguous", pointer, summary: `one of ${listed(suites)}` };
  return said(OUTCOMES[weak.at(-1) ?? weak[0]] ?? "forbidden", client, what, pointer);
}

function said(outcome: Outcome, { title }: ClientProfile, what: string, pointer: string): Answer<Outcome> {
  return { outcome, data: { client: title, what }, pointer, summary: `${title}: ${what}` };
}

/** RFC 9325 section 4.1 advises against these, and forbids the others. */
const OUTCOMES: Readonly<Partial<Record<SuiteWeakness, Outcome>>> = {
  "short-blocks": "short-blocks",
  "no-forward-secrecy": "no-forward-secrecy",
};
