import { canonicalJson, sha256Hex } from "../../model/digest.ts";
import type { Remediation } from "../../model/rule.ts";
import { FACTS_READ } from "./facts-read.ts";
import type { Rule } from "./rule.ts";

/**
 * One family after the other: node opens all files of an import at once, and a process may have no more than 256 (macOS).
 */
const { AUTH_RULES } = await import("./auth.ts");
const { CERTIFICATE_RULES } = await import("./certificate.ts");
const { CREDENTIAL_RULES } = await import("./credential.ts");
const { DATA_RULES } = await import("./data.ts");
const { DOMAIN_RULES } = await import("./domain.ts");
const { HEADER_RULES } = await import("./header.ts");
const { INVENTORY_RULES } = await import("./inventory.ts");
const { LIFECYCLE_RULES } = await import("./lifecycle.ts");
const { TLS_RULES } = await import("./tls.ts");

/** Every rule, once, sorted by id. A new rule is a file, a test and a line in the list of its family. */
export const RULES: readonly Rule[] = [
  ...AUTH_RULES,
  ...CERTIFICATE_RULES,
  ...CREDENTIAL_RULES,
  ...DATA_RULES,
  ...DOMAIN_RULES,
  ...HEADER_RULES,
  ...INVENTORY_RULES,
  ...LIFECYCLE_RULES,
  ...TLS_RULES,
];

/** By id, or by a former id of the same question. */
export function ruleById(id: string): Rule | undefined {
  return RULES.find(({ meta }) => meta.id === id) ?? RULES.find(({ meta }) => meta.aliases?.includes(id));
}

/** What can be done about a failure: the outcome's own word, where it has one, before the rule's. */
export function remediationOf({ meta, outcomes }: Rule, outcome: string, data: Readonly<Record<string, unknown>> = {}): Remediation {
  const { remediation = meta.remediation, advice } = (Object.hasOwn(outcomes, outcome) ? outcomes[outcome] : undefined) ?? {};
  const here = advice?.(data);
  return here === undefined ? remediation : { ...remediation, text: `${here} ${remediation.text}` };
}

/** Revision of every rule, by id. */
export function rulesetManifest(): Readonly<Record<string, number>> {
  return Object.fromEntries(RULES.map(({ meta }) => [meta.id, meta.revision]));
}

/** Identity of the whole set: changes with every revision and with every fact that a rule reads. */
export function rulesetHash(): string {
  return sha256Hex(canonicalJson(RULES.map(({ meta }) => [meta.id, ruleKnowledgeHash(meta.id)])));
}

/** Identity of what one rule knows: its revision and the facts it reads. */
export function ruleKnowledgeHash(id: string): string {
  const known =
    knowledge.get(id) ?? sha256Hex(canonicalJson({ id, revision: ruleById(id)?.meta.revision ?? 0, facts: FACTS_READ[id]?.() ?? null }));
  knowledge.set(id, known);
  return known;
}

const knowledge = new Map<string, string>();
