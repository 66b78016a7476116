import { dirname, isAbsolute } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { NO_TRUST, readTrust, type TrustFile, type TrustProblem, writeTrust } from "../local/bindings.ts";
import { readUserConfig } from "../local/config.ts";
import { createFilePort, wholePathsOnly } from "../local/files.ts";
import { fingerprintKey, fingerprintKeyState } from "../local/fingerprint-key.ts";
import { createLockFiles } from "../local/lock-files.ts";
import { NO_NOTIFICATIONS, type NotifyConfig, type NotifyProblem, readNotifyConfig } from "../local/notify-config.ts";
import { createOwnSecrets } from "../local/own-secrets.ts";
import { passedOn } from "../local/reference.ts";
import { runCommand } from "../local/run-command.ts";
import { Scrubber } from "../local/scrub.ts";
import { createCredentialPort } from "../local/secrets.ts";
import { withTemporaryFolder } from "../local/temporary-folder.ts";
import type { CredentialPort } from "../model/credential-port.ts";
import { canonicalJson, sha256Hex } from "../model/digest.ts";
import type { FilePort } from "../model/file-port.ts";
import { type HistoryStore, StoreFailure } from "../model/history-store.ts";
import type { Clock } from "../model/instant.ts";
import type { Integration } from "../model/integration.ts";
import type { LockFilePort } from "../model/lock-file-port.ts";
import type { NetPort } from "../model/net-port.ts";
import { err, ok, type Result } from "../model/result.ts";
import { Secret } from "../model/secret.ts";
import { targetOf } from "../model/target.ts";
import { proxyFor, proxyVantage } from "../observe/net/proxy.ts";
import { evidenceRevisions } from "../observe/probes/revisions.ts";
import type { ToolIdentity } from "./audit-ports.ts";
import type { UserFolder, UserFolders } from "./folders.ts";
import type { NotifyPorts } from "./send-message.ts";

export type { NotifyConfig, NotifyProblem, TrustFile, TrustProblem };

/** What a process knows of where it runs; nothing below reads it from anywhere else. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Absent where the folder that the process was started in was removed: relative paths mean nothing then. */
  readonly cwd?: string;
  /** Absent where the system knows no home folder of this user. */
  readonly home?: string;
  readonly folders: UserFolders;
  readonly version: string;
  readonly runtime: { readonly node: string; readonly openssl: string };
}

/** The real ports of this machine. The only place that builds them; heavy rooms are loaded when first asked for. */
export interface Machine {
  readonly cwd: string;
  readonly clock: Clock;
  readonly files: FilePort;
  readonly vantage: string;
  /** `extraCa`: what is trusted beside the bundled roots is part of what this tool can see. */
  tool(extraCa: readonly string[]): ToolIdentity;
  /** Undefined where there is no folder for it: nothing is trusted then, and nothing can be. */
  readonly trustFile: string | undefined;
  readonly proxies: Proxies;
  /** The user's own defaults of flags, by flag name, from config.json beside the bindings. */
  preferences(): ReturnType<typeof readUserConfig>;
  trust(): Promise<Result<TrustFile, TrustProblem>>;
  saveTrust(trust: TrustFile): Promise<Result<void, TrustProblem>>;
  /** `folder` is where relative `file:` references start. */
  credentials(trust: TrustFile, folder: string): CredentialPort;
  /** `folder` is the one of the inventory. */
  lockFiles(trust: TrustFile, folder: string): LockFilePort;
  /** What fingerprints of credentials are made with. */
  readonly fingerprints: { readonly file: string | undefined; state(): Promise<"there" | "none" | "unusable"> };
  /** Takes out every secret that was handed out, by whichever port. */
  scrub(text: string): string;
  /** Where messages go, from notify.json beside the bindings, or from the file that APIRISK_NOTIFY names. */
  readonly notifyFile: string | undefined;
  notifications(): Promise<Result<NotifyConfig, NotifyProblem>>;
  /** What sending messages takes. */
  courier(extraCa: readonly string[]): Promise<NotifyPorts>;
  /** `extraCa`: PEM texts, trusted beside the bundled roots. */
  network(extraCa: readonly string[]): Promise<NetPort>;
  /** The history's file. Like the next two, it fails with a StoreFailure "no-place" where none is named and the user has no folder for one. */
  databaseFile(named: string | undefined): string;
  hasHistory(named: string | undefined): Promise<boolean>;
  /** `readOnly`: nothing will be written, so that the file of a newer apirisk may do. */
  openHistory(named: string | undefined, options?: { readonly readOnly: boolean }): Promise<HistoryStore>;
  /** Secrets of the demo estate: made up at its start, bound to its own origins. */
  demoCredentials(secrets: Readonly<Record<string, string>>, bindings: TrustFile["bindings"]): CredentialPort;
  withTemporaryFolder<T>(work: (folder: string) => Promise<T>): Promise<T>;
}

