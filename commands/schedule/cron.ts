import { placeFlags } from "../../src/cli/audit-flags.ts";
import { withEnv, wordFlag } from "../../src/cli/flags.ts";
import { jitterFlag, nightFlags, programFlags, ScheduleCommand } from "../../src/cli/schedule-command.ts";
import { stableDelayMs } from "../../src/model/jitter.ts";
import { cronSchedule } from "../../src/tell/report/schedule/cron.ts";

export default class ScheduleCron extends ScheduleCommand {
  static override summary = "Print a crontab that audits every night.";
  static override description =
    `Once there is a history, its own delay within --jitter is in the minute. --user makes a table for /etc/cron.d.
Nothing is written or installed.`;
  static override examples = [
    "<%= config.bin %> schedule cron --at 02:30",
    "<%= config.bin %> schedule cron --user apirisk --db /var/lib/apirisk/history.db",
  ];
  static override flags = {
    ...placeFlags,
    ...nightFlags,
    ...jitterFlag,
    ...programFlags,
    ...withEnv({
      "mail-to": wordFlag(
        /^[\w.+-]+(?:@[A-Za-z0-9.-]+)?$/,
        "an address or the name of an account",
      )({ summary: "Who gets what is printed.", helpValue: "ADDRESS" }),
    }),
  };

  async run() {
    const { flags } = await this.parse(ScheduleCron);
    const { at, jitter, user } = flags;
    // Another account has a history of its own, unless a file is named.
    const db = flags.db === undefined && user !== undefined ? undefined : this.absolute(this.machine().databaseFile(flags.db));
    const identity = db === undefined ? undefined : await this.withExistingHistory(db, async (history) => history?.identity());
    return this.deliverFiles(
      cronSchedule({
        at,
        jitterMs: jitter,
        maxTimeMs: flags["max-time"],
        program: this.program(flags.program),
        inventory: await this.inventoryFile(flags.inventory),
        ...(db === undefined ? {} : { db }),
        ...(user === undefined ? {} : { user }),
        ...(flags["mail-to"] === undefined ? {} : { mailTo: flags["mail-to"] }),
        ...(identity === undefined ? {} : { ownDelayMs: stableDelayMs(identity, jitter) }),
      }),
    );
  }
}
