import { Args } from "@oclif/core";
import { integrationById } from "../../src/app/integrations.ts";
import { AppCommand } from "../../src/cli/app-command.ts";
import { placeFlags } from "../../src/cli/audit-flags.ts";
import { UserError } from "../../src/cli/errors.ts";
import { renderDefinition } from "../../src/tell/report/table.ts";

export default class InventoryShow extends AppCommand {
  static override summary = "Show one integration as it will be audited, defaults applied.";
  static override examples = ["<%= config.bin %> inventory show acme-payments"];
  static override args = { id: Args.string({ required: true, description: "id of an integration" }) };
  static override flags = { inventory: placeFlags.inventory };

  async run() {
    const { args, flags } = await this.parse(InventoryShow);
    const found = integrationById(await this.inventory(flags.inventory), args.id);
    if (!found.ok) throw new UserError("UNKNOWN_INTEGRATION", found.error);
    const { auth, endpoints, ...integration } = found.value;
    this.present(
      renderDefinition(
        [
          ...Object.entries(integration).map(([name, value]): [string, string] => [
            name,
            typeof value === "string" ? value : JSON.stringify(value),
          ]),
          ...Object.entries(auth).map(([name, value]): [string, string] => [
            `auth.${name}`,
            typeof value === "string" ? value : JSON.stringify(value),
          ]),
          ...endpoints.map(({ id, method, path }): [string, string] => [`endpoint ${id}`, `${method} ${path}`]),
        ],
        this.terminal.stdout.style,
      ),
    );
    return { schemaVersion: "1.0.0", integration: found.value };
  }
}
