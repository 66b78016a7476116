import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AuthExplanation } from "../../src/model/auth-strength.ts";
import { runCli } from "../lab/support/run-cli.ts";
import { makeFolder, type RemovableFolder } from "../lab/support/temporary-folder.ts";

const INVENTORY = `version: 1
integrations:
  - id: pay
    baseUrl: https://api.stripe.com
    dataClasses: [payment_card]
    auth: { scheme: bearer, credential: env:PAY_KEY, attributes: { scope: all, expiry: no, revocation: overlap, storage: shared } }
  - id: bot
    baseUrl: https://api.telegram.org
    auth: { scheme: api-key, in: path }
  - id: partner
    baseUrl: http://api.acme.example
    dataClasses: [email]
    auth: { scheme: api-key, in: header }
  - { id: bank, baseUrl: https://api.acme.example, auth: { scheme: mtls } }
  - { id: listed, baseUrl: https://api.acme.example, auth: { scheme: ip-allow-list } }
  - { id: nothing, baseUrl: https://api.acme.example }
`;

describe("apirisk auth explain", () => {
  let folder: RemovableFolder;
  let home: string;
  beforeAll(async () => {
    folder = await makeFolder();
    home = folder.path;
    await writeFile(join(home, "apirisk.yaml"), INVENTORY);
  });
  afterAll(() => folder.remove());

  it("prints a sum with a reason for each line, the blast radius on a line of its own, and the cheapest step up", async () => {
    const { code, stdout, stderr } = await explain("pay", { OCLIF_COLUMNS: "300" });
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^pay: bearer in the header, at Stripe\. Score 3\.2 of 10 \(band D\)\.$/m);
    const addends = [...stdout.matchAll(/^ +(\d\.\d) +(\d\.\d\d) +(\d\.\d\d) {2}\S.*: \S/gm)].map(([, weight, resistance, product]) => {
      expect(Number(product)).toBeCloseTo(Number(weight) * Number(resistance), 2);
      return Number(product);
    });
    expect(addends).toHaveLength(7);
    expect(addends.reduce((total, product) => total + product, 0)).toBeCloseTo(3.2, 9);
    expect(stdout).toMatch(/^ +3\.2 {2}sum$/m);
    expect(stdout).toMatch(/^Blast radius {2}Whoever has it gets: everything that the account may\. .*payment_card\.$/m);
    expect(stdout).toMatch(/^Floor {2}band B, for payment_card: not met\.$/m);
    expect(stdout).toMatch(/^Cheapest step up {2}a restricted key, at the provider, with low effort: 3\.8 \(band D\)\.$/m);
  });

  it.each(["bank: mtls", "listed: ip-allow-list"])("names no place for what no request carries: %s", async (headline) => {
    const [id = ""] = headline.split(":");
    expect((await explain(id, { OCLIF_COLUMNS: "300" })).stdout.startsWith(`${headline}. Score `)).toBe(true);
  });

  it("says that nothing better is known, and why the score ends where it does", async () => {
    const { stdout } = await explain("bot", { OCLIF_COLUMNS: "300" });
    expect(stdout).toMatch(/^Cap in-url {2}not above 3\.0: /m);
    expect(stdout).toMatch(/^Cheapest step up {2}none is known/m);
    expect(stdout).toMatch(/^Not declared, and taken from what is known of the provider: scope, expiry, revocation and storage\.$/m);
  });

  it("prints a range, what would make it narrower, and what we can do ourselves", async () => {
    const { stdout } = await explain("partner", { OCLIF_COLUMNS: "300" });
    expect(stdout).toMatch(/^partner: api-key in the header\. Score 1\.0 of 10 \(band E\)\.$/m);
    expect(stdout).toMatch(/^ +2\.8 to 4\.9 {2}sum$/m);
    expect(stdout).toMatch(/^Declare attributes\.expiry, .* to make the range narrower\.$/m);
    expect(stdout).toMatch(
      /^Cheapest step up {2}https in every URL, without the provider, with low effort: 2\.8 to 4\.9 \(bands E to D\)\.$/m,
    );
  });

  it("is one document with --json", async () => {
    const { code, stdout, stderr } = await explain("pay", {}, "--json");
    expect([code, stderr]).toEqual([0, ""]);
    expect(JSON.parse(stdout) as AuthExplanation).toMatchObject({
      schemaVersion: "1.0.0",
      integration: "pay",
      scheme: "bearer",
      in: "header",
      provider: { name: "Stripe" },
      strength: { low: { value: 3.2, band: "D" }, high: { value: 3.2, band: "D" }, unknown: [], caps: [] },
      floor: { band: "B", dataClass: "payment_card", met: "no" },
      step: { to: "a restricted key", low: { value: 3.8 } },
      better: "yes",
    });
    expect(stdout).not.toContain("PAY_KEY");
  });

  it("has nothing to explain where nothing is declared", async () => {
    const { code, stdout } = await explain("nothing");
    expect([code, stdout]).toEqual([0, expect.stringContaining("Nothing is declared")]);
    expect(JSON.parse((await explain("nothing", {}, "--json")).stdout)).toMatchObject({ strength: null, step: null, better: "unknown" });
  });

  it("knows no other id, and says so as every command does", async () => {
    const [ours, others] = [await explain("pya"), await runCli(["inventory", "show", "pya"], { home })];
    expect(ours.code).toBe(2);
    expect([ours.code, ours.stderr]).toEqual([others.code, others.stderr]);
    expect(ours.stderr).toContain("pay");
  });

  it.each([60, 80])("fits into %d columns", async (columns) => {
    const { stdout } = await explain("partner", { OCLIF_COLUMNS: String(columns), LANG: "C.UTF-8" });
    expect(stdout.split("\n").filter((line) => line.length > columns)).toEqual([]);
  });

  function explain(id: string, env: Readonly<Record<string, string>> = {}, ...flags: readonly string[]) {
    return runCli(["auth", "explain", id, ...flags], { home, env });
  }
});
