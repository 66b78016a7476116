import { Args, Flags } from "@oclif/core";
import { compareStoredRuns, type NotCompared } from "../../src/app/compare-runs.ts";
import { AppCommand } from "../../src/cli/app-command.ts";
import { auditFlags, placeFlags } from "../../src/cli/audit-flags.ts";
import { nothingInCommon, sawNothing, UserError, unknownRun } from "../../src/cli/errors.ts";
import { EXIT } from "../../src/cli/exit-code.ts";
import { renderChanges } from "../../src/tell/report/changes.ts";
import { counted, firstOf, paragraph } from "../../src/tell/report/prose.ts";
import { changeView } from "../../src/tell/view/report-view.ts";

export default class RunCompare extends AppCommand {
  static override summary = "Compare two runs: what changed, and whose fault it is.";
  static override description =
    "Where something changed, the evidence of the earlier run is judged again, so that our own changes are not blamed on a provider. Runs from different vantages (direct, or through another proxy) see different things and are not compared, and a run that observed nothing, or nothing that the other one saw, is compared with none (exit 3). What only one of them saw is named. Exit 0 whatever changed, unless --fail-on says what makes it fail.";
  static override examples = [
    "<%= config.bin %> run compare previous latest",
    "<%= config.bin %> run compare q3 latest --fail-on regression --severity medium",
  ];
  static override args = {
    before: Args.string({ required: true, description: "the earlier run: id, beginning of an id, baseline, or previous" }),
    after: Args.string({ required: true, description: "the later run: id, beginning of an id, baseline, or latest" }),
  };
  static override flags = {
    db: placeFlags.db,
    severity: auditFlags.severity,
    // Without the environment's APIRISK_FAIL_ON: that is the gate of audits, which may be "open".
    "fail-on": Flags.option({ options: ["regression", "newly-detected", "none"] as const })({
      summary: "What makes the gate fail.",
      default: "none",
      helpGroup: "GATE",
    }),
  };

  async run() {
    const { args, flags } = await this.parse(RunCompare);
    const compared = await this.withMemoryToRead(flags.db, async (history) => {
      if (history === undefined) throw unknownRun(args.before);
      return compareStoredRuns(history, { ...args, failOn: flags["fail-on"], severity: flags.severity });
    });
    if (!compared.ok) {
      if (compared.error.kind === "unknown-run") throw unknownRun(compared.error.run);
      if (compared.error.kind === "nothing-observed") throw sawNothing(compared.error.run);
      if (compared.error.kind === "nothing-in-common") throw nothingInCommon();
      throw new UserError("VANTAGES_DIFFER", compared.error.message);
    }
    const { changes, gate } = compared.value;
    const waived = new Set(compared.value.waived);
    this.conclude(gate.passed ? EXIT.passed : EXIT.gateFailed);
    const { style } = this.terminal.stdout;
    const views = changes.map((change) => changeView(change, waived));
    this.present(
      changes.length === 0 ? `Nothing changed in ${counted(compared.value.compared, "integration")}.` : renderChanges(views, style),
    );
    const left = compared.value.notCompared.map(({ integration, why }) => `${integration} (${NOT_COMPARED[why]})`);
    if (left.length > 0) this.present(`\n${paragraph(firstOf(left, SHOWN), style, { lead: "Not compared: " })}`);
    if (!gate.passed) this.present(`\nGate failed: ${gate.reasons.join("; ")}.`);
    return { schemaVersion: "1.0.0", ...compared.value };
  }
}

const NOT_COMPARED: Readonly<Record<NotCompared["why"], string>> = {
  "only-in-earlier": "only the earlier run audited it",
  "only-in-later": "only the later run audited it",
  "not-kept": "retention took its audit in one of them",
  "not-seen-in-earlier": "not seen in the earlier run",
  "not-seen-in-later": "not seen in the later run",
};
const SHOWN = 10;
