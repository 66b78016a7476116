import { spawnSync } from "node:child_process";
import { isoInstant } from "../../../src/model/instant.ts";

/**
 * libfaketime, for processes that are to believe another date: Node's TLS verifier asks the system's clock and no other, so a
 * certificate of another year needs it. Timers and durations stay real.
 */
export interface FakeTime {
  /** Environment of a process that takes `at` for the time of its start. */
  startingAt(at: number): Environment;
  /** Environment of a process that takes the time that the file says (see `stampOf`), and runs on from there whenever that changes. */
  following(file: string): Environment;
}

type Environment = Readonly<Record<string, string>>;

/** Undefined where it is not installed. */
export function findFakeTime(): FakeTime | undefined {
  const found = spawnSync("faketime", ["-f", "@2000-01-01 00:00:00", "printenv", "LD_PRELOAD"], { encoding: "utf8" });
  if (found.status !== 0) return undefined;
  const settings = { LD_PRELOAD: found.stdout.trim(), FAKETIME_DONT_FAKE_MONOTONIC: "1", NO_FAKE_STAT: "1", TZ: "UTC" };
  return {
    startingAt: (at) => ({ ...settings, FAKETIME: stampOf(at) }),
    following: (file) => ({ ...settings, FAKETIME_TIMESTAMP_FILE: file, FAKETIME_NO_CACHE: "1" }),
  };
}

/** A moment as libfaketime reads it, in UTC. */
export function stampOf(at: number): string {
  return `@${isoInstant(at).slice(0, 19).replace("T", " ")}`;
}
