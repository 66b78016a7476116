import type { CliResult } from "../lab/support/run-cli.ts";
import { instant, type Stage } from "./stage.ts";

export interface Moment {
  /** UTC, to the minute. */
  readonly at: string;
  play(stage: Stage): Promise<unknown>;
}

export interface Night extends CliResult {
  /** When it began. */
  readonly at: number;
}

/** Plays everything in the order of time, each at its own. Returns how the nights ended. */
export async function play(stage: Stage, moments: readonly Moment[], nights: readonly number[]): Promise<readonly Night[]> {
  const played: Night[] = [];
  const night = (at: number) => async () => {
    played.push({ at, ...(await stage.night()) });
  };
  const steps = [
    ...moments.map((moment) => ({ at: instant(moment.at).getTime(), take: () => moment.play(stage) })),
    ...nights.map((at) => ({ at, take: night(at) })),
  ].sort((a, b) => a.at - b.at);
  for (const { at, take } of steps) {
    stage.now = at;
    await take();
  }
  return played;
}
