import { Flags } from "@oclif/core";
import { DecisionCommand, findingArgument, reasonFlag, requiredUntilFlag, whoFlags, writeFlags } from "../../src/cli/decision-command.ts";

export default class FindingAccept extends DecisionCommand {
  static override summary = "Accept a finding until a day: it is listed, and not counted.";
  static override description =
    `The acceptance ends on its last day, when the finding is fixed, or when its severity rises above what was accepted;
each of these is told. A waiver in the inventory file wins over this one; --write makes one.`;
  static override examples = [
    '<%= config.bin %> finding accept 3f9a1c22 --until 2027-03-31 --reason "contract ends in March" --by ciso',
    '<%= config.bin %> finding accept 3f9a1c22 --until 2027-03-31 --reason "contract ends in March" --by ciso --write',
  ];
  static override args = findingArgument;
  static override flags = {
    ...whoFlags,
    reason: reasonFlag,
    until: requiredUntilFlag,
    reference: Flags.string({ summary: "Where that is written down: a ticket, a contract.", helpValue: "TEXT" }),
    ...writeFlags,
  };

  async run() {
    const { args, flags } = await this.parse(FindingAccept);
    const { by, reason, until, reference, write } = flags;
    const judgement = { triage: "accepted", by, reason, lastDay: until, ...(reference === undefined ? {} : { reference }) } as const;
    return write ? this.decideInInventory(flags, args.fingerprint, judgement) : this.decideInHistory(flags.db, args.fingerprint, judgement);
  }
}
