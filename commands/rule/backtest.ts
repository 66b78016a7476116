import { Flags } from "@oclif/core";
import { readInventory } from "../../src/app/audit-request.ts";
import { type Backtest, type BacktestDifference, backtest } from "../../src/app/backtest.ts";
import { ruleDescription } from "../../src/app/rules.ts";
import { AppCommand, requestTrouble } from "../../src/cli/app-command.ts";
import { placeFlags } from "../../src/cli/audit-flags.ts";
import { UserError } from "../../src/cli/errors.ts";
import { withEnv } from "../../src/cli/flags.ts";
import type { Inventory } from "../../src/model/integration.ts";
import { atLeast, SEVERITIES } from "../../src/model/severity.ts";
import { renderBacktest } from "../../src/tell/report/judged-again.ts";

export default class RuleBacktest extends AppCommand {
  static override summary = "What these rules and this policy would open, change and close, by the newest evidence in history.";
  static override description =
    `For the first look after an upgrade of apirisk, and for trying a policy: the newest evidence of every integration is judged again
at the time of its audit, so nothing of it is a provider's doing, and nothing that would open is a regression. The policy is the one of
the inventory; without an inventory, the one that each integration was judged by. Nothing is written; exit 0 whatever it says.`;
  static override usage = "rule backtest [RULE...] [FLAGS]";
  static override examples = [
    "<%= config.bin %> rule backtest",
    "<%= config.bin %> rule backtest tls/deprecated-version-offered --severity medium",
  ];
  static override strict = false;
  static override flags = {
    ...placeFlags,
    ...withEnv({
      severity: Flags.option({ options: SEVERITIES })({
        summary: "List only what is at least this severe, before or after.",
        default: "info",
      }),
    }),
  };

  async run() {
    const { argv, flags } = await this.parse(RuleBacktest);
    const rules = argv.map((name) => this.#rule(String(name)));
    const inventory = await this.#inventoryIfAny(flags.inventory);
    const request = {
      rules,
      ...(inventory === undefined ? {} : { policy: inventory.policy, uids: new Set(inventory.integrations.map(({ uid }) => uid)) }),
    };
    const result = await this.withMemory(flags.db, async (history) => (history === undefined ? NOTHING : backtest(history, request)));
    for (const { integration, problem } of result.problems) this.notice(`${integration} could not be judged again: ${problem}.`);
    const isListed = ({ before, after }: BacktestDifference) =>
      [before, after].some((side) => side.severity !== undefined && atLeast(side.severity, flags.severity));
    const listed = { ...result, differences: result.differences.filter(isListed) };
    this.present(renderBacktest(listed, this.terminal.stdout.style));
    return { schemaVersion: "1.0.0", policy: inventory?.file ?? null, ...listed };
  }

  #rule(name: string): string {
    const rule = ruleDescription(name);
    if (rule.ok) return rule.value.id;
    throw new UserError("UNKNOWN_RULE", rule.error, { suggestions: ["list them with: apirisk rule list"] });
  }

  async #inventoryIfAny(file: string | undefined): Promise<Inventory | undefined> {
    const { cwd, files } = this.machine();
    const inventory = await readInventory({ from: cwd, ...(file === undefined ? {} : { inventoryFile: file }) }, files);
    if (inventory.ok) return inventory.value;
    if (inventory.error.kind === "no-inventory") return undefined;
    throw requestTrouble(inventory.error);
  }
}

const NOTHING: Backtest = {
  audits: 0,
  counts: { opens: 0, changes: 0, closes: 0, drops: 0, unchanged: 0, cannotTell: 0 },
  cannotTell: {},
  differences: [],
  problems: [],
};
