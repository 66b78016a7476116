import { decodeObservation } from "../evidence/codec.ts";
import { type Observation, observationKeyText } from "../evidence/observation.ts";
import type { Lineage } from "../evidence/upcasters.ts";
import type { Rule } from "../judge/rules/rule.ts";
import { canonicalJson, sha256Hex } from "../model/digest.ts";
import type { VerdictRecord } from "../model/finding.ts";
import type { HistoryStore, JudgeableAudit, KnownObservation, StoredEvidence } from "../model/history-store.ts";
import type { RuleBook } from "./rule-book.ts";

/** What an audit had before it when it judged, from history. */
export interface EvidenceThen {
  readonly observations: readonly Observation[];
  readonly hashOf: (observation: Observation) => string;
}

/**
 * The evidence of an audit, of whatever version, as the types of today. Where its content cannot be read any more (retention took it, it is
 * damaged, or of a newer apirisk) an observation that failed stands in its place: what was seen then is unknown now, and not gone.
 */
export async function evidenceThen(history: HistoryStore, audit: JudgeableAudit, book: RuleBook): Promise<EvidenceThen> {
  const seen = seenBy(audit, book.rules);
  const contents = await history.evidence(seen.flatMap(({ evidence }) => evidence ?? []));
  const byHash = new Map(contents.map((content) => [content.hash, content]));
  const hashes = new Map<Observation, string>();
  for (const known of seen) {
    const observation = observationOf(known, byHash, book.lineage);
    if (observation !== undefined) hashes.set(observation, hashOf(known));
  }
  return { observations: [...hashes.keys()], hashOf: (observation) => hashes.get(observation) ?? "" };
}

/**
 * Which of what was known was before the judge. A run that lies in the time of an answer may not have asked itself (providers rotate
 * their addresses, a quick audit asks less), and one that did not ask may have taken over an earlier answer; its verdicts say which, for they
 * cite what they rest on. Of a kind that no verdict speaks of, or that one cites to the limit of its list, everything current counts.
 */
export function seenBy(
  { verdicts, observations }: Pick<JudgeableAudit, "verdicts" | "observations">,
  rules: readonly Pick<Rule, "meta" | "needs">[],
): readonly KnownObservation[] {
  const cited = new Set(verdicts.flatMap((verdict) => verdict.evidence.map(({ kind, key, hash }) => `${kind}|${key}|${hash}`)));
  const accounted = new Set([...citedWhole(verdicts), ...notRequested(verdicts, rules)]);
  const isCited = (known: KnownObservation) => cited.has(`${known.kind}|${observationKeyText(known.key)}|${hashOf(known)}`);
  return observations.filter((known) => isCited(known) || (known.current && !accounted.has(known.kind)));
}

/** Kinds that verdicts cite, and not to the limit of their lists. */
function citedWhole(verdicts: readonly VerdictRecord[]): readonly string[] {
  const lists = verdicts.map(({ evidence }) => evidence);
  const cut = new Set(lists.filter((list) => list.length >= MAX_CITED).flatMap((list) => list.map(({ kind }) => kind)));
  return lists.flatMap((list) => list.map(({ kind }) => kind)).filter((kind) => !cut.has(kind));
}

/** Kinds of which a rule says that nobody asked. */
function notRequested(verdicts: readonly VerdictRecord[], rules: readonly Pick<Rule, "meta" | "needs">[]): readonly string[] {
  const silent = new Set(
    verdicts.filter(({ reason, evidence }) => reason === "not_requested" && evidence.length === 0).map(({ rule }) => rule),
  );
  return rules.filter(({ meta }) => silent.has(meta.id)).flatMap(({ needs }) => needs);
}

/** As verdicts cite an observation: by its content, or by its failure. */
function hashOf({ evidence, failure, outcome }: KnownObservation): string {
  return evidence ?? sha256Hex(failure ?? outcome);
}

function observationOf(known: KnownObservation, contents: ReadonlyMap<string, StoredEvidence>, lineage: Lineage): Observation | undefined {
  const { evidence: hash, current: _current, ...rest } = known;
  const content = hash === undefined ? undefined : contents.get(hash);
  const stored = { ...rest, ...(content === undefined ? {} : { evidence: content }), carried: false };
  const lost = { ...rest, outcome: "failed", failure: LOST, carried: false };
  return decodeObservation(stored, { carried: false, lineage }) ?? decodeObservation(lost, { carried: false });
}

const LOST = canonicalJson({ reason: "evidence_missing", phase: "plan", retriable: false });
/** Addresses and endpoints that one verdict names at most (judge/rules/engine.ts). */
const MAX_CITED = 16;
