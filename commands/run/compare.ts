import { Args } from "@oclif/core";
import { compareStoredRuns } from "../../src/app/compare-runs.ts";
import { AppCommand } from "../../src/cli/app-command.ts";
import { placeFlags } from "../../src/cli/audit-flags.ts";
import { UserError, unknownRun } from "../../src/cli/errors.ts";
import { renderChanges } from "../../src/tell/report/changes.ts";
import { changeView } from "../../src/tell/view/report-view.ts";

export default class RunCompare extends AppCommand {
  static override summary = "Compare two runs: what changed, and whose fault it is.";
  static override description =
    "Runs from different vantages (direct, or through another proxy) see different things and are not compared.";
  static override examples = ["<%= config.bin %> run compare previous latest"];
  static override args = {
    before: Args.string({ required: true, description: "the earlier run: id, beginning of an id, or previous" }),
    after: Args.string({ required: true, description: "the later run: id, beginning of an id, or latest" }),
  };
  static override flags = { db: placeFlags.db };

  async run() {
    const { args, flags } = await this.parse(RunCompare);
    const compared = await this.withHistoryToRead(flags.db, async (history) => {
      if (history === undefined) throw unknownRun(args.before);
      return compareStoredRuns(history, args.before, args.after);
    });
    if (!compared.ok) {
      if (compared.error.kind === "unknown-run") throw unknownRun(compared.error.run);
      throw new UserError("VANTAGES_DIFFER", compared.error.message);
    }
    const { changes } = compared.value;
    this.present(changes.length === 0 ? "Nothing changed." : renderChanges(changes.map(changeView), this.terminal.stdout.style));
    return { schemaVersion: "1.0.0", ...compared.value };
  }
}
