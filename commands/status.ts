import { statusOf } from "../src/app/status.ts";
import { AppCommand } from "../src/cli/app-command.ts";
import { placeFlags } from "../src/cli/audit-flags.ts";
import { EXIT } from "../src/cli/exit-code.ts";
import { durationFlag, withEnv } from "../src/cli/flags.ts";
import { DAY, SECOND } from "../src/model/instant.ts";
import { renderStatus } from "../src/tell/report/status.ts";

export default class Status extends AppCommand {
  static override summary =
    "Say whether anybody is still watching: when a run last observed something, what was not seen, what is overdue.";
  static override description =
    `Exits with 3 when the newest run that observed something is older than --max-age (without it: when no integration was seen within two
of its intervals), or there is none: a dead man's switch for
your monitoring. Once a scheduler has run an audit (--cron), only the scheduler's runs count.`;
  static override examples = ["<%= config.bin %> status", "<%= config.bin %> status --max-age 36h --quiet"];
  static override flags = {
    ...placeFlags,
    ...withEnv({
      "max-age": durationFlag(
        SECOND,
        3660 * DAY,
      )({ summary: "How old the newest run may be, for example 36h or 7d.", helpValue: "DURATION" }),
    }),
  };

  async run() {
    const { flags } = await this.parse(Status);
    const expected = await this.inventoryIfAny(flags.inventory);
    const status = await this.withExistingHistory(flags.db, (history) =>
      statusOf(history, {
        now: this.machine().clock.now(),
        ...(flags["max-age"] === undefined ? {} : { maxAgeMs: flags["max-age"] }),
        ...(expected === undefined ? {} : { expected: expected.integrations }),
      }),
    );
    if (!status.alive) this.conclude(EXIT.notAudited);
    if (!flags.quiet || !status.alive) this.present(renderStatus(status, this.terminal.stdout.style));
    return { ...status, inventory: expected?.file ?? null };
  }
}
