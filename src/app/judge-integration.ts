import { type EvidenceBundle, withDocumentsOf } from "../evidence/bundle.ts";
import { decodeObservation, encodeObservation } from "../evidence/codec.ts";
import { DECLARED_KINDS, type EvidenceKind, LOCAL_KINDS, NAME_KINDS } from "../evidence/kinds.ts";
import { type Observation, observationKeyText } from "../evidence/observation.ts";
import { type CoverageCounts, coverageCounts, coverageOf } from "../judge/risk/coverage.ts";
import { judge } from "../judge/rules/engine.ts";
import { ruleById, ruleKnowledgeHash } from "../judge/rules/registry.ts";
import { canonicalJson, sha256Hex } from "../model/digest.ts";
import type { Change, FindingRecord, HistoryEvent, VerdictRecord } from "../model/finding.ts";
import type { AuditCommit, IntegrationKnowledge, StoredObservation, WaiverUse } from "../model/history-store.ts";
import { type Instant, isoDay } from "../model/instant.ts";
import type { Integration, Policy } from "../model/integration.ts";
import type { Visibility } from "../model/report.ts";
import { requestDigest } from "../model/request-digest.ts";
import { type JudgedResult, RULE_FAMILIES, type RuleFamily } from "../model/rule.ts";
import { applyVerdicts } from "../remember/changes/apply-verdicts.ts";
import type { DueDates } from "../remember/changes/due.ts";
import { isLive } from "../remember/changes/presence.ts";
import { retire } from "../remember/changes/retire.ts";
import { CONFIRM_ONCE, type Confirmation } from "../remember/changes/steadiness.ts";
import { visibilityEvents } from "../remember/changes/visibility.ts";
import { applyWaivers } from "../remember/changes/waivers.ts";
import { milestonesOf } from "./milestones.ts";
import type { ObservedIntegration } from "./observe-integration.ts";
import { belowThisBase } from "./plan-posture.ts";
import { isWithoutAWord } from "./sight.ts";

export interface JudgeInput {
  readonly run: string;
  readonly integration: Integration;
  readonly observed: ObservedIntegration;
  readonly knowledge: IntegrationKnowledge;
  readonly policy: Policy;
  readonly families: readonly RuleFamily[];
  /** The judge's clock; differs from `at` only with --as-of. */
  readonly asOf: Instant;
  readonly at: Instant;
  /** When the run began: the one clock for what people decided, so that no waiver ends in the middle of a run. */
  readonly runStartedAt: Instant;
  /** Identity of the inventory file that declares the integration. */
  readonly inventory?: string;
  /** What this tool can see: probe, normaliser and classifier revisions, Node, OpenSSL. */
  readonly capability: string;
  readonly vantage: string;
  readonly dueDates: (verdict: JudgedFailure) => DueDates;
}

/** What the time to deal with a failure depends on. */
export type JudgedFailure = Pick<VerdictRecord, "rule" | "outcome" | "severity" | "confidence" | "data">;

export interface JudgedIntegration {
  readonly verdicts: readonly VerdictRecord[];
  /** What this audit changed about findings. */
  readonly findings: readonly FindingRecord[];
  /** Every finding of the integration, touched or not. */
  readonly remembered: readonly FindingRecord[];
  readonly dropped: readonly string[];
  readonly endedDecisions: AuditCommit["endedDecisions"];
  readonly waivers: readonly WaiverUse[];
  readonly changes: readonly Change[];
  readonly events: readonly HistoryEvent[];
  readonly counts: CoverageCounts;
  readonly coverage: number | null;
  readonly visibility: Visibility;
  readonly stored: readonly StoredObservation[];
  readonly configuration: AuditCommit["configuration"];
}

