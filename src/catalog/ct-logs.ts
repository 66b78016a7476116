import { type DatedFacts, loadFacts } from "./load.ts";

/** A Certificate Transparency log on Chrome's list. */
export interface CtLog {
  /** "Google Argon2026h2". */
  readonly name: string;
  readonly operator: string;
  /** SHA-256 of the key, in lower-case hexadecimal: what a signed certificate timestamp calls its log. */
  readonly id: string;
  /** SubjectPublicKeyInfo in DER, base64. */
  readonly key: string;
  readonly state: CtLogState;
  /** ISO instant. Timestamps of a retired log count if they are older. */
  readonly stateSince?: string;
  /** ISO instants between which certificates end that the log takes, the second one excluded; absent where we do not know. */
  readonly from?: string;
  readonly until?: string;
}

/** "admissible": qualified, usable or read-only, the source does not say which; timestamps of all three count. */
const STATES = ["admissible", "qualified", "usable", "readonly", "retired", "rejected"] as const;
export type CtLogState = (typeof STATES)[number];

export function ctLogs(): readonly CtLog[] {
  return loadFacts("ct-logs", isLogFacts).logs;
}

/** Undefined for a log that is not on the list: it may be older or younger than the list, or nobody's. */
export function ctLogById(id: string): CtLog | undefined {
  return ctLogs().find((log) => log.id === id);
}

/** ISO day on which the list was taken: logs that were added after it are not in it. */
export function ctLogsRetrieved(): string {
  return loadFacts("ct-logs", isLogFacts).retrieved;
}

interface LogFacts extends DatedFacts {
  readonly logs: readonly CtLog[];
}

function isLogFacts(candidate: unknown): candidate is LogFacts {
  const { logs } = candidate as Record<string, unknown>;
  return Array.isArray(logs) && logs.every(isLog);
}

function isLog(candidate: unknown): candidate is CtLog {
  const { name, operator, id, key, state, stateSince, from, until } = candidate as Partial<CtLog>;
  return (
    [name, operator].every((text) => typeof text === "string") &&
    /^[0-9a-f]{64}$/.test(String(id)) &&
    /^[A-Za-z0-9+/]+={0,2}$/.test(String(key)) &&
    STATES.some((known) => known === state) &&
    [stateSince, from, until].every((instant) => instant === undefined || /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(instant)) &&
    (from === undefined) === (until === undefined)
  );
}
