import { type JudgedIntegration, type JudgeInput, judgeIntegration } from "../../src/app/judge-integration.ts";
import type { Observation } from "../../src/evidence/observation.ts";
import { ruleKnowledgeHash } from "../../src/judge/rules/registry.ts";
import { sha256Hex } from "../../src/model/digest.ts";
import type { VerdictRecord } from "../../src/model/finding.ts";
import type { IntegrationKnowledge, StoredObservation } from "../../src/model/history-store.ts";
import type { Instant } from "../../src/model/instant.ts";
import type { Integration, Policy } from "../../src/model/integration.ts";
import { RULE_FAMILIES } from "../../src/model/rule.ts";
import { NOTHING_KNOWN, ulid } from "../remember/samples.ts";

/** One audit of one integration: what was seen, and all that a verdict can depend on beside it. */
export interface Night {
  /** Number of the run. */
  readonly run: number;
  readonly at: Instant;
  readonly integration: Integration;
  readonly policy: Policy;
  readonly capability: string;
  readonly observations: readonly Observation[];
  /** Rules of earlier releases judged, each rule of one of them. */
  readonly older?: readonly OlderRules[];
}

export interface OlderRules {
  readonly rules: readonly string[];
  /** What they said, in terms of evidence of which today's rules say it; the same as today's unless given. */
  readonly judgedAs?: readonly Observation[];
}

/** The real judgement of a night, with history in memory instead of a database. */
export function judgeNight(
  night: Night,
  knowledge: IntegrationKnowledge,
): { readonly input: JudgeInput; readonly judged: JudgedIntegration } {
  const { older = [] } = night;
  const input = inputOf(night, ofTheSameRelease(knowledge, older));
  return { input, judged: older.reduce((judged, release) => asOlderRulesSaid(judged, input, release), judgeIntegration(input)) };
}

/**
 * What history knows of one integration, by the meaning of remember/store: the last conclusive verdict of every question that is still
 * listed, the newest fact of every observation key, the findings. test/histories compares it with the database, night by night.
 */
export class Memory {
  knowledge: IntegrationKnowledge = NOTHING_KNOWN;
  readonly #newest = new Map<string, VerdictRecord>();
  readonly #listed = new Map<string, ReadonlySet<string>>();
  #lastRun: ReadonlyMap<string, VerdictRecord> = new Map();

  audit(night: Night): JudgedIntegration {
    const { input, judged } = judgeNight(night, this.knowledge);
    this.#remember(input, judged);
    return judged;
  }

  #remember({ run, at }: JudgeInput, judged: JudgedIntegration): void {
    const findings = new Map(this.knowledge.findings.map((finding) => [finding.fingerprint, finding]));
    for (const finding of judged.findings) findings.set(finding.fingerprint, finding);
    for (const fingerprint of judged.dropped) findings.delete(fingerprint);
    const grown = this.#keepVerdicts(judged.verdicts);
    const wasSeen = judged.visibility === "observed" || judged.visibility === "partial";
    const { baseline: before } = this.knowledge;
    const unseen = before && { ...before, verdicts: before.verdicts.map((verdict) => grown.get(verdict) ?? verdict) };
    const baseline = wasSeen ? { run, at, configurationHash: judged.configuration.hash, verdicts: this.#verdictsKnown() } : unseen;
    this.knowledge = {
      ...this.knowledge,
      known: true,
      ...(baseline === undefined ? {} : { baseline }),
      findings: [...findings.values()].sort((a, b) => (questionOf(a) < questionOf(b) ? -1 : 1)),
      waivers: judged.waivers,
      observations: newestFacts(this.knowledge.observations, judged.stored),
    };
  }

  /** A verdict that was reached again lives on, with the words and hashes of its newest run; returns those that did, by what they were. */
  #keepVerdicts(verdicts: readonly VerdictRecord[]): ReadonlyMap<VerdictRecord, VerdictRecord> {
    const grown = new Map<VerdictRecord, VerdictRecord>();
    const lastRun = new Map<string, VerdictRecord>();
    for (const verdict of verdicts) {
      const question = questionOf(verdict);
      const before = this.#lastRun.get(question);
      if (before !== undefined && isSameSpan(before, verdict)) grown.set(before, verdict);
      lastRun.set(question, verdict);
      const known = this.#newest.get(question);
      if (known === undefined || isConclusive(verdict) || !isConclusive(known)) this.#newest.set(question, verdict);
    }
    for (const rule of new Set(verdicts.map((verdict) => verdict.rule)))
      this.#listed.set(rule, new Set(verdicts.filter((verdict) => verdict.rule === rule).map(questionOf)));
    this.#lastRun = lastRun;
    return grown;
  }

  #verdictsKnown(): readonly VerdictRecord[] {
    return [...this.#listed.values()]
      .flatMap((questions) => [...questions])
      .sort()
      .flatMap((question) => this.#newest.get(question) ?? []);
  }
}

