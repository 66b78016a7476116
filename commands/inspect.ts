import { Flags } from "@oclif/core";
import { INSPECTABLE, inspectFiles, type NotInspectable } from "../src/app/inspect.ts";
import { AppCommand } from "../src/cli/app-command.ts";
import { fileTrouble, UserError } from "../src/cli/errors.ts";
import { EXIT } from "../src/cli/exit-code.ts";
import { hostFlag, momentFlag, withEnv } from "../src/cli/flags.ts";
import { renderInspection } from "../src/tell/report/inspection.ts";

export default class Inspect extends AppCommand {
  static override summary = "Look at saved answers offline, through the same facts and rules as an audit.";
  static override description =
    "Nothing is sent and nothing is stored; values are classified in memory and never printed, but for parameters of a challenge (--json), in which credentials, addresses and identifiers are masked. Exit 0 whatever is found, unless --fail-on says otherwise.";
  static override usage = "inspect FILE... [FLAGS]\ninspect FILE --explain [PATH...]";
  static override examples = [
    "<%= config.bin %> inspect chain.pem --as chain --host api.acme.example --as-of 2027-03-15",
    "<%= config.bin %> inspect response.json",
    "<%= config.bin %> inspect response.json --explain '$.data[].email'",
    "<%= config.bin %> inspect response.json --classes apirisk.yaml",
    "<%= config.bin %> inspect traffic.har --as har",
    "<%= config.bin %> inspect headers.txt --as headers --json",
    "<%= config.bin %> inspect refusal.txt --as challenge",
    "<%= config.bin %> inspect token.txt --as jwt --host api.acme.example",
    "<%= config.bin %> inspect keys.json --as jwks",
    "<%= config.bin %> inspect openid-configuration.json --as oauth-metadata --host login.acme.example",
  ];
  static override strict = false;
  static override flags = withEnv({
    as: Flags.option({ options: INSPECTABLE })({ summary: "What the files are.", default: "body" }),
    explain: Flags.boolean({
      summary: "Of a body: every candidate, what speaks for it and what against it; of the PATHs given, or of all.",
    }),
    classes: Flags.string({
      summary: "Of a body or a recording: look for the classes that this file defines too, an inventory or a file of classes.",
      helpValue: "FILE",
    }),
    host: hostFlag({
      summary: "The name or address that clients connect to: of a chain, a token, or a document of a server.",
      helpValue: "HOST",
    }),
    "as-of": momentFlag({ summary: "Judge as if it were this day or moment (UTC).", helpValue: "DATE" }),
    ca: Flags.string({ summary: "Of a chain: trust the certificates of this file too.", helpValue: "FILE" }),
    "fail-on": Flags.option({ options: ["open", "none"] as const })({ summary: "Exit 1 when something is found.", default: "none" }),
  });

  async run() {
    const { argv, flags } = await this.parse(Inspect);
    const names = argv.map(String);
    const paths = flags.explain ? names.filter((name) => PATH.test(name)) : [];
    const chosen = names.filter((name) => !paths.includes(name));
    if (chosen.length === 0) throw new UserError("NO_FILE", "Which file?", { suggestions: ["apirisk inspect response.json"] });
    const { files, clock } = this.machine();
    const anchors = await this.anchors(flags.ca);
    const now = flags["as-of"] ?? clock.now();
    const customClasses = flags.classes === undefined ? undefined : await this.customClasses(flags.classes);
    const options = {
      as: flags.as,
      now,
      anchors,
      ...(flags.explain && { explain: paths }),
      ...(flags.host !== undefined && { host: flags.host }),
      ...(customClasses !== undefined && { customClasses }),
    };
    const report = await inspectFiles(chosen, options, files);
    if (!report.ok) throw "expected" in report.error ? notInspectable(report.error) : fileTrouble(report.error);
    const found = report.value.files.some(({ entries }) => entries.some(({ findings }) => findings.length > 0));
    if (found && flags["fail-on"] === "open") this.conclude(EXIT.gateFailed);
    this.present(renderInspection(report.value.files, this.terminal.stdout.style));
    return report.value;
  }
}

/** Of a place in a body; a file of such a name is `./$.json`. */
const PATH = /^\$(?:$|[.[{])/;

function notInspectable({ file, expected }: NotInspectable): UserError {
  return new UserError("NOT_INSPECTABLE", `${file}: expected ${expected}.`);
}
