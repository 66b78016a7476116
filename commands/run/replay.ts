import { Flags } from "@oclif/core";
import { type ReplayedRun, replayRuns, runsToReplay } from "../../src/app/replay.ts";
import { AppCommand } from "../../src/cli/app-command.ts";
import { placeFlags } from "../../src/cli/audit-flags.ts";
import { unknownRun } from "../../src/cli/errors.ts";
import { dayFlag, withEnv } from "../../src/cli/flags.ts";
import type { HistoryStore } from "../../src/model/history-store.ts";
import { type AgainCounts, addCounts, NOTHING_JUDGED } from "../../src/model/judged-again.ts";
import { renderCounts, renderDifferences } from "../../src/tell/report/judged-again.ts";

export default class RunReplay extends AppCommand {
  static override summary = "Judge the stored evidence of runs again, with today's rules: what would be said differently, and why.";
  static override description =
    `Configuration and clock are those of each audit, so what differs is the doing of the rules or of the tool, never of a provider.
RUN is a run's id, its beginning, a baseline, latest or previous; without one, and without --from, the newest run.
Nothing is written, and the exit code is 0 whatever differs.`;
  static override usage = "run replay [RUN...] [FLAGS]";
  static override examples = [
    "<%= config.bin %> run replay",
    "<%= config.bin %> run replay --from 2026-11-01 --integration acme-payments --json",
  ];
  static override strict = false;
  static override flags = {
    db: placeFlags.db,
    ...withEnv({
      from: dayFlag({ summary: "Every run since this day (UTC).", helpValue: "DATE" }),
      integration: Flags.string({ summary: "Only this integration.", helpValue: "ID" }),
    }),
  };

  async run() {
    const { argv, flags } = await this.parse(RunReplay);
    const { from, integration } = flags;
    const request = { runs: argv.map(String), ...(from === undefined ? {} : { from }) };
    return this.withMemory(flags.db, async (history) => {
      const [named] = request.runs;
      if (history === undefined && named !== undefined) throw unknownRun(named);
      const answer = history === undefined ? NO_RUNS : await this.#replay(history, request, integration);
      if (answer.runs === 0) this.present("No runs to judge again. Make one with: apirisk audit");
      if (answer.runs > 1) this.present(renderCounts(answer.counts, this.terminal.stdout.style, `All ${answer.runs} runs`));
      return { schemaVersion: "1.0.0", counts: answer.counts, runs: answer.replayed };
    });
  }

  /** Tells each run as soon as it is judged; only a document keeps them. */
  async #replay(history: HistoryStore, request: Parameters<typeof runsToReplay>[1], integration: string | undefined): Promise<Answer> {
    const chosen = await runsToReplay(history, request, this.machine().clock.now());
    if (!chosen.ok && request.runs.length > 0) throw unknownRun(chosen.error);
    const signal = this.interruptSignal();
    const replayed: ReplayedRun[] = [];
    let [counts, runs] = [NOTHING_JUDGED, 0];
    for await (const run of replayRuns(history, chosen.ok ? chosen.value : [], integration)) {
      this.#presentRun(run);
      if (this.jsonEnabled()) replayed.push(run);
      counts = addCounts(counts, run.counts);
      runs += 1;
      if (signal.aborted) break;
    }
    return { counts, runs, replayed };
  }

  #presentRun({ run, startedAt, counts, integrations, unlisted }: ReplayedRun): void {
    const { style } = this.terminal.stdout;
    this.present(renderCounts(counts, style, `${run} of ${startedAt}`));
    const differences = integrations.flatMap((integration) => integration.differences);
    if (differences.length > 0) this.present(`${renderDifferences(differences, style)}\n`);
    for (const { id, problem } of integrations) if (problem !== undefined) this.notice(`${id} could not be judged again: ${problem}.`);
    if (unlisted > 0) this.notice(`${unlisted} more differences are counted and not listed.`);
  }
}

interface Answer {
  readonly counts: AgainCounts;
  readonly runs: number;
  readonly replayed: readonly ReplayedRun[];
}

const NO_RUNS: Answer = { counts: NOTHING_JUDGED, runs: 0, replayed: [] };
