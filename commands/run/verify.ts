import { Flags } from "@oclif/core";
import { AppCommand } from "../../src/cli/app-command.ts";
import { placeFlags } from "../../src/cli/audit-flags.ts";
import { noHistory, UserError } from "../../src/cli/errors.ts";
import { EXIT } from "../../src/cli/exit-code.ts";
import { withEnv } from "../../src/cli/flags.ts";
import type { StoreVerification } from "../../src/model/history-store.ts";
import { renderDefinition } from "../../src/tell/report/table.ts";

export default class RunVerify extends AppCommand {
  static override summary = "Check that history is whole: the file, the chain of events, the stored evidence. Exit 5 when it is not.";
  static override description =
    "Write the head of the chain down where nobody who can write the history can write: with --head, a later check proves that nothing before it was changed.";
  static override examples = ["<%= config.bin %> run verify", "<%= config.bin %> run verify --all --head 6f1d..."];
  static override flags = {
    db: placeFlags.db,
    ...withEnv({
      head: Flags.string({ summary: "Hash of an event that has to be in the chain.", helpValue: "HASH" }),
      all: Flags.boolean({ summary: "Check all stored evidence, not a sample of a thousand." }),
    }),
  };

  async run() {
    const { flags } = await this.parse(RunVerify);
    const head = flags.head?.toLowerCase();
    if (head !== undefined && !/^[0-9a-f]{64}$/.test(head)) throw new UserError("INVALID_VALUE", "--head expects 64 hexadecimal digits");
    const verification = await this.withMemoryToRead(flags.db, async (history) => {
      if (history === undefined) throw noHistory();
      return history.verify({ all: flags.all, ...(head === undefined ? {} : { known: head }) });
    });
    const problems = problemsOf(verification);
    if (problems.length > 0) this.conclude(EXIT.storage);
    const { events, evidence, head: newest } = verification;
    const rows: readonly [string, string][] = [
      ["events", String(events)],
      ["head", newest ?? "-"],
      ["evidence", `${evidence.checked} of ${evidence.kept} bodies checked`],
    ];
    const verdict =
      problems.length === 0
        ? "History is whole: the file, its references, the chain of events, and the evidence that was checked."
        : ["History is damaged:", ...problems].join("\n");
    this.present(`${renderDefinition(rows, this.terminal.stdout.style)}\n\n${verdict}`);
    return { schemaVersion: "1.0.0", whole: problems.length === 0, problems, ...verification };
  }
}

function problemsOf({ integrity, danglingRows, brokenEvent, hasKnown, evidence }: StoreVerification): readonly string[] {
  return [
    ...integrity.map((line) => `the file: ${line}`),
    ...(danglingRows === 0 ? [] : [`${danglingRows} rows name rows that are not there`]),
    ...(brokenEvent === undefined ? [] : [`the chain of events is broken at event ${brokenEvent}`]),
    ...(hasKnown === false ? ["the event of --head is not in the chain"] : []),
    ...evidence.wrong.map((hash) => `evidence ${hash} is not what was stored`),
  ];
}
