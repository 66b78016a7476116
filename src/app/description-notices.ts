import type { ApiDescriptionEvidence } from "../evidence/kinds.ts";
import type { Observation } from "../evidence/observation.ts";
import type { Integration } from "../model/integration.ts";

interface Described {
  readonly integration: Pick<Integration, "id" | "openapi" | "source">;
  readonly observations: readonly Observation[];
}

/** What people should know of descriptions that could not be read, or not as a whole: one for each file and fault, whoever names it. */
export function noticesOfDescriptions(audits: readonly Described[]): readonly string[] {
  const faults = new Map<string, { readonly words: string; readonly named: string[] }>();
  for (const { integration, observations } of audits) {
    const said = observations.flatMap((one) => (one.kind === "api-description" && one.outcome === "observed" ? [one.evidence] : []));
    for (const words of new Set(said.flatMap((evidence) => wordsFor(evidence) ?? []))) {
      const key = `${integration.openapi}|${words}`;
      const fault = faults.get(key) ?? { words, named: [] };
      fault.named.push(placeOf(integration));
      faults.set(key, fault);
    }
  }
  const notices = [...faults.values()].map(({ words, named }) => `${firstOf(named)}: ${words}`);
  return notices.length <= MOST_TOLD
    ? notices
    : [
        ...notices.slice(0, MOST_TOLD),
        `${notices.length - MOST_TOLD} more descriptions could not be read: \`--json --evidence\` says why (api-description).`,
      ];
}

function wordsFor({ endpoint, problem, unread }: ApiDescriptionEvidence): string | undefined {
  if (problem !== undefined) return `${problem}. Put it right, or take \`openapi\` out; until then data/undocumented-field says nothing.`;
  if (unread.length === 0) return undefined;
  return `what endpoint ${endpoint} answers at ${firstOf(unread)} stands in another document, or is more than is read. Make it one document (bundle it); until then data/undocumented-field says nothing of fields there.`;
}

/** The path as the inventory has it: folders of this machine are nobody's business. */
function placeOf({ id, openapi, source }: Described["integration"]): string {
  return `openapi ${openapi} of ${id}${source === undefined ? "" : ` (inventory line ${source.line})`}`;
}

function firstOf(all: readonly string[]): string {
  return all.slice(0, MOST_NAMED).join(", ") + (all.length > MOST_NAMED ? ` and ${all.length - MOST_NAMED} more` : "");
}

const MOST_NAMED = 3;
const MOST_TOLD = 10;
