import { Flags } from "@oclif/core";
import { DecisionCommand, findingArgument, reasonFlag, whoFlags } from "../../src/cli/decision-command.ts";

export default class FindingDispute extends DecisionCommand {
  static override summary = "Write down that the provider disputes a finding, with what they say.";
  static override description =
    "A dispute travels with its finding into every report. It puts nothing aside: accept the finding, or call it a false positive, once you have looked at their evidence.";
  static override examples = [
    '<%= config.bin %> finding dispute 3f9a1c22 --by payments-team --reason "they say TLS 1.0 was off since May" --evidence "mail of 2026-11-20, ticket 4711"',
  ];
  static override args = findingArgument;
  static override flags = {
    ...whoFlags,
    reason: reasonFlag,
    evidence: Flags.string({ summary: "Where their evidence is.", required: true, helpValue: "TEXT" }),
  };

  async run() {
    const { args, flags } = await this.parse(FindingDispute);
    const { by, reason, evidence } = flags;
    return this.decideInHistory(flags.db, args.fingerprint, { triage: "disputed", by, reason, reference: evidence });
  }
}
