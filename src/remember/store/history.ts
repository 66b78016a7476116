import type { Database } from "better-sqlite3";
import { PUT_ASIDE } from "../../model/finding.ts";
import type { FleetMember, IntegrationHistory, IntegrationTrack, ToolChange } from "../../model/history-store.ts";
import { VISIBILITIES, type Visibility } from "../../model/report.ts";
import type { Severity } from "../../model/severity.ts";
import { milestonesOf, newestMilestones } from "./milestones.ts";
import { prepared } from "./statements.ts";
import { verdictSpans } from "./verdict-spans.ts";

/**
 * Every integration as it stands, by id: seen from the vantage that audited it last. `samples` are instants, oldest first, at which
 * the score is wanted. Seeks by key; never reads `audit` or `answer` as a whole.
 */
export function fleetOf(db: Database, samples: readonly number[], kinds: readonly string[], newest: number): readonly FleetMember[] {
  const until = samples.map((at) => lastRunAt(db, at));
  const open = openFindings(db);
  return newestTracks(db, "present").map((row) => ({
    ...trackOf(row),
    ...lastSight(db, row.trackId),
    lastAuditAt: row.auditedAt,
    visibility: visibilityOf(row.visibility),
    scores: until.map((run) => scoreAt(db, row.trackId, run)),
    open: open.get(row.trackId) ?? {},
    ...lastEvent(db, row.integrationRow),
    milestones: kinds.flatMap((kind) => newestMilestones(db, row.trackId, kind, newest)),
  }));
}

/** Everything that is remembered of one integration, by id or uid; undefined where nothing is. */
export function integrationHistory(db: Database, id: string): IntegrationHistory | undefined {
  const row = newestTracks(db, { named: id })[0];
  if (row === undefined) return undefined;
  const audits = auditTrail(db, row.trackId);
  return {
    ...trackOf(row),
    audits: [...withThinned(db, audits), ...blindLooks(db, row, audits[0]?.runId ?? 0)]
      .sort((a, b) => a.runId - b.runId)
      .map(({ at, visibility, score }) => ({ at, visibility: visibilityOf(visibility), score })),
    toolChanges: toolChanges(db, row.trackId, audits),
    events: eventsOf(db, row.integrationRow, row.trackId),
    verdicts: verdictSpans(db, row.trackId),
    milestones: milestonesOf(db, row.trackId),
  };
}

export interface TrackRow {
  readonly trackId: number;
  readonly integrationRow: number;
  readonly uid: string;
  readonly id: string;
  readonly name: string;
  readonly owner: string | null;
  readonly criticality: string;
  readonly firstSeenAt: number;
  readonly removedAt: number | null;
  readonly vantage: string;
  readonly auditedAt: number;
  readonly visibility: number;
  readonly configuration: number;
}

/**
 * A renamed integration keeps its uid; of two that had the same id at different times, the one that is still there counts.
 * CROSS JOIN keeps SQLite from beginning with `audit`, which has millions of rows.
 */
export function newestTracks(db: Database, whose: "all" | "present" | { readonly named: string }): readonly TrackRow[] {
  const names = typeof whose === "object" ? [whose.named, whose.named] : [];
  const rows = prepared<string[], TrackRow & { readonly run: number }>(
    db,
    `SELECT track.id AS trackId, integration.id AS integrationRow, integration.uid AS uid, integration.slug AS id, integration.name AS name,
       integration.owner AS owner, integration.criticality AS criticality, integration.first_seen_at AS firstSeenAt,
       integration.removed_at AS removedAt, track.vantage AS vantage, audit.at AS auditedAt, audit.visibility AS visibility,
       audit.configuration_id AS configuration, audit.run_id AS run
     FROM integration CROSS JOIN track ON track.integration_id = integration.id
     CROSS JOIN audit ON audit.track_id = track.id AND audit.run_id = (SELECT max(run_id) FROM audit WHERE track_id = track.id)
     WHERE ${typeof whose === "object" ? OF_NAME : OF_STANDING[whose]}
     ORDER BY integration.slug, integration.removed_at IS NOT NULL, audit.run_id DESC, track.id DESC`,
  ).all(...names);
  const taken = new Set<number>();
  return rows.filter(({ integrationRow }) => !taken.has(integrationRow) && taken.add(integrationRow));
}

