import { isoInstant } from "../../model/instant.ts";
import type { Severity } from "../../model/severity.ts";
import { shortened } from "./clean.ts";
import type { Incident } from "./incident.ts";
import { KIND_WORDS } from "./text.ts";

/** Event for PagerDuty's Events API v2, without the routing key, which is added on the way out. */
export function pagerdutyBody(incident: Incident): string {
  const { action, key, kind, severity, at, integration = "apirisk", owner, rule, cause, dueAt, count } = incident;
  if (action === "resolve") return JSON.stringify({ event_action: "resolve", dedup_key: key });
  return JSON.stringify({
    event_action: "trigger",
    dedup_key: shortened(key, LONGEST_KEY),
    client: "apirisk",
    payload: {
      summary: shortened(summaryOf(incident), LONGEST_SUMMARY),
      source: integration,
      severity: SEVERITY_OF[severity],
      timestamp: isoInstant(at),
      class: kind,
      ...(rule === undefined ? {} : { component: rule }),
      ...(owner === undefined ? {} : { group: owner }),
      custom_details: {
        severity,
        ...(cause === undefined ? {} : { cause }),
        ...(dueAt === undefined ? {} : { due_at: isoInstant(dueAt) }),
        ...(count === undefined ? {} : { count }),
      },
    },
  });
}

function summaryOf({ kind, severity, title, integration, count }: Incident): string {
  if (kind === "test") return "apirisk: a test message, nothing happened";
  if (count !== undefined) return `apirisk: ${count} more to act on now, see apirisk run show latest`;
  return [`${severity}, ${KIND_WORDS[kind]}`, title, integration].filter((part) => part !== undefined).join(": ");
}

const SEVERITY_OF: Readonly<Record<Severity, "critical" | "error" | "warning" | "info">> = {
  critical: "critical",
  high: "error",
  medium: "warning",
  low: "info",
  info: "info",
};
/** Limits of the Events API v2. */
const LONGEST_SUMMARY = 1024;
const LONGEST_KEY = 255;
