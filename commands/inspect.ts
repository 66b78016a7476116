import { Flags } from "@oclif/core";
import { INSPECTABLE, inspectFiles } from "../src/app/inspect.ts";
import { AppCommand } from "../src/cli/app-command.ts";
import { fileTrouble, UserError } from "../src/cli/errors.ts";
import { EXIT } from "../src/cli/exit-code.ts";
import { withEnv } from "../src/cli/flags.ts";
import { renderInspection } from "../src/tell/report/inspection.ts";

export default class Inspect extends AppCommand {
  static override summary = "Look at saved answers offline, through the same facts and rules as an audit.";
  static override description =
    "Nothing is sent and nothing is stored; values are classified in memory and never printed. Exit 0 whatever is found, unless --fail-on says otherwise.";
  static override usage = "inspect FILE... [FLAGS]";
  static override examples = ["<%= config.bin %> inspect response.json", "<%= config.bin %> inspect headers.txt --as headers --json"];
  static override strict = false;
  static override flags = withEnv({
    as: Flags.option({ options: INSPECTABLE })({ summary: "What the files are.", default: "body" }),
    explain: Flags.boolean({ summary: "List candidates below the threshold too." }),
    "fail-on": Flags.option({ options: ["open", "none"] as const })({ summary: "Exit 1 when something is found.", default: "none" }),
  });

  async run() {
    const { argv, flags } = await this.parse(Inspect);
    if (argv.length === 0) throw new UserError("NO_FILE", "Which file?", { suggestions: ["apirisk inspect response.json"] });
    const { files, clock } = this.machine();
    const report = await inspectFiles(argv.map(String), { as: flags.as, explain: flags.explain, now: clock.now() }, files);
    if (!report.ok) throw fileTrouble(report.error);
    const found = report.value.files.some(({ entries }) => entries.some(({ findings }) => findings.length > 0));
    if (found && flags["fail-on"] === "open") this.conclude(EXIT.gateFailed);
    this.present(renderInspection(report.value.files, this.terminal.stdout.style));
    return report.value;
  }
}
