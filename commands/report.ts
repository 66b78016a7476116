import { Args, Flags } from "@oclif/core";
import { storedReport, unfitnessOf } from "../src/app/stored-report.ts";
import { AppCommand } from "../src/cli/app-command.ts";
import { auditFlags, placeFlags } from "../src/cli/audit-flags.ts";
import { UserError, unknownRun } from "../src/cli/errors.ts";
import { EXIT } from "../src/cli/exit-code.ts";
import { withEnv } from "../src/cli/flags.ts";
import { FAIL_ON } from "../src/model/report.ts";
import { renderReport } from "../src/tell/report/terminal.ts";
import { reportView } from "../src/tell/view/report-view.ts";

export default class ReportCommand extends AppCommand {
  static override summary = "Report a run from history: what was found, what changed, and what could not be judged.";
  static override description =
    `Of the newest run findings stand as they are known now; of an earlier one as they were after it. Exit 0 whatever it tells, unless --fail-on
says what makes it fail; then a run that could vouch for nothing (we were blind, the time was in doubt, it was interrupted) ends with 3.`;
  static override examples = [
    "<%= config.bin %> report",
    "<%= config.bin %> report previous",
    "<%= config.bin %> report --run q3 --json --output q3.json",
    "<%= config.bin %> report --fail-on open --severity high",
  ];
  static override args = { run: Args.string({ description: "the run; the same as --run" }) };
  static override flags = {
    db: placeFlags.db,
    output: auditFlags.output,
    severity: auditFlags.severity,
    ...withEnv({
      run: Flags.string({ summary: "The run: id, beginning of an id, baseline, latest (default) or previous.", helpValue: "ID" }),
      "fail-on": Flags.option({ options: FAIL_ON })({ summary: "What makes the gate fail.", default: "none", helpGroup: "GATE" }),
    }),
  };

  async run() {
    const { args, flags } = await this.parse(ReportCommand);
    if (args.run !== undefined && flags.run !== undefined)
      throw new UserError("TWO_RUNS", "Expected one run to report, found two: as a word and by --run.");
    const wanted = args.run ?? flags.run ?? "latest";
    const gate = { failOn: flags["fail-on"], severity: flags.severity };
    const { report, unfit } = await this.withMemory(flags.db, async (history) => {
      const run = await history?.run(wanted);
      if (history === undefined || run === undefined) throw unknownRun(wanted);
      return { report: await storedReport(history, run, gate), unfit: unfitnessOf(run) };
    });
    if (gate.failOn !== "none" && !report.gate.passed) {
      this.conclude(report.gate.reasons.some((reason) => reason !== unfit) ? EXIT.gateFailed : EXIT.notAudited);
    }
    const detail = flags.quiet ? "brief" : flags.verbose ? "full" : "normal";
    return this.deliver(report, (style) => renderReport(reportView(report), style, detail), flags.output);
  }
}
