import { isIP, type LookupFunction } from "node:net";
import { onTestFinished } from "vitest";
import { stringify } from "yaml";
import { type AuditOptions, type AuditPorts, type AuditResult, runAudit } from "../../../src/app/audit.ts";
import { type Authority, createAuthority } from "../../../src/demo/certificates.ts";
import type { ApiConditions } from "../../../src/demo/conditions.ts";
import { CLEAN } from "../../../src/demo/conditions.ts";
import { type RunningApi, startApi } from "../../../src/demo/servers.ts";
import { parseInventory } from "../../../src/inventory/parse.ts";
import { createFilePort } from "../../../src/local/files.ts";
import { createLockFiles } from "../../../src/local/lock-files.ts";
import { createCredentialPort } from "../../../src/local/secrets.ts";
import type { HistoryStore } from "../../../src/model/history-store.ts";
import { type Clock, DAY, isoDay } from "../../../src/model/instant.ts";
import { RULE_FAMILIES } from "../../../src/model/rule.ts";
import { Secret } from "../../../src/model/secret.ts";
import type { PhaseTimeouts } from "../../../src/observe/net/deadline.ts";
import { createNet } from "../../../src/observe/net/net.ts";
import type { Proxies } from "../../../src/observe/net/proxy.ts";
import { openSqliteHistory } from "../../../src/remember/store/sqlite-history.ts";
import { type DnsServer, startDnsServer } from "./dns-server.ts";
import { temporaryFolder } from "./temporary-folder.ts";

/** The clean API's credential, bound to whatever origin a lab gives it. */
export const LAB_SECRET = "clean-demo-key-4tXw8QmZr2LcVb7NsKjD";

export interface Lab {
  readonly authority: Authority;
  readonly clock: TurnableClock;
  readonly history: HistoryStore;
  readonly databaseFile: string;
  /** That `file:` may read. */
  readonly folder: string;
  /** Whom audits ask for what is said of a name beside its addresses; it knows no name until it is told. */
  readonly dns: DnsServer;
  start(conditions?: Partial<ApiConditions>): Promise<RunningApi>;
  /** Audits what an inventory of these entries declares, with the real network, store and credential ports. */
  audit(entries: readonly InventoryEntry[], options?: LabAuditOptions): Promise<AuditResult>;
}

export type InventoryEntry = Readonly<Record<string, unknown>> & { readonly id: string; readonly baseUrl: string };

export interface LabAuditOptions extends Partial<AuditOptions> {
  readonly withoutHistory?: boolean;
  /** These entries are the whole inventory: what is missing from it is retired. */
  readonly whole?: boolean;
  /** The `policy` of the inventory file. */
  readonly policy?: Readonly<Record<string, unknown>>;
  readonly timeouts?: Partial<PhaseTimeouts>;
  /** Instead of getaddrinfo: every name has these addresses. */
  readonly addresses?: readonly string[];
  /** Instead of both: answers of its own. */
  readonly lookup?: LookupFunction;
  /** What the environment says of proxies; none unless given. */
  readonly proxies?: Proxies;
  /** In PEM, trusted beside the lab's authority. */
  readonly roots?: readonly string[];
  /** Where registries are asked, instead of what the catalog says. */
  readonly registryOf?: AuditPorts["registryOf"];
  readonly onObserved?: AuditPorts["onObserved"];
  /** "file:client.crt", below the lab's folder: may go wherever the inventory says. */
  readonly boundFiles?: readonly string[];
  /** Variables beside the lab's own; bound like `boundFiles`. */
  readonly env?: Readonly<Record<string, string>>;
  /** When the credential was bound; before everything else unless given. */
  readonly trustedAt?: string;
}

/** A clock that only moves when it is told. */
export interface TurnableClock extends Clock {
  advance(milliseconds: number): void;
}