export function trackOf({ uid, id, name, owner, criticality, firstSeenAt, vantage }: TrackRow): IntegrationTrack {
  return { uid, id, name, ...(owner === null ? {} : { owner }), criticality, firstSeenAt, vantage };
}

function lastRunAt(db: Database, at: number): number {
  return prepared<[number], { id: number | null }>(db, "SELECT max(id) AS id FROM run WHERE started_at <= ?").get(at)?.id ?? 0;
}

/** Of the newest audit by then that reached one; null where there is none. */
function scoreAt(db: Database, track: number, run: number): number | null {
  return (
    prepared<[number, number], { score: number }>(
      db,
      "SELECT score FROM audit WHERE track_id = ? AND run_id <= ? AND score IS NOT NULL ORDER BY run_id DESC LIMIT 1",
    ).get(track, run)?.score ?? null
  );
}

export function lastSight(db: Database, track: number): { readonly lastSeenAt?: number } {
  const row = prepared<[number], { at: number }>(
    db,
    "SELECT at FROM audit WHERE track_id = ? AND visibility <= 1 ORDER BY run_id DESC LIMIT 1",
  ).get(track);
  return row === undefined ? {} : { lastSeenAt: row.at };
}

/** By track: open and confirmed, and neither waived in the file nor put aside by a person. */
export function openFindings(db: Database): ReadonlyMap<number, Partial<Readonly<Record<Severity, number>>>> {
  const rows = prepared<[], { track: number; severity: Severity; n: number }>(
    db,
    `SELECT track_id AS track, severity, count(*) AS n FROM finding
     WHERE presence IN ('suspect', 'open', 'clearing') AND presence <> 'suspect' -- as the index of live ones has it
       AND (cover IS NULL OR json_extract(cover, '$.ended') IS NOT NULL)
       AND NOT EXISTS (SELECT 1 FROM decision WHERE decision.fingerprint = finding.fingerprint AND decision.triage IN (${PUT_ASIDE_WORDS}))
     GROUP BY track_id, severity`,
  ).all();
  const open = new Map<number, Partial<Record<Severity, number>>>();
  for (const { track, severity, n } of rows) open.set(track, { ...open.get(track), [severity]: n });
  return open;
}

function lastEvent(db: Database, integration: number): Pick<FleetMember, "lastChange"> {
  const row = prepared<[number], { at: number; kind: string; cause: string | null }>(
    db,
    "SELECT at, kind, cause FROM event WHERE integration_id = ? ORDER BY id DESC LIMIT 1",
  ).get(integration);
  if (row === undefined) return {};
  return { lastChange: { at: row.at, kind: row.kind, ...(row.cause === null ? {} : { cause: row.cause }) } };
}

const OF_NAME = "integration.uid = ? OR integration.slug = ?";
const OF_STANDING = { all: "1", present: "integration.removed_at IS NULL" } as const;
const PUT_ASIDE_WORDS = [...PUT_ASIDE].map((word) => `'${word}'`).join(", ");

interface Look {
  readonly runId: number;
  readonly at: number;
  readonly visibility: number;
  readonly score: number | null;
}

interface TrailRow extends Look {
  readonly run: string;
  readonly toolVersion: string;
  readonly capability: string;
  readonly ruleset: number;
}

function auditTrail(db: Database, track: number): readonly TrailRow[] {
  return prepared<[number], TrailRow>(
    db,
    `SELECT run.id AS runId, audit.at AS at, audit.visibility AS visibility, audit.score AS score, run.ulid AS run,
       run.tool_version AS toolVersion, run.capability_hash AS capability, run.ruleset_id AS ruleset
     FROM audit JOIN run ON run.id = audit.run_id WHERE audit.track_id = ? ORDER BY audit.run_id`,
  ).all(track);
}

/**
 * With the audits that retention took: they stand as seen where those that were kept on both sides saw, and their run saw somebody.
 * Weeks that were thinned are no weeks in which nobody looked.
 */
function withThinned(db: Database, kept: readonly TrailRow[]): readonly Look[] {
  const [first, last] = [kept[0], kept.at(-1)];
  if (first === undefined || last === undefined) return [];
  const thinned = prepared<[number, number], { runId: number; at: number }>(
    db,
    "SELECT id AS runId, started_at AS at FROM run WHERE id > ? AND id < ? AND detail = 'thinned' AND observed > 0 AND blind = 0 ORDER BY id",
  ).all(first.runId, last.runId);
  let next = 0;
  return kept.flatMap((audit, index) => {
    const isSeen = audit.visibility <= 1 && (kept[index - 1]?.visibility ?? 1) <= 1;
    const between: Look[] = [];
    for (let run = thinned[next]; run !== undefined && run.runId < audit.runId; run = thinned[next]) {
      if (isSeen) between.push({ ...run, visibility: 0, score: null });
      next += 1;
    }
    return [...between, audit];
  });
}

