import { Flags } from "@oclif/core";
import { planTrust } from "../../src/app/credentials.ts";
import { AppCommand, trustTrouble } from "../../src/cli/app-command.ts";
import { placeFlags } from "../../src/cli/audit-flags.ts";
import { UserError } from "../../src/cli/errors.ts";
import { withEnv } from "../../src/cli/flags.ts";
import { renderTable } from "../../src/tell/report/table.ts";

export default class CredentialTrust extends AppCommand {
  static override summary = "Bind the credential references of integrations to the origins they may be sent to.";
  static override description =
    `The pairs (reference, origin) are written to your own configuration, never to the project. A later change of the inventory,
a pull request for instance, cannot send a credential to another origin: that pair is not bound. Look at the list before you trust it:
--dry-run prints it and writes nothing.`;
  static override usage = "credential trust [ID...] [FLAGS]";
  static override examples = ["<%= config.bin %> credential trust acme-payments", "<%= config.bin %> credential trust --dry-run"];
  static override strict = false;
  static override flags = {
    inventory: placeFlags.inventory,
    ...withEnv({
      "dry-run": Flags.boolean({ summary: "Print the pairs and write nothing." }),
      again: Flags.boolean({
        summary: "Bind anew what is bound already: the provider told you what happened to a domain that changed.",
      }),
      folder: Flags.string({ summary: "Let file: references read this folder.", multiple: true, helpValue: "FOLDER" }),
      exec: Flags.boolean({ summary: "Let exec: references run their commands.", allowNo: true }),
    }),
  };

  async run() {
    const { argv, flags } = await this.parse(CredentialTrust);
    const plan = planTrust(await this.inventory(flags.inventory), await this.trust(), {
      ids: argv.map(String),
      folders: flags.folder ?? [],
      again: flags.again,
      now: this.machine().clock.now(),
      ...(flags.exec === undefined ? {} : { exec: flags.exec }),
    });
    if (!plan.ok) throw new UserError("NOTHING_SELECTED", plan.error);
    const { trust, added } = plan.value;
    if (!flags["dry-run"]) {
      const saved = await this.machine().saveTrust(trust);
      if (!saved.ok) throw trustTrouble(saved.error);
    }
    const pairs = renderTable(
      [{ title: "REFERENCE", flexible: true }, { title: "MAY GO TO" }, { title: "FOR" }],
      added.map(({ reference, origin, integration }) => [reference, origin, integration]),
      this.terminal.stdout.style,
    );
    const done = flags["dry-run"] ? "Nothing was written." : `Written to ${this.machine().trustFile}.`;
    this.present(added.length === 0 ? `No new pair. ${done}` : `${pairs}\n\n${done}`);
    return { schemaVersion: "1.0.0", trustFile: this.machine().trustFile ?? null, written: !flags["dry-run"], added };
  }
}
