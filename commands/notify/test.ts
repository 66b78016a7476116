import { Args } from "@oclif/core";
import { testChannels } from "../../src/app/notify-test.ts";
import { AppCommand } from "../../src/cli/app-command.ts";
import { auditFlags } from "../../src/cli/audit-flags.ts";
import { UserError } from "../../src/cli/errors.ts";
import { EXIT } from "../../src/cli/exit-code.ts";
import { nearest } from "../../src/model/nearest.ts";
import { renderTable } from "../../src/tell/report/table.ts";

export default class NotifyTest extends AppCommand {
  static override summary = "Send a test message to every channel, or to one, and say what each answered.";
  static override description =
    `Channels stand in notify.json beside your other configuration, or in the file that APIRISK_NOTIFY names; never in the project.
The message says that it is a test. A pager's incident is opened with severity info and closed at once.`;
  static override examples = ["<%= config.bin %> notify test", "<%= config.bin %> notify test ops-slack"];
  static override args = { channel: Args.string({ description: "id of one channel" }) };
  static override flags = { ca: auditFlags.ca };

  async run() {
    const { args, flags } = await this.parse(NotifyTest);
    const channels = await this.#channels(args.channel);
    const ports = await this.courier(await this.authorities(flags.ca));
    const results = await testChannels(channels, ports, this.machine().clock, this.interruptSignal());
    const failed = results.filter(({ delivered }) => !delivered).length;
    if (failed > 0) this.conclude(EXIT.storage);
    const table = renderTable(
      [
        { title: "CHANNEL" },
        { title: "TYPE" },
        { title: "DELIVERED" },
        { title: "ANSWER", flexible: true },
        { title: "WHAT TO DO", flexible: true, priority: 1 },
      ],
      results.map(({ channel, type, delivered, answer, next }) => [channel, type, delivered ? "yes" : "no", answer, next ?? ""]),
      this.terminal.stdout.style,
    );
    this.present(`${table}\n\n${failed === 0 ? "Every message arrived." : `${failed} of ${results.length} did not arrive.`}`);
    return { schemaVersion: "1.0.0", file: this.machine().notifyFile ?? null, delivered: failed === 0, channels: results };
  }

  async #channels(named: string | undefined) {
    const { channels } = await this.notifications();
    if (channels.length === 0) {
      throw new UserError("NO_CHANNELS", `${this.machine().notifyFile ?? "No notify.json"} names no channel.`, {
        suggestions: ["see docs/notifications.md"],
      });
    }
    if (named === undefined) return channels;
    const channel = channels.find(({ id }) => id === named);
    if (channel !== undefined) return [channel];
    const ids = channels.map(({ id }) => id);
    const meant = nearest(named, ids);
    throw new UserError("UNKNOWN_CHANNEL", `No channel is called that; there are ${ids.join(", ")}.`, {
      suggestions: meant === undefined ? [] : [`apirisk notify test ${meant}`],
    });
  }
}
