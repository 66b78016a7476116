import { createRequire } from "node:module";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { stringify } from "yaml";
import type { BreachResponse } from "../../src/model/breach-response.ts";
import { sha256Hex } from "../../src/model/digest.ts";
import { openSqliteHistory } from "../../src/remember/store/sqlite-history.ts";
import { anIntegration } from "../judge/builders.ts";
import { canariesIn } from "../lab/support/canary.ts";
import { type CliResult, runCli } from "../lab/support/run-cli.ts";
import { temporaryFolder } from "../lab/support/temporary-folder.ts";
import { ACME, aCommit, aRun, theEnd, ulid } from "../remember/samples.ts";
import { HIDDEN } from "../tell/hidden.ts";
import { type SmallEstate, smallEstate } from "./support/small-estate.ts";

const schema = createRequire(import.meta.url)("#data/schemas/breach-response.schema.json");
const validate = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true }).compile(schema);
/** Nothing that is preloaded with it can reach the network. */
const OFFLINE = { NODE_OPTIONS: `--import=${new URL("../support/poison-network.mjs", import.meta.url).href}` };
const SHARED = "shared-canary-7f3a9c1d27b604e5";
const [FIRST, SECOND] = ["first-canary-83b1c5e2f09d4a67", "second-canary-1d5e8f2a7b3c9046"];

