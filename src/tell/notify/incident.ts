import type { Instant } from "../../model/instant.ts";
import { type Alert, type AlertKind, urgencyOf } from "../../model/notification.ts";
import { atLeast, type Severity, severityRank } from "../../model/severity.ts";
import { clean } from "./clean.ts";

/** One incident of a pager: opened for what is urgent, closed when it is over. */
export interface Incident {
  readonly action: "trigger" | "resolve";
  /** Fingerprint of the finding, so that everything about it is one incident. */
  readonly key: string;
  readonly kind: AlertKind | "test";
  readonly severity: Severity;
  readonly at: Instant;
  readonly title?: string;
  readonly integration?: string;
  readonly owner?: string;
  readonly rule?: string;
  readonly cause?: string;
  readonly dueAt?: Instant;
  /** How many urgent alerts one summary stands for. */
  readonly count?: number;
}

export interface IncidentOfAlerts extends Incident {
  readonly of: readonly Alert[];
}

/** At most 20 are opened, worst first, and one more stands for the rest. The newest alert of a finding decides. Closings are never left out. */
export function incidentsOf(alerts: readonly Alert[]): readonly IncidentOfAlerts[] {
  const newest = new Map<string, IncidentOfAlerts>();
  for (const alert of [...alerts].sort((a, b) => a.at - b.at || compare(a.dedupKey, b.dedupKey))) {
    const incident = incidentOf(alert);
    if (incident !== undefined) newest.set(incident.key, incident);
  }
  const all = [...newest.values()];
  const opened = all.filter(({ action }) => action === "trigger").sort(byWorst);
  const closed = all.filter(({ action }) => action === "resolve").sort((a, b) => compare(a.key, b.key));
  return [...opened.slice(0, MOST_OPENED), ...summary(opened.slice(MOST_OPENED)), ...closed];
}

function incidentOf(alert: Alert): IncidentOfAlerts | undefined {
  const { kind, at, title, integration, owner, rule, cause, dueAt, fingerprint, severity = "critical" } = alert;
  const action = actionOf(alert);
  const key = fingerprint ?? (action === "trigger" ? `apirisk-${kind}` : undefined);
  if (action === undefined || key === undefined) return undefined;
  return {
    action,
    key,
    kind,
    severity,
    at,
    ...(title === undefined ? {} : { title: clean(title) }),
    ...(integration === undefined ? {} : { integration: clean(integration) }),
    ...(owner === undefined ? {} : { owner: clean(owner) }),
    ...(rule === undefined ? {} : { rule }),
    ...(cause === undefined ? {} : { cause }),
    ...(dueAt === undefined ? {} : { dueAt }),
    of: [alert],
  };
}

/** Closing an incident that was never opened changes nothing there. */
function actionOf(alert: Alert): Incident["action"] | undefined {
  if (urgencyOf(alert) === "immediate") return "trigger";
  if (alert.kind === "resolved") return "resolve";
  return alert.kind === "improved" && alert.severity !== undefined && !atLeast(alert.severity, "high") ? "resolve" : undefined;
}

function summary(rest: readonly IncidentOfAlerts[]): readonly IncidentOfAlerts[] {
  const [worst] = rest;
  if (worst === undefined) return [];
  const { at, severity, kind } = worst;
  const of = rest.flatMap((incident) => incident.of);
  return [{ action: "trigger", key: "apirisk-more", kind, severity, at, count: of.length, of }];
}

function byWorst(a: Incident, b: Incident): number {
  return severityRank(b.severity) - severityRank(a.severity) || compare(a.key, b.key);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

const MOST_OPENED = 20;
