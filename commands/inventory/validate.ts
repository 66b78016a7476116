import { AppCommand } from "../../src/cli/app-command.ts";
import { placeFlags } from "../../src/cli/audit-flags.ts";

export default class InventoryValidate extends AppCommand {
  static override summary = "Check the inventory. Every problem is printed as file:line:column; exit 2 when there is one.";
  static override examples = ["<%= config.bin %> inventory validate", "<%= config.bin %> inventory validate --inventory apis.yaml"];
  static override flags = { inventory: placeFlags.inventory };

  async run() {
    const { flags } = await this.parse(InventoryValidate);
    const { file, integrations } = await this.inventory(flags.inventory);
    this.present(`${file}: valid, ${integrations.length} integration${integrations.length === 1 ? "" : "s"}.`);
    return { schemaVersion: "1.0.0", file, valid: true, integrations: integrations.length };
  }
}
