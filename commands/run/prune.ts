import { Flags } from "@oclif/core";
import { type Pruned, pruneHistory } from "../../src/app/prune.ts";
import { AppCommand } from "../../src/cli/app-command.ts";
import { placeFlags } from "../../src/cli/audit-flags.ts";
import { noHistory, UserError } from "../../src/cli/errors.ts";
import { retentionFlag, withEnv } from "../../src/cli/flags.ts";
import { renderDefinition } from "../../src/tell/report/table.ts";

export default class RunPrune extends AppCommand {
  static override summary = "Take from history what is older than it has to be kept, or all that it knows of one integration.";
  static override description =
    "Findings, events, decisions, run headers and monthly figures are kept for ever; docs/data-handling.md says how long the rest. " +
    "Runs thin their own history once a month; this command does the same at once, and gives the space back.";
  static override examples = [
    "<%= config.bin %> run prune --dry-run",
    "<%= config.bin %> run prune --older-than 6mo",
    "<%= config.bin %> run prune --integration acme-payments --yes",
  ];
  static override flags = {
    db: placeFlags.db,
    ...withEnv({
      "dry-run": Flags.boolean({ summary: "Only say what would go." }),
      "older-than": retentionFlag({
        summary: "Take evidence that nothing refers to after this time. Default: 13mo.",
        helpValue: "TIME",
        exclusive: ["integration"],
      }),
      integration: Flags.string({ summary: "Delete everything that is known of this integration.", helpValue: "ID" }),
      yes: Flags.boolean({ summary: "Delete an integration without being able to take it back." }),
    }),
  };

  async run() {
    const { flags } = await this.parse(RunPrune);
    const { integration, "dry-run": dryRun, "older-than": evidenceKeptMs } = flags;
    if (integration !== undefined && !dryRun && !flags.yes) {
      throw new UserError("CONFIRM", "Deleting an integration cannot be taken back.", {
        suggestions: ["see what would go with --dry-run", "confirm it with --yes"],
      });
    }
    if (!(await this.machine().hasHistory(flags.db))) throw noHistory(flags.db);
    const request = {
      dryRun,
      ...(evidenceKeptMs === undefined ? {} : { evidenceKeptMs }),
      ...(integration === undefined ? {} : { integration }),
    };
    const pruned = await this.withLockedHistory(flags.db, false, (history) => pruneHistory(history, request, this.machine().clock.now()));
    if (!pruned.ok) throw new UserError("UNKNOWN_INTEGRATION", "History knows no integration of that id.");
    const { style } = this.terminal.stdout;
    this.present(`${headline(pruned.value)}\n\n${renderDefinition(rowsOf(pruned.value), style)}`);
    if (pruned.value.kind === "erasure" && !dryRun) this.notice("Backups and copies of the history still know the integration.");
    return { schemaVersion: "1.0.0", dryRun, [pruned.value.kind]: pruned.value.report };
  }
}

function headline({ kind, dryRun }: Pruned): string {
  const what = kind === "erasure" ? "Everything known of the integration" : "What is older than it has to be kept";
  return dryRun ? `${what} would go; nothing was changed.` : `${what} is gone.`;
}

function rowsOf(pruned: Pruned): readonly [string, string][] {
  if (pruned.kind === "erasure") {
    const { integrationId, events, findings, audits, evidence, messages } = pruned.report;
    return [
      ["integration", integrationId],
      ["events without content", String(events)],
      ["findings", String(findings)],
      ["audits", String(audits)],
      ["evidence", String(evidence)],
      ["messages given up", String(messages)],
    ];
  }
  const { runs, audits, spans, evidence, evidenceBytes, bytes } = pruned.report;
  return [
    ["audits", `${audits} of ${runs} runs`],
    ["spans", String(spans)],
    ["evidence", `${evidence} bodies, ${megabytes(evidenceBytes)}`],
    ["free space", megabytes(bytes)],
  ];
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
