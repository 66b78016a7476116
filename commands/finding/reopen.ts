import { DecisionCommand, findingArgument, reasonFlag, whoFlags } from "../../src/cli/decision-command.ts";

export default class FindingReopen extends DecisionCommand {
  static override summary = "Take a decision about a finding back: it counts again.";
  static override description = "A waiver of the inventory file is taken back in the file.";
  static override examples = ['<%= config.bin %> finding reopen 3f9a1c22 --by ciso --reason "the contract was renewed"'];
  static override args = findingArgument;
  static override flags = { ...whoFlags, reason: reasonFlag };

  async run() {
    const { args, flags } = await this.parse(FindingReopen);
    const { by, reason } = flags;
    return this.decideInHistory(flags.db, args.fingerprint, { triage: "none", by, reason });
  }
}
