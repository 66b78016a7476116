import { Args } from "@oclif/core";
import { findFinding, waiverOfFile } from "../../src/app/find-finding.ts";
import { ruleDescription } from "../../src/app/rules.ts";
import { AppCommand } from "../../src/cli/app-command.ts";
import { placeFlags } from "../../src/cli/audit-flags.ts";
import { noHistory, unknownFinding } from "../../src/cli/errors.ts";
import { type FindingRecord, isFirstSight } from "../../src/model/finding.ts";
import type { FindingEvent } from "../../src/model/history-store.ts";
import { isoInstant, lastDayOf } from "../../src/model/instant.ts";
import type { DeclaredWaiver } from "../../src/model/integration.ts";
import { decisionWords, stateWords } from "../../src/tell/report/finding-state.ts";
import { renderDefinition } from "../../src/tell/report/table.ts";

export default class FindingShow extends AppCommand {
  static override summary = "Show a finding: what it is, since when, and what happened to it.";
  static override examples = ["<%= config.bin %> finding show 3f9a1c22"];
  static override args = { fingerprint: Args.string({ required: true, description: "fingerprint, or at least its first 6 digits" }) };
  static override flags = { db: placeFlags.db };

  async run() {
    const { args, flags } = await this.parse(FindingShow);
    const { finding, events, waiver } = await this.withMemory(flags.db, async (history) => {
      const found = await findFinding(history, args.fingerprint);
      if (!found.ok) throw unknownFinding(found.error);
      if (history === undefined) throw noHistory();
      const [told, covering] = await Promise.all([history.findingEvents(found.value.fingerprint), waiverOfFile(history, found.value)]);
      return { finding: found.value, events: told, waiver: covering };
    });
    const rule = ruleDescription(finding.rule);
    const remediation = rule.ok ? [["what you can do", `${rule.value.remediation.verb}: ${rule.value.remediation.text}`] as const] : [];
    const citations = rule.ok ? rule.value.citations.map(({ id, url }) => ["source", `${id} ${url}`] as const) : [];
    this.present(
      renderDefinition(
        [
          ["finding", finding.fingerprint],
          ["integration", finding.integrationId],
          ["rule", `${finding.rule}, revision ${finding.ruleRevision}`],
          ["subject", finding.subject === "" ? "-" : finding.subject],
          ["severity", finding.severity],
          ["message", finding.message],
          ["state", stateOf(finding)],
          ...decisionRows(finding),
          ...waiverRows(finding, waiver),
          ["first seen", isoInstant(finding.firstSeenAt)],
          ["last seen", isoInstant(finding.lastSeenAt)],
          ...(finding.unobservedSince === undefined ? [] : [["not seen since", isoInstant(finding.unobservedSince)] as const]),
          ...(finding.contactBy === undefined ? [] : [["ask the provider by", isoInstant(finding.contactBy)] as const]),
          ...(finding.dueAt === undefined ? [] : [["mitigate or accept by", isoInstant(finding.dueAt)] as const]),
          ...remediation,
          ...citations,
          ...events.map((event) => [isoInstant(event.at), eventWords(event)] as const),
        ],
        this.terminal.stdout.style,
      ),
    );
    return { schemaVersion: "1.0.0", finding, events, ...(waiver === undefined ? {} : { waiver }) };
  }
}

function stateOf(finding: FindingRecord): string {
  const { staleSince } = finding;
  return staleSince === undefined ? stateWords(finding) : `${stateWords(finding)}, lost from sight on ${isoInstant(staleSince)}`;
}

function eventWords({ kind, cause, detail }: FindingEvent): string {
  if (detail !== undefined && isFirstSight(kind, JSON.parse(detail))) return `${kind} (seen for the first time)`;
  const decided = kind === "triage" && detail !== undefined ? decisionWords(JSON.parse(detail)) : undefined;
  return decided ?? (cause === undefined ? kind : `${kind} (${cause})`);
}

type Row = readonly [name: string, value: string];

function decisionRows({ triage, decision }: FindingRecord): readonly Row[] {
  if (decision === undefined) return [];
  const { by, at, until, reason, reference } = decision;
  const end = until === undefined ? "" : `, until ${lastDayOf(until)}`;
  return [
    ["decision", `${triage.replaceAll("_", " ")} by ${by} on ${isoInstant(at)}${end}`],
    ...(reason === "" ? [] : [["reason", reason] as const]),
    ...(reference === undefined ? [] : [["reference", reference] as const]),
  ];
}

function waiverRows({ cover }: FindingRecord, waiver: DeclaredWaiver | undefined): readonly Row[] {
  if (cover === undefined) return [];
  if (cover.ended !== undefined) return [["waiver in the inventory", cover.ended]];
  if (waiver === undefined) return [["waiver in the inventory", `since ${isoInstant(cover.since)}`]];
  return [
    [
      "waiver in the inventory",
      `${waiver.kind.replaceAll("_", " ")} by ${waiver.by} since ${isoInstant(cover.since)}, until ${waiver.until}`,
    ],
    ["its reason", waiver.reason],
  ];
}