/** From what was seen to what is to be remembered and told. Pure. */
export function judgeIntegration(input: JudgeInput): JudgedIntegration {
  const { observed, knowledge, integration } = input;
  const encoded = observed.observations.map((observation) => ({ observation, stored: encodeObservation(observation) }));
  const hashes = new Map(encoded.map(({ observation, stored }) => [observation, contentHash(stored)]));
  const hashOf = (observation: Observation) => hashes.get(observation) ?? "";
  const known = knowledge.findings
    .filter((finding) => isLive(finding) || finding.presence === "retired")
    .map(({ rule, subject }) => ({ rule, subject }));
  const bundle: EvidenceBundle = { integration, observations: observed.observations, asOf: input.asOf };
  const results = judge(bundle, { policy: input.policy, families: input.families, known, hashOf });
  const configuration = configurationOf(integration, input.policy);
  const capability = sha256Hex(`${input.capability}\n${input.vantage}`);
  const documents = documentsOf(encoded);
  const verdicts = results.map((result) =>
    verdictRecord(result, relevantConfiguration(integration, input.policy, result.rule, documents), capability),
  );
  const applied = applyVerdicts({
    run: input.run,
    at: input.at,
    integration: { uid: integration.uid, id: integration.id },
    verdicts,
    knowledge,
    dueDates: input.dueDates,
    confirmationOf,
    observedAt: observationTimes(encoded, input.at),
    rejudge: rejudgeOldEvidence(input, [...known, ...results], knowledge.baseline?.at ?? input.at),
    rejudgeNow: rejudgeOldEvidence(input, [...known, ...results], input.asOf),
  });
  const visibility = visibilityOf(observed.observations);
  const settled = settle(input, applied, verdicts, visibility);
  const counts = coverageCounts(results, knowledge.baseline?.verdicts);
  return {
    verdicts,
    ...settled,
    dropped: applied.dropped,
    changes: applied.changes,
    counts,
    coverage: coverageOf(counts),
    visibility,
    stored: encoded.map(({ stored }) => stored),
    configuration,
  };
}

/** After the verdicts: what is not asked about any more, and what people decided. */
function settle(input: JudgeInput, applied: ReturnType<typeof applyVerdicts>, verdicts: readonly VerdictRecord[], visibility: Visibility) {
  const { knowledge, integration, policy } = input;
  const judged = merged(knowledge.findings, applied.findings).filter(({ fingerprint }) => !applied.dropped.includes(fingerprint));
  const retired = retire(judged, input.run, ({ rule }) => {
    if (ruleById(rule) === undefined) return "rule_removed";
    return policy.rules[rule]?.off === true ? "rule_off" : undefined;
  });
  const remaining = merged(judged, retired.findings);
  const decided = applyWaivers({
    at: input.runStartedAt,
    findings: remaining,
    declared: integration.waivers,
    known: knowledge.waivers,
    seen: SEEN[visibility] === true,
    dueDates: (finding) => input.dueDates({ ...finding, data: dataOf(finding, input) }),
  });
  return {
    findings: merged(merged(applied.findings, retired.findings), decided.findings),
    remembered: merged(remaining, decided.findings),
    endedDecisions: decided.ended,
    waivers: decided.uses,
    events: [
      ...oncePerKind([...applied.events, ...retired.events, ...decided.events]),
      ...visibilityEvents(knowledge, { at: input.at, seen: SEEN[visibility], verdicts }),
      ...rotations(input.observed.observations),
    ],
  };
}

/** Seen for the first time behind a reference that had another one before. */
function rotations(observations: readonly Observation[]): readonly HistoryEvent[] {
  return observations.flatMap((observation): readonly HistoryEvent[] => {
    if (observation.kind !== "credential" || observation.outcome !== "observed" || observation.carried === true) return [];
    const rotated = observation.evidence.held.filter(({ seen, fingerprint }) => {
      const newest = seen?.fingerprints.at(-1);
      return (seen?.fingerprints.length ?? 0) > 1 && newest?.value === fingerprint?.value && (newest?.since ?? 0) >= observation.observedAt;
    });
    return rotated.map(({ role }) => ({ kind: "credential-rotated", detail: { credential: role } }));
  });
}