/** Blind runs of what audits it since its first audit: they keep no audit of what they did not see, and it was not seen then. */
function blindLooks(db: Database, { trackId }: TrackRow, firstRun: number): readonly Look[] {
  return prepared<[number, number, number], { runId: number; at: number }>(
    db,
    `SELECT id AS runId, started_at AS at FROM run WHERE blind = 1 AND clock_suspect = 0 AND id > ?
       AND scope_hash IN (SELECT other.scope_hash FROM audit JOIN run AS other ON other.id = audit.run_id WHERE audit.track_id = ?)
       AND NOT EXISTS (SELECT 1 FROM audit WHERE audit.run_id = run.id AND audit.track_id = ?)`,
  )
    .all(firstRun, trackId, trackId)
    .map((run) => ({ ...run, visibility: VISIBILITIES.indexOf("unreachable"), score: null }));
}

function toolChanges(db: Database, track: number, audits: readonly TrailRow[]): readonly ToolChange[] {
  return audits.slice(1).flatMap((now, index) => {
    const before = audits[index] ?? now;
    const rules = now.ruleset !== before.ruleset;
    const tool = now.capability !== before.capability;
    if (!rules && !tool) return [];
    const { at, run } = thinnedBeginning(db, track, before, now) ?? now;
    return [
      {
        at,
        run,
        tool,
        toolVersion: now.toolVersion,
        ...(rules ? { rules: { before: manifestOf(db, before.ruleset), after: manifestOf(db, now.ruleset) } } : {}),
      },
    ];
  });
}

/** Where retention took the first audits with the rules and eyes of `now`: what came with them came then. */
function thinnedBeginning(db: Database, track: number, before: TrailRow, now: TrailRow): Pick<ToolChange, "at" | "run"> | undefined {
  return prepared<[number, number, number, number, string], { at: number; run: string }>(
    db,
    `SELECT run.started_at AS at, run.ulid AS run FROM judgement JOIN run ON run.id = judgement.first_run
     WHERE judgement.track_id = ? AND judgement.first_run > ? AND judgement.first_run < ? AND run.ruleset_id = ? AND run.capability_hash = ?
     ORDER BY judgement.first_run LIMIT 1`,
  ).get(track, before.runId, now.runId, now.ruleset, now.capability);
}

function manifestOf(db: Database, ruleset: number): string {
  return prepared<[number], { manifest: string }>(db, "SELECT manifest FROM ruleset WHERE id = ?").get(ruleset)?.manifest ?? "{}";
}

/** Oldest first, with what their finding asks. */
function eventsOf(db: Database, integration: number, track: number): IntegrationHistory["events"] {
  return prepared<[number, number], EventRow>(
    db,
    `SELECT event.at AS at, run.ulid AS run, event.fingerprint AS fingerprint, event.kind AS kind, event.cause AS cause,
       event.detail AS detail, finding.rule AS rule, finding.subject AS subject, finding.title AS title
     FROM event LEFT JOIN run ON run.id = event.run_id
     LEFT JOIN finding ON finding.fingerprint = event.fingerprint AND finding.track_id = ?
     WHERE event.integration_id = ? ORDER BY event.id`,
  )
    .all(track, integration)
    .map(({ run, fingerprint, cause, detail, rule, subject, title, ...row }) => ({
      ...row,
      ...(run === null ? {} : { run }),
      ...(fingerprint === null ? {} : { fingerprint }),
      ...(cause === null ? {} : { cause }),
      ...(detail === null ? {} : { detail }),
      ...(rule === null || subject === null || title === null ? {} : { rule, subject, title }),
    }));
}

interface EventRow {
  readonly at: number;
  readonly run: string | null;
  readonly fingerprint: string | null;
  readonly kind: string;
  readonly cause: string | null;
  readonly detail: string | null;
  readonly rule: string | null;
  readonly subject: string | null;
  readonly title: string | null;
}

export function visibilityOf(index: number): Visibility {
  return VISIBILITIES[index] ?? "error";
}
