import { appendFile, mkdir, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CertificateTimeline } from "../../src/model/certificate-timeline.ts";
import { canonicalJson, sha256Hex } from "../../src/model/digest.ts";
import { integrationIdentity } from "../../src/model/fingerprint.ts";
import { DAY, HOUR } from "../../src/model/instant.ts";
import { openSqliteHistory } from "../../src/remember/store/sqlite-history.ts";
import { runCli } from "../lab/support/run-cli.ts";
import { temporaryFolder } from "../lab/support/temporary-folder.ts";
import { ACME, aCommit, aRun, theEnd, ulid } from "../remember/samples.ts";
import { HIDDEN } from "../tell/hidden.ts";
import { type SmallEstate, smallEstate } from "./support/small-estate.ts";

const schema = createRequire(import.meta.url)("#data/schemas/certificate-timeline.schema.json");
const validate = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true }).compile(schema);

describe("apirisk certificate timeline", () => {
  describe("after an audit", () => {
    let estate: SmallEstate;
    beforeAll(async () => {
      estate = await smallEstate(["acme", "globex"]);
      await estate.audit();
      await appendFile(join(estate.home, "apirisk.yaml"), "  - {id: fresh, baseUrl: https://fresh.example}\n");
    });
    afterAll(() => estate.close());

    it("has what was served, and who was never audited, in a document that fits the published schema", async () => {
      const before = estate.connections();
      const { code, stdout, stderr } = await estate.cli(["certificate", "timeline", "--db", "history.db", "--json"]);
      expect([code, stderr]).toEqual([0, ""]);
      const document = JSON.parse(stdout) as CertificateTimeline;
      validate(document);
      expect(validate.errors ?? []).toEqual([]);
      expect(document.certificates.map(({ integration }) => integration).sort()).toEqual(["acme", "globex"]);
      expect(document.certificates[0]).toMatchObject({ standing: "unknown", trusted: true, keyType: "ec" });
      expect(document.without).toEqual([{ integration: "fresh", reason: "never-audited" }]);
      expect(estate.connections()).toEqual(before);
    });

    it.each([60, 80, 120])("prints it in %d columns", async (columns) => {
      const env = { OCLIF_COLUMNS: String(columns), LANG: "C.UTF-8" };
      const { code, stdout } = await estate.cli(["certificate", "timeline", "--db", "history.db"], { env });
      expect(code).toBe(0);
      expect(stdout).toMatch(/^2 certificates of 2 integrations of\s/);
      expect(stdout).toMatch(/^ {2}│─.*\d{4}-\d\d-\d\d {2}in \d+ d$/m);
      expect(stdout).toContain("fresh: never audited");
      expect(stdout.split("\n").filter((line) => line.length > columns)).toEqual([]);
    });

    it("has all that history knows where there is no inventory", async () => {
      const cwd = (await temporaryFolder()).path;
      const db = join(estate.home, "history.db");
      const { stdout } = await estate.cli(["certificate", "timeline", "--db", db, "--json", "--days", "7"], { cwd });
      const document = JSON.parse(stdout) as CertificateTimeline;
      expect(document).toMatchObject({ inventory: null, without: [], elsewhere: 0 });
      expect([document.certificates.length, document.axis.to - document.axis.from]).toEqual([2, 7 * DAY]);
    });

    it("refuses an axis without a length, and a filter that matches nobody", async () => {
      const timeline = (...flags: string[]) => estate.cli(["certificate", "timeline", "--db", "history.db", ...flags]);
      expect(await timeline("--until", "2020-01-01")).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining("--until") });
      expect(await timeline("--until", "2020-01-01", "--days", "3")).toMatchObject({ code: 2 });
      expect(await timeline("--owner", "nobody")).toMatchObject({ code: 2, stderr: expect.stringContaining("No integration matches") });
      const today = new Date().toISOString().slice(0, 10);
      expect(await timeline("--until", today, "--json")).toMatchObject({ code: 0 });
    });
  });

  it("prints a habit, a late renewal and what was not seen, whatever the names say", async () => {
    const home = (await temporaryFolder()).path;
    const db = join(home, "h.db");
    await remember(db);
    const { code, stdout } = await runCli(["certificate", "timeline", "--db", db], { home, env: { LANG: "C.UTF-8" } });
    expect(code).toBe(0);
    expect(stdout).not.toMatch(HIDDEN);
    expect(stdout).not.toContain("::error");
    expect(stdout).toMatch(/^late {5}acme {2}/m);
    expect(stdout.replaceAll(/\s+/g, " ")).toMatch(/Usually renewed \S+ to \S+ \(n 4\)\./);
    expect(stdout).toMatch(/^unseen {3}attic {2}/m);
    expect(stdout).toMatch(/^ {2}│┄.*\?/m);
  });

  it("makes no history by asking for one, and does not answer for one that was named and is not there", async () => {
    const home = (await temporaryFolder()).path;
    const { code, stdout } = await runCli(["certificate", "timeline"], { home });
    expect([code, stdout]).toEqual([0, "No certificate is known yet. Make some history with: apirisk audit\n"]);
    validate(JSON.parse((await runCli(["certificate", "timeline", "--json"], { home })).stdout));
    expect(validate.errors ?? []).toEqual([]);
    await mkdir(join(home, "kept"));
    const db = join(home, "kept", "h.db");
    expect(await runCli(["certificate", "timeline", "--db", db], { home })).toMatchObject({ code: 2, stdout: "" });
    await expect(stat(db)).rejects.toMatchObject({ code: "ENOENT" });
  });
});

/** Four renewals 30 days before the end and a fifth that is missing 12 days before it; and one that was seen a month ago. */
async function remember(file: string): Promise<void> {
  const store = await openSqliteHistory({ file });
  const now = Date.now();
  const begins = [4, 3, 2, 1, 0].map((back) => now - HOUR - 78 * DAY - back * 60 * DAY);
  const nights = [
    ...begins.flatMap((from) => [from, from + 20 * DAY, from + 40 * DAY, from + 59 * DAY]).filter((at) => at < now),
    now - HOUR,
  ];
  for (const [n, at] of nights.entries()) {
    await store.beginRun(aRun(n + 1, { startedAt: at }));
    const served = leaf(begins.findLast((from) => from <= at) ?? at, "Evil \u001b[2J\u202e ::error::");
    await store.commitAudit({ ...aCommit(n + 1), at, findings: [], events: [], observations: [], milestones: [served] });
    const attic = { ...ACME, uid: integrationIdentity("attic", []), id: "attic", name: "Attic" };
    if (at < now - 30 * DAY) {
      const milestones = [leaf(now - 40 * DAY, "CN=R3")];
      await store.commitAudit({ ...aCommit(n + 1), at, integration: attic, findings: [], events: [], observations: [], milestones });
    }
    await store.finishRun(ulid(n + 1), { ...theEnd(n + 1), finishedAt: at });
  }
  await store.close();
}

function leaf(notBefore: number, issuer: string) {
  const detail = { issuer, keyType: "ec", notBefore, notAfter: notBefore + 90 * DAY, trusted: true };
  return {
    kind: "certificate",
    place: "https://api.acme.example",
    mark: sha256Hex(`${notBefore}${issuer}`),
    detail: canonicalJson(detail),
  };
}
