import { Flags } from "@oclif/core";
import { placeFlags } from "../../src/cli/audit-flags.ts";
import { UserError } from "../../src/cli/errors.ts";
import { withEnv } from "../../src/cli/flags.ts";
import { jitterFlag, nightFlags, programFlags, ScheduleCommand } from "../../src/cli/schedule-command.ts";
import { systemdSchedule } from "../../src/tell/report/schedule/systemd.ts";

export default class ScheduleSystemd extends ScheduleCommand {
  static override summary = "Print a systemd service and its timer that audit every night.";
  static override description = `The inventory is /etc/apirisk/apirisk.yaml and the history the unit's own, unless told otherwise.
Nothing is written or installed.`;
  static override examples = [
    "<%= config.bin %> schedule systemd --credential acme-token:/etc/apirisk/credentials/acme-token",
    "<%= config.bin %> schedule systemd --user apirisk --db /srv/apirisk/history.db",
  ];
  static override flags = {
    ...placeFlags,
    ...nightFlags,
    ...jitterFlag,
    ...programFlags,
    ...withEnv({
      credential: Flags.string({ summary: "A secret for file: references, by LoadCredential=.", multiple: true, helpValue: "NAME:FILE" }),
    }),
  };

  async run() {
    const { flags } = await this.parse(ScheduleSystemd);
    return this.deliverFiles(
      systemdSchedule({
        at: flags.at,
        jitterMs: flags.jitter,
        maxTimeMs: flags["max-time"],
        program: this.program(flags.program),
        inventory: flags.inventory === undefined ? "/etc/apirisk/apirisk.yaml" : this.absolute(flags.inventory),
        credentials: (flags.credential ?? []).map(credentialOf),
        ...(flags.db === undefined ? {} : { db: this.absolute(flags.db) }),
        ...(flags.user === undefined ? {} : { user: flags.user }),
      }),
    );
  }
}

function credentialOf(text: string): { readonly name: string; readonly file: string } {
  const [, name, file] = /^([\w.-]{1,200}):(\/.*)$/s.exec(text) ?? [];
  if (name !== undefined && file !== undefined) return { name, file };
  throw new UserError("INVALID_VALUE", "--credential: expected NAME:FILE with the absolute path of a file.");
}
