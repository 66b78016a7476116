import { examine } from "../src/app/doctor.ts";
import { AppCommand } from "../src/cli/app-command.ts";
import { placeFlags } from "../src/cli/audit-flags.ts";
import { EXIT } from "../src/cli/exit-code.ts";
import { renderTable } from "../src/tell/report/table.ts";

export default class Doctor extends AppCommand {
  static override summary = "Check this machine: Node, inventory, credential bindings, notifications, history, proxies. Nothing is sent.";
  static override description =
    "Exits with 5 where nothing but the history is damaged or cannot be read, with 2 where anything else has to be mended.";
  static override examples = ["<%= config.bin %> doctor"];
  static override flags = placeFlags;

  async run() {
    const { flags } = await this.parse(Doctor);
    const checks = await examine(this.machine(), {
      node: process.versions.node,
      ...(flags.inventory === undefined ? {} : { inventoryFile: flags.inventory }),
      ...(flags.db === undefined ? {} : { databaseFile: flags.db }),
    });
    const troubles = checks.filter(({ state }) => state === "problem");
    const problems = troubles.length;
    if (problems > 0) this.conclude(troubles.every(({ storage }) => storage === true) ? EXIT.storage : EXIT.usage);
    const table = renderTable(
      [
        { title: "CHECK" },
        { title: "STATE" },
        { title: "WHAT WAS FOUND", flexible: true },
        { title: "WHAT TO DO", flexible: true, priority: 1 },
      ],
      checks.map(({ check, state, detail, next }) => [check, state, detail, next ?? ""]),
      this.terminal.stdout.style,
    );
    this.present(`${table}\n\n${problems === 0 ? "Ready to audit." : `${problems} to mend.`}`);
    return { schemaVersion: "1.0.0", ready: problems === 0, checks };
  }
}
