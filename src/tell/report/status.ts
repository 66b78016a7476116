import { durationText } from "../../model/duration.ts";
import { DAY, HOUR, MINUTE, SECOND } from "../../model/instant.ts";
import type { Severity } from "../../model/severity.ts";
import { counted, firstOf, listed, paragraph, percent } from "./prose.ts";
import { type Style, symbol } from "./style.ts";
import { renderDefinition, renderTable } from "./table.ts";

interface RunFacts {
  readonly id: string;
  readonly startedAt: string;
  readonly status: string;
  readonly observed: number;
  readonly planned: number;
  readonly coverage: number | null;
  readonly ageSeconds: number;
}

/** What `status` knows; structural, so that a formatter needs no use case. */
export interface StatusFacts {
  readonly alive: boolean;
  readonly reason: string | null;
  readonly maxAgeSeconds: number | null;
  readonly lastRun: RunFacts | null;
  readonly newestRun: RunFacts | null;
  readonly lastCrashedRun: RunFacts | null;
  readonly unseen: readonly { readonly integration: string; readonly lastSeenAt: string | null; readonly intervalSeconds: number }[];
  readonly openFindings: Readonly<Record<Severity, number>> | null;
  readonly putAside: number | null;
  readonly overdue: readonly OverdueFacts[] | null;
  readonly database: { readonly path: string; readonly bytes: number } | null;
}

interface OverdueFacts {
  readonly fingerprint: string;
  readonly integration: string;
  readonly rule: string;
  readonly severity: Severity;
  readonly dueAt: string;
}

/** Whether anybody is watching, for people. Times are UTC. */
export function renderStatus(status: StatusFacts, style: Style): string {
  return [head(status, style), facts(status, style), overdue(status.overdue ?? [], style)].filter((part) => part !== "").join("\n\n");
}

function head({ alive, reason, maxAgeSeconds }: StatusFacts, style: Style): string {
  const limit = maxAgeSeconds === null ? "" : ` (--max-age ${durationText(maxAgeSeconds * SECOND)})`;
  const sentence = alive ? `Audits are running${limit}.` : `Nobody is watching: ${reason}${limit}.`;
  return paragraph(sentence, style, { lead: `${symbol(alive ? "good" : "bad", style)} `, leadTone: alive ? "good" : "bad" });
}

function facts(status: StatusFacts, style: Style): string {
  const { lastRun, newestRun, lastCrashedRun, unseen, database } = status;
  const another = newestRun !== null && newestRun.id !== lastRun?.id && newestRun.id !== lastCrashedRun?.id;
  return renderDefinition(
    [
      ["last run", lastRun === null ? "none" : runText(lastRun)],
      ...(another ? [["newest run", runText(newestRun)] as const] : []),
      ...(lastCrashedRun === null ? [] : [["last crash", runText(lastCrashedRun)] as const]),
      ["not seen", unseen.length === 0 ? "none" : firstOf(unseen.map(unseenText), SHOWN)],
      ["open findings", openText(status)],
      ["database", database === null ? "none" : `${database.path}, ${(database.bytes / 1e6).toFixed(1)} MB`],
    ],
    style,
  );
}

function runText({ id, startedAt, status, observed, planned, coverage, ageSeconds }: RunFacts): string {
  const seen = `${observed} of ${planned} integrations observed, coverage ${percent(coverage)}`;
  return `${id}, ${status === "running" ? "running, or killed" : status}, started ${startedAt}, ${ageText(ageSeconds)}; ${seen}`;
}

function unseenText({ integration, lastSeenAt, intervalSeconds }: StatusFacts["unseen"][number]): string {
  const every = durationText(roughly(intervalSeconds * SECOND));
  return `${integration} (${lastSeenAt === null ? "never" : `last ${lastSeenAt}`}, expected every ${every})`;
}

function openText({ openFindings, putAside }: StatusFacts): string {
  if (openFindings === null) return "unknown";
  const counts = Object.entries(openFindings).filter(([, count]) => count > 0);
  const open = counts.length === 0 ? "none" : listed(counts.map(([severity, count]) => `${count} ${severity}`));
  return putAside === null || putAside === 0 ? open : `${open}; ${putAside} put aside`;
}

function overdue(findings: readonly OverdueFacts[], style: Style): string {
  if (findings.length === 0) return "";
  const table = renderTable(
    [
      { title: "DUE" },
      { title: "SEVERITY" },
      { title: "INTEGRATION" },
      { title: "RULE", flexible: true },
      { title: "FINDING", priority: 1 },
    ],
    findings
      .slice(0, SHOWN)
      .map(({ dueAt, severity, integration, rule, fingerprint }) => [
        dueAt.slice(0, 10),
        severity,
        integration,
        rule,
        fingerprint.slice(0, 12),
      ]),
    style,
  );
  const more = findings.length > SHOWN ? `\nand ${findings.length - SHOWN} more` : "";
  return `${paragraph(`${counted(findings.length, "finding")} overdue:`, style)}\n${table}${more}`;
}

function ageText(seconds: number): string {
  return seconds < 0 ? "in the future" : `${durationText(roughly(seconds * SECOND))} ago`;
}

/** In whole units, two of them at the least: 35 h, not 1 d; 100 s, not 1 min. Days are 24 hours. */
function roughly(ms: number): number {
  const unit = [DAY, HOUR, MINUTE].find((size) => ms >= 2 * size) ?? SECOND;
  return Math.floor(ms / unit) * unit;
}

const SHOWN = 20;
