import { Flags } from "@oclif/core";
import { DecisionCommand, findingArgument, whoFlags } from "../../src/cli/decision-command.ts";

export default class FindingAcknowledge extends DecisionCommand {
  static override summary = "Take note of a finding: it still counts, and notifications stop reminding of it.";
  static override examples = [
    '<%= config.bin %> finding acknowledge 3f9a1c22 --by payments-team --reason "asked the provider, ticket 4711"',
  ];
  static override args = findingArgument;
  static override flags = {
    ...whoFlags,
    reason: Flags.string({ summary: "What is being done.", default: "", helpValue: "TEXT" }),
  };

  async run() {
    const { args, flags } = await this.parse(FindingAcknowledge);
    const { by, reason } = flags;
    return this.decideInHistory(flags.db, args.fingerprint, { triage: "acknowledged", by, reason });
  }
}
