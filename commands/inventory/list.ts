import { AppCommand } from "../../src/cli/app-command.ts";
import { placeFlags } from "../../src/cli/audit-flags.ts";
import { renderTable } from "../../src/tell/report/table.ts";

export default class InventoryList extends AppCommand {
  static override summary = "List the integrations of the inventory.";
  static override examples = ["<%= config.bin %> inventory list", "<%= config.bin %> inventory list --inventory apis.yaml --json"];
  static override flags = { inventory: placeFlags.inventory };

  async run() {
    const { flags } = await this.parse(InventoryList);
    const { file, integrations } = await this.inventory(flags.inventory);
    this.present(
      renderTable(
        [
          { title: "ID" },
          { title: "URL", flexible: true },
          { title: "OWNER", priority: 2 },
          { title: "CRITICALITY", priority: 1 },
          { title: "ENDPOINTS", align: "right", priority: 3 },
        ],
        integrations.map(({ id, baseUrl, owner, criticality, endpoints }) => [
          id,
          baseUrl,
          owner ?? "-",
          criticality,
          String(endpoints.length),
        ]),
        this.terminal.stdout.style,
      ),
    );
    return { schemaVersion: "1.0.0", file, integrations };
  }
}
