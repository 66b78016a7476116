import { type ChildProcess, fork } from "node:child_process";
import { rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type FakeTime, stampOf } from "../lab/support/fake-time.ts";
import type { CliResult } from "../lab/support/run-cli.ts";

/** One process for many runs of one release; between two of them its clock is put forward. */
export class NightShift {
  readonly #child: ChildProcess;
  readonly #clock: string;

  private constructor(child: ChildProcess, clock: string) {
    this.#child = child;
    this.#clock = clock;
  }

  /** `folder`: its home and working folder. */
  static async begin(program: string, folder: string, environment: Readonly<Record<string, string>>, time: FakeTime): Promise<NightShift> {
    const clock = join(folder, "clock");
    await writeFile(clock, `${stampOf(0)}\n`);
    const env = { PATH: process.env.PATH ?? "", HOME: folder, ...environment, ...time.following(clock) };
    const shift = new NightShift(fork(WORKER, [program], { cwd: folder, execArgv: [], env }), clock);
    await shift.#answer();
    return shift;
  }

  /** `at`: the time at which it starts. */
  async run(argv: readonly string[], at: number): Promise<CliResult> {
    const next = `${this.#clock}.next`;
    await writeFile(next, `${stampOf(at)}\n`);
    await rename(next, this.#clock); // Whoever looks meanwhile sees one of the two times, and never half of one.
    const answer = this.#answer();
    this.#child.send(argv);
    return (await answer) as CliResult;
  }

  async end(): Promise<void> {
    const gone = new Promise((resolve) => this.#child.once("exit", resolve));
    this.#child.disconnect();
    await gone;
  }

  #answer(): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const gone = (code: number | null) => reject(new Error(`the night shift ended with ${code}`));
      this.#child.once("exit", gone);
      this.#child.once("message", (message) => {
        this.#child.off("exit", gone);
        resolve(message);
      });
    });
  }
}

const WORKER = fileURLToPath(new URL("./night-shift-worker.mjs", import.meta.url));
