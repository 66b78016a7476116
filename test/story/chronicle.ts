import Database from "better-sqlite3";
import { isoDay } from "../../src/model/instant.ts";
import type { Night } from "./play.ts";
import type { Scene } from "./plot.ts";
import { instant } from "./stage.ts";

/** One entry of the log of events, as the database has it. */
export interface Entry {
  readonly at: number;
  /** When its run began; null for what people decided. */
  readonly night: number | null;
  readonly integration: string | null;
  readonly kind: string;
  readonly cause: string | null;
  readonly rule: string | null;
  readonly subject: string | null;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** The whole log, oldest first. Read beside the program: what it would not show must not be missing here. */
export function logOf(databaseFile: string): readonly Entry[] {
  const db = new Database(databaseFile, { readonly: true });
  try {
    const rows = db.prepare<[], Omit<Entry, "detail"> & { readonly detail: string | null }>(SELECT).all();
    return rows.map((row) => ({ ...row, detail: JSON.parse(row.detail ?? "{}") as Entry["detail"] }));
  } finally {
    db.close();
  }
}

/** The integrations of a night are audited side by side, and written down in the order in which they are done. */
const SELECT = `SELECT event.at, run.started_at AS night, integration.slug AS integration, event.kind, event.cause, finding.rule, finding.subject,
    event.detail
  FROM event LEFT JOIN run ON run.id = event.run_id LEFT JOIN integration ON integration.id = event.integration_id
    LEFT JOIN finding ON finding.fingerprint = event.fingerprint
  ORDER BY coalesce(run.started_at, event.at), integration.slug, event.id`;

export interface Chronicle {
  readonly scenes: readonly Scene[];
  readonly nights: readonly Night[];
  readonly log: readonly Entry[];
}

/** The story for people: month by month what happened in the world, all that the log says of it, and the nights that did not end well. */
export function tell({ scenes, nights, log }: Chronicle): string {
  const lines = [
    ...scenes.map(({ at, says }) => lineOf(instant(at).getTime(), ">", says)),
    ...nights.filter(({ code }) => code !== 0).map(({ at, code }) => lineOf(at, "!", `the night ends with exit code ${code}`)),
    ...log.map((entry) => lineOf(entry.night ?? entry.at, " ", entryWords(entry))),
  ].sort((a, b) => a.at - b.at);
  const months = [...new Set(nights.map(({ at }) => monthOf(at)))];
  const chapters = months.map((month) => {
    const own = nights.filter(({ at }) => monthOf(at) === month);
    const told = lines.filter(({ at }) => monthOf(at) === month).map(({ text }) => text);
    return [`${month}: ${own.length} nights, of which ${own.filter(isSilent).length} had nothing to say`, ...told].join("\n");
  });
  return `${[HEAD, ...chapters].join("\n\n")}\n`;
}

/** As a scheduler's mail sees it. */
export function isSilent({ code, stdout, stderr }: Night): boolean {
  return code === 0 && stdout === "" && stderr === "";
}

function lineOf(at: number, mark: string, text: string) {
  return { at, text: `${isoDay(at)} ${mark} ${text}` };
}

function entryWords({ integration, kind, cause, rule, subject, detail }: Entry): string {
  const question = rule === null ? "" : `${rule} ${subject}: `;
  const whose = cause === null ? "" : ` (${cause})`;
  return `${(integration ?? "").padEnd(NAME_COLUMNS)} ${question}${kind}${termsOf(kind, detail)}${whose}`;
}

/** What the kind of an entry is about. */
function termsOf(kind: string, detail: Entry["detail"]): string {
  const [before, after] = [sideOf(detail["before"]), sideOf(detail["after"])];
  switch (kind) {
    case "worse":
    case "improved":
      return `, ${before.severity} -> ${after.severity}`;
    case "changed":
      return `, ${before.outcome} -> ${after.outcome}`;
    case "new":
    case "opened":
    case "reopened":
    case "newly-detected":
      return `, ${after.severity}`;
    case "resolved":
      return after.verdict === "not-applicable" ? `, not applicable any more: ${after.outcome}` : "";
    case "lost-sight":
      return `, ${after.reason}`;
    case "retired":
      return `, ${detail["why"]}`;
    case "waiver-void":
      return `, accepted as ${detail["accepted"]}, now ${detail["now"]}`;
    case "triage":
      return `, ${detail["triage"]} by ${detail["by"]}`;
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

const NAME_COLUMNS = 8;

const HEAD = `Two years of seven APIs as apirisk remembers them: test/story/plot.ts, played with a fake clock against servers on loopback.
Audited every week, and every night around what happens. Update with: npm run story:update

  >  what happened in the world, or was done by us, before that day's night
     the log of events, all of it: integration, rule, subject, what happened, and in brackets whose doing it is:
     target (the provider), time (nobody), rules, config, tool (our rules, our configuration, our eyes)
  !  how the night ended: 1 is a regression of severity high or worse, 3 is that too little could be seen`;
