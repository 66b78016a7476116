import { canonicalJson, sha256Hex } from "../../src/model/digest.ts";
import type { FindingRecord, HistoryEvent, VerdictRecord } from "../../src/model/finding.ts";
import { fingerprint, integrationIdentity } from "../../src/model/fingerprint.ts";
import type { AuditCommit, IntegrationKnowledge, NewRun, StoredEvidence, StoredObservation } from "../../src/model/history-store.ts";
import { DAY } from "../../src/model/instant.ts";
import type { Severity } from "../../src/model/severity.ts";

/** Plausible history in small pieces; every test says what it cares about and takes the rest from here. */

export const NOON = Date.UTC(2026, 10, 23, 12);

/** ULIDs that sort by `n`, and whose first characters differ. */
export function ulid(n: number): string {
  return `${String(n).padStart(6, "0")}01KARB3PWQ8Z3N7XJ9Q2`;
}

export function aRun(n: number, over: Partial<NewRun> = {}): NewRun {
  return {
    ulid: ulid(n),
    startedAt: NOON + n * DAY,
    vantage: "local",
    toolVersion: "0.1.0",
    ruleset: { hash: sha256Hex("ruleset"), manifest: '{"certificate/expired":1}' },
    capabilityHash: sha256Hex("tool"),
    planned: 1,
    trigger: "manual",
    ...over,
  };
}

export function theEnd(n: number) {
  return {
    finishedAt: NOON + n * DAY + 60_000,
    monotonicMs: 59_999.6,
    status: "complete",
    coverage: 0.97,
    gate: "passed",
    sent: { connections: 11, requests: 3 },
    told: {
      notices: ["crm was refused before any packet."],
      unfit: "the time in doubt",
      blind: false,
      bound: { connections: 40, requests: 8 },
    },
  } as const;
}

export function evidenceOf(kind: string, content: unknown): StoredEvidence {
  const json = canonicalJson(content);
  return { hash: sha256Hex(`${kind}@1\n${json}`), kind, version: 1, json };
}

export function observed(kind: string, content: unknown, over: Partial<StoredObservation> = {}): StoredObservation {
  return {
    probe: kind,
    kind,
    key: { origin: "https://api.acme.example" },
    outcome: "observed",
    observedAt: NOON,
    evidence: evidenceOf(kind, content),
    carried: false,
    ...over,
  };
}

export function unanswered(kind: string, reason: string, over: Partial<StoredObservation> = {}): StoredObservation {
  return {
    probe: kind,
    kind,
    key: { origin: "https://api.acme.example" },
    outcome: "unreachable",
    observedAt: NOON,
    failure: canonicalJson({ reason, phase: "connect", retriable: true }),
    carried: false,
    ...over,
  };
}

export interface VerdictWish {
  readonly rule?: string;
  readonly subject?: string;
  readonly evidence?: string;
  readonly rules?: string;
  readonly config?: string;
  readonly tool?: string;
  readonly outcome?: string;
}

export function passing(wish: VerdictWish = {}): VerdictRecord {
  return verdictOf("pass", wish.outcome ?? "valid", wish);
}

export function notApplicable(wish: VerdictWish = {}): VerdictRecord {
  return verdictOf("not-applicable", "plain-http", wish);
}

export function failing(severity: Severity = "high", wish: VerdictWish = {}): VerdictRecord {
  return {
    ...verdictOf("fail", wish.outcome ?? "expired", wish),
    severity,
    title: "The certificate has expired",
    message: `It ended. (${severity})`,
    data: { notAfter: NOON },
  };
}

export function unobserved(reason: NonNullable<VerdictRecord["reason"]> = "connect_timeout", wish: VerdictWish = {}): VerdictRecord {
  return { ...verdictOf("unobserved", "unobserved", { evidence: "nothing", ...wish }), reason, evidence: [] };
}

export function erring(wish: VerdictWish = {}): VerdictRecord {
  return { ...verdictOf("error", "error", { evidence: "nothing", ...wish }), evidence: [] };
}

function verdictOf(verdict: VerdictRecord["verdict"], outcome: string, wish: VerdictWish): VerdictRecord {
  const evidence = sha256Hex(wish.evidence ?? "evidence");
  return {
    rule: wish.rule ?? "certificate/expired",
    ruleRevision: 1,
    subject: wish.subject ?? "leaf",
    verdict,
    outcome,
    confidence: 0.99,
    data: {},
    evidence: [
      { kind: "tls-session", key: "https://api.acme.example|192.0.2.1|", pointer: "/chain/0", summary: "the leaf", hash: evidence },
      { kind: "tls-session", key: "https://api.acme.example|192.0.2.2|", pointer: "/chain/0", summary: "the leaf", hash: evidence },
    ],
    causes: {
      evidence,
      rules: sha256Hex(wish.rules ?? "rules"),
      config: sha256Hex(wish.config ?? "config"),
      tool: sha256Hex(wish.tool ?? "tool"),
    },
  };
}

export const ACME = { uid: integrationIdentity("acme", []), id: "acme", name: "Acme payments", owner: "payments", criticality: "critical" };

export function aCommit(n: number, over: Partial<AuditCommit> = {}): AuditCommit {
  const configuration = canonicalJson({ baseUrl: "https://api.acme.example" });
  return {
    run: ulid(n),
    at: NOON + n * DAY,
    integration: ACME,
    visibility: "observed",
    score: 15,
    coverage: 0.93,
    latencyMs: 81,
    sent: { connections: 9, requests: 2 },
    day: new Date(NOON + n * DAY).toISOString().slice(0, 10),
    configuration: { hash: sha256Hex(configuration), json: configuration },
    observations: [observed("tls-session", { version: "TLS 1.3" }, { observedAt: NOON + n * DAY })],
    verdicts: [failing()],
    findings: [aFinding(n)],
    dropped: [],
    endedDecisions: [],
    waivers: [],
    changes: [],
    events: n === 1 ? [openedEvent(aFinding(1))] : [],
    pace: [],
    maps: [],
    ...over,
  };
}

export function openedEvent({ fingerprint, presence, severity, outcome }: FindingRecord): HistoryEvent {
  return { fingerprint, kind: "opened", cause: "target", detail: { after: { presence, severity, outcome } } };
}

export function aFinding(n: number, over: Partial<FindingRecord> = {}): FindingRecord {
  const rule = over.rule ?? "certificate/expired";
  const subject = over.subject ?? "leaf";
  return {
    fingerprint: fingerprint(over.integrationUid ?? ACME.uid, rule, subject),
    integrationUid: ACME.uid,
    integrationId: ACME.id,
    rule,
    ruleRevision: 1,
    subject,
    presence: "open",
    triage: "none",
    severity: "high",
    outcome: "expired",
    title: "The certificate has expired",
    message: "It ended.",
    confidence: 0.99,
    cause: "target",
    streak: 0,
    flaps: [],
    reopened: 0,
    firstSeenAt: NOON,
    openedAt: NOON,
    lastSeenAt: NOON + n * DAY,
    blindRuns: 0,
    dueAt: NOON + 30 * DAY,
    lastRunApplied: ulid(n),
    ...over,
  };
}

/** What the first run of an integration knows. */
export const NOTHING_KNOWN: IntegrationKnowledge = {
  known: false,
  findings: [],
  waivers: [],
  observations: [],
  pace: [],
  sentLast31Days: { connections: 0, requests: 0 },
  maps: [],
};
