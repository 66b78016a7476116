import { fork } from "node:child_process";
import { rename } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import { stringify } from "yaml";
import { createAuthority } from "../../src/demo/certificates.ts";
import type { ApiConditions } from "../../src/demo/conditions.ts";
import { createInventor } from "../../src/demo/inventor.ts";
import { type RunningApi, startApi } from "../../src/demo/servers.ts";
import { type FakeTime, stampOf } from "../lab/support/fake-time.ts";
import { type CliResult, runCli } from "../lab/support/run-cli.ts";
import { type TemporaryFolder, temporaryFolder } from "../lab/support/temporary-folder.ts";
import { OLDER_CLASSIFIER, OLDER_RULE, olderBuild, TODAYS_BUILD } from "./builds.ts";

export interface StageOptions {
  readonly time: FakeTime;
  /** Every night is a process of its own, as under cron; otherwise the nights of one release share one. */
  readonly processes: boolean;
}

/** Releases of the program, the oldest first. */
export type Release = "old-rules" | "old-eyes" | "today";

export type Declared = Readonly<Record<string, unknown>>;

/** The world of a story: its clock, its providers, one inventory, one history, and the program. */
export class Stage {
  now = 0;
  readonly inventor = createInventor();
  readonly folder: TemporaryFolder;
  readonly databaseFile: string;
  readonly #options: StageOptions;
  readonly #authority = createAuthority({ name: "Story CA", notBefore: instant("2024-01-01T00:00"), notAfter: instant("2034-01-01T00:00") });
  readonly #apis = new Map<string, RunningApi>();
  readonly #entries = new Map<string, Declared>();
  #policy: Declared = {};
  #mains: Readonly<Record<Release, string>> | undefined;
  #release: Release = "old-rules";
  #shift: Shift | undefined;

  constructor(folder: TemporaryFolder, options: StageOptions) {
    this.folder = folder;
    this.databaseFile = join(folder.path, "history.db");
    this.#options = options;
  }

  async open(): Promise<void> {
    const { path } = this.folder;
    await this.folder.write("ca.pem", this.#authority.certificatePem);
    this.#mains = {
      "old-rules": await olderBuild(path, "0.0.1", [...OLDER_RULE, ...OLDER_CLASSIFIER]),
      "old-eyes": await olderBuild(path, "0.0.2", OLDER_CLASSIFIER),
      today: TODAYS_BUILD,
    };
  }

