import type { ClientProfile } from "../../../catalog/client-profiles.ts";
import type { TlsEvidence } from "../../../evidence/kinds.ts";
import { DEPRECATED_TLS_VERSIONS } from "../../../model/tls.ts";
import type { Answer } from "../../facts/aggregate.ts";
import { simulateClient } from "../../facts/client-simulation.ts";
import { eachClient, goneClient, WITHOUT_CLIENTS, withoutClients } from "../../facts/clients.ts";
import { weaknessOf } from "../../facts/suite-weakness.ts";
import { versionPointer } from "../../facts/tls-suites.ts";
import { defineRule } from "../rule.ts";

export const clientWouldBreak = defineRule({
  meta: {
    id: "tls/client-would-break",
    revision: 1,
    title: "The clients that we declared outlive the end of weak TLS",
    failureTitle: "A client that we declared would lose the connection when weak TLS ends",
    rationale:
      "Providers retire old versions and weak cipher suites, often with short notice. A client that connects with nothing else today fails on that day, although nobody changed it.",
    remediation: {
      verb: "move",
      alone: false,
      effort: "medium",
      text: "Plan to upgrade this client before the provider retires what it lives on, and ask the provider to accept TLS 1.2 with ECDHE and AES-GCM, or TLS 1.3, before that day.",
    },
    severity: "info",
    likelihood: 1,
    citations: [
      { id: "RFC 9325 4.1", url: "https://www.rfc-editor.org/rfc/rfc9325#section-4.1" },
      { id: "RFC 8996 4", url: "https://www.rfc-editor.org/rfc/rfc8996#section-4" },
    ],
    cwe: ["CWE-327"],
    owasp: ["API8:2023"],
    controls: ["PCI-DSS 12.3.3", "ISO27001 A.8.24", "NIST-CSF PR.DS-02"],
    confirm: 1,
  },
  needs: ["tls"],
  since: { tls: 2 },
  outcomes: {
    survives: { verdict: "pass", message: ({ client }) => `${client} would still connect.` },
    "would-break": {
      verdict: "fail",
      message: ({ client, why }) =>
        `${client} connects today, and would not once retired versions and weak suites are switched off: ${why}.`,
    },
    "does-not-connect": {
      verdict: "not-applicable",
      message: ({ client }) => `${client} cannot connect today either: said by tls/client-negotiates-weak.`,
    },
    ...WITHOUT_CLIENTS,
  },
  applies: withoutClients,
  evaluate: ({ integration, observations }) => eachClient(integration, observations.tls, answerFor),
  absent: goneClient,
});

type Outcome = "survives" | "would-break" | "does-not-connect";

function answerFor(client: ClientProfile, evidence: TlsEvidence): Answer<Outcome> {
  const today = simulateClient(client, evidence);
  if (today.state === "cannot-connect") return said("does-not-connect", client, today.why);
  const then = simulateClient(withoutWeak(client), evidence);
  if (then.state === "connects") return { ...said("survives", client, then.version), pointer: versionPointer(evidence, then.version) };
  const open = [then, today].find((simulated) => simulated.state === "unknown");
  if (open?.state === "unknown") return { outcome: "unobserved", reason: open.reason, pointer: "/versions", summary: "not all was seen" };
  return said("would-break", client, then.state === "cannot-connect" ? then.why : "");
}

/** What the server drops and what the client gives up come to the same: they have it in common no more. */
function withoutWeak(client: ClientProfile): ClientProfile {
  return {
    ...client,
    versions: client.versions.filter((version) => !DEPRECATED_TLS_VERSIONS.includes(version)),
    cipherSuites: client.cipherSuites.filter((name) => weaknessOf(name) === undefined),
  };
}

function said(outcome: Outcome, { title }: ClientProfile, why: string): Answer<Outcome> {
  return { outcome, data: { client: title, why }, pointer: "/versions", summary: `${title}: ${why}` };
}
