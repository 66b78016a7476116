import { Flags } from "@oclif/core";
import { withEnv } from "../../src/cli/flags.ts";
import { nightFlags, ScheduleCommand } from "../../src/cli/schedule-command.ts";
import { githubActionsSchedule } from "../../src/tell/report/schedule/github-actions.ts";

export default class ScheduleGithubActions extends ScheduleCommand {
  static override summary = "Print a GitHub Actions workflow that audits every night.";
  static override description = "Nothing is written. A history in a cache is fragile: read the comments at the top of what is printed.";
  static override examples = ["<%= config.bin %> schedule github-actions > .github/workflows/apirisk.yml"];
  static override flags = {
    ...nightFlags,
    ...withEnv({
      inventory: Flags.string({
        summary: "Inventory file, relative to the repository's root.",
        default: "apirisk.yaml",
        helpValue: "FILE",
      }),
    }),
  };

  async run() {
    const { flags } = await this.parse(ScheduleGithubActions);
    const { at, inventory } = flags;
    return this.deliverFiles(
      githubActionsSchedule({ at, jitterMs: 0, maxTimeMs: flags["max-time"], inventory, version: this.config.version }),
    );
  }
}