/** Real servers, a real store in a temporary folder, real sockets; ends with the test. */
export async function startLab(): Promise<Lab> {
  const folder = await temporaryFolder();
  const databaseFile = `${folder.path}/history.db`;
  const history = await openSqliteHistory({ file: databaseFile });
  onTestFinished(() => history.close());
  const authority = createAuthority();
  const dns = await startDnsServer({});
  const clock = turnableClock();
  const files = createFilePort();
  return {
    authority,
    clock,
    history,
    databaseFile,
    folder: folder.path,
    dns,
    async start(conditions = {}) {
      const api = await startApi({ authority, now: new Date(clock.now()), clock: () => new Date(clock.now()) }, conditions);
      onTestFinished(() => api.close());
      return api;
    },
    audit(
      entries,
      {
        withoutHistory = false,
        whole = false,
        timeouts = {},
        policy = {},
        addresses,
        lookup = addresses === undefined ? undefined : always(addresses),
        proxies = {},
        roots = [],
        boundFiles = [],
        trustedAt = "2026-01-01T00:00:00Z",
        registryOf,
        onObserved,
        env = {},
        ...options
      } = {},
    ) {
      const inventory = parseInventory(stringify({ version: 1, policy, integrations: entries }), "lab.yaml");
      if (!inventory.ok) throw new Error(JSON.stringify(inventory.error));
      const origins = inventory.value.integrations.flatMap(({ baseUrl, auth }) =>
        [baseUrl, ...(auth.token === undefined ? [] : [auth.token.url])].map((url) => new URL(url).origin),
      );
      const references = ["env:LAB_KEY", ...Object.keys(env).map((name) => `env:${name}`), ...boundFiles].map((reference) =>
        origins.map((origin) => ({ reference, origin, trustedAt })),
      );
      const bindings = references.flat();
      return runAudit(
        {
          integrations: inventory.value.integrations,
          policy: inventory.value.policy,
          inventory: { identity: "lab", uids: inventory.value.integrations.map(({ uid }) => uid) },
          whole,
        },
        { ...OPTIONS, signal: new AbortController().signal, ...options },
        {
          net: createNet({
            userAgent: "apirisk/lab",
            extraCa: [authority.certificatePem, ...roots],
            proxies,
            clock,
            globalConnections: 32,
            timeouts,
            dnsServers: [dns.address],
            ...(lookup !== undefined && { lookup }),
            // Servers of the lab count connections, not time: nobody has to rest.
            wait: () => new Promise((resolve) => setImmediate(resolve)),
          }),
          credentials: createCredentialPort({
            trust: { version: 1, bindings, folders: [folder.path], exec: false },
            env: { LAB_KEY: LAB_SECRET, ...env },
            home: folder.path,
            folder: folder.path,
            files,
            fingerprintKey: async () => FINGERPRINT_KEY,
          }),
          lockFiles: createLockFiles({ trust: { folders: [] }, files, folder: folder.path }),
          clock,
          tool: { version: "0.0.0-lab", vantage: "local", vantageOf: () => "local", capability: "lab" },
          onProgress: () => undefined,
          ...(registryOf === undefined ? {} : { registryOf }),
          ...(onObserved === undefined ? {} : { onObserved }),
          ...(withoutHistory ? {} : { history }),
        },
      );
    },
  };
}

/** The clean API as its inventory declares it: everything it sends is expected. */
export function cleanEntry(api: Pick<RunningApi, "url">, changes: Readonly<Record<string, unknown>> = {}): InventoryEntry {
  return {
    id: "clean",
    owner: "platform-team",
    criticality: "high",
    network: "internal",
    baseUrl: api.url,
    auth: { scheme: "api-key", in: "header", name: "x-api-key", credential: "env:LAB_KEY", issuedAt: isoDay(Date.now() - 10 * DAY) },
    authProof: { level: "headers" },
    endpoints: [
      {
        id: "orders",
        request: "GET /v1/orders",
        expect: { fields: ["$.data[].id", "$.data[].status", "$.data[].items", "$.has_more"] },
      },
    ],
    ...changes,
  };
}

/** rule + subject of everything open above information, sorted. */
export function openFindings(result: AuditResult): readonly string[] {
  return findingsIn(result, ({ severity }) => severity !== "info");
}

/** The same with what is information only. */
export function allOpenFindings(result: AuditResult): readonly string[] {
  return findingsIn(result, () => true);
}

function findingsIn({ report }: AuditResult, isMeant: (finding: Finding) => boolean): readonly string[] {
  return report.integrations
    .flatMap((integration) => integration.findings)
    .filter((finding) => finding.state.presence === "open" && isMeant(finding))
    .map(({ rule, subject }) => `${rule} ${subject}`.trim())
    .sort();
}

export const CLEAN_RESOURCE = CLEAN.resources["/v1/orders"] as { readonly data: readonly object[]; readonly has_more: boolean };

type Finding = AuditResult["report"]["integrations"][number]["findings"][number];

function always(addresses: readonly string[]): LookupFunction {
  return (_name, _options, callback) =>
    callback(
      null,
      addresses.map((address) => ({ address, family: isIP(address) })),
    );
}

function turnableClock(): TurnableClock {
  let offset = 0;
  return {
    now: () => Date.now() + offset,
    monotonic: () => performance.now(),
    advance: (milliseconds) => {
      offset += milliseconds;
    },
  };
}

const FINGERPRINT_KEY = new Secret("5a".repeat(32));
const OPTIONS = {
  depth: "standard",
  families: RULE_FAMILIES,
  allowPrivate: true,
  revocation: false,
  registration: false,
  failOn: "open",
  severity: "high",
  minCoverage: 0,
  concurrency: 8,
  timeoutMs: 30_000,
  withEvidence: false,
  trigger: "manual",
} as const;
