import { Args, Flags } from "@oclif/core";
import { nameBaseline } from "../../src/app/baselines.ts";
import { AppCommand } from "../../src/cli/app-command.ts";
import { placeFlags } from "../../src/cli/audit-flags.ts";
import { UserError, unknownRun } from "../../src/cli/errors.ts";
import { withEnv } from "../../src/cli/flags.ts";

export default class BaselineSet extends AppCommand {
  static override summary = "Give a run a name, so that later ones can be compared with it.";
  static override description = "The name is understood wherever a run is named. A name that was given before moves to the new run.";
  static override examples = [
    '<%= config.bin %> baseline set q3 --by ada --reason "signed off by the board"',
    "<%= config.bin %> run compare q3 latest --fail-on regression",
  ];
  static override args = { name: Args.string({ required: true, description: "lower-case letters, digits and hyphens, a letter first" }) };
  static override flags = {
    db: placeFlags.db,
    ...withEnv({
      run: Flags.string({ summary: "The run: id, beginning of an id, baseline, latest or previous.", default: "latest", helpValue: "ID" }),
      by: Flags.string({ summary: "Who decides this.", required: true, helpValue: "WHO" }),
      reason: Flags.string({ summary: "Why.", helpValue: "TEXT" }),
    }),
  };

  async run() {
    const { args, flags } = await this.parse(BaselineSet);
    const wanted = { name: args.name, run: flags.run, by: flags.by, ...(flags.reason === undefined ? {} : { reason: flags.reason }) };
    const named = await this.withMemory(flags.db, async (history) => {
      if (history === undefined) throw unknownRun(flags.run);
      return nameBaseline(history, wanted, this.machine().clock.now());
    });
    if (!named.ok) {
      if (named.error.kind === "unknown-run") throw unknownRun(named.error.run);
      throw new UserError(`BASELINE_${named.error.kind.replaceAll("-", "_").toUpperCase()}`, named.error.message);
    }
    this.present(`${named.value.name} is run ${named.value.run} now.`);
    return { schemaVersion: "1.0.0", baseline: named.value };
  }
}
