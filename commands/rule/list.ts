import { ruleDescriptions } from "../../src/app/rules.ts";
import { BaseCommand } from "../../src/cli/base-command.ts";
import { renderTable } from "../../src/tell/report/table.ts";

export default class RuleList extends BaseCommand {
  static override summary = "List the rules: what each one asks, and the worst it can say.";
  static override examples = ["<%= config.bin %> rule list", "<%= config.bin %> rule list --json"];

  async run() {
    const rules = ruleDescriptions();
    this.present(
      renderTable(
        [{ title: "RULE" }, { title: "AT WORST" }, { title: "FAILS WHEN", flexible: true }],
        rules.map(({ id, severity, failureTitle }) => [id, severity, failureTitle]),
        this.terminal.stdout.style,
      ),
    );
    return { schemaVersion: "1.0.0", rules };
  }
}
