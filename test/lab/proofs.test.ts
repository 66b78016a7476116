import { describe, expect, it } from "vitest";
import { DAY, HOUR } from "../../src/model/instant.ts";
import { canariesIn } from "./support/canary.ts";
import { allOpenFindings, cleanEntry, type InventoryEntry, LAB_SECRET, startLab } from "./support/lab.ts";
import { behaving, GRANTED, type ProofRequest, type ProofServer, startProofServer } from "./support/proof-server.ts";

const PERMISSION = { basis: "contract", reference: "MSA-12", by: "ciso", until: "2999-01-01" };
const FULL = { level: "full", permission: PERMISSION };
const expecting = { fields: ["$.data[].id", "$.data[].status", "$.data[].items", "$.has_more"] };
const TWO = ["orders", "users"].map((id) => ({ id, request: `GET /v1/${id}`, every: "1h", expect: expecting }));

function entryOf(server: ProofServer, changes: Readonly<Record<string, unknown>> = {}): InventoryEntry {
  return cleanEntry(server, { authProof: FULL, endpoints: TWO, ...changes });
}

/** Of one audit, by what they carried. */
function sorted(asked: readonly ProofRequest[]) {
  const counts: Record<string, number> = {};
  for (const { scheme, path, key, query } of asked) {
    const carried = query.size > 0 ? "query" : key === undefined ? "nothing" : key === LAB_SECRET ? "ours" : "garbage";
    const word = `${scheme} ${path} ${carried}`;
    counts[word] = (counts[word] ?? 0) + 1;
  }
  return counts;
}

describe("what level full sends", () => {
  it("is bounded for each endpoint and day, however often there is an audit", async () => {
    const lab = await startLab();
    const server = await startProofServer(lab.authority);
    const audited = async () => {
      server.asked.splice(0);
      server.beside.splice(0);
      const { report } = await lab.audit([entryOf(server)]);
      expect(server.asked.length + server.beside.length).toBe(report.run.requests);
      expect(report.run.requests).toBeLessThanOrEqual(report.run.bound.requests);
      return { counts: sorted(server.asked), report };
    };
    const each = { "https /v1/orders ours": 1, "https /v1/orders nothing": 1, "https /v1/users ours": 1, "https /v1/users nothing": 1 };
    const proofs = {
      "https /v1/orders nothing": 2,
      "https /v1/orders query": 6,
      "https /v1/orders garbage": 1,
      "https /v1/users garbage": 1,
    };
    const first = await audited();
    expect(first.counts).toEqual({ ...each, ...proofs, "http /v1/orders nothing": 1 });
    expect(first.report.integrations[0]?.permission).toMatchObject({ basis: "contract", by: "ciso" });

    for (let hour = 0; hour < 3; hour += 1) {
      lab.clock.advance(2 * HOUR);
      const again = await audited();
      expect(again.counts).toEqual(each);
      // What was found out this morning is carried, not forgotten.
      const unasked = again.report.integrations[0]?.unobserved.map(({ rule }) => rule) ?? [];
      expect(unasked.filter((rule) => /garbage|query-credential/.test(rule))).toEqual([]);
    }

    lab.clock.advance(DAY);
    expect((await audited()).counts).toEqual({ ...each, ...proofs });
  });

  it("is asked once more of what does not answer, and never beyond the bound", async () => {
    const lab = await startLab();
    const server = await startProofServer(lab.authority);
    server.turn((request) => (request.key === LAB_SECRET ? behaving(request) : { status: 503, body: {} }));
    const { report } = await lab.audit([entryOf(server)]);
    expect(server.asked.length).toBeLessThanOrEqual(report.run.bound.requests);
    expect(server.asked.filter(({ query }) => query.size > 0)).toEqual([]);
    const reasons = report.integrations[0]?.unobserved.filter(({ rule }) => rule === "auth/garbage-credential-accepted");
    expect(reasons?.map(({ reason }) => reason)).toEqual(["not_requested", "not_requested"]);
  });

  it.each([
    ["shape", { level: "shape", permission: PERMISSION }],
    ["headers", { level: "headers" }],
    ["none", { level: "none" }],
    ["full, with a permission that ended", { level: "full", permission: { ...PERMISSION, until: "2020-01-01" } }],
  ])("is not sent at level %s", async (_, authProof) => {
    const lab = await startLab();
    const server = await startProofServer(lab.authority);
    await lab.audit([entryOf(server, { authProof })]);
    expect(Object.keys(sorted(server.asked)).filter((word) => /garbage|query/.test(word))).toEqual([]);
  });

  it("comes out of the month's budget, and says so", async () => {
    const lab = await startLab();
    const server = await startProofServer(lab.authority);
    const { report } = await lab.audit([entryOf(server, { budget: { callsPerMonth: 9 } })]);
    expect(Object.keys(sorted(server.asked)).filter((word) => /query/.test(word))).toEqual([]);
    expect(report.integrations[0]?.unobserved).toContainEqual({
      rule: "auth/query-credential-accepted",
      subject: "",
      reason: "budget_exhausted",
    });
  });

  it("makes up a key that is far from ours, another one each day, and shows none", async () => {
    const lab = await startLab();
    const server = await startProofServer(lab.authority);
    const shown: string[] = [];
    for (let day = 0; day < 3; day += 1) {
      shown.push(JSON.stringify(await lab.audit([entryOf(server)], { withEvidence: true })));
      lab.clock.advance(DAY);
    }
    const made = server.asked.flatMap(({ key, query }) => [...(key === undefined || key === LAB_SECRET ? [] : [key]), ...query.values()]);
    expect(new Set(made).size).toBe(9);
    expect(canariesIn(shown.join("\n"), [...made, LAB_SECRET])).toEqual([]);
    for (const key of made) expect(key).not.toContain(LAB_SECRET.slice(0, 4));
  });
});

