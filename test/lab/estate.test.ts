import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { parse } from "yaml";
import { type Estate, startEstate } from "../../src/demo/estate.ts";
import type { RunningApi } from "../../src/demo/servers.ts";
import { parseInventory } from "../../src/inventory/parse.ts";
import { get, handshake, verdictOf } from "./support/client.ts";

interface Entry {
  id: string;
  name: string;
  owner?: string;
  criticality: string;
  network: string;
  baseUrl: string;
  auth: { scheme: string; in?: string; name?: string; credential?: string };
  authProof?: { level: string; permission: { until: string } };
  endpoints: { request: string; expect: { fields: string[] } }[];
}

const now = new Date();
let estate: Estate;
let entries: readonly Entry[];

beforeAll(async () => {
  estate = await startEstate(now);
  entries = (parse(estate.inventory) as { integrations: Entry[] }).integrations;
});
afterAll(() => estate.close());

describe("the inventory", () => {
  test("lists every API under its own id, by reference and never by secret", () => {
    expect(entries.map(({ id }) => id)).toEqual([...estate.apis.keys()]);
    expect(new Set(entries.map(({ id }) => id)).size).toBe(12);
    for (const canary of estate.canaries) expect(estate.inventory).not.toContain(canary);
    for (const { id, baseUrl, network } of entries) expect([id, baseUrl, network]).toEqual([id, api(id).url, "internal"]);
  });

  test("is one that apirisk reads without a complaint", () => {
    const read = parseInventory(estate.inventory, "apirisk.yaml");
    expect(read).toMatchObject({ ok: true });
    const integrations = read.ok ? read.value.integrations : [];
    expect(integrations.map(({ id, baseUrl }) => [id, baseUrl])).toEqual(entries.map(({ id, baseUrl }) => [id, baseUrl]));
  });

  test("names an owner of all but one", () => {
    expect(entries.filter(({ owner }) => owner === undefined).map(({ id }) => id)).toEqual(["printbarn-documents"]);
  });

  test("permits the proof of authentication where it asks for it, until a day to come", () => {
    const asked = entries.filter(({ authProof }) => authProof !== undefined);
    expect(asked.map(({ id }) => id)).toEqual(["contactly-directory"]);
    expect(Date.parse(asked[0]?.authProof?.permission.until ?? "")).toBeGreaterThan(now.getTime());
  });

  test("has a secret and a binding for every reference", () => {
    const references = entries.flatMap(({ auth }) => auth.credential ?? []);
    expect(references).toHaveLength(11);
    expect(Object.keys(estate.secrets).map((name) => `env:${name}`)).toEqual(references);
    expect(estate.bindings.map(({ reference, origin }) => [reference, origin])).toEqual(
      entries.flatMap(({ auth, baseUrl }) => (auth.credential === undefined ? [] : [[auth.credential, baseUrl]])),
    );
    expect(new Set(Object.values(estate.secrets)).size).toBe(11);
  });
});

describe("each API", () => {
  test.each([
    ["ledgerline-payments", 200],
    ["clearvat-lookup", 200],
    ["taxwise-filing", 200],
    ["contactly-directory", 200],
    ["geopin-maps", 200],
    ["crewbase-hr", 200],
    ["printbarn-documents", 200],
    ["currencia-rates", 200],
  ])("%s answers its declared call, with its credential, over a trusted connection", async (id, status) => {
    expect(await call(id)).toMatchObject({ status, trusted: true });
  });

  test.each([
    ["ledgerline-payments", 401],
    ["clearvat-lookup", 200],
    ["contactly-directory", 200],
    ["geopin-maps", 401],
    ["crewbase-hr", 401],
  ])("%s, asked without a credential, answers %i", async (id, status) => {
    const { endpoints } = entryOf(id);
    expect((await get(api(id).url + pathOf(endpoints[0]?.request))).status).toBe(status);
  });

  test("answers with the declared fields alone where it is said to be clean", async () => {
    expect(Object.keys(JSON.parse((await call("ledgerline-payments")).body).data[0])).toEqual(["id", "amount", "currency", "status"]);
  });

  test.each([
    ["parcelhop-shipping", "CERT_HAS_EXPIRED"],
    ["boxroom-storage", "DEPTH_ZERO_SELF_SIGNED_CERT"],
    ["taxwise-filing", "trusted"],
  ])("the certificate of %s: %s", async (id, verdict) => {
    expect((await verdictOf(api(id).port, estate.caPem)).verdict).toBe(verdict);
  });

  test("the certificate of taxwise-filing ends in five days", async () => {
    const { notAfter } = await verdictOf(api("taxwise-filing").port, estate.caPem);
    expect(Math.round((notAfter.getTime() - now.getTime()) / 86_400_000)).toBe(5);
  });

  test("oldmill-warehouse speaks TLS 1.0 and nothing else", async () => {
    const { port } = api("oldmill-warehouse");
    expect(await handshake(port, { min: "TLSv1", max: "TLSv1.3" })).toBe("TLSv1");
    expect(await handshake(port, { min: "TLSv1.1", max: "TLSv1.3" })).toMatch(/^ERR_SSL_/);
  });

  test("crewbase-hr sends personal data and a secret that nobody declared", async () => {
    const { body } = await call("crewbase-hr");
    expect(body).toMatch(/"ssn":"\d{3}-\d{2}-\d{4}"/);
    expect(body).toMatch(/"iban":"DE\d{20}"/);
    expect(body).toMatch(/"api_key":"sk_live_[A-Za-z0-9]{32}"/);
    const declared = entryOf("crewbase-hr").endpoints[0]?.expect.fields;
    expect(declared).toEqual(["$.employees[].id", "$.employees[].work_email"]);
  });

  test("printbarn-documents tells what serves it", async () => {
    expect((await call("printbarn-documents")).headers).toMatchObject({ server: "nginx/1.18.0", "x-powered-by": "PHP/7.4.33" });
  });

  test("currencia-rates ends in three weeks and said so", async () => {
    const { headers } = await call("currencia-rates");
    expect(Math.round((Date.parse(String(headers.sunset)) - now.getTime()) / 86_400_000)).toBe(21);
    expect(headers.deprecation).toMatch(/^@\d{10}$/);
  });

  test("smsbird-messages is not there", async () => {
    await expect(call("smsbird-messages")).rejects.toMatchObject({ code: "ECONNREFUSED" });
  });
});

