import { NO_TRUST } from "../../../src/local/bindings.ts";
import { createFilePort } from "../../../src/local/files.ts";
import { createCredentialPort } from "../../../src/local/secrets.ts";
import type { CredentialPort } from "../../../src/model/credential-port.ts";
import type { Endpoint, Integration } from "../../../src/model/integration.ts";
import type { NetSession } from "../../../src/model/net-port.ts";
import { type Target, targetOf } from "../../../src/model/target.ts";
import type { ProbeContext } from "../../../src/observe/probes/probe.ts";

export const NOW = Date.UTC(2026, 10, 23, 12);
export const SECRET = "hunter2-Se/cret+42";
export const URL_OF_API = "https://api.acme.example";

export const ENDPOINT: Endpoint = {
  id: "list-charges",
  method: "GET",
  path: "/v1/charges?limit=10",
  safe: false,
  everyMs: 86_400_000,
  cost: "free",
  expect: {},
};

export function integration(more: Partial<Integration> = {}): Integration {
  return {
    id: "acme",
    uid: "00000000-0000-5000-8000-000000000000",
    previousIds: [],
    name: "Acme",
    adHoc: false,
    criticality: "high",
    environment: "production",
    dataClasses: [],
    tags: [],
    network: "public",
    baseUrl: URL_OF_API,
    additionalUrls: [],
    headers: {},
    auth: { neededScopes: [] },
    authProof: { level: "none" },
    budget: {},
    endpoints: [ENDPOINT],
    waivers: [],
    ...more,
  };
}

export function target(url = URL_OF_API): Target {
  return targetOf("acme", "production", url);
}

/** The real keeper of secrets: `env:KEY` and `env:PAIR` are bound to `origin`, `env:GONE` is bound and not set. */
export function credentials(origin = URL_OF_API): CredentialPort {
  const bindings = ["env:KEY", "env:PAIR", "env:GONE"].map((reference) => ({ reference, origin, trustedAt: "2026-11-01T00:00:00Z" }));
  return createCredentialPort({
    trust: { ...NO_TRUST, bindings },
    env: { KEY: SECRET, PAIR: `audit:${SECRET}`, UNBOUND: SECRET },
    files: createFilePort(),
    home: "/nonexistent",
    folder: "/nonexistent",
  });
}

/** A clock that stands at NOW; every look at the monotonic one is 7.4 milliseconds later. */
export function context(net: NetSession, keeper: CredentialPort = credentials()): ProbeContext {
  let elapsed = 0;
  return { net, credentials: keeper, clock: { now: () => NOW, monotonic: () => (elapsed += 7.4) } };
}
