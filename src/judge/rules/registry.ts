import { dataClassFacts } from "../../catalog/data-classes.ts";
import { endOfLifeRetrieved } from "../../catalog/end-of-life.ts";
import { DATA_CLASSES } from "../../model/data-class.ts";
import { canonicalJson, sha256Hex } from "../../model/digest.ts";
import { credentialOverHttp } from "./auth/credential-over-http.ts";
import { keyInQuery } from "./auth/key-in-query.ts";
import { unauthenticatedAccess } from "./auth/unauthenticated-access.ts";
import { expired } from "./certificate/expired.ts";
import { expiring } from "./certificate/expiring.ts";
import { untrusted } from "./certificate/untrusted.ts";
import { secretInResponse } from "./data/secret-in-response.ts";
import { sensitiveFieldUndeclared } from "./data/sensitive-field-undeclared.ts";
import { endOfLifeSoftware } from "./header/end-of-life-software.ts";
import { versionDisclosure } from "./header/version-disclosure.ts";
import { noOwner } from "./inventory/no-owner.ts";
import { sunsetNear } from "./lifecycle/sunset-near.ts";
import type { Rule } from "./rule.ts";
import { deprecatedVersionNegotiated } from "./tls/deprecated-version-negotiated.ts";
import { deprecatedVersionOffered } from "./tls/deprecated-version-offered.ts";

/** Every rule, once, sorted by id. A new rule is a file, a test and a line here. */
export const RULES: readonly Rule[] = [
  credentialOverHttp,
  keyInQuery,
  unauthenticatedAccess,
  expired,
  expiring,
  untrusted,
  secretInResponse,
  sensitiveFieldUndeclared,
  endOfLifeSoftware,
  versionDisclosure,
  noOwner,
  sunsetNear,
  deprecatedVersionNegotiated,
  deprecatedVersionOffered,
];

/** By id, or by a former id of the same question. */
export function ruleById(id: string): Rule | undefined {
  return RULES.find(({ meta }) => meta.id === id) ?? RULES.find(({ meta }) => meta.aliases?.includes(id));
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

/** What differs when a file in data/ that the rule reads says something else. */
const FACTS_READ: Readonly<Record<string, () => unknown>> = {
  "auth/unauthenticated-access": dataClasses,
  "data/secret-in-response": dataClasses,
  "data/sensitive-field-undeclared": dataClasses,
  "header/end-of-life-software": endOfLifeRetrieved,
};
const knowledge = new Map<string, string>();

function dataClasses(): unknown {
  return DATA_CLASSES.map((dataClass) => [dataClass, dataClassFacts(dataClass)]);
}
