import fc from "fast-check";
import type { FindingRecord, VerdictRecord } from "../../../src/model/finding.ts";
import { fingerprint, integrationIdentity } from "../../../src/model/fingerprint.ts";
import type { AuditCommit } from "../../../src/model/history-store.ts";
import { DAY } from "../../../src/model/instant.ts";
import type { Operations } from "../../../src/remember/store/operations.ts";
import {
  ACME,
  aCommit,
  aFinding,
  aRun,
  evidenceOf,
  failing,
  NOON,
  observed,
  openedEvent,
  passing,
  theEnd,
  ulid,
  unanswered,
  unobserved,
} from "../samples.ts";

/** One audit of one integration, as small numbers; what they mean stands in `commitOf`. */
export interface Night {
  readonly integration: number;
  /** Per question: 0 not asked, 1 pass, 2 fail, 3 unobserved. */
  readonly verdicts: readonly number[];
  /** Which evidence each of two sources has. */
  readonly contents: readonly number[];
  readonly words: number;
  readonly tool: number;
  readonly vantage: number;
}

const QUESTIONS = 4;

export const aNight: fc.Arbitrary<Night> = fc.record({
  integration: fc.nat(1),
  verdicts: fc.array(fc.constantFrom(0, 1, 1, 2, 3), { minLength: QUESTIONS, maxLength: QUESTIONS }),
  contents: fc.array(fc.nat(2), { minLength: 2, maxLength: 2 }),
  words: fc.nat(1),
  tool: fc.nat(1),
  vantage: fc.constantFrom(0, 0, 0, 1),
});

export function uidOf(integration: number): string {
  return integrationIdentity(`integration-${integration}`, []);
}

export function vantageOf(vantage: number): string {
  return vantage === 0 ? "local" : "proxy:proxy.example:3128";
}

export function verdictsOf(night: Night): readonly VerdictRecord[] {
  return night.verdicts.flatMap((kind, question) => {
    const wish = {
      rule: question < 2 ? "certificate/expired" : `header/rule-${question}`,
      subject: `subject-${question}`,
      tool: `tool-${night.tool}`,
      evidence: contentOf(night, question % 2).hash,
    };
    const words = night.words === 0 ? {} : { data: { days: night.words } };
    if (kind === 1) return [cited({ ...passing(wish), ...words }, wish.evidence)];
    if (kind === 2) return [cited({ ...failing("high", wish), ...words }, wish.evidence)];
    return kind === 3 ? [unobserved("connect_timeout", wish)] : [];
  });
}

/** The samples cite a hash of a name; these cite what is stored. */
function cited(verdict: VerdictRecord, hash: string): VerdictRecord {
  return { ...verdict, evidence: verdict.evidence.map((piece) => ({ ...piece, key: verdict.subject, hash })) };
}

function contentOf(night: Night, source: number) {
  return evidenceOf(`kind-${source}`, { of: night.integration, content: night.contents[source] });
}

export function commitOf(night: Night, n: number, at = NOON + n * DAY): AuditCommit {
  const uid = uidOf(night.integration);
  const verdicts = verdictsOf(night);
  const isBlind = night.verdicts.every((kind) => kind === 3 || kind === 0);
  const observations = [0, 1].map((source) => {
    if (isBlind) return unanswered(`kind-${source}`, "connect_timeout", { observedAt: at });
    const evidence = contentOf(night, source);
    return { ...observed(evidence.kind, {}, { observedAt: at }), evidence };
  });
  const findings = verdicts.filter(({ verdict }) => verdict === "fail").map((verdict) => findingOf(verdict, uid, n, at));
  return aCommit(n, {
    integration: { ...ACME, uid, id: `integration-${night.integration}` },
    vantage: vantageOf(night.vantage),
    at,
    day: new Date(at).toISOString().slice(0, 10),
    visibility: isBlind ? "unreachable" : "observed",
    score: 10 + n,
    latencyMs: 50 + n,
    observations,
    verdicts,
    findings,
    events: [],
    pace: [{ host: `host-${night.integration}.example:443`, pace: { lanes: 1, limited: false }, at }],
    maps: [{ endpoint: "list", paths: ["$.byId"] }],
  });
}

function findingOf({ rule, subject }: VerdictRecord, uid: string, n: number, at: number): FindingRecord {
  return aFinding(n, { rule, subject, fingerprint: fingerprint(uid, rule, subject), integrationUid: uid, lastSeenAt: at });
}

/** Plays nights `daysApart` days after one another, each in a run of its own. What fails for the first time from a vantage is opened. */
export function play(operations: Operations, nights: readonly Night[], daysApart = 1): void {
  const opened = new Set<string>();
  for (const [index, night] of nights.entries()) {
    const n = index + 1;
    const at = NOON + n * daysApart * DAY;
    const commit = commitOf(night, n, at);
    const sideOf = ({ fingerprint: print }: FindingRecord) => `${night.vantage} ${print}`;
    const fresh = commit.findings.filter((finding) => !opened.has(sideOf(finding)));
    for (const finding of fresh) opened.add(sideOf(finding));
    operations.beginRun(aRun(n, { startedAt: at, vantage: "local" }));
    operations.commitAudit({ ...commit, events: fresh.map(openedEvent) });
    operations.finishRun(ulid(n), { ...theEnd(n), finishedAt: at + 60_000 });
  }
}
