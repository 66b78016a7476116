import { Args } from "@oclif/core";
import { AppCommand } from "../../src/cli/app-command.ts";
import { placeFlags } from "../../src/cli/audit-flags.ts";
import { noHistory } from "../../src/cli/errors.ts";

export default class RunBackup extends AppCommand {
  static override summary = "Copy the history into a new file, while audits may go on.";
  static override description =
    "The copy is whole under its name or not there at all. To restore: put it where the history was, without -wal and -shm beside it; docs/data-handling.md.";
  static override examples = ["<%= config.bin %> run backup history-2026-11-23.db"];
  static override args = { file: Args.string({ required: true, description: "the copy; a file that is there is never replaced" }) };
  static override flags = { db: placeFlags.db };

  async run() {
    const { args, flags } = await this.parse(RunBackup);
    const bytes = await this.withMemoryToRead(flags.db, async (history) => {
      if (history === undefined) throw noHistory();
      return history.backup(args.file);
    });
    this.present(`${args.file}: ${(bytes / 1e6).toFixed(1)} MB`);
    return { schemaVersion: "1.0.0", file: args.file, bytes };
  }
}
