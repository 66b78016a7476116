import { AppCommand } from "../../src/cli/app-command.ts";
import { placeFlags } from "../../src/cli/audit-flags.ts";
import { countFlag, withEnv } from "../../src/cli/flags.ts";
import { isoInstant } from "../../src/model/instant.ts";
import { renderTable } from "../../src/tell/report/table.ts";

export default class RunList extends AppCommand {
  static override summary = "List the runs that history remembers, the newest first.";
  static override examples = ["<%= config.bin %> run list", "<%= config.bin %> run list --limit 5 --json"];
  static override flags = { db: placeFlags.db, ...withEnv({ limit: countFlag(1, 1000)({ summary: "At most this many.", default: 20 }) }) };

  async run() {
    const { flags } = await this.parse(RunList);
    const runs = await this.withMemoryToRead(flags.db, async (history) => (await history?.runs(flags.limit)) ?? []);
    if (runs.length === 0) this.present("No runs yet. Make one with: apirisk audit");
    else {
      this.present(
        renderTable(
          [
            { title: "RUN" },
            { title: "STARTED" },
            { title: "STATUS" },
            { title: "GATE", priority: 1 },
            { title: "OBSERVED", align: "right", priority: 2 },
            { title: "COVERAGE", align: "right", priority: 3 },
          ],
          runs.map((run) => [
            run.ulid,
            isoInstant(run.startedAt),
            run.status,
            run.gate ?? "-",
            `${run.observed}/${run.planned}`,
            run.coverage === null ? "-" : `${Math.round(run.coverage * 100)} %`,
          ]),
          this.terminal.stdout.style,
        ),
      );
    }
    return { schemaVersion: "1.0.0", runs };
  }
}
