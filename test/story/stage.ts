import { join } from "node:path";
import { stringify } from "yaml";
import { type Authority, createAuthority } from "../../src/demo/certificates.ts";
import type { ApiConditions } from "../../src/demo/conditions.ts";
import { createInventor } from "../../src/demo/inventor.ts";
import { type RunningApi, startApi } from "../../src/demo/servers.ts";
import type { FakeTime } from "../lab/support/fake-time.ts";
import { type CliResult, runCli } from "../lab/support/run-cli.ts";
import { makeFolder, type RemovableFolder } from "../lab/support/temporary-folder.ts";
import { OLDER_CLASSIFIER, OLDER_RULE, olderBuild, TODAYS_BUILD } from "./builds.ts";
import { NightShift } from "./night-shift.ts";

export interface StageOptions {
  readonly time: FakeTime;
  /** Every night is a process of its own, as under cron; otherwise the nights of one release share one. */
  readonly processes: boolean;
}

/** Releases of the program, the oldest first: the second has today's rules, and still the eyes of the first. */
export type Release = "oldest" | "older" | "today";

/** A part of apirisk.yaml. */
export type Declared = Readonly<Record<string, unknown>>;

export async function openStage(options: StageOptions): Promise<Stage> {
  const folder = await makeFolder();
  const authority = createAuthority({ name: "Story CA", notBefore: instant("2024-01-01T00:00"), notAfter: instant("2034-01-01T00:00") });
  await folder.write("ca.pem", authority.certificatePem);
  const builds = {
    oldest: await olderBuild(folder.path, "0.0.1", [...OLDER_RULE, ...OLDER_CLASSIFIER]),
    older: await olderBuild(folder.path, "0.0.2", OLDER_CLASSIFIER),
    today: TODAYS_BUILD,
  };
  return new Stage(folder, authority, builds, options);
}

/** The world of a story: its clock, its providers, one inventory, one history, and the program. */
export class Stage {
  now = 0;
  readonly inventor = createInventor();
  readonly #folder: RemovableFolder;
  readonly #authority: Authority;
  readonly #builds: Readonly<Record<Release, string>>;
  readonly #options: StageOptions;
  readonly #apis = new Map<string, RunningApi>();
  readonly #entries = new Map<string, Declared>();
  #policy: Declared = {};
  #release: Release = "oldest";
  #shift: NightShift | undefined;

  constructor(folder: RemovableFolder, authority: Authority, builds: Readonly<Record<Release, string>>, options: StageOptions) {
    this.#folder = folder;
    this.#authority = authority;
    this.#builds = builds;
    this.#options = options;
  }

  get databaseFile(): string {
    return join(this.#folder.path, "history.db");
  }

  /** Every file that was written, by path. */
  contents(): ReturnType<RemovableFolder["contents"]> {
    return this.#folder.contents();
  }

  /** A provider opens its API, and we declare it. */
  async settle(id: string, declared: Declared, conditions: Partial<ApiConditions>): Promise<void> {
    const setting = { authority: this.#authority, now: new Date(this.now), clock: () => new Date(this.now) };
    const api = await startApi(setting, conditions);
    this.#apis.set(id, api);
    await this.declare(id, { network: "internal", baseUrl: api.url, ...declared });
  }

  async change(id: string, conditions: Partial<ApiConditions>): Promise<void> {
    const api = this.#apis.get(id);
    if (api === undefined) throw new Error(`no provider ${id}`);
    await api.change(conditions);
  }

  async changeAll(conditions: Partial<ApiConditions>): Promise<void> {
    await Promise.all([...this.#apis.values()].map((api) => api.change(conditions)));
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
    if (this.#options.processes) return this.apirisk(["audit", "--cron"]);
    const { path } = this.#folder;
    this.#shift ??= await NightShift.begin(this.#builds[this.#release], path, this.#environment(), this.#options.time);
    return this.#shift.run(["audit", "--cron"], this.now);
  }

  /** A command of ours, in a process of its own; by a release that is not installed yet, if named. */
  apirisk(args: readonly string[], release: Release = this.#release): Promise<CliResult> {
    const env = { ...this.#environment(), ...this.#options.time.startingAt(this.now) };
    return runCli(args, { home: this.#folder.path, env, build: this.#builds[release] });
  }

  /** What a command answers with --json. Whoever asks counts on exit 0. */
  async ask<T>(args: readonly string[], release: Release = this.#release): Promise<T> {
    const { code, stdout, stderr } = await this.apirisk([...args, "--json"], release);
    if (code !== 0) throw new Error(`apirisk ${args.join(" ")} ended with ${code}: ${stdout}${stderr}`);
    return JSON.parse(stdout) as T;
  }

  async close(): Promise<void> {
    await this.#shift?.end();
    await Promise.all([...this.#apis.values()].map((api) => api.close()));
    await this.#folder.remove();
  }

  #environment(): Readonly<Record<string, string>> {
    return { APIRISK_CA: "ca.pem", APIRISK_DB: this.databaseFile, NO_COLOR: "1", STORY_KEY: STORY_KEY };
  }

  async #writeInventory(): Promise<void> {
    const integrations = [...this.#entries].map(([id, entry]) => ({ id, ...entry }));
    await this.#folder.write("apirisk.yaml", stringify({ version: 1, policy: this.#policy, integrations }));
  }
}

/** What payments and hr ask of us. */
export const STORY_KEY = "story-key-4c1f9a7e2b8dQw3xZr7KvTmY";

/** Minutes of ISO 8601, in UTC. */
export function instant(text: string): Date {
  return new Date(`${text}:00Z`);
}