describe("where the real credential goes", () => {
  it.each([301, 302, 303, 307, 308])("is never the target of a redirect (%d), and never http", async (status) => {
    const lab = await startLab();
    const api = await startProofServer(lab.authority);
    const trap = await startProofServer(lab.authority, "127.0.0.2");
    const targets = [
      `${trap.url}/x`,
      `http://127.0.0.2:${trap.port}/x`,
      `http://127.0.0.1:${api.port}/x`,
      "/v1/elsewhere",
      `//127.0.0.2:${trap.port}/`,
    ];
    for (const location of targets) {
      api.turn((request) => (request.path === "/v1/elsewhere" ? behaving(request) : { status, headers: { location }, body: {} }));
      await lab.audit([entryOf(api)], { withoutHistory: true, depth: "full" });
    }
    expect(trap.asked).toEqual([]);
    expect(api.asked.filter(({ path }) => !["/v1/orders", "/v1/users"].includes(path))).toEqual([]);
    const carrying = api.asked.filter((request) => canariesIn(JSON.stringify([request, [...request.query]]), [LAB_SECRET]).length > 0);
    expect(carrying.map(({ scheme }) => scheme)).toEqual(Array.from({ length: 10 }, () => "https"));
  });

  it("is neither a server that the inventory names beside, nor one that it was not bound to", async () => {
    const lab = await startLab();
    const [api, trap] = [await startProofServer(lab.authority), await startProofServer(lab.authority, "127.0.0.2")];
    await lab.audit([entryOf(api, { additionalUrls: [{ url: trap.url }] })], { depth: "full" });
    expect(trap.asked).toEqual([]);
  });

  it("is no origin without TLS, whatever was declared", async () => {
    const lab = await startLab();
    const api = await startProofServer(lab.authority);
    api.turn(() => ({ body: {} }));
    const entry = entryOf(api, { baseUrl: api.url.replace("https:", "http:") });
    await lab.audit([entry], { depth: "full" });
    expect(canariesIn(JSON.stringify(api.asked), [LAB_SECRET])).toEqual([]);
  });
});

describe("what an API gives away", () => {
  it("a token in a Location, a secret in a page of an error: found, and shown nowhere", async () => {
    const lab = await startLab();
    const api = await startProofServer(lab.authority);
    const planted = ["planted-token-8842", "planted-mail@apirisk-lab.dev"];
    api.turn((request) =>
      request.key !== LAB_SECRET
        ? behaving(request)
        : request.path === "/v1/orders"
          ? { status: 302, headers: { location: `/next?access_token=${planted[0]}` }, body: {} }
          : { status: 500, body: `<pre>${planted[1]} x-api-key: ${LAB_SECRET}</pre>`, headers: { "content-type": "text/html" } },
    );
    const result = await lab.audit([entryOf(api)], { withEvidence: true });
    const found = result.report.integrations[0]?.findings.map(({ rule, subject, outcome }) => `${rule} ${subject} ${outcome}`);
    expect(found).toEqual(
      expect.arrayContaining([
        "auth/redirect-off-origin endpoint:orders token-in-location",
        "auth/credential-echoed endpoint:users echoed",
      ]),
    );
    expect(canariesIn(JSON.stringify(result), [...planted, LAB_SECRET])).toEqual([]);
  });
});

describe("an answer that came from a cache", () => {
  it("stays found through nights of misses with the same headers, and goes with a header that forbids it", async () => {
    const lab = await startLab();
    const server = await startProofServer(lab.authority);
    const night = async (headers: Readonly<Record<string, string>>) => {
      server.turn((request) => (request.key === LAB_SECRET ? { ...GRANTED, headers } : behaving(request)));
      const result = await lab.audit([entryOf(server, { authProof: { level: "none" }, dataClasses: ["email"] })]);
      lab.clock.advance(DAY);
      return allOpenFindings(result).filter((finding) => finding.startsWith("auth/authenticated-response-cached"));
    };
    const found = ["auth/authenticated-response-cached endpoint:orders", "auth/authenticated-response-cached endpoint:users"];
    expect(await night({ "cache-control": "max-age=60", age: "17" })).toEqual(found);
    for (const age of ["0", "0", "12", "0", "0"]) expect(await night({ "cache-control": "max-age=60", age })).toEqual(found);
    for (let passes = 0; passes < 2; passes += 1) await night({ "cache-control": "private" });
    expect(await night({ "cache-control": "private" })).toEqual([]);
  });
});
