import { Args, Flags } from "@oclif/core";
import { type Decided, type DecideProblem, decide, declareWaiver, type Judgement } from "../app/decide.ts";
import type { Triage } from "../model/finding.ts";
import { isoDay } from "../model/instant.ts";
import type { DeclaredWaiver } from "../model/integration.ts";
import type { Result } from "../model/result.ts";
import { paragraph } from "../tell/report/prose.ts";
import { AppCommand } from "./app-command.ts";
import { placeFlags } from "./audit-flags.ts";
import { fileTrouble, UserError, unknownFinding } from "./errors.ts";
import { dayFlag, withEnv } from "./flags.ts";

export const findingArgument = {
  fingerprint: Args.string({ required: true, description: "fingerprint, or at least its first 6 digits" }),
};

/** Who decided, and why. Not taken from the environment: a decision is somebody's. */
export const whoFlags = {
  db: placeFlags.db,
  by: Flags.string({ summary: "Who decided this.", required: true, helpValue: "WHO" }),
};
export const reasonFlag = Flags.string({
  summary: "Why, in a sentence that still makes sense in a year.",
  required: true,
  helpValue: "TEXT",
});
export const untilFlag = dayFlag({ summary: "Last day on which it holds (UTC).", helpValue: "DATE" });
/** An acceptance without an end is forgotten, not accepted. */
export const requiredUntilFlag = dayFlag({ summary: "Last day on which it holds (UTC).", helpValue: "DATE", required: true });
export const writeFlags = {
  write: Flags.boolean({ summary: "Put it into the inventory's waivers instead of history." }),
  ...withEnv({ inventory: placeFlags.inventory }),
};

/** A command that writes down what a person decided about a finding. */
export abstract class DecisionCommand extends AppCommand {
  protected async decideInHistory(db: string | undefined, fingerprint: string, judgement: Judgement) {
    const { clock } = this.machine();
    const decided = await this.withMemory(db, (history) => decide(history, fingerprint, judgement, clock.now()));
    return this.#answer(decided, judgement);
  }

  protected async decideInInventory(
    flags: { readonly db?: string | undefined; readonly inventory?: string | undefined },
    fingerprint: string,
    judgement: Judgement & { readonly triage: DeclaredWaiver["kind"]; readonly lastDay: number },
  ) {
    const inventory = await this.inventory(flags.inventory);
    const { clock, files } = this.machine();
    const declared = await this.withMemory(flags.db, (history) =>
      declareWaiver(history, fingerprint, judgement, inventory, files, clock.now()),
    );
    return this.#answer(declared, judgement);
  }

  #answer(decided: Result<Decided, DecideProblem>, { triage, lastDay }: Judgement) {
    if (!decided.ok) throw trouble(decided.error);
    const { finding, into, waiver } = decided.value;
    const until = lastDay === undefined ? "" : ` until ${isoDay(lastDay)}`;
    const what =
      triage === "none" ? (waiver === undefined ? "counts again" : "decision taken back") : `${triage.replaceAll("_", " ")}${until}`;
    const where = into === "inventory" ? ", written into the inventory: it holds from the next audit on" : "";
    const { style } = this.terminal.stdout;
    const lines = [`${finding.integrationId}: ${finding.title}`, `${finding.fingerprint.slice(0, 12)} ${what}${where}.`];
    if (waiver !== undefined) lines.push(covered(waiver, triage));
    this.present(lines.map((line) => paragraph(line, style)).join("\n"));
    return { schemaVersion: "1.0.0", into, finding, ...(waiver === undefined ? {} : { waiver }) };
  }
}

function covered({ until, by, kind }: DeclaredWaiver, triage: Triage): string {
  const stands = `The inventory has a waiver for it (${kind}, until ${until}, by ${by}), which wins`;
  return triage === "none" ? `${stands}: it does not count before that is taken out of the file.` : `${stands} over this decision.`;
}

function trouble(problem: DecideProblem): UserError {
  switch (problem.kind) {
    case "unknown-finding":
      return unknownFinding(problem);
    case "not-a-term":
      return new UserError("INVALID_VALUE", problem.message);
    case "inventory":
      return new UserError("INVENTORY_NOT_CHANGED", problem.message);
    case "file":
      return fileTrouble(problem.problem);
  }
}
