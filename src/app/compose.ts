import { readTrust, type TrustFile, type TrustProblem, writeTrust } from "../local/bindings.ts";
import { readUserConfig } from "../local/config.ts";
import { createFilePort } from "../local/files.ts";
import { createCredentialPort } from "../local/secrets.ts";
import { withTemporaryFolder } from "../local/temporary-folder.ts";
import type { CredentialPort } from "../model/credential-port.ts";
import { canonicalJson, sha256Hex } from "../model/digest.ts";
import type { FilePort } from "../model/file-port.ts";
import type { HistoryStore } from "../model/history-store.ts";
import type { Clock } from "../model/instant.ts";
import type { Integration } from "../model/integration.ts";
import type { NetPort } from "../model/net-port.ts";
import type { Result } from "../model/result.ts";
import { targetOf } from "../model/target.ts";
import { proxyFor, proxyVantage } from "../observe/net/proxy.ts";
import { evidenceRevisions } from "../observe/probes/revisions.ts";
import type { ToolIdentity } from "./audit.ts";

export type { TrustFile, TrustProblem };

/** What a process knows of where it runs; nothing below reads it from anywhere else. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly home: string;
  readonly configDir: string;
  readonly dataDir: string;
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
  readonly trustFile: string;
  readonly proxies: Proxies;
  /** The user's own defaults of flags, by flag name, from config.json beside the bindings. */
  preferences(): ReturnType<typeof readUserConfig>;
  trust(): Promise<Result<TrustFile, TrustProblem>>;
  saveTrust(trust: TrustFile): Promise<Result<void, TrustProblem>>;
  /** `folder` is where relative `file:` references start. */
  credentials(trust: TrustFile, folder: string): CredentialPort;
  /** `extraCa`: PEM texts, trusted beside the bundled roots. */
  network(extraCa: readonly string[]): Promise<NetPort>;
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
  const { env, cwd, home, configDir, dataDir, version, runtime } = surroundings;
  const clock: Clock = { now: () => Date.now(), monotonic: () => performance.now() };
  const files = createFilePort();
  const proxies = proxiesOf(env);
  const vantage = vantageOf(proxies);
  const trustFile = env["APIRISK_TRUST"] ?? `${configDir}/trust.json`;
  const databaseFile = (named: string | undefined) => named ?? `${dataDir}/history.db`;
  return {
    cwd,
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
    preferences: () => readUserConfig(files, `${configDir}/config.json`),
    trust: () => readTrust(files, trustFile),
    saveTrust: (trust) => writeTrust(files, trustFile, trust),
    credentials: (trust, folder) => createCredentialPort({ trust, env, home, folder, files }),
    async network(extraCa) {
      const { createNet } = await import("../observe/net/net.ts");
      return createNet({ userAgent: `apirisk/${version}`, extraCa, proxies, clock, globalConnections: GLOBAL_CONNECTIONS });
    },
    async hasHistory(named) {
      const there = await files.readBytes(databaseFile(named), 0);
      return there.ok || there.error.kind !== "not-found";
    },
    async openHistory(named, options) {
      const { openSqliteHistory } = await import("../remember/store/sqlite-history.ts");
      const allowInsecure = ["1", "true"].includes(env["APIRISK_ALLOW_INSECURE_PERMS"] ?? "");
      return openSqliteHistory({ file: databaseFile(named), allowInsecure, ...options });
    },
    demoCredentials: (secrets, bindings) =>
      createCredentialPort({ trust: { version: 1, bindings, folders: [], exec: false }, env: secrets, home, folder: cwd, files }),
    withTemporaryFolder,
  };
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

/** TCP connections at the same time, over all integrations. */
const GLOBAL_CONNECTIONS = 64;