export interface Proxies {
  readonly http?: string;
  readonly https?: string;
  readonly no?: string;
}

export function openMachine(surroundings: Surroundings): Machine {
  const { env, cwd, home, folders, version, runtime } = surroundings;
  const credentialHome = home === undefined ? {} : { home };
  const clock: Clock = { now: () => Date.now(), monotonic: () => performance.now() };
  const files = cwd === undefined ? wholePathsOnly(createFilePort()) : createFilePort();
  const proxies = proxiesOf(env);
  const vantage = vantageOf(proxies);
  const configFile = (name: string) => (folders.config.path === undefined ? undefined : `${folders.config.path}/${name}`);
  const trustFile = env["APIRISK_TRUST"] ?? configFile("trust.json");
  const notifyFile = env["APIRISK_NOTIFY"] ?? configFile("notify.json");
  const scrubber = new Scrubber();
  const preferencesFile = configFile("config.json");
  const keyFile = env["APIRISK_FINGERPRINT_KEY"] ?? configFile("fingerprint.key");
  let key: Promise<Secret | undefined> | undefined;
  const machineKey = () => {
    key ??= keyFile === undefined ? Promise.resolve(undefined) : fingerprintKey(keyFile);
    return key;
  };
  const databaseFile = (named: string | undefined) => (named === undefined ? defaultDatabase(folders.data) : namedDatabase(named, cwd));
  return {
    cwd: cwd ?? ROOT,
    clock,
    files,
    proxies,
    trustFile,
    vantage,
    tool: (extraCa) => ({
      version,
      vantage,
      vantageOf: (integration) => integrationVantage(integration, proxies, vantage),
      capability: capabilityOf(runtime, extraCa),
    }),
    preferences: async () => (preferencesFile === undefined ? ok({}) : readUserConfig(files, preferencesFile)),
    trust: async () => (trustFile === undefined ? ok(NO_TRUST) : readTrust(files, trustFile)),
    saveTrust: async (trust) => (trustFile === undefined ? err(noTrustFile(folders.config)) : writeTrust(files, trustFile, trust)),
    credentials: (trust, folder) =>
      createCredentialPort({ trust, env, ...credentialHome, folder, files, scrubber, fingerprintKey: machineKey }),
    lockFiles: (trust, folder) => createLockFiles({ trust, files, folder }),
    fingerprints: { file: keyFile, state: async () => (keyFile === undefined ? "unusable" : fingerprintKeyState(keyFile)) },
    scrub: (text) => scrubber.scrub(text),
    notifyFile,
    notifications: async () =>
      notifyFile === undefined ? ok(NO_NOTIFICATIONS) : readNotifyConfig(files, notifyFile, env["APIRISK_NOTIFY"] !== undefined),
    async courier(extraCa) {
      const { createDelivery } = await import("../observe/net/delivery.ts");
      return {
        delivery: createDelivery({ userAgent: `apirisk/${version}`, extraCa, proxies }),
        secrets: createOwnSecrets({
          env,
          files,
          ...credentialHome,
          folder: notifyFile === undefined ? ROOT : dirname(notifyFile),
          scrubber,
        }),
        run: (argv, input, timeoutMs) =>
          runCommand(argv, { input, timeoutMs, environment: passedOn(env), folder: home ?? ROOT, maxBytes: MOST_COMMAND_OUTPUT }),
        pause: (ms, signal) => pause(ms, undefined, { signal }).catch(() => undefined),
      };
    },
    async network(extraCa) {
      const { createNet } = await import("../observe/net/net.ts");
      return createNet({ userAgent: `apirisk/${version}`, extraCa, proxies, clock, globalConnections: GLOBAL_CONNECTIONS });
    },
    async hasHistory(named) {
      return (await presence(files, databaseFile(named))) !== "absent";
    },
    async openHistory(named, options) {
      const file = databaseFile(named);
      const { openSqliteHistory } = await import("../remember/store/sqlite-history.ts");
      const allowInsecure = ["1", "true"].includes(env["APIRISK_ALLOW_INSECURE_PERMS"] ?? "");
      try {
        return await openSqliteHistory({ file, allowInsecure, ...options });
      } catch (error) {
        if (named !== undefined || !isNotWritable(error) || (await presence(files, file)) === "there") throw error;
        throw unusablePlace(folders.data, error);
      }
    },
    demoCredentials: (secrets, bindings) =>
      createCredentialPort({
        trust: { version: 1, bindings, folders: [], exec: false },
        env: secrets,
        ...credentialHome,
        folder: cwd ?? ROOT,
        files,
        fingerprintKey: async () => DEMO_KEY,
      }),
    databaseFile,
    withTemporaryFolder,
  };
}

