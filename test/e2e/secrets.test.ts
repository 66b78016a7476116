import { describe, expect, it, onTestFinished } from "vitest";
import { parse, stringify } from "yaml";
import { createAuthority } from "../../src/demo/certificates.ts";
import { startEstate } from "../../src/demo/estate.ts";
import { startApi } from "../../src/demo/servers.ts";
import { canariesIn } from "../lab/support/canary.ts";
import { type CliResult, runCli, startCli } from "../lab/support/run-cli.ts";
import { temporaryFolder } from "../lab/support/temporary-folder.ts";
import { reportProblems } from "../support/report-schema.ts";

describe("secrets and personal values", () => {
  it("of the whole estate are in no byte that we leave: database, WAL, stdout, stderr, report, nor after a crash", async () => {
    const folder = await temporaryFolder();
    const estate = await startEstate(new Date());
    onTestFinished(() => estate.close());
    await folder.write("ca.pem", estate.caPem);
    await folder.write("apirisk.yaml", estate.inventory);
    // The bindings name references, never secrets, so this file may be searched too.
    const trust = await folder.write("trust.json", JSON.stringify({ version: 1, bindings: estate.bindings, folders: [], exec: false }));
    const env = { ...estate.secrets, APIRISK_TRUST: trust, DEBUG: "apirisk*" };
    const audit = ["audit", "--ca", "ca.pem", "--db", "history.db"];

    const results: CliResult[] = [];
    results.push(await runCli([...audit, "--verbose"], { home: folder.path, env }));
    await estate.worsen();
    results.push(await runCli([...audit, "--json", "--evidence", "--output", "report.json"], { home: folder.path, env }));
    const killed = startCli(audit, { home: folder.path, env });
    await estateIsAsked(estate);
    killed.process.kill("SIGKILL");
    results.push(await killed.finished);
    for (const command of [
      ["finding", "list"],
      ["run", "show", "latest"],
      ["run", "compare", "previous", "latest"],
    ]) {
      results.push(await runCli([...command, "--db", "history.db", "--json"], { home: folder.path, env }));
    }

    expect(results[0]?.code).toBe(1);
    expect(estate.canaries.length).toBeGreaterThan(10);
    const asked = [...estate.apis.values()].flatMap((api) => api.requests().map(({ head }) => head)).join("\n");
    expect(canariesIn(Buffer.from(asked), estate.canaries).length).toBeGreaterThan(0); // They really travelled.
    for (const { stdout, stderr } of results) {
      expect(canariesIn(Buffer.from(stdout), estate.canaries)).toEqual([]);
      expect(canariesIn(Buffer.from(stderr), estate.canaries)).toEqual([]);
    }
    const files = await folder.contents();
    expect([...files.keys()].some((file) => file.endsWith("history.db"))).toBe(true);
    expect([...files.keys()].some((file) => file.endsWith("report.json"))).toBe(true);
    const report = [...files].find(([file]) => file.endsWith("report.json"))?.[1].toString("utf8") ?? "";
    expect(reportProblems(JSON.parse(report))).toEqual([]);
    for (const [file, bytes] of files) expect([file, canariesIn(bytes, estate.canaries)]).toEqual([file, []]);
  }, 120_000);

  it.each([
    ["a changed baseUrl", (entry: Entry, attacker: string): Entry => ({ ...entry, baseUrl: attacker })],
    ["a changed reference", (entry: Entry): Entry => ({ ...entry, auth: { ...entry.auth, credential: "env:OTHER_SECRET" } })],
    ["an additional URL", (entry: Entry, attacker: string): Entry => ({ ...entry, additionalUrls: [{ url: attacker }] })],
    [
      "a token URL",
      (entry: Entry, attacker: string): Entry => ({ ...entry, auth: { ...entry.auth, token: { url: `${attacker}/token` } } }),
    ],
    ["plain http", (entry: Entry): Entry => ({ ...entry, baseUrl: entry.baseUrl.replace("https:", "http:") })],
  ])("%s in the inventory: the canary never leaves", async (_name, pullRequest) => {
    const folder = await temporaryFolder();
    const authority = createAuthority();
    const setting = { authority, now: new Date() };
    const canary = "canary-f3a9c1d27b604e58";
    const [api, attacker] = await Promise.all([
      startApi(setting, { auth: { in: "header", name: "authorization", value: `Bearer ${canary}` }, plaintext: "served" }),
      startApi(setting, { auth: { in: "open" }, plaintext: "served" }),
    ]);
    onTestFinished(async () => {
      await Promise.all([api.close(), attacker.close()]);
    });
    await folder.write("ca.pem", authority.certificatePem);
    const env = { ACME_TOKEN: canary, OTHER_SECRET: `other-${canary}`, APIRISK_TRUST: `${folder.path}/trust.json` };
    const entry: Entry = {
      id: "acme",
      network: "internal",
      baseUrl: api.url,
      auth: { scheme: "bearer", credential: "env:ACME_TOKEN" },
      endpoints: [{ id: "orders", request: "GET /v1/orders" }],
    };
    const run = (args: readonly string[]) => runCli(args, { home: folder.path, env });
    const write = (changed: Entry) => folder.write("apirisk.yaml", stringify({ version: 1, integrations: [changed] }));

    await write(entry);
    expect((await run(["credential", "trust", "acme"])).code).toBe(0);
    await run(["audit", "--ca", "ca.pem", "--no-history"]);
    expect(heads(api)).toContain(canary); // Bound, and sent where it belongs.

    const before = api.requests().length;
    await write(pullRequest(entry, attacker.url));
    const result = await run(["audit", "--ca", "ca.pem", "--no-history", "--json"]);
    expect(result.stdout).not.toContain(canary);
    expect(heads(attacker)).not.toContain(canary);
    const later = api
      .requests()
      .slice(before)
      .filter(({ head, scheme }) => head.includes(`other-${canary}`) || (scheme === "http" && head.includes(canary)));
    expect(later).toEqual([]);
  });

  it("a literal secret in the inventory is refused with its place, and not repeated", async () => {
    const folder = await temporaryFolder();
    const canary = "ghp_16C7e42F292c6912E7710c838347Ae178B4a";
    const inventory = {
      version: 1,
      integrations: [{ id: "acme", baseUrl: "https://api.acme.example", auth: { scheme: "bearer", credential: canary } }],
    };
    await folder.write("apirisk.yaml", stringify(inventory));
    expect(parse(stringify(inventory))).toEqual(inventory);
    for (const mode of [[], ["--json"]]) {
      const { code, stdout, stderr } = await runCli(["audit", ...mode], { home: folder.path, env: { DEBUG: "apirisk*" } });
      expect(code).toBe(2);
      expect(canariesIn(Buffer.from(stdout + stderr), [canary])).toEqual([]);
      expect(stdout + stderr).toMatch(/apirisk\.yaml:\d+:\d+/);
    }
  });
});

interface Entry {
  readonly id: string;
  readonly network: string;
  readonly baseUrl: string;
  readonly additionalUrls?: readonly { readonly url: string }[];
  readonly auth: { readonly scheme: string; readonly credential: string; readonly token?: { readonly url: string } };
  readonly endpoints: readonly object[];
}

function heads(api: { requests(): readonly { readonly head: string }[] }): string {
  return api
    .requests()
    .map(({ head }) => head)
    .join("\n");
}

/** Until the run that is to be killed has begun to ask. */
async function estateIsAsked(estate: { readonly apis: ReadonlyMap<string, { counts(): { readonly requests: number } }> }): Promise<void> {
  const asked = () => [...estate.apis.values()].reduce((sum, api) => sum + api.counts().requests, 0);
  const before = asked();
  const deadline = Date.now() + 20_000;
  while (asked() === before && Date.now() < deadline) await new Promise((resolve) => setImmediate(resolve));
}
