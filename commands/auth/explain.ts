import { Args } from "@oclif/core";
import { explainAuth } from "../../src/app/auth-explain.ts";
import { integrationById } from "../../src/app/integrations.ts";
import { AppCommand } from "../../src/cli/app-command.ts";
import { placeFlags } from "../../src/cli/audit-flags.ts";
import { UserError } from "../../src/cli/errors.ts";
import { renderAuthExplanation } from "../../src/tell/report/auth-explanation.ts";

export default class AuthExplain extends AppCommand {
  static override summary =
    "Explain how strong the authentication of an integration is: the sum behind the score, and the cheapest step up.";
  static override description =
    "Reads the inventory alone: it sends nothing and decides no exit code. What is not declared makes the score a range; " +
    "docs/authentication.md says how it is made.";
  static override examples = ["<%= config.bin %> auth explain acme-payments", "<%= config.bin %> auth explain acme-payments --json"];
  static override args = { id: Args.string({ required: true, description: "id of an integration" }) };
  static override flags = { inventory: placeFlags.inventory };

  async run() {
    const { args, flags } = await this.parse(AuthExplain);
    const found = integrationById(await this.inventory(flags.inventory), args.id);
    if (!found.ok) throw new UserError("UNKNOWN_INTEGRATION", found.error);
    const document = explainAuth(found.value);
    this.present(renderAuthExplanation(document, this.terminal.stdout.style));
    return document;
  }
}
