import { Args } from "@oclif/core";
import { unfitnessOf } from "../../src/app/stored-report.ts";
import { AppCommand } from "../../src/cli/app-command.ts";
import { placeFlags } from "../../src/cli/audit-flags.ts";
import { unknownRun } from "../../src/cli/errors.ts";
import { isoInstant } from "../../src/model/instant.ts";
import { counted, paragraph, percent } from "../../src/tell/report/prose.ts";
import { renderDefinition, renderTable } from "../../src/tell/report/table.ts";

export default class RunShow extends AppCommand {
  static override summary = "Show a run: what was audited, what was seen, and which rules failed then.";
  static override examples = ["<%= config.bin %> run show latest", "<%= config.bin %> run show 01KAS3 --json"];
  static override args = {
    run: Args.string({ required: true, description: "a run's id or its beginning; latest and previous are understood" }),
  };
  static override flags = { db: placeFlags.db };

  async run() {
    const { args, flags } = await this.parse(RunShow);
    const { run, audits } = await this.withMemoryToRead(flags.db, async (history) => {
      const found = await history?.run(args.run);
      if (history === undefined || found === undefined) throw unknownRun(args.run);
      return { run: found, audits: await history.auditsOf(found.ulid) };
    });
    const { style } = this.terminal.stdout;
    const head = renderDefinition(
      [
        ["run", run.ulid],
        ["started", isoInstant(run.startedAt)],
        ["status", run.status],
        ["audited", `${audits.length} of ${run.planned} integrations, ${run.observed} observed`],
        ["coverage", percent(run.coverage)],
        ["gate", [run.gate ?? "-", ...[unfitnessOf(run) ?? []].flat()].join(": ")],
        ["vantage", run.vantage],
        ["sent", `${counted(run.sent.connections, "connection")}, ${counted(run.sent.requests, "request")}`],
      ],
      style,
    );
    const table = renderTable(
      [{ title: "INTEGRATION" }, { title: "SEEN" }, { title: "SCORE", align: "right" }, { title: "FAILED RULES", flexible: true }],
      audits.map((audit) => [
        audit.integrationId,
        audit.visibility,
        audit.score === null ? "-" : String(audit.score),
        [...new Set(audit.verdicts.filter(({ verdict }) => verdict === "fail").map(({ rule }) => rule))].join(", ") || "-",
      ]),
      style,
    );
    const notices = (run.told?.notices ?? []).map((notice) => paragraph(notice, style, { lead: "Notice: " }));
    this.present([head, ...(audits.length === 0 ? [] : [table]), ...(notices.length === 0 ? [] : [notices.join("\n")])].join("\n\n"));
    return { schemaVersion: "1.0.0", run, audits };
  }
}
