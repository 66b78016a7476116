import { Flags } from "@oclif/core";
import { AppCommand } from "../../src/cli/app-command.ts";
import { placeFlags } from "../../src/cli/audit-flags.ts";
import { withEnv } from "../../src/cli/flags.ts";
import { isoInstant } from "../../src/model/instant.ts";
import { severityRank } from "../../src/model/severity.ts";
import { stateWords } from "../../src/tell/report/finding-state.ts";
import { renderTable } from "../../src/tell/report/table.ts";

export default class FindingList extends AppCommand {
  static override summary = "List the findings that are open, the worst first.";
  static override examples = ["<%= config.bin %> finding list", "<%= config.bin %> finding list --integration acme-payments --all --json"];
  static override flags = {
    db: placeFlags.db,
    ...withEnv({
      integration: Flags.string({ summary: "Only findings of this integration." }),
      rule: Flags.string({ summary: "Only findings of this rule." }),
      all: Flags.boolean({ summary: "Resolved and retired findings too." }),
    }),
  };

  async run() {
    const { flags } = await this.parse(FindingList);
    const filter = {
      ...(flags.integration === undefined ? {} : { integration: flags.integration }),
      ...(flags.rule === undefined ? {} : { rule: flags.rule }),
      ...(flags.all ? {} : { presence: ["suspect", "open", "clearing"] as const }),
    };
    const findings = await this.withMemory(flags.db, async (history) => (await history?.findings(filter)) ?? []);
    const worstFirst = [...findings].sort((a, b) => severityRank(b.severity) - severityRank(a.severity));
    if (worstFirst.length === 0) this.present("No findings. Look for some with: apirisk audit");
    else {
      this.present(
        renderTable(
          [
            { title: "FINDING" },
            { title: "SEVERITY" },
            { title: "INTEGRATION" },
            { title: "RULE" },
            { title: "SUBJECT", flexible: true },
            { title: "STATE" },
            { title: "LAST SEEN", priority: 1 },
          ],
          worstFirst.map((finding) => [
            finding.fingerprint.slice(0, 12),
            finding.severity,
            finding.integrationId,
            finding.rule,
            finding.subject,
            stateWords(finding),
            isoInstant(finding.lastSeenAt),
          ]),
          this.terminal.stdout.style,
        ),
      );
    }
    return { schemaVersion: "1.0.0", findings: worstFirst };
  }
}
