import { resolve } from "node:path";
import { INVENTORY_NAME } from "../app/audit-request.ts";
import { HOUR, MINUTE } from "../model/instant.ts";
import type { Result } from "../model/result.ts";
import type { Refusal, ScheduleFile } from "../tell/report/schedule/schedule.ts";
import { AppCommand, requestTrouble } from "./app-command.ts";
import { UserError } from "./errors.ts";
import { durationFlag, timeOfDayFlag, withEnv, wordFlag } from "./flags.ts";

/** Flags of every format. */
export const nightFlags = withEnv({
  at: timeOfDayFlag({
    summary: "Earliest start (UTC).",
    default: { hour: 3, minute: 17 },
    defaultHelp: async () => "03:17",
    helpValue: "HH:MM",
  }),
  "max-time": durationFlag(
    MINUTE,
    24 * HOUR,
  )({
    summary: "The run stops by itself after this long, with what it has.",
    default: 45 * MINUTE,
    defaultHelp: async () => "45m",
    helpValue: "DURATION",
  }),
});

export const jitterFlag = withEnv({
  jitter: durationFlag(
    0,
    6 * HOUR,
  )({
    summary: "Spread the starts of many machines over this long.",
    default: 15 * MINUTE,
    defaultHelp: async () => "15m",
    helpValue: "DURATION",
  }),
});

/** Flags of formats that start a program of this machine. */
export const programFlags = withEnv({
  program: wordFlag(/^\//, "an absolute path")({ summary: "apirisk itself. Default: the one that prints this.", helpValue: "FILE" }),
  user: wordFlag(
    /^[a-z_][a-z0-9_-]{0,31}$/,
    "the name of an account",
  )({ summary: "Account that it runs as. Default: see the text.", helpValue: "NAME" }),
});

/** A command that prints what a scheduler is to be given. It changes nothing. */
export abstract class ScheduleCommand extends AppCommand {
  protected deliverFiles(made: Result<readonly ScheduleFile[], Refusal>) {
    if (!made.ok) throw new UserError("CANNOT_BE_WRITTEN", `${made.error.flag} ${made.error.reason}.`);
    this.present(made.value.map(({ content }) => content.trimEnd()).join("\n\n"));
    return { schemaVersion: "1.0.0", files: made.value };
  }

  protected program(named: string | undefined): readonly string[] {
    return named === undefined ? [process.execPath, resolve(process.argv[1] ?? "")] : [named];
  }

  protected absolute(path: string): string {
    return resolve(this.machine().cwd, path);
  }

  /** The inventory that was named, or the nearest one; that it is valid is for `inventory validate`. */
  protected async inventoryFile(named: string | undefined): Promise<string> {
    const { files, cwd } = this.machine();
    const file = named ?? (await files.findUpward(INVENTORY_NAME, cwd));
    if (file === undefined) throw requestTrouble({ kind: "no-inventory" });
    return this.absolute(file);
  }
}
