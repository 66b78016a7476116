import { Flags } from "@oclif/core";
import { runDemo } from "../src/app/demo.ts";
import { AppCommand } from "../src/cli/app-command.ts";
import { EXIT } from "../src/cli/exit-code.ts";
import { renderReport } from "../src/tell/report/terminal.ts";
import { reportView } from "../src/tell/view/report-view.ts";

export default class Demo extends AppCommand {
  static override summary = "Audit a small estate of good and bad API servers on loopback, twice, with regressions in between.";
  static override description =
    "No network and no configuration. History goes into a temporary folder that is removed afterwards, unless --db names a file. Exit 1: the estate is bad on purpose.";
  static override examples = ["<%= config.bin %> demo", "<%= config.bin %> demo --json"];
  // Without the environment's APIRISK_DB: that is the history of real audits.
  static override flags = { db: Flags.string({ summary: "Keep the history in this file.", helpValue: "FILE" }) };

  async run() {
    const { flags } = await this.parse(Demo);
    const machine = this.machine();
    const progress = this.progress({ quiet: flags.quiet });
    const { style } = this.terminal.stdout;
    return machine.withTemporaryFolder(async (folder) =>
      this.withLockedHistory(flags.db ?? `${folder}/history.db`, false, async (history) => {
        const demo = await runDemo({
          clock: machine.clock,
          tool: (extraCa) => machine.tool(extraCa),
          history,
          network: (extraCa) => machine.network(extraCa),
          credentials: (secrets, bindings) => machine.demoCredentials(secrets, bindings),
          onProgress: ({ current, ...state }) => progress.update({ ...state, note: current }),
          signal: this.interruptSignal(),
        });
        progress.end();
        this.conclude(demo.after.verdict === "passed" ? EXIT.passed : demo.after.verdict === "failed" ? EXIT.gateFailed : EXIT.notAudited);
        this.present(renderReport(reportView(demo.before), style, "brief"));
        this.present(`\nMeanwhile, at the providers:\n${demo.happened.map((event) => `  - ${event}`).join("\n")}\n`);
        this.present(renderReport(reportView(demo.after.report), style, flags.verbose ? "full" : "normal"));
        return demo.after.report;
      }),
    );
  }
}
