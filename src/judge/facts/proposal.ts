import { type ClassDefinitions, dataClassFacts, isSecretClass } from "../../catalog/data-classes.ts";
import type { BodyFacts, HttpResponseEvidence, ResponseBaseline } from "../../evidence/kinds.ts";
import type { Observation } from "../../evidence/observation.ts";
import { comparable, leavesOf } from "../../evidence/response-history.ts";
import type { Endpoint, Integration } from "../../model/integration.ts";
import type { Proposal, ProposedEndpoint, ProposedField } from "../../model/proposal.ts";
import { evidenceOf, failureOf } from "./aggregate.ts";
import { declarableFields } from "./declarable-fields.ts";
import { handedOutAs } from "./declared-fields.ts";
import { countedClasses } from "./looked-for.ts";
import { requestedRecords } from "./page-size.ts";
import { bodyReason, showsNothing } from "./responses.ts";

/**
 * By what the endpoints answered this time and before. What was seen is not what is needed: somebody has to read it.
 * @param mayStand whether an inventory takes this text at all
 */
export function proposalFor(integration: Integration, observations: readonly Observation[], mayStand: Allowed["mayStand"]): Proposal {
  const allowed = { definitions: integration, mayStand };
  const endpoints = integration.endpoints.map((endpoint) => proposedEndpoint(endpoint, observations, allowed));
  return { integration: integration.id, endpoints };
}

interface Allowed {
  readonly definitions: ClassDefinitions;
  readonly mayStand: (text: string) => boolean;
}

function proposedEndpoint(endpoint: Endpoint, observations: readonly Observation[], allowed: Allowed): ProposedEndpoint {
  const { id } = endpoint;
  const answer = observed(observations, "http-response", id);
  const evidence = answer === undefined ? undefined : evidenceOf(answer);
  if (evidence === undefined) return { id, reason: (answer && failureOf(answer)?.reason) ?? "not_requested", ...NOTHING };
  const reason = bodyReason(evidence) ?? (showsNothing(evidence.body) ? "evidence_ambiguous" : undefined);
  if (reason !== undefined) return { id, reason, ...NOTHING };
  const history = observed(observations, "response-history", id);
  const baseline = history === undefined ? undefined : comparable(evidenceOf(history), evidence);
  const fields = proposedFields(evidence.body, baseline, allowed);
  const open = fields
    .filter(({ secret, unwritable, coversMore }) => secret !== true && unwritable !== true && coversMore !== true)
    .flatMap(({ classes }) => classes.filter(({ masked }) => !masked));
  const most = mostRecords(endpoint, evidence, baseline);
  return {
    id,
    fields,
    classes: [...new Set(open.map((one) => one.class))].sort(),
    ...(most !== undefined && { maxRecords: most }),
  };
}

function observed<K extends "http-response" | "response-history">(
  observations: readonly Observation[],
  kind: K,
  endpoint: string,
): Observation<K> | undefined {
  return observations.find((one) => one.kind === kind && one.key.endpoint === endpoint) as unknown as Observation<K> | undefined;
}

function proposedFields(
  body: BodyFacts,
  baseline: ResponseBaseline | undefined,
  { definitions, mayStand }: Allowed,
): readonly ProposedField[] {
  const paths = new Set([...body.shape, ...(baseline?.paths ?? [])].map(({ path }) => path));
  const leaves = leavesOf([...paths].sort().map((path) => ({ path })));
  const formerly = (baseline?.paths ?? [])
    .flatMap(({ path, classes = [] }) => classes.map((one) => ({ ...one, path, sample: false })))
    .filter((former) => !(body.replaced ?? []).some((fact) => fact.class === former.class && fact.path === former.path));
  const found = [...countedClasses(body, definitions), ...formerly].filter(
    (fact) => dataClassFacts(fact.class, definitions).sensitive && !fact.sample,
  );
  const byPath = new Map<string, typeof found>();
  for (const fact of found) byPath.set(fact.path, [...(byPath.get(fact.path) ?? []), fact]);
  const all = leaves.map(({ path }) => proposedField(path, byPath.get(path) ?? [], definitions));
  const secrets = all.filter(({ secret }) => secret === true);
  return [
    ...declarableFields(
      all.filter(({ secret }) => secret !== true),
      mayStand,
    ),
    ...secrets,
  ].sort((one, other) => (one.path < other.path ? -1 : 1));
}

function proposedField(path: string, facts: ProposedField["classes"], definitions: ClassDefinitions): ProposedField {
  const classes = [...new Set(facts.map((fact) => fact.class))].sort().map((name) => ({
    class: name,
    masked: facts.every((fact) => fact.class !== name || fact.masked),
  }));
  const here = classes.map((one) => one.class);
  const isSecret = classes.some((one) => isSecretClass(one.class, definitions) && handedOutAs(one.class, here).length === 0 && !one.masked);
  return { path, classes, ...(isSecret && { secret: true as const }) };
}

/** As many as were asked for, or came at the most. */
function mostRecords({ path }: Endpoint, { body }: HttpResponseEvidence, baseline: ResponseBaseline | undefined): number | undefined {
  if (body.records === undefined) return undefined;
  const most = Math.max(requestedRecords(path) ?? 0, body.records, ...(baseline?.records ?? []));
  return most === 0 ? undefined : most;
}

const NOTHING = { fields: [], classes: [] } as const;
