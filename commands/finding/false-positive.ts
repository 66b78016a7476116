import { DecisionCommand, findingArgument, reasonFlag, untilFlag, whoFlags, writeFlags } from "../../src/cli/decision-command.ts";
import { UserError } from "../../src/cli/errors.ts";

export default class FindingFalsePositive extends DecisionCommand {
  static override summary = "Say that a finding is wrong: it is listed, and not counted.";
  static override description =
    "It counts again when its severity rises, or after the last day, if one is given. Please report it as well: a wrong finding is our bug.";
  static override examples = ['<%= config.bin %> finding false-positive 3f9a1c22 --reason "a test card, not a real one" --by data-team'];
  static override args = findingArgument;
  static override flags = { ...whoFlags, reason: reasonFlag, until: untilFlag, ...writeFlags };

  async run() {
    const { args, flags } = await this.parse(FindingFalsePositive);
    const { by, reason, until, write } = flags;
    const judgement = { triage: "false_positive", by, reason } as const;
    if (!write)
      return this.decideInHistory(flags.db, args.fingerprint, { ...judgement, ...(until === undefined ? {} : { lastDay: until }) });
    if (until === undefined)
      throw new UserError("MISSING_FLAG", "Expected --until DATE with --write: a waiver in the inventory has an end.");
    return this.decideInInventory(flags, args.fingerprint, { ...judgement, lastDay: until });
  }
}