  /** A provider opens its API, and we declare it. */
  async settle(id: string, declared: Declared, conditions: Partial<ApiConditions>): Promise<void> {
    const api = await startApi({ authority: this.#authority, now: new Date(this.now), clock: () => new Date(this.now) }, conditions);
    this.#apis.set(id, api);
    await this.declare(id, { network: "internal", baseUrl: api.url, ...declared });
  }

  async change(id: string, conditions: Partial<ApiConditions>): Promise<void> {
    const api = this.#apis.get(id);
    if (api === undefined) throw new Error(`no provider ${id}`);
    await api.change(conditions);
  }

  async changeAll(conditions: Partial<ApiConditions>): Promise<void> {
    await Promise.all([...this.#apis.keys()].map((id) => this.change(id, conditions)));
  }

  /** Into the inventory, over what it said before. */
  async declare(id: string, declared: Declared): Promise<void> {
    this.#entries.set(id, { ...this.#entries.get(id), ...declared });
    await this.#writeInventory();
  }

  async undeclare(id: string): Promise<void> {
    this.#entries.delete(id);
    await this.#writeInventory();
  }

  async decidePolicy(rules: Declared): Promise<void> {
    this.#policy = { rules };
    await this.#writeInventory();
  }

  async upgrade(release: Release): Promise<void> {
    await this.#shift?.end();
    this.#shift = undefined;
    this.#release = release;
  }

  /** A night's run, as a scheduler starts it. */
  async night(): Promise<CliResult> {
    if (this.#options.processes) return this.apirisk("audit", "--cron");
    this.#shift ??= await Shift.begin(this.#main(this.#release), this.folder, this.#options.time, this.#environment());
    return this.#shift.run(["audit", "--cron"], this.now);
  }

  /** A command of ours, in a process of its own. */
  apirisk(...args: readonly string[]): Promise<CliResult> {
    return this.apiriskOf(this.#release, ...args);
  }

  /** The same by a release that is not installed yet. */
  apiriskOf(release: Release, ...args: readonly string[]): Promise<CliResult> {
    const env = { ...this.#environment(), ...this.#options.time.startingAt(this.now) };
    return runCli(args, { home: this.folder.path, env, program: this.#main(release) });
  }

  /** What a command answers with --json; whoever asks counts on exit 0. */
  async answer<T>(...args: readonly string[]): Promise<T> {
    return this.answerOf(this.#release, ...args);
  }

  async answerOf<T>(release: Release, ...args: readonly string[]): Promise<T> {
    const { code, stdout, stderr } = await this.apiriskOf(release, ...args, "--json");
    if (code !== 0) throw new Error(`apirisk ${args.join(" ")} ended with ${code}: ${stdout}${stderr}`);
    return JSON.parse(stdout) as T;
  }

  async close(): Promise<void> {
    await this.#shift?.end();
    await Promise.all([...this.#apis.values()].map((api) => api.close()));
  }

  #main(release: Release): string {
    if (this.#mains === undefined) throw new Error("the stage is not open");
    return this.#mains[release];
  }

  #environment(): Readonly<Record<string, string>> {
    return { APIRISK_CA: "ca.pem", APIRISK_DB: this.databaseFile, NO_COLOR: "1", STORY_KEY: STORY_KEY };
  }

  async #writeInventory(): Promise<void> {
    const integrations = [...this.#entries].map(([id, entry]) => ({ id, ...entry }));
    await this.folder.write("apirisk.yaml", stringify({ version: 1, policy: this.#policy, integrations }));
  }
}

export async function openStage(options: StageOptions): Promise<Stage> {
  const stage = new Stage(await temporaryFolder(), options);
  onTestFinished(() => stage.close());
  await stage.open();
  return stage;
}

/** One process for the nights of one release; between two of them its clock is put forward. */
class Shift {
  readonly #child: ReturnType<typeof fork>;
  readonly #folder: TemporaryFolder;

  private constructor(child: ReturnType<typeof fork>, folder: TemporaryFolder) {
    this.#child = child;
    this.#folder = folder;
  }

  static async begin(main: string, folder: TemporaryFolder, time: FakeTime, env: Readonly<Record<string, string>>): Promise<Shift> {
    await folder.write(CLOCK, `${stampOf(0)}\n`);
    const child = fork(NIGHT_SHIFT, [main], {
      cwd: folder.path,
      execArgv: [],
      env: { PATH: process.env.PATH ?? "", HOME: folder.path, ...env, ...time.following(join(folder.path, CLOCK)) },
    });
    const shift = new Shift(child, folder);
    await shift.#answer();
    return shift;
  }

  async run(argv: readonly string[], at: number): Promise<CliResult> {
    // Whoever looks meanwhile sees one of the two times, and never half of one.
    await rename(await this.#folder.write(`${CLOCK}.next`, `${stampOf(at)}\n`), join(this.#folder.path, CLOCK));
    const answer = this.#answer();
    this.#child.send(argv);
    return { signal: undefined, ...((await answer) as Omit<CliResult, "signal">) };
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

/** What payments and hr ask of us. */
export const STORY_KEY = "story-key-4c1f9a7e2b8d";

/** Minutes of ISO 8601, in UTC. */
export function instant(text: string): Date {
  return new Date(`${text}:00Z`);
}

const NIGHT_SHIFT = fileURLToPath(new URL("./night-shift.mjs", import.meta.url));
const CLOCK = "clock";