const SEEN: Readonly<Record<Visibility, boolean | undefined>> = {
  observed: true,
  partial: true,
  unreachable: false,
  error: false,
  skipped: undefined,
};

/** `newer` in place of the findings of the same fingerprint, and beside the others. */
function merged(older: readonly FindingRecord[], newer: readonly FindingRecord[]): readonly FindingRecord[] {
  const replaced = new Map(newer.map((finding) => [finding.fingerprint, finding]));
  const kept = older.map((finding) => replaced.get(finding.fingerprint) ?? finding);
  const known = new Set(older.map(({ fingerprint }) => fingerprint));
  return [...kept, ...newer.filter(({ fingerprint }) => !known.has(fingerprint))];
}

/** A waiver of the file and a decision in history may end in the same run: one entry says so. */
function oncePerKind(events: readonly HistoryEvent[]): readonly HistoryEvent[] {
  const keys = events.map(({ fingerprint, kind }) => (fingerprint === undefined ? undefined : `${fingerprint} ${kind}`));
  return events.filter((_, index) => keys[index] === undefined || keys.indexOf(keys[index]) === index);
}

function dataOf({ rule, subject }: FindingRecord, { knowledge }: JudgeInput): VerdictRecord["data"] {
  return knowledge.baseline?.verdicts.find((verdict) => verdict.rule === rule && verdict.subject === subject)?.data ?? {};
}

/** A rule that needs no evidence reads the inventory: nothing is gained by reading it twice. */
function confirmationOf(id: string): Confirmation {
  const rule = ruleById(id);
  if (rule === undefined) return CONFIRM_ONCE;
  return { open: rule.meta.confirm, resolve: rule.needs.length === 0 ? 1 : CONFIRM_ONCE.resolve };
}

type Encoded = readonly { readonly observation: Observation; readonly stored: StoredObservation }[];

/** When the newest evidence of a verdict was observed; carried evidence is as old as it is. */
function observationTimes(encoded: Encoded, at: Instant): (verdict: VerdictRecord) => Instant {
  const times = new Map<string, Instant>();
  for (const { observation, stored } of encoded) {
    const place = `${contentHash(stored)} ${observationKeyText(observation.key)}`;
    times.set(place, Math.max(times.get(place) ?? Number.NEGATIVE_INFINITY, observation.observedAt));
  }
  return ({ evidence }) => {
    const seen = evidence.flatMap(({ hash, key }) => times.get(`${hash} ${key}`) ?? []);
    return seen.length === 0 ? at : Math.max(...seen);
  };
}

function contentHash(stored: StoredObservation): string {
  return stored.evidence?.hash ?? sha256Hex(stored.failure ?? stored.outcome);
}

/**
 * What was declared and decided, by content. Kept without the values of queries and headers, which may be personal;
 * the hash knows them. Of classes of the consumer it keeps how much they matter, and not how they are known. It holds references to credentials and never a credential.
 */
