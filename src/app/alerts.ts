import { ruleById } from "../judge/rules/registry.ts";
import type { Change, FindingRecord, HistoryEvent, VerdictRecord } from "../model/finding.ts";
import type { MissingTrack } from "../model/history-store.ts";
import type { Alert } from "../model/notification.ts";
import { severityRank } from "../model/severity.ts";
import { isUnstable } from "../remember/changes/steadiness.ts";
import { isPutAside } from "../remember/changes/waivers.ts";
import type { JudgedIntegration, JudgeInput } from "./judge-integration.ts";

/**
 * What one integration's audit has to tell, beside the report: to be recorded in the same transaction as what it tells of.
 * Nothing of what a person put aside; one alert for all that was lost from sight; a first audit is recorded and alarms nobody.
 */
export function alertsOf(input: JudgeInput, judged: JudgedIntegration): readonly Alert[] {
  const teller = new Teller(input, judged);
  if (input.knowledge.baseline === undefined && judged.changes.length === 0) {
    const isNew = judged.findings.length > 0 && !input.knowledge.known;
    return isNew ? [teller.ofIntegration("baseline")] : [];
  }
  return [...teller.ofChanges(), ...teller.ofEvents()];
}

/** What a run as a whole has to tell. `first`: history knew no run before. */
export function alertsOfRun(run: {
  readonly id: string;
  readonly at: number;
  readonly first: boolean;
  /** Not told every night that it lasts: `status` and the heartbeat do. */
  readonly blind: boolean;
  readonly clockSuspect: boolean;
}): readonly Alert[] {
  const base = { at: run.at, run: run.id };
  return [
    ...(run.first ? [{ ...base, kind: "baseline", dedupKey: `${run.id}:baseline` } as const] : []),
    ...(run.blind ? [{ ...base, kind: "blind", dedupKey: `${run.id}:blind` } as const] : []),
    ...(run.clockSuspect ? [{ ...base, kind: "clock-suspect", dedupKey: `${run.id}:clock-suspect` } as const] : []),
  ];
}

/** One for an integration that left the inventory with open findings that nobody put aside: the worst of them speaks for all. */
export function alertOfLeaving(
  findings: readonly FindingRecord[],
  { uid, id, vantage, owner }: MissingTrack,
  run: string,
  at: number,
): readonly Alert[] {
  const open = findings.filter((finding) => TOLD_AS_OPEN.has(finding.presence) && !isPutAside(finding));
  const [worst] = open.sort((a, b) => severityRank(b.severity) - severityRank(a.severity));
  if (worst === undefined) return [];
  const { severity, rule, title } = worst;
  const whose = owner === null ? {} : { owner };
  const dedupKey = `${uid}:retired:${vantage}:${run}`;
  return [{ at, run, kind: "retired", cause: "config", integration: id, ...whose, rule, title, severity, dedupKey }];
}

/** What passed once was told as open, and never as fixed. */
const TOLD_AS_OPEN: ReadonlySet<FindingRecord["presence"]> = new Set(["open", "clearing"]);

class Teller {
  readonly #input: JudgeInput;
  readonly #judged: JudgedIntegration;
  readonly #findings: ReadonlyMap<string, FindingRecord>;

  constructor(input: JudgeInput, judged: JudgedIntegration) {
    this.#input = input;
    this.#judged = judged;
    this.#findings = new Map(judged.remembered.map((finding) => [finding.fingerprint, finding]));
  }

