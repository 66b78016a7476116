import { AppCommand } from "../../src/cli/app-command.ts";
import { placeFlags } from "../../src/cli/audit-flags.ts";
import { isoInstant } from "../../src/model/instant.ts";
import { renderTable } from "../../src/tell/report/table.ts";

export default class BaselineList extends AppCommand {
  static override summary = "List the runs that have a name.";
  static override examples = ["<%= config.bin %> baseline list", "<%= config.bin %> baseline list --json"];
  static override flags = { db: placeFlags.db };

  async run() {
    const { flags } = await this.parse(BaselineList);
    const baselines = await this.withMemory(flags.db, async (history) => (await history?.baselines()) ?? []);
    if (baselines.length === 0) this.present("No baselines yet. Name a run with: apirisk baseline set NAME --by WHO");
    else {
      this.present(
        renderTable(
          [{ title: "NAME" }, { title: "RUN" }, { title: "SINCE" }, { title: "BY" }, { title: "REASON", flexible: true }],
          baselines.map(({ name, run, at, by, reason = "" }) => [name, run, isoInstant(at), by, reason]),
          this.terminal.stdout.style,
        ),
      );
    }
    return { schemaVersion: "1.0.0", baselines };
  }
}
