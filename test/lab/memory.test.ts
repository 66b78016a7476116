import { statSync } from "node:fs";
import Database from "better-sqlite3";
import { describe, expect, it } from "vitest";
import { HOUR } from "../../src/model/instant.ts";
import { cleanEntry, openFindings, startLab } from "./support/lab.ts";

describe("memory: nothing changed, nothing told; nothing seen, nothing fixed", () => {
  it("50 integrations audited again: no change, evidence stored once, less than 2 KB each", async () => {
    const lab = await startLab();
    const api = await lab.start({ headers: { server: "nginx/1.18.0" } });
    const entries = Array.from({ length: 50 }, (_, index) => cleanEntry(api, { id: `integration-${index}`, criticality: "low" }));

    await lab.audit(entries);
    // The first night lists everything, the second marks what it takes over; from then on nothing is new.
    lab.clock.advance(HOUR);
    await lab.audit(entries);
    // How often an answer was as it is, is counted to three.
    for (let answers = 2; answers < 4; answers += 1) {
      lab.clock.advance(HOUR);
      await lab.audit(entries, { families: ["data"] });
    }
    const before = { bytes: sizeAfterCheckpoint(lab.databaseFile), evidence: count(lab.databaseFile, "evidence") };
    lab.clock.advance(HOUR);
    const second = await lab.audit(entries);

    expect(second.report.changes).toEqual([]);
    expect(second.report.run.first).toBe(false);
    expect(count(lab.databaseFile, "evidence")).toBe(before.evidence);
    expect((sizeAfterCheckpoint(lab.databaseFile) - before.bytes) / entries.length).toBeLessThan(2048);
  }, 240_000);

  it("a server that is switched off: its findings stay open, are labelled as not seen, and nothing is resolved", async () => {
    const lab = await startLab();
    const api = await lab.start({ certificate: "expiring", headers: { server: "nginx/1.18.0" } });
    const first = await lab.audit([cleanEntry(api)]);
    const open = openFindings(first);
    expect(open.length).toBeGreaterThanOrEqual(2);

    await api.change({ listens: false });
    lab.clock.advance(HOUR);
    const { report } = await lab.audit([cleanEntry(api)]);
    const findings = report.integrations.flatMap((integration) => integration.findings);
    expect(report.integrations[0]?.visibility).toBe("unreachable");
    expect(report.changes.map(({ kind }) => kind)).not.toContain("resolved");
    expect(findings.filter(({ rule }) => rule.startsWith("certificate/")).map(({ state }) => state.label)).toEqual(["unverified"]);

    await api.change({ listens: true });
    lab.clock.advance(HOUR);
    const back = await lab.audit([cleanEntry(api)]);
    expect(openFindings(back)).toEqual(open);
    expect(back.report.changes).toEqual([]);
  });

  it("an endpoint that is not due is judged by what was seen the last time", async () => {
    const lab = await startLab();
    const api = await lab.start({ headers: { server: "nginx/1.18.0" } });
    const [endpoint] = cleanEntry(api)["endpoints"] as readonly object[];
    const entry = cleanEntry(api, { endpoints: [{ ...endpoint, every: "1d" }] });
    const first = await lab.audit([entry]);
    const asked = api.counts().byPath["/v1/orders"] ?? 0;
    expect(asked).toBeGreaterThan(0);

    lab.clock.advance(HOUR);
    const second = await lab.audit([entry]);
    expect(openFindings(second)).toEqual(openFindings(first));
    expect(second.report.changes).toEqual([]);
    expect(api.counts().byPath["/v1/orders"]).toBe(asked);
    expect(second.report.run.coverage).toBe(first.report.run.coverage);
  });

  it("the same inventory in two fresh databases has the same fingerprints", async () => {
    const [one, other] = [await startLab(), await startLab()];
    const conditions = { certificate: "expiring", headers: { server: "nginx/1.18.0" } } as const;
    const fingerprints = await Promise.all(
      [one, other].map(async (lab) => {
        const api = await lab.start(conditions);
        const { report } = await lab.audit([cleanEntry(api)]);
        return report.integrations.flatMap(({ findings }) => findings.map(({ rule, fingerprint }) => `${rule} ${fingerprint}`)).sort();
      }),
    );
    expect(fingerprints[0]?.length).toBeGreaterThanOrEqual(2);
    expect(fingerprints[1]).toEqual(fingerprints[0]);
  });
});

function sizeAfterCheckpoint(file: string): number {
  const database = new Database(file);
  database.pragma("wal_checkpoint(TRUNCATE)");
  database.close();
  return statSync(file).size;
}

function count(file: string, table: string): number {
  const database = new Database(file, { readonly: true });
  const row = database.prepare(`SELECT count(*) AS n FROM ${table}`).get() as { readonly n: number };
  database.close();
  return row.n;
}
