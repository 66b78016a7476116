import { AppCommand } from "../../src/cli/app-command.ts";
import { renderTable } from "../../src/tell/report/table.ts";

export default class CredentialList extends AppCommand {
  static override summary = "List which credential references may be sent to which origins.";
  static override examples = ["<%= config.bin %> credential list"];

  async run() {
    const { bindings, folders, exec } = await this.trust();
    const table = renderTable(
      [{ title: "REFERENCE", flexible: true }, { title: "MAY GO TO" }, { title: "SINCE" }],
      bindings.map(({ reference, origin, trustedAt }) => [reference, origin, trustedAt]),
      this.terminal.stdout.style,
    );
    this.present(bindings.length === 0 ? "No credential is bound. Bind one with: apirisk credential trust ID" : table);
    if (folders.length > 0) this.present(`file: references may read ${folders.join(", ")}`);
    if (exec) this.present("exec: references may run their commands.");
    return { schemaVersion: "1.0.0", trustFile: this.machine().trustFile ?? null, bindings, folders, exec };
  }
}
