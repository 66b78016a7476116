import { durationText } from "../../../model/duration.ts";
import { MINUTE, SECOND } from "../../../model/instant.ts";

/** What every scheduler is told, whatever its format. */
export interface NightlyAudit {
  /** Earliest start, UTC. */
  readonly at: TimeOfDay;
  /** Starts are spread over this long after `at`, in milliseconds. */
  readonly jitterMs: number;
  /** The run stops by itself after this long, in milliseconds, with what it has. */
  readonly maxTimeMs: number;
}

export interface TimeOfDay {
  readonly hour: number;
  readonly minute: number;
}

export interface ScheduleFile {
  /** Where it belongs: absolute, or relative to the repository that it is for. */
  readonly path: string;
  readonly content: string;
}

/** A format says what it cannot express, instead of printing something that means another thing. */
export interface Refusal {
  readonly flag: string;
  readonly reason: string;
}

/** The first value with a character that `forbidden` matches; control characters end a line somewhere in every format. */
export function refusal(values: Readonly<Record<string, string | undefined>>, forbidden: RegExp, reason: string): Refusal | undefined {
  for (const [flag, value] of Object.entries(values)) {
    if (value === undefined) continue;
    if (UNPRINTABLE.test(value)) return { flag, reason: "has a line break or another character that cannot be seen" };
    if (forbidden.test(value)) return { flag, reason };
  }
  return undefined;
}

/** `hour:minute` and so many minutes, over midnight too. */
export function later({ hour, minute }: TimeOfDay, minutes: number): TimeOfDay {
  const total = (hour * 60 + minute + minutes) % (24 * 60);
  return { hour: Math.floor(total / 60), minute: total % 60 };
}

export function clockText({ hour, minute }: TimeOfDay): string {
  return `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
}

/** What ends the process when the run did not end itself: the run's own limit, all waiting before it, and time to write what it has. */
export function killAfterSeconds(audit: NightlyAudit): number {
  return Math.ceil((audit.maxTimeMs + audit.jitterMs + ENDING_MS) / SECOND);
}

/** `--jitter 15m`, as words; none where nothing is to be spread. */
export function jitterWords({ jitterMs }: NightlyAudit): readonly string[] {
  return jitterMs > 0 ? ["--jitter", durationText(jitterMs)] : [];
}

const ENDING_MS = 5 * MINUTE;
/** Control and format characters, line and paragraph separators, and halves of surrogate pairs. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;
/** Matches nothing: for formats that can express every printable character. */
export const NOTHING = /(?!)/;
