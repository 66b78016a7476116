import { Args } from "@oclif/core";
import { fleetHistory, historyOf } from "../src/app/history.ts";
import { AppCommand } from "../src/cli/app-command.ts";
import { placeFlags } from "../src/cli/audit-flags.ts";
import { UserError } from "../src/cli/errors.ts";
import { countFlag, dayFlag, withEnv } from "../src/cli/flags.ts";
import { HISTORY_SCHEMA_VERSION } from "../src/model/history.ts";
import { renderFleet, renderIntegrationHistory } from "../src/tell/report/history.ts";
import { fleetView, integrationView } from "../src/tell/view/history-view.ts";

export default class History extends AppCommand {
  static override summary = "Show how the integrations stand, what happened to one of them, and what is to be expected.";
  static override description =
    "Without an ID: every integration, late certificate renewals first. With one: its timeline, what is true since when, and forecasts. " +
    "Every forecast says on how many observations it rests; below three there is no habit yet. Forecasts decide no exit code.";
  static override examples = [
    "<%= config.bin %> history",
    "<%= config.bin %> history acme-payments --since 2026-09-01",
    "<%= config.bin %> history --json --limit 1000",
  ];
  static override args = { id: Args.string({ description: "integration" }) };
  static override flags = {
    db: placeFlags.db,
    ...withEnv({
      since: dayFlag({ summary: "Only what happened since this day (UTC).", helpValue: "DATE" }),
      limit: countFlag(1, 100_000)({ summary: "At most this many integrations, or entries of the timeline.", default: 50 }),
    }),
  };

  async run() {
    const { args, flags } = await this.parse(History);
    const question = {
      now: this.machine().clock.now(),
      limit: flags.limit,
      ...(flags.since === undefined ? {} : { since: flags.since }),
    };
    const { id } = args;
    return this.withMemory(flags.db, async (history) => {
      if (id !== undefined) {
        const found = history === undefined ? undefined : await historyOf(history, id, question);
        if (found?.ok !== true) throw unknownIntegration(found?.error.meant);
        this.present(renderIntegrationHistory(integrationView(found.value), this.terminal.stdout.style));
        return found.value;
      }
      const document =
        history === undefined ? { schemaVersion: HISTORY_SCHEMA_VERSION, integrations: [] } : await fleetHistory(history, question);
      if (!("forecasts" in document)) this.present("No history yet. Make some with: apirisk audit");
      else if (document.total === 0) this.present("Nothing happened since then.");
      else this.present(renderFleet(fleetView(document), this.terminal.stdout.style));
      return document;
    });
  }
}

/** What was typed is not repeated: it may have been meant for another place. */
function unknownIntegration(meant: string | undefined): UserError {
  return new UserError("UNKNOWN_INTEGRATION", "History knows no integration of this id.", {
    suggestions: [...(meant === undefined ? [] : [`apirisk history ${meant}`]), "list them with: apirisk history"],
  });
}