function inputOf(night: Night, knowledge: IntegrationKnowledge): JudgeInput {
  const { run, at, integration, policy, capability, observations } = night;
  return {
    run: ulid(run),
    integration,
    observed: { observations, sent: { connections: 0, requests: 0 }, pace: [], durationMs: 1, clockOffsets: new Map() },
    knowledge,
    policy,
    families: RULE_FAMILIES,
    asOf: at,
    at,
    runStartedAt: at,
    capability,
    vantage: "local",
    dueDates: () => ({}),
  };
}

/**
 * The audit as an earlier release of some rules would have left it: their verdicts, findings and changes as of `judgedAs`, resting on the
 * evidence that was really there.
 */
function asOlderRulesSaid(today: JudgedIntegration, input: JudgeInput, { rules, judgedAs }: OlderRules): JudgedIntegration {
  const said = judgedAs === undefined ? today : judgeIntegration({ ...input, observed: { ...input.observed, observations: judgedAs } });
  const isOlder = ({ rule }: { readonly rule: string }) => rules.includes(rule);
  const mixed = <T extends { readonly rule: string }>(of: (judged: JudgedIntegration) => readonly T[]) => [
    ...of(today).filter((one) => !isOlder(one)),
    ...of(said).filter(isOlder),
  ];
  return {
    ...today,
    verdicts: mixed(({ verdicts }) => verdicts).map((verdict) => (isOlder(verdict) ? resting(verdict, today.stored) : verdict)),
    findings: mixed(({ findings }) => findings),
    remembered: mixed(({ remembered }) => remembered),
    changes: mixed(({ changes }) => changes),
  };
}

/** While the earlier release runs, its own verdicts of the nights before are not those of other rules. */
function ofTheSameRelease(knowledge: IntegrationKnowledge, older: readonly OlderRules[]): IntegrationKnowledge {
  const { baseline } = knowledge;
  const rules = older.flatMap((release) => release.rules);
  if (baseline === undefined || rules.length === 0) return knowledge;
  const verdicts = baseline.verdicts.map((verdict) =>
    rules.includes(verdict.rule) ? { ...verdict, causes: { ...verdict.causes, rules: ruleKnowledgeHash(verdict.rule) } } : verdict,
  );
  return { ...knowledge, baseline: { ...baseline, verdicts } };
}

/** On the evidence of the same questions as they were really answered. */
function resting(verdict: VerdictRecord, stored: readonly StoredObservation[]): VerdictRecord {
  const hashOf = (kind: string, key: string) => stored.find((one) => one.kind === kind && keyText(one) === key)?.evidence?.hash;
  const evidence = verdict.evidence.map((piece) => ({ ...piece, hash: hashOf(piece.kind, piece.key) ?? piece.hash }));
  const hashes = [...new Set(evidence.map(({ hash }) => hash))].sort();
  return { ...verdict, evidence, causes: { ...verdict.causes, evidence: sha256Hex(hashes.join("\n")), rules: sha256Hex("older rules") } };
}

function isSameSpan(one: VerdictRecord, other: VerdictRecord): boolean {
  const span = ({ verdict, outcome, reason, severity, ruleRevision, causes }: VerdictRecord) =>
    JSON.stringify([verdict, outcome, reason ?? null, severity ?? null, ruleRevision, causes.evidence]);
  return span(one) === span(other);
}

function newestFacts(known: readonly StoredObservation[], seen: readonly StoredObservation[]): readonly StoredObservation[] {
  const newest = new Map(known.map((one) => [`${one.probe}|${one.kind}|${keyText(one)}`, one]));
  for (const one of seen) {
    const question = `${one.probe}|${one.kind}|${keyText(one)}`;
    const before = newest.get(question);
    if (one.carried || (before !== undefined && isFact(before) && !isFact(one))) continue;
    newest.set(question, one);
  }
  return [...newest.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}

function isFact({ outcome }: StoredObservation): boolean {
  return outcome === "observed" || outcome === "refused";
}

function keyText({ key }: StoredObservation): string {
  return [key.origin, key.address ?? "", key.endpoint ?? ""].join("|");
}

function questionOf({ rule, subject }: Pick<VerdictRecord, "rule" | "subject">): string {
  return JSON.stringify([rule, subject]);
}

function isConclusive({ verdict }: VerdictRecord): boolean {
  return verdict !== "unobserved" && verdict !== "error";
}
