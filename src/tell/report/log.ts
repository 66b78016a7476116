import { isRegression } from "../../model/finding.ts";
import { isoInstant } from "../../model/instant.ts";
import type { RunEvent, RunLogEntry } from "../../model/run-event.ts";
import { sanitise, sanitiseJson } from "./sanitise.ts";

export const LOG_FORMATS = ["text", "json"] as const;
export type LogFormat = (typeof LOG_FORMATS)[number];

export interface LogStyle {
  readonly format: LogFormat;
  /** Begin each line with its syslog level, `<6>`, as the journal of systemd reads it (sd-daemon(3)). */
  readonly levels: boolean;
}

/**
 * One event on one line, with its newline: `2026-11-23T03:17:00Z 01KAR... change kind=new cause=target ...`, or the same as a JSON object.
 * Times are UTC. Text from outside may stand in an event: it is cut and cleaned here, and the line stays below 16 KB,
 * where container runtimes begin to split lines.
 */
export function logLine(entry: RunLogEntry, { format, levels }: LogStyle): string {
  const { run, at, event, ...fields } = bounded(entry);
  const line =
    format === "json"
      ? sanitiseJson(JSON.stringify({ run, at: isoInstant(at), event, ...fields }))
      : sanitise([isoInstant(at), run, event, ...Object.entries(fields).map(pair)].join(" "), "terminal");
  return `${levels ? `<${levelOf(entry)}>` : ""}${line}\n`;
}

/** Severities of RFC 5424, table 2. */
const LEVELS = { error: 3, warning: 4, notice: 5, informational: 6 } as const;

/** What a person should be woken for is in the gate and in the notifications; here it is only a colour of the journal. */
function levelOf(entry: RunEvent): number {
  switch (entry.event) {
    case "change":
      return isRegression(entry) ? LEVELS.warning : LEVELS.notice;
    case "notice":
      return LEVELS.notice;
    case "delivery":
      return entry.outcome === "sent" ? LEVELS.informational : LEVELS.warning;
    case "run-finished":
      return entry.exit === 0 ? LEVELS.informational : entry.exit === 1 || entry.exit === 3 ? LEVELS.warning : LEVELS.error;
    default:
      return LEVELS.informational;
  }
}

function bounded(entry: RunLogEntry): RunLogEntry {
  const pairs = Object.entries(entry).map(([name, value]) => [name, typeof value === "string" ? cut(value, name) : value]);
  return Object.fromEntries(pairs) as RunLogEntry;
}

function cut(text: string, name: string): string {
  const longest = name === "text" ? LONGEST_TEXT : LONGEST_WORD;
  return text.length <= longest ? text : `${text.slice(0, longest)}...`;
}

function pair([name, value]: readonly [string, unknown]): string {
  const plain = typeof value !== "string" || /^[\w.:/@+-]+$/.test(value);
  return `${name}=${plain ? value : JSON.stringify(value)}`;
}

/** UTF-16 units; each becomes at most six characters when it has to be escaped. */
const LONGEST_TEXT = 1000;
const LONGEST_WORD = 200;
