import { Flags } from "@oclif/core";
import { firstInventory } from "../src/app/first-inventory.ts";
import { AppCommand } from "../src/cli/app-command.ts";
import { fileTrouble, UserError } from "../src/cli/errors.ts";
import { withEnv } from "../src/cli/flags.ts";

export default class Init extends AppCommand {
  static override summary = "Write a first apirisk.yaml into this folder.";
  static override usage = "init [URL...] [FLAGS]";
  static override examples = ["<%= config.bin %> init", "<%= config.bin %> init https://api.example.com https://api.example.org"];
  static override strict = false;
  static override flags = withEnv({ force: Flags.boolean({ summary: "Overwrite a file that is there." }) });

  async run() {
    const { argv, flags } = await this.parse(Init);
    const { cwd, files } = this.machine();
    const written = await firstInventory({ targets: argv.map(String), folder: cwd, overwrite: flags.force }, files);
    if (!written.ok) {
      if (written.error.kind === "file") throw fileTrouble(written.error.problem);
      throw new UserError("INIT", written.error.message, {
        suggestions: written.error.kind === "exists" ? ["overwrite it with --force"] : [],
      });
    }
    this.present(`Written: ${written.value}\nNext: put your APIs into it, then run: apirisk inventory validate && apirisk audit`);
    return { schemaVersion: "1.0.0", file: written.value };
  }
}
