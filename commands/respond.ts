import { Flags } from "@oclif/core";
import { respond } from "../src/app/respond/respond.ts";
import { AppCommand } from "../src/cli/app-command.ts";
import { placeFlags } from "../src/cli/audit-flags.ts";
import { UserError } from "../src/cli/errors.ts";
import { renderBreachResponse } from "../src/tell/report/breach-response.ts";
import { breachResponseView } from "../src/tell/view/breach-response-view.ts";

export default class Respond extends AppCommand {
  static override summary =
    "When a provider is breached: who is hit, which credentials to change in which order, what else depends on it, and what is not known.";
  static override description =
    "Reads the inventory (a file that is named, or apirisk.yaml here or above) and history, and sends nothing: no connection is made and no secret is " +
    "read. NAME is the provider's name, a host or domain of it, or the id or name of an integration. Decides no exit code.";
  static override examples = ["<%= config.bin %> respond --provider Salesloft", "<%= config.bin %> respond --provider okta.com --json"];
  static override flags = {
    ...placeFlags,
    provider: Flags.string({ summary: "Whose breach it is: a name, a host or a domain.", helpValue: "NAME", required: true }),
  };

  async run() {
    const { flags } = await this.parse(Respond);
    if (flags.provider.trim() === "") throw new UserError("INVALID_VALUE", "--provider: expected a name");
    const found = await this.withMemoryToRead(flags.db, (history) =>
      respond(history, {
        now: this.machine().clock.now(),
        provider: flags.provider.trim(),
        inventory: () => this.inventoryIfAny(flags.inventory),
      }),
    );
    if (!found.ok) throw nobodyHit(found.error.shown, found.error.nearest);
    this.present(renderBreachResponse(breachResponseView(found.value), this.terminal.stdout.style));
    return found.value;
  }
}

function nobodyHit(name: string, nearest: readonly string[]): UserError {
  const suggestions = [
    ...(nearest.length === 0 ? [] : [`did you mean ${nearest.map((one) => JSON.stringify(one)).join(", ")}?`]),
    "list what is declared with: apirisk inventory list",
    "ask for a host or a domain of the provider as well",
  ];
  return new UserError("NO_SUCH_PROVIDER", `Nothing in the inventory or the history depends on ${name}, as far as is known.`, {
    suggestions,
  });
}
