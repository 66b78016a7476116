import { type ClientProfile, clientProfile } from "../../catalog/client-profiles.ts";
import type { TlsEvidence } from "../../evidence/kinds.ts";
import type { Observation } from "../../evidence/observation.ts";
import type { Integration } from "../../model/integration.ts";
import type { OutcomeDefinition, RuleResult } from "../rules/rule.ts";
import type { Answer } from "./aggregate.ts";
import { eachOrigin, goneOrigin, WITHOUT_TLS, withoutTls } from "./tls-origins.ts";

/** Outcomes of every question about the clients that were declared. */
export const WITHOUT_CLIENTS = {
  "no-client": { verdict: "not-applicable", message: () => "No client is declared for this integration." },
  "client-not-declared": { verdict: "not-applicable", message: () => "This client is not declared any more." },
  ...WITHOUT_TLS,
} as const satisfies Readonly<Record<string, OutcomeDefinition>>;

type OfIntegration = { readonly integration: Integration };

/** Clients that are declared and known. */
export function declaredClients({ clients = [] }: Integration): readonly ClientProfile[] {
  return clients.flatMap((name) => clientProfile(name) ?? []);
}

/** For `applies`. */
export function withoutClients(input: OfIntegration): "no-tls" | "no-client" | undefined {
  return withoutTls(input) ?? (declaredClients(input.integration).length === 0 ? "no-client" : undefined);
}

/** One subject for each client and https origin, answered by each address. */
export function eachClient<O extends string>(
  integration: Integration,
  observations: readonly Observation<"tls">[],
  answer: (client: ClientProfile, evidence: TlsEvidence) => Answer<O>,
): readonly RuleResult<O>[] {
  return declaredClients(integration).flatMap((client) =>
    eachOrigin(client.name, integration, observations, (evidence) => answer(client, evidence)),
  );
}

/** For `absent`. */
export function goneClient(subject: string, input: OfIntegration): RuleResult<"not-declared" | "client-not-declared"> {
  const [name] = subject.split("@");
  const isDeclared = declaredClients(input.integration).some((client) => client.name === name);
  return isDeclared ? goneOrigin(subject, input) : { outcome: "client-not-declared", subject };
}
