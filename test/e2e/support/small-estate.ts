import { copyFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { stringify } from "yaml";
import { createAuthority } from "../../../src/demo/certificates.ts";
import type { ApiConditions } from "../../../src/demo/conditions.ts";
import { type RunningApi, startApi } from "../../../src/demo/servers.ts";
import type { Report } from "../../../src/model/report.ts";
import { type CliOptions, type CliResult, type RunningCli, runCli, startCli } from "../../lab/support/run-cli.ts";

/** A few well-run APIs on loopback, the folder in which the real program is told to watch them, and the program. */
export interface SmallEstate {
  readonly home: string;
  readonly apis: ReadonlyMap<string, RunningApi>;
  api(id: string): RunningApi;
  /** TCP connections that reached each API so far. */
  connections(): Readonly<Record<string, number>>;
  write(name: string, content: string): Promise<string>;
  /** `audit` of the whole inventory, one integration after the other; into `history.db` of the folder, unless the flags say so. */
  audit(flags?: readonly string[], options?: Partial<CliOptions>): Promise<CliResult>;
  startAudit(flags?: readonly string[], options?: Partial<CliOptions>): RunningCli;
  cli(words: readonly string[], options?: Partial<CliOptions>): Promise<CliResult>;
  close(): Promise<void>;
}

export interface SmallEstateOptions {
  /** Of each API, by id, in the order of the inventory. */
  readonly conditions?: Readonly<Record<string, Partial<ApiConditions>>>;
  /** Other keys of every integration. */
  readonly entry?: Readonly<Record<string, unknown>>;
  /** Certificates are valid as seen from here; now unless given. */
  readonly now?: Date;
}

export async function smallEstate(ids: readonly string[], options: SmallEstateOptions = {}): Promise<SmallEstate> {
  const home = await mkdtemp(join(tmpdir(), "apirisk-e2e-"));
  const authority = createAuthority();
  const setting = { authority, now: options.now ?? new Date() };
  const started = ids.map(async (id) => [id, await startApi(setting, { auth: { in: "open" }, ...options.conditions?.[id] })] as const);
  const apis = new Map(await Promise.all(started));
  const write = async (name: string, content: string) => {
    await writeFile(join(home, name), content, { mode: 0o600 });
    return join(home, name);
  };
  await write("ca.pem", authority.certificatePem);
  await write("apirisk.yaml", inventoryOf(apis, options.entry ?? {}));
  const words = (flags: readonly string[]) => [
    ...["audit", "--ca", "ca.pem", "--concurrency", "1"],
    ...(flags.includes("--db") ? [] : ["--db", "history.db"]),
    ...flags,
  ];
  const api = (id: string): RunningApi => {
    const found = apis.get(id);
    if (found === undefined) throw new Error(`no API is called ${id}`);
    return found;
  };
  return {
    home,
    apis,
    api,
    write,
    connections: () => Object.fromEntries([...apis].map(([id, running]) => [id, running.counts().connections])),
    audit: (flags = [], over = {}) => runCli(words(flags), { home, timeoutMs: PATIENCE_MS, ...over }),
    startAudit: (flags = [], over = {}) => startCli(words(flags), { home, timeoutMs: PATIENCE_MS, ...over }),
    cli: (command, over = {}) => runCli(command, { home, timeoutMs: PATIENCE_MS, ...over }),
    close: async () => {
      await Promise.all([...apis.values()].map((running) => running.close()));
      await rm(home, { recursive: true, force: true });
    },
  };
}

/** To be loaded into the program: what it does at the n-th passing of a point (kill-at.mjs). */
export function killAt(point: string, nth = 1, how = "SIGKILL"): Readonly<Record<string, string>> {
  return { NODE_OPTIONS: `--import=${KILL_AT}`, KILL_AT: `${point}:${nth}`, KILL_WITH: how };
}

/** Tells what it found to webhooks on loopback. */
export function notifyFile(ids: readonly string[], kinds?: readonly string[]): string {
  const channels = ids.map((id) => ({
    id,
    type: "webhook",
    url: `env:${id.toUpperCase().replaceAll("-", "_")}`,
    signingKeys: ["env:SIGNING"],
    allowPrivate: true,
    ...(kinds === undefined ? {} : { kinds }),
  }));
  return JSON.stringify({ version: 1, channels });
}

/** Looks again and again, and no longer than a test may take. */
export async function untilTrue(isTrue: () => boolean): Promise<void> {
  const deadline = Date.now() + 100_000;
  while (!isTrue() && Date.now() < deadline) await new Promise((resolve) => setImmediate(resolve));
}

export function reportOf({ stdout }: CliResult): Report {
  return JSON.parse(stdout) as Report;
}

/** Rows of a database file that nobody has open. */
export function rowsOf<Row>(file: string, sql: string): readonly Row[] {
  const database = new Database(file);
  try {
    return database.prepare(sql).all() as Row[];
  } finally {
    database.close();
  }
}

/** The same of the files as a killed process left them, without touching those. */
export async function rowsAsLeft<Row>(file: string, sql: string): Promise<readonly Row[]> {
  const folder = await mkdtemp(join(tmpdir(), "apirisk-peek-"));
  try {
    for (const suffix of ["", "-wal"]) await copyFile(`${file}${suffix}`, join(folder, `left.db${suffix}`)).catch(noSuchFile);
    return rowsOf(join(folder, "left.db"), sql);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Changes the files of a history as another version of the program might have left them. */
export function inDatabase(file: string, sql: string): void {
  const database = new Database(file);
  database.exec(sql);
  database.close();
}

/** What SQLite says of the file, and of the references in it; nothing when all is well. */
export function damageOf(file: string): readonly unknown[] {
  const integrity = rowsOf<{ integrity_check: string }>(file, "PRAGMA integrity_check");
  return [...integrity.filter(({ integrity_check: says }) => says !== "ok"), ...rowsOf(file, "PRAGMA foreign_key_check")];
}

function inventoryOf(apis: ReadonlyMap<string, RunningApi>, entry: Readonly<Record<string, unknown>>): string {
  const integrations = [...apis].map(([id, { url }]) => ({
    id,
    owner: "platform-team",
    criticality: "high",
    network: "internal",
    baseUrl: url,
    auth: { scheme: "none" },
    endpoints: [
      {
        id: "orders",
        request: "GET /v1/orders",
        expect: { fields: ["$.data[].id", "$.data[].status", "$.data[].items", "$.has_more"] },
      },
    ],
    ...entry,
  }));
  return stringify({ version: 1, integrations });
}

function noSuchFile(error: NodeJS.ErrnoException): void {
  if (error.code !== "ENOENT") throw error;
}

/** A run takes two seconds on an idle machine, and ten times as long on one with a full load. */
const PATIENCE_MS = 120_000;
const KILL_AT = new URL("./kill-at.mjs", import.meta.url).href;
