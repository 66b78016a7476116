import type { VerdictRecord } from "../../../src/model/finding.ts";
import type { IntegrationKnowledge } from "../../../src/model/history-store.ts";
import { DAY } from "../../../src/model/instant.ts";
import { type AppliedVerdicts, applyVerdicts, type ChangeInput } from "../../../src/remember/changes/apply-verdicts.ts";
import { ACME, NOON, NOTHING_KNOWN, observed, ulid } from "../samples.ts";

type Injected = Partial<Omit<ChangeInput, "run" | "at" | "integration" | "verdicts" | "knowledge">>;

/** Applies the verdicts of run `n`. */
export function apply(
  n: number,
  verdicts: readonly VerdictRecord[],
  knowledge: IntegrationKnowledge,
  injected: Injected = {},
): AppliedVerdicts {
  return applyVerdicts({
    run: ulid(n),
    at: NOON + n * DAY,
    integration: { uid: ACME.uid, id: ACME.id },
    verdicts,
    knowledge,
    rejudge: () => undefined,
    ...injected,
  });
}

/** What is known after run `n`, as a store would tell it. */
export function afterwards(
  n: number,
  verdicts: readonly VerdictRecord[],
  before: IntegrationKnowledge,
  injected: Injected = {},
): IntegrationKnowledge {
  const { findings, dropped } = apply(n, verdicts, before, injected);
  const told = new Map(before.findings.map((finding) => [finding.fingerprint, finding]));
  for (const fingerprint of dropped) told.delete(fingerprint);
  for (const finding of findings) told.set(finding.fingerprint, finding);
  const listed = new Set(verdicts.map(question));
  const isStillListed = (verdict: VerdictRecord) => listed.has(question(verdict)) || !verdicts.some(({ rule }) => rule === verdict.rule);
  const known = new Map((before.baseline?.verdicts ?? []).filter(isStillListed).map((verdict) => [question(verdict), verdict]));
  for (const verdict of verdicts) if (isConclusive(verdict) || !known.has(question(verdict))) known.set(question(verdict), verdict);
  const seen = verdicts.some(isConclusive);
  const baseline = seen ? { run: ulid(n), at: NOON + n * DAY, configurationHash: "00", verdicts: [...known.values()] } : before.baseline;
  const observations = seen ? [observed("tls-session", {})] : before.observations;
  return { ...before, known: true, observations, findings: [...told.values()], ...(baseline === undefined ? {} : { baseline }) };
}

/** What is known of an integration whose first audit was run `n`. */
export function knowing(n: number, verdicts: readonly VerdictRecord[], injected: Injected = {}): IntegrationKnowledge {
  return afterwards(n, verdicts, NOTHING_KNOWN, injected);
}

function question({ rule, subject }: VerdictRecord): string {
  return JSON.stringify([rule, subject]);
}

function isConclusive({ verdict }: VerdictRecord): boolean {
  return verdict !== "unobserved" && verdict !== "error";
}