describe("apirisk respond", () => {
  it("the poison is one", async () => {
    const home = (await temporaryFolder()).path;
    const audit = await runCli(["audit", "127.0.0.1:9", "--allow-private", "--no-history"], { home, env: OFFLINE });
    expect(audit).toMatchObject({ code: 97, stderr: expect.stringContaining("the network was touched") });
  });

  describe("after two audits with a rotation between", () => {
    let estate: SmallEstate;
    let page: BreachResponse;
    const all: CliResult[] = [];
    beforeAll(async () => {
      estate = await smallEstate(["drift", "crm", "chat", "gone"]);
      await estate.write("apirisk.yaml", inventory(estate, ["drift", "crm", "chat", "gone"]));
      const trust = { APIRISK_TRUST: join(estate.home, "trust.json") };
      await estate.cli(["credential", "trust", "drift", "crm", "gone"], { env: trust });
      const keys = (drift: string) => ({
        ...trust,
        DRIFT_KEY: drift,
        CRM_KEY: SHARED,
        CHAT_KEY: "unbound-canary-55e1",
        GONE_KEY: "gone-canary-0b7d",
      });
      await estate.audit([], { env: keys(FIRST) });
      await estate.audit([], { env: keys(SHARED) });
      await estate.write("apirisk.yaml", inventory(estate, ["drift", "crm", "chat"]));
      page = JSON.parse((await respond("--provider", "salesloft", "--json")).stdout) as BreachResponse;
    }, 240_000);
    afterAll(() => estate.close());

    async function respond(...words: readonly string[]): Promise<CliResult> {
      const before = estate.connections();
      const result = await estate.cli(["respond", "--db", "history.db", ...words], {
        env: { ...OFFLINE, LANG: "C.UTF-8", OCLIF_COLUMNS: "100" },
      });
      expect(estate.connections()).toEqual(before);
      all.push(result);
      return result;
    }

    it("is a document that fits the published schema", () => {
      validate(page);
      expect(validate.errors ?? []).toEqual([]);
      expect(page).toMatchObject({ schemaVersion: "1.0.0", provider: "salesloft", history: true });
      expect(page.hit.map(({ id, standing }) => [id, standing]).sort()).toEqual([
        ["chat", "declared"],
        ["drift", "declared"],
        ["gone", "removed"],
      ]);
    });

    it("knows that two providers have one key, although it goes by two names", () => {
      const [first] = page.rotation;
      expect(first?.uses.map(({ integration, references, hit }) => [integration, references, hit])).toEqual([
        ["drift", ["env:DRIFT_KEY"], true],
        ["crm", ["env:CRM_KEY"], false],
      ]);
      expect(first?.why[0]).toEqual({ what: "shared-elsewhere", count: 1 });
    });

    it("shows that a rotation has happened, and when", () => {
      const drift = page.hit.find(({ id }) => id === "drift");
      expect(drift?.credentials[0]?.changedAt).toHaveLength(1);
      expect(page.rotation[0]?.changedAt).toBe(drift?.credentials[0]?.changedAt[0]);
      const others = page.rotation.slice(1).map(({ changedAt }) => changedAt);
      expect(others).toEqual(others.map(() => null));
    });

    it("says of a credential that is not bound that nobody knows", () => {
      expect(page.unknown).toContainEqual({ what: "not-bound", integrations: ["chat"], count: 1 });
      expect(page.hit.find(({ id }) => id === "chat")?.credentials[0]).toMatchObject({ unread: "credential_not_bound", age: null });
    });

    it("prints the same, by an id or a host as well, and says who is meant where nobody is", async () => {
      const { code, stdout, stderr } = await respond("--provider", "Salesloft");
      expect([code, stderr]).toEqual([0, ""]);
      expect(stdout).toMatch(/^Salesloft: 3 integrations hit, 3 in production; 3 credentials to change, 1 of them shared;/);
      for (const part of ["Who is hit", "Change these credentials, in this order", "Not known", "Then"])
        expect(stdout).toMatch(new RegExp(`^${part}`, "m"));
      expect(stdout).toMatch(/^ 1\. env:DRIFT_KEY and env:CRM_KEY, used by drift and crm \(elsewhere\)/m);
      expect(stdout).toMatch(/Not in the\s+inventory any more/);
      expect(stdout.split("\n").filter((line) => line.length > 100)).toEqual([]);
      expect((await respond("--provider", "crm")).stdout).toMatch(/^crm: 1 integration hit/);
      const nobody = await respond("--provider", "Saleslofd");
      expect(nobody).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining('did you mean "Salesloft"') });
      expect(await respond("--provider", " ")).toMatchObject({ code: 2, stdout: "" });
      expect(await respond()).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining("provider") });
    });

    it("needs no inventory where there is a history", async () => {
      const cwd = (await temporaryFolder()).path;
      const { stdout } = await estate.cli(["respond", "--provider", "Salesloft", "--db", join(estate.home, "history.db"), "--json"], {
        cwd,
        env: OFFLINE,
      });
      const alone = JSON.parse(stdout) as BreachResponse;
      expect([alone.inventory, alone.hit.map(({ standing }) => standing)]).toEqual([null, ["remembered", "remembered", "remembered"]]);
      expect(alone.rotation.map(({ uses }) => uses)).toEqual(page.rotation.map(({ uses }) => uses));
    });

    it("has no secret, though it compared them", () => {
      expect(all.length).toBeGreaterThan(4);
      for (const { stdout, stderr } of all)
        expect(canariesIn(Buffer.from(stdout + stderr), [SHARED, FIRST, "unbound-canary-55e1", "gone-canary-0b7d"])).toEqual([]);
    });
  });

  it("needs no history where there is an inventory, makes none, and reads no secret", async () => {
    const folder = await temporaryFolder();
    await folder.write(
      "apirisk.yaml",
      stringify({
        version: 1,
        integrations: [{ ...entryOf("drift", "https://api.drift.example"), auth: { scheme: "bearer", credential: "file:key" } }],
      }),
    );
    await folder.write("key", SECOND);
    const { code, stdout, stderr } = await runCli(["respond", "--provider", "drift.example", "--json"], {
      home: folder.path,
      env: OFFLINE,
    });
    expect([code, stderr]).toEqual([0, ""]);
    const found = JSON.parse(stdout) as BreachResponse;
    expect(found).toMatchObject({ history: false, hit: [{ id: "drift", lastAudit: null }], unknown: [{ what: "no-history" }] });
    expect(canariesIn(Buffer.from(stdout), [SECOND])).toEqual([]);
    expect([...(await folder.contents()).keys()].filter((file) => file.endsWith(".db"))).toEqual([]);
  });

  it("prints the first of ten thousand integrations, and has all of them in the document", async () => {
    const folder = await temporaryFolder();
    const name = "Evil ::error::x ##vso[y] # [md](http://x)";
    const many = Array.from({ length: 10_000 }, (_, n) => ({ ...entryOf(`one-${n}`, `https://api.one-${n}.example`), provider: { name } }));
    await folder.write("many.json", JSON.stringify({ version: 1, integrations: many }));
    const run = (...words: readonly string[]) =>
      runCli(["respond", "--provider", name, "--inventory", "many.json", ...words], {
        home: folder.path,
        env: OFFLINE,
        timeoutMs: 120_000,
      });
    const { code, stdout } = await run();
    expect(code).toBe(0);
    expect(stdout).not.toMatch(/::error|##vso\[/);
    expect(stdout).toContain("and 9975 more: all of them with --json");
    expect(stdout.length).toBeLessThan(100_000);
    expect((JSON.parse((await run("--json")).stdout) as BreachResponse).hit).toHaveLength(10_000);
  }, 240_000);

  it("prints what a history holds as text, whoever wrote it", async () => {
    const home = (await temporaryFolder()).path;
    const nasty = "Evil \u001b[2J\u202e\n::error::x";
    const integration = anIntegration({ name: nasty, owner: nasty, tags: [nasty], provider: { name: "Acme", url: nasty } });
    const store = await openSqliteHistory({ file: join(home, "h.db") });
    const json = JSON.stringify({ integration: { ...integration, headers: [] }, policy: { packs: [], rules: {} } });
    await store.beginRun(aRun(1));
    await store.commitAudit({ ...aCommit(1), integration: { ...ACME, name: nasty }, configuration: { hash: sha256Hex(json), json } });
    await store.finishRun(ulid(1), theEnd(1));
    await store.close();
    const { code, stdout } = await runCli(["respond", "--provider", "acme", "--db", "h.db"], {
      home,
      env: { ...OFFLINE, LANG: "C.UTF-8" },
    });
    expect(code).toBe(0);
    expect(stdout).toContain("Evil \\x1b[2J");
    expect(stdout).not.toMatch(HIDDEN);
    expect(stdout).not.toContain("::error");
  });
});

function inventory(estate: SmallEstate, ids: readonly string[]): string {
  const integrations = ids.map((id) => ({
    ...entryOf(id, id === "crm" ? estate.api(id).url.replace(/\/\/[^:/]+/, "//localhost") : estate.api(id).url),
    provider: { name: id === "crm" ? "Globex" : "Salesloft" },
    network: "internal",
  }));
  return stringify({ version: 1, integrations });
}

function entryOf(id: string, baseUrl: string) {
  return {
    id,
    owner: "platform-team",
    environment: "production",
    baseUrl,
    auth: { scheme: "bearer", credential: `env:${id.toUpperCase().replaceAll("-", "_")}_KEY` },
    endpoints: [{ id: "orders", request: "GET /v1/orders" }],
  };
}