function configurationOf(integration: Integration, policy: Policy): AuditCommit["configuration"] {
  const { source: _place, ...declared } = integration;
  const { customClasses } = declared;
  const kept = {
    ...declared,
    headers: Object.keys(declared.headers).sort(),
    ...(customClasses !== undefined && { customClasses: customClasses.map(({ known: _recognition, ...custom }) => custom) }),
    endpoints: declared.endpoints.map((endpoint) => ({ ...endpoint, path: endpoint.path.replace(/=[^&#]*/g, "=*") })),
  };
  return { hash: sha256Hex(canonicalJson({ integration: declared, policy })), json: canonicalJson({ integration: kept, policy }) };
}

/** What of the declaration a rule's verdict can depend on: another tag or owner must not excuse a provider. */
function relevantConfiguration(integration: Integration, policy: Policy, rule: string, documents: Documents): string {
  const family = RULE_FAMILIES.find((name) => rule.startsWith(`${name}/`));
  const keys = [...REACHED_BY, ...(family === undefined ? [] : READ_BY[family])];
  const read = Object.fromEntries(keys.map((key) => [key, integration[key] ?? null]));
  const own = READ_BY_RULE[rule]?.(integration, policy);
  const beside = (ruleById(rule)?.needs ?? []).flatMap((kind) => documents.get(kind) ?? []);
  return sha256Hex(
    canonicalJson({
      read,
      policy: policy.rules[rule] ?? null,
      ...(own === undefined ? {} : { own }),
      ...(beside.length === 0 ? {} : { beside }),
    }),
  );
}

/** Contents of what is as good as declared, by kind. */
type Documents = ReadonlyMap<EvidenceKind, readonly string[]>;

function documentsOf(encoded: Encoded): Documents {
  const documents = new Map<EvidenceKind, readonly string[]>();
  for (const { observation, stored } of encoded) {
    const { kind, key } = observation;
    if (DECLARED_KINDS.has(kind))
      documents.set(kind, [...(documents.get(kind) ?? []), `${observationKeyText(key)} ${contentHash(stored)}`].sort());
  }
  return documents;
}

function verdictRecord(result: JudgedResult, config: string, tool: string): VerdictRecord {
  const evidence = result.evidence.map((reference) => ({ ...reference, hash: reference.hash ?? "" }));
  const seen = [...new Set(evidence.map((reference) => reference.hash))].sort();
  return {
    ...result,
    evidence,
    causes: { evidence: sha256Hex(seen.join("\n")), rules: ruleKnowledgeHash(result.rule), config, tool },
  };
}

/** The evidence of the last time under today's rules, configuration and documents, at a moment of the clock; judged when first asked for. */
function rejudgeOldEvidence(input: JudgeInput, known: readonly { rule: string; subject: string }[], asOf: Instant) {
  const { integration, knowledge, policy, families, observed } = input;
  let results: ReadonlyMap<string, JudgedResult> | undefined;
  const judged = () => {
    const observations = knowledge.observations
      .map((stored) => decodeObservation(stored, { carried: false }))
      .filter((observation) => observation !== undefined);
    const old = judge(
      {
        integration,
        observations: withDocumentsOf(observed.observations, ofTheSameRequests(stillMet(observations, knowledge), integration)),
        asOf,
      },
      { policy, families, known, hashOf: () => "" },
    );
    return new Map(old.map((result) => [`${result.rule}|${result.subject}`, result]));
  };
  return (rule: string, subject: string) => {
    results ??= judged();
    return results.get(`${rule}|${subject}`);
  };
}

/** Providers rotate their addresses: one that no known verdict rests on any more says nothing of the last time. */
function stillMet(observations: readonly Observation[], { baseline }: IntegrationKnowledge): readonly Observation[] {
  const cited = (baseline?.verdicts ?? []).flatMap(({ evidence }) => evidence);
  const places = new Set(cited.map(({ kind, key }) => `${kind}|${key}`));
  const kinds = new Set(cited.map(({ kind }) => kind));
  return observations.filter(({ kind, key }) => !kinds.has(kind) || places.has(`${kind}|${observationKeyText(key)}`));
}

/** Where we asked for something else then, the answers say nothing of what today's request would have been answered. */
function ofTheSameRequests(observations: readonly Observation[], integration: Integration): readonly Observation[] {
  const digests = new Map(integration.endpoints.map((endpoint) => [endpoint.id, requestDigest(integration, endpoint)]));
  const others = observations.flatMap((observation) => {
    if (observation.kind !== "http-response" || observation.outcome !== "observed") return [];
    const { endpoint = "" } = observation.key;
    return digests.get(endpoint) === observation.evidence.request.digest ? [] : [endpoint];
  });
  return belowThisBase(observations, integration).filter(({ key }) => key.endpoint === undefined || !others.includes(key.endpoint));
}

/** How much of what was asked came back. Questions that were not due do not count, nor the answers that stand in for them; nor the http twin, authorities, authorisation servers, DNS and registries, which are not the API, where anything else was asked; nor files of ours. */
function visibilityOf(observations: readonly Observation[]): Visibility {
  const due = observations.filter(({ carried, kind }) => carried !== true && !LOCAL_KINDS.has(kind));
  const ofTheApi = due.filter(({ kind }) => !NOT_THE_API.includes(kind));
  const asked = ofTheApi.length > 0 ? ofTheApi : due;
  const seen = asked.filter((observation) => observation.outcome === "observed").length;
  if (seen > 0) return seen === asked.length ? "observed" : "partial";
  if (asked.some((observation) => observation.outcome === "failed" && !isWithoutAWord(observation))) return "error";
  return asked.some((observation) => observation.outcome !== "skipped") ? "unreachable" : "skipped";
}

const NOT_THE_API: readonly EvidenceKind[] = ["http-plaintext", "revocation", "token-response", "oauth-metadata", "jwks", ...NAME_KINDS];

/** Everything that history keeps of this audit, for one transaction. */
export function commitOf(
  input: JudgeInput,
  judged: JudgedIntegration,
  score: number | null,
  alerts: NonNullable<AuditCommit["alerts"]>,
): AuditCommit {
  const { integration, observed } = input;
  return {
    run: input.run,
    vantage: input.vantage,
    at: input.at,
    integration: {
      uid: integration.uid,
      id: integration.id,
      name: integration.name,
      criticality: integration.criticality,
      ...(integration.owner === undefined ? {} : { owner: integration.owner }),
      ...(input.inventory === undefined ? {} : { inventory: input.inventory }),
    },
    visibility: judged.visibility,
    score,
    coverage: judged.coverage,
    latencyMs: Math.round(observed.durationMs),
    sent: observed.sent,
    day: isoDay(input.at),
    configuration: judged.configuration,
    observations: judged.stored,
    verdicts: judged.verdicts,
    findings: judged.findings,
    dropped: judged.dropped,
    endedDecisions: judged.endedDecisions,
    waivers: judged.waivers,
    changes: judged.changes,
    events: judged.events,
    alerts,
    milestones: milestonesOf(observed.observations, judged.verdicts),
    pace: observed.pace.map((pace) => ({ ...pace, at: input.at })),
    maps: observed.observations.flatMap((observation) =>
      observation.kind === "http-response" && observation.outcome === "observed" && observation.key.endpoint !== undefined
        ? [{ endpoint: observation.key.endpoint, paths: observation.evidence.body.maps }]
        : [],
    ),
  };
}

/** Where an audit goes at all. */
const REACHED_BY = ["baseUrl", "additionalUrls", "proxy", "network"] as const satisfies readonly (keyof Integration)[];
const ASKED_BY = ["endpoints", "headers", "auth", "authProof", "apiVersion"] as const satisfies readonly (keyof Integration)[];
/** What one rule reads and the others of its family do not. */
const READ_BY_RULE: Readonly<Record<string, (integration: Integration, policy: Policy) => unknown>> = {
  "lifecycle/sdk-out-of-range": ({ sdk }) => sdk,
  "tls/client-negotiates-weak": ({ clients }) => clients,
  "tls/client-would-break": ({ clients }) => clients,
  "tls/outside-policy": (_integration, { packs }) => [...packs].sort(),
};
const READ_BY: Readonly<Record<RuleFamily, readonly (keyof Integration)[]>> = {
  tls: [],
  certificate: [],
  domain: [],
  auth: [...ASKED_BY, "dataClasses", "customClasses"],
  credential: ASKED_BY,
  header: ASKED_BY,
  data: [...ASKED_BY, "dataClasses", "customClasses"],
  lifecycle: ASKED_BY,
  inventory: ["owner"],
};