  ofIntegration(kind: "baseline" | "visibility-lost" | "regained-sight"): Alert {
    return { ...this.#base(), kind, dedupKey: `${this.#input.integration.uid}:${kind}:${this.#input.run}` };
  }

  ofChanges(): readonly Alert[] {
    const { changes, events } = this.#judged;
    const happened = (kind: (Change | HistoryEvent)["kind"]) => [...changes, ...events].some((one) => one.kind === kind);
    const told = changes.filter(({ kind, fingerprint }) => !kind.endsWith("-sight") && this.#isNews(kind, fingerprint));
    return [
      ...told.map((change) => this.#ofChange(change)),
      ...(happened("lost-sight") || happened("visibility-lost") ? [this.ofIntegration("visibility-lost")] : []),
      ...(happened("regained-sight") || happened("visibility-regained") ? [this.ofIntegration("regained-sight")] : []),
    ];
  }

  ofEvents(): readonly Alert[] {
    return this.#judged.events.flatMap((event) => this.#ofEvent(event) ?? []);
  }

  /** Who took note of a finding hears of it again when it gets worse, comes back or is over. */
  #isNews(kind: Change["kind"], fingerprint: string): boolean {
    const finding = this.#findings.get(fingerprint);
    if (finding === undefined || isPutAside(finding)) return false;
    return finding.triage !== "acknowledged" || kind === "worse" || kind === "reopened" || kind === "resolved";
  }

  #ofChange({ fingerprint, kind, cause, rule, subject }: Change): Alert {
    const finding = this.#findings.get(fingerprint);
    const verdict = this.#judged.verdicts.find((one) => one.rule === rule && one.subject === subject);
    const rootCause = cause === "target" && verdict !== undefined ? this.#placeOf(verdict) : undefined;
    return {
      ...this.#base(),
      ...this.#ofFinding(fingerprint),
      kind,
      cause,
      dedupKey: `${fingerprint}:${kind}:${this.#input.run}`,
      ...(rootCause === undefined ? {} : { rootCause }),
      // Nothing is left to be done about what is over.
      ...(finding?.dueAt === undefined || kind === "resolved" ? {} : { dueAt: finding.dueAt }),
    };
  }

  #ofEvent({ kind, fingerprint, detail }: HistoryEvent): Alert | undefined {
    if (kind === "retired" && !this.#wasOpen(fingerprint)) return undefined;
    if (
      kind !== "retired" &&
      kind !== "waiver-expired" &&
      kind !== "waiver-void" &&
      kind !== "waiver-fulfilled" &&
      kind !== "waiver-unused"
    )
      return undefined;
    const waiver = typeof detail?.["waiver"] === "string" ? detail["waiver"] : "";
    const rule = typeof detail?.["rule"] === "string" ? detail["rule"] : undefined;
    const key = fingerprint ?? `${this.#input.integration.uid}:${waiver}`;
    return {
      ...this.#base(),
      ...(fingerprint === undefined ? ruleWords(rule) : this.#ofFinding(fingerprint)),
      kind,
      dedupKey: `${key}:${kind}:${this.#input.run}`,
    };
  }

  /** Before it was retired: a suspect was told to nobody, and what was put aside is nobody's news. */
  #wasOpen(fingerprint: string | undefined): boolean {
    const former = this.#input.knowledge.findings.find((finding) => finding.fingerprint === fingerprint);
    return former !== undefined && TOLD_AS_OPEN.has(former.presence) && !isPutAside(former);
  }

  #ofFinding(fingerprint: string): Pick<Alert, "fingerprint" | "rule" | "title" | "severity" | "unstable"> {
    const finding = this.#findings.get(fingerprint);
    if (finding === undefined) return { fingerprint };
    const { rule, title, severity } = finding;
    return { fingerprint, rule, title, severity, ...(isUnstable(finding, this.#input.at) ? { unstable: true } : {}) };
  }

  /** The same answer of the same place: what several rules say of it has one cause. */
  #placeOf({ evidence }: VerdictRecord): string | undefined {
    const [first] = evidence;
    if (first === undefined) return undefined;
    return `${this.#input.integration.uid} ${first.kind} ${first.hash.slice(0, 16)}`;
  }

  #base(): Pick<Alert, "at" | "run" | "integration" | "owner"> {
    const { integration, at, run } = this.#input;
    return { at, run, integration: integration.id, ...(integration.owner === undefined ? {} : { owner: integration.owner }) };
  }
}

function ruleWords(id: string | undefined): Pick<Alert, "rule" | "title"> {
  const meta = id === undefined ? undefined : ruleById(id)?.meta;
  return meta === undefined ? {} : { rule: meta.id, title: meta.failureTitle };
}
