import { whyItMatters } from "../catalog/data-classes.ts";
import { expectationText } from "../inventory/expectation-text.ts";
import { carriesSecret } from "../inventory/literal-secret.ts";
import { proposalFor } from "../judge/facts/proposal.ts";
import type { Integration } from "../model/integration.ts";
import type { Proposal } from "../model/proposal.ts";
import type { AuditPorts } from "./audit-ports.ts";

/** What endpoints could be declared to send, collected while they are audited. */
export interface ExpectationDraft {
  /** For the ports of the audit. */
  readonly onObserved: NonNullable<AuditPorts["onObserved"]>;
  readonly document: () => { readonly schemaVersion: string; readonly proposals: readonly Proposal[] };
  /** The same as YAML for an inventory. */
  readonly text: () => string;
}

/** Of these integrations, in their order. */
export function draftExpectations(integrations: readonly Pick<Integration, "id" | "customClasses">[]): ExpectationDraft {
  const proposed = new Map<string, Proposal>();
  const byId = new Map(integrations.map((integration) => [integration.id, integration]));
  const inOrder = () => integrations.flatMap(({ id }) => proposed.get(id) ?? []);
  return {
    onObserved: (integration, observations) => {
      if (integration.endpoints.length > 0)
        proposed.set(
          integration.id,
          proposalFor(integration, observations, (text) => !carriesSecret(text)),
        );
    },
    document: () => ({ schemaVersion: "1.0.0", proposals: inOrder() }),
    text: () => expectationText(inOrder(), (dataClass, integration) => whyItMatters(dataClass, byId.get(integration) ?? {})),
  };
}
