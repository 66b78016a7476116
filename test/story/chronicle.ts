import Database from "better-sqlite3";
import { isoDay } from "../../src/model/instant.ts";

/** One entry of the log of events, as the database has it. */
export interface Entry {
  readonly at: number;
  readonly run: string | null;
  readonly integration: string | null;
  readonly kind: string;
  readonly cause: string | null;
  readonly rule: string | null;
  readonly subject: string | null;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** The whole log, oldest first. Read beside the program: the story must not depend on what it chooses to show. */
export function logOf(databaseFile: string): readonly Entry[] {
  const db = new Database(databaseFile, { readonly: true });
  try {
    const rows = db.prepare<[], Omit<Entry, "detail"> & { readonly detail: string | null }>(SELECT).all();
    return rows.map((row) => ({ ...row, detail: JSON.parse(row.detail ?? "{}") as Entry["detail"] }));
  } finally {
    db.close();
  }
}

/** A question that was dropped has no row any more; none is in this story. */
const SELECT = `SELECT event.at, run.ulid AS run, integration.slug AS integration, event.kind, event.cause,
    (SELECT rule FROM finding WHERE finding.fingerprint = event.fingerprint LIMIT 1) AS rule,
    (SELECT subject FROM finding WHERE finding.fingerprint = event.fingerprint LIMIT 1) AS subject, event.detail
  FROM event LEFT JOIN run ON run.id = event.run_id LEFT JOIN integration ON integration.id = event.integration_id ORDER BY event.id`;

export interface Night {
  readonly at: number;
  readonly exit: number | undefined;
  readonly silent: boolean;
}

export interface Chronicle {
  readonly scenes: readonly { readonly at: number; readonly says: string }[];
  readonly nights: readonly Night[];
  readonly log: readonly Entry[];
}

/** The story for people: by month, what happened in the world, what the log says of it, and how the night ended where that was not well. */
export function tell({ scenes, nights, log }: Chronicle): string {
  const lines = [
    ...scenes.map(({ at, says }) => ({ at, rank: 0, text: `${isoDay(at)}  > ${says}` })),
    ...log.map((entry) => ({ at: entry.at, rank: 1, text: `${isoDay(entry.at)}    ${entryWords(entry)}` })),
    ...nights
      .filter(({ exit }) => exit !== 0)
      .map(({ at, exit }) => ({ at: at + NIGHTS_END, rank: 2, text: `${isoDay(at)}  ! this night's audit ended with exit code ${exit}` })),
  ].sort((a, b) => a.at - b.at || a.rank - b.rank);
  const months = [...new Set(lines.map(({ at }) => monthOf(at)).concat(nights.map(({ at }) => monthOf(at))))].sort();
  const chapters = months.map((month) => {
    const own = nights.filter(({ at }) => monthOf(at) === month);
    const silent = own.filter((night) => night.silent).length;
    const told = lines.filter(({ at }) => monthOf(at) === month).map(({ text }) => text);
    return [`${month}: ${own.length} nights, ${silent} of them silent`, ...told].join("\n");
  });
  return `${[HEAD, ...chapters].join("\n\n")}\n`;
}

function entryWords({ integration, kind, cause, rule, subject, detail }: Entry): string {
  const [before, after] = [sideOf(detail["before"]), sideOf(detail["after"])];
  const who = (integration ?? "the run").padEnd(9);
  const question = rule === null ? "" : `${rule} ${subject}: `;
  return `${who} ${question}${kind}${wordsOf(kind, before, after, detail)}${cause === null ? "" : ` (${cause})`}`;
}

function wordsOf(kind: string, before: Side, after: Side, detail: Entry["detail"]): string {
  switch (kind) {
    case "worse":
    case "improved":
      return ` ${before.severity} -> ${after.severity}`;
    case "changed":
      return ` ${before.outcome} -> ${after.outcome}`;
    case "new":
    case "opened":
    case "reopened":
    case "newly-detected":
    case "suspected":
      return ` ${after.severity}`;
    case "resolved":
      return after.verdict === "not-applicable" ? `, the question makes no sense any more` : "";
    case "lost-sight":
      return `, ${after.reason}`;
    case "evidence-changed":
      return ` ${JSON.stringify(detail["facts"])}`;
    case "retired":
      return `, ${detail["why"]}`;
    case "waiver-void":
      return `, ${detail["accepted"]} was accepted and it is ${detail["now"]} now`;
    case "triage":
      return ` ${detail["triage"]} by ${detail["by"]}`;
    default:
      return "";
  }
}

interface Side {
  readonly verdict?: string;
  readonly outcome?: string;
  readonly severity?: string;
  readonly reason?: string;
}

function sideOf(side: unknown): Side {
  return (side ?? {}) as Side;
}

function monthOf(at: number): string {
  return isoDay(at).slice(0, 7);
}

const HEAD = `Two years of seven APIs, as apirisk wrote them down: test/story/plot.ts played with a fake clock.
Update with: npm run story:update

>  happened in the world, or was done by us
   is the log of events, all of it: integration, rule and subject, what happened, and whose doing it is:
   target (the provider), time, rules (ours), config (ours), tool (our eyes)
!  is a night whose exit code was not 0: 1 a regression of severity high or worse, 3 too little could be seen`;

/** Events of a night carry the times of its audits. */
const NIGHTS_END = 60 * 60_000;