function namedDatabase(named: string, cwd: string | undefined): string {
  if (cwd !== undefined || isAbsolute(named)) return named;
  throw new StoreFailure("no-place", `The history ${named} is in the folder that this was started in, which was removed.`, WHOLE_PATH);
}

function defaultDatabase({ path, variable }: UserFolder): string {
  if (path !== undefined) return `${path}/history.db`;
  throw new StoreFailure("no-place", `There is no folder for the history: ${variable} is not set to an absolute path.`, NAME_A_PLACE);
}

/** The folder that the surroundings name cannot be made: a mistake in the surroundings, not in a history that is there. */
function unusablePlace({ path, variable }: UserFolder, cause: unknown): StoreFailure {
  return new StoreFailure("no-place", `The history cannot be made in ${path}, where ${variable} puts it.`, NAME_A_PLACE, { cause });
}

function noTrustFile({ variable }: UserFolder): TrustProblem {
  const detail = `There is no folder for the bindings: ${variable} is not set to an absolute path`;
  return { file: "trust.json", detail, next: "Set HOME or XDG_CONFIG_HOME, or name the file in APIRISK_TRUST." };
}

function isNotWritable(error: unknown): boolean {
  return error instanceof StoreFailure && error.kind === "not-writable";
}

/** "hidden": it cannot be told, because a folder above it may not be entered. */
async function presence(files: FilePort, path: string): Promise<"there" | "absent" | "hidden"> {
  const read = await files.readBytes(path, 0);
  if (read.ok || read.error.kind === "too-large") return "there";
  return read.error.kind === "not-found" ? "absent" : "hidden";
}

/** Lower-case names win, as in curl. HTTP_PROXY in capitals is left out: a web server may have set it from a request (CVE-2016-5385). */
function proxiesOf(env: Surroundings["env"]): Proxies {
  const http = env["http_proxy"];
  const https = env["https_proxy"] ?? env["HTTPS_PROXY"];
  const no = env["no_proxy"] ?? env["NO_PROXY"];
  return {
    ...(isSet(http) ? { http } : {}),
    ...(isSet(https) ? { https } : {}),
    ...(isSet(no) ? { no } : {}),
  };
}

function isSet(value: string | undefined): value is string {
  return value !== undefined && value !== "";
}

/** A proxy's user and password stay out. */
function vantageOf({ https, http }: Proxies): string {
  const proxy = https ?? http;
  if (proxy === undefined) return "local";
  try {
    return `proxy:${new URL(proxy.includes("://") ? proxy : `http://${proxy}`).host}`;
  } catch {
    return "proxy:invalid";
  }
}

/** By the same rules as the network room's; a proxy that cannot be spoken to is told when it is asked. */
function integrationVantage({ id, environment, baseUrl, proxy }: Integration, proxies: Proxies, vantage: string): string {
  try {
    const chosen = proxyFor(targetOf(id, environment, baseUrl), proxy, proxies);
    return chosen === undefined ? "local" : proxyVantage(chosen);
  } catch {
    return vantage;
  }
}

/**
 * Another answer here makes a difference the tool's doing, never the provider's. Bundled roots come with Node's minor versions.
 */
function capabilityOf({ node, openssl }: Surroundings["runtime"], extraCa: readonly string[]): string {
  const [major, minor] = node.split(".");
  return sha256Hex(canonicalJson({ revisions: evidenceRevisions(), node: `${major}.${minor}`, openssl, extraCa }));
}

/** Secrets of the demo are made up for it and end with it. */
const DEMO_KEY = new Secret("00".repeat(32));
/** What a command of a channel may print; nobody reads it. */
const MOST_COMMAND_OUTPUT = 1024 * 1024;
/** TCP connections at the same time, over all integrations. */
const GLOBAL_CONNECTIONS = 64;
const NAME_A_PLACE = "Set HOME or XDG_DATA_HOME to a folder that you may write, or name a file with --db or APIRISK_DB.";
const WHOLE_PATH = "Name the file by its whole path.";
/** Nothing is found upwards of it. */
const ROOT = "/";
