import { Args } from "@oclif/core";
import { withoutTrust } from "../../src/app/credentials.ts";
import { AppCommand, trustTrouble } from "../../src/cli/app-command.ts";

export default class CredentialRevoke extends AppCommand {
  static override summary = "Take back the permission to send a credential.";
  static override examples = [
    "<%= config.bin %> credential revoke env:ACME_TOKEN",
    "<%= config.bin %> credential revoke env:ACME_TOKEN https://api.acme.example",
  ];
  static override args = {
    reference: Args.string({ required: true, description: "the reference, as the inventory has it" }),
    origin: Args.string({ description: "only for this origin" }),
  };

  async run() {
    const { args } = await this.parse(CredentialRevoke);
    const { trust, removed } = withoutTrust(await this.trust(), args.reference, args.origin);
    if (removed > 0) {
      const saved = await this.machine().saveTrust(trust);
      if (!saved.ok) throw trustTrouble(saved.error);
    }
    this.present(
      removed === 0
        ? "No such pair is bound. See them with: apirisk credential list"
        : `Revoked: ${removed} pair${removed === 1 ? "" : "s"}.`,
    );
    return { schemaVersion: "1.0.0", removed };
  }
}
