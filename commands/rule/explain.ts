import { Args } from "@oclif/core";
import { restsOn, ruleDescription } from "../../src/app/rules.ts";
import { BaseCommand } from "../../src/cli/base-command.ts";
import { UserError } from "../../src/cli/errors.ts";
import { renderDefinition } from "../../src/tell/report/table.ts";

export default class RuleExplain extends BaseCommand {
  static override summary = "Explain a rule: why it matters, what it says, what a consumer can do, and where that is written.";
  static override examples = ["<%= config.bin %> rule explain certificate/expired"];
  static override args = { rule: Args.string({ required: true, description: "id of a rule, as in a finding" }) };

  async run() {
    const { args } = await this.parse(RuleExplain);
    const found = ruleDescription(args.rule);
    if (!found.ok) throw new UserError("UNKNOWN_RULE", found.error, { suggestions: ["list them with: apirisk rule list"] });
    const rule = found.value;
    const outcomes = rule.outcomes.map(
      ({ outcome, verdict, severity }) => `${outcome} (${severity === null ? verdict : `${verdict}, ${severity}`})`,
    );
    this.present(
      renderDefinition(
        [
          ["rule", `${rule.id}, revision ${rule.revision}`],
          ["passes when", rule.title],
          ["fails when", rule.failureTitle],
          ["at worst", rule.severity],
          ["why", rule.rationale],
          ["what you can do", `${rule.remediation.verb}: ${rule.remediation.text}`],
          ["outcomes", outcomes.join(", ")],
          ["evidence", restsOn(rule)],
          ...rule.citations.map(({ id, url }): [string, string] => ["source", `${id} ${url}`]),
          ["weaknesses", [...rule.cwe, ...rule.owasp].join(", ")],
          ["controls", rule.controls.join(", ")],
        ],
        this.terminal.stdout.style,
      ),
    );
    return { schemaVersion: "1.0.0", rule };
  }
}