test("it gets worse in three ways, and says which", async () => {
  const own = await startEstate(now);
  try {
    const old = parse(own.inventory) as { integrations: Entry[] };
    const ask = (id: string) => callOf(own, old.integrations, id);
    const said = await own.worsen();
    expect(said).toHaveLength(3);
    expect((await ask("ledgerline-payments")).body).toMatch(/"customer_phone":"\+49302\d{7}"/);
    expect((await ask("currencia-rates")).headers.server).toBe("Apache/2.2.34");
    expect(await handshake(apiOf(own, "clearvat-lookup").port, { min: "TLSv1", max: "TLSv1.3" })).toBe("TLSv1.1");
    expect(said.map((sentence) => sentence.split(" ")[0])).toEqual(["ledgerline-payments", "clearvat-lookup", "currencia-rates"]);
  } finally {
    await own.close();
  }
});

test("two estates share no secret", async () => {
  const other = await startEstate(now);
  await other.close();
  expect(other.canaries.filter((canary) => estate.canaries.includes(canary))).toEqual([]);
  expect(other.canaries).toHaveLength(estate.canaries.length);
});

test("it leaves no listening socket behind, and may be closed twice", async () => {
  await listening(11);
  const own = await startEstate(now);
  await listening(22);
  await own.close();
  await own.close();
  await listening(11);
});

/** Waits for so many listening sockets in this process: libuv lets go of a closed one a turn of its loop later. */
async function listening(expected: number): Promise<void> {
  await vi.waitFor(() => {
    expect(process.getActiveResourcesInfo().filter((kind) => kind === "TCPServerWrap")).toHaveLength(expected);
  });
}

function api(id: string): RunningApi {
  return apiOf(estate, id);
}

function apiOf({ apis }: Estate, id: string): RunningApi {
  const found = apis.get(id);
  if (found === undefined) throw new Error(`the estate has no ${id}`);
  return found;
}

function entryOf(id: string, list = entries): Entry {
  const found = list.find((entry) => entry.id === id);
  if (found === undefined) throw new Error(`the inventory has no ${id}`);
  return found;
}

function call(id: string) {
  return callOf(estate, entries, id);
}

/** The declared call, as a client makes it that read the inventory. */
function callOf(where: Estate, list: readonly Entry[], id: string) {
  const { auth, baseUrl, endpoints } = entryOf(id, list);
  const url = new URL(baseUrl + pathOf(endpoints[0]?.request));
  const secret = where.secrets[auth.credential?.slice("env:".length) ?? ""];
  if (secret === undefined) return get(url.href, { ca: where.caPem });
  if (auth.in === "query") {
    url.searchParams.set(auth.name ?? "", secret);
    return get(url.href, { ca: where.caPem });
  }
  const headers = auth.scheme === "bearer" ? { authorization: `Bearer ${secret}` } : { [auth.name ?? ""]: secret };
  return get(url.href, { ca: where.caPem, headers });
}

function pathOf(request: string | undefined): string {
  return request?.replace(/^GET /, "") ?? "/";
}
