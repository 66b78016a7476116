import { writeFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { compareStoredRuns } from "../../src/app/compare-runs.ts";
import { replayRuns, runsToReplay } from "../../src/app/replay.ts";
import { DAY } from "../../src/model/instant.ts";
import { cleanEntry, type Lab, startLab } from "./support/lab.ts";

const RULE = "data/undocumented-field";
const document = (...fields: readonly string[]) => {
  const item = { type: "object", properties: Object.fromEntries(fields.map((name) => [name, {}])) };
  const schema = { type: "object", properties: { data: { type: "array", items: item }, has_more: {} } };
  const get = { responses: { 200: { content: { "application/json": { schema } } } } };
  return JSON.stringify({ openapi: "3.0.3", paths: { "/v1/orders": { get } } });
};
const WHOLE = document("id", "status", "items");

async function describedLab() {
  const lab = await startLab();
  const api = await lab.start();
  const entry = cleanEntry(api, { openapi: "acme.json", endpoints: [{ id: "orders", request: "GET /v1/orders" }] });
  const audit = async (text: string) => {
    await writeFile(`${lab.folder}/acme.json`, text);
    const { report } = await lab.audit([entry]);
    lab.clock.advance(DAY);
    return report;
  };
  return { lab, api, entry, audit };
}

async function audited({ history }: Lab, run: string) {
  const [head] = await history.auditHeads(run);
  if (head === undefined) throw new Error("no audit");
  return { head, verdicts: (await history.audit(head))?.verdicts ?? [] };
}

describe("another description beside the inventory", () => {
  it("is a change of configuration, of the one rule that reads it", async () => {
    const { lab, audit } = await describedLab();
    const before = await audit(WHOLE);
    const after = await audit(document("id"));
    expect(after.changes.map(({ rule, kind, cause }) => [rule, kind, cause])).toEqual([[RULE, "newly-detected", "config"]]);
    const [then, now] = [await audited(lab, before.run.id), await audited(lab, after.run.id)];
    const known = new Map(then.verdicts.map(({ rule, subject, causes }) => [`${rule} ${subject}`, causes.config]));
    const moved = now.verdicts.filter(({ rule, subject, causes }) => (known.get(`${rule} ${subject}`) ?? causes.config) !== causes.config);
    expect(moved.map(({ rule }) => rule)).toEqual([RULE]);
    expect(now.head.configurationHash).toBe(then.head.configurationHash);
    expect(await lab.history.configuration(now.head.configurationHash)).not.toContain("has_more");
    const compared = await compareStoredRuns(lab.history, {
      before: before.run.id,
      after: after.run.id,
      failOn: "regression",
      severity: "info",
    });
    expect(compared.ok && compared.value.changes.map(({ rule, cause }) => [rule, cause])).toEqual([[RULE, "config"]]);
  });

  it("does not excuse the provider, where the answer changed", async () => {
    const { api, audit } = await describedLab();
    await audit(WHOLE);
    await api.change({
      resources: { "/v1/orders": { data: [{ id: "ord_1041", status: "paid", items: 3, shelf: "B7" }], has_more: false } },
    });
    const { changes } = await audit(document("id", "status", "items", "gift"));
    expect(changes.filter(({ rule }) => rule === RULE).map(({ cause }) => cause)).toEqual(["target"]);
  });

  it("is held against the same text when a run is judged again", async () => {
    const { lab, audit } = await describedLab();
    const runs = [await audit(WHOLE), await audit(document("id")), await audit("{}"), await audit(WHOLE)];
    await writeFile(`${lab.folder}/acme.json`, document());
    const heads = await runsToReplay(lab.history, { runs: runs.map(({ run }) => run.id) }, lab.clock.now());
    const replayed = [];
    for await (const run of replayRuns(lab.history, heads.ok ? heads.value : [])) replayed.push(run);
    expect(replayed.map(({ integrations }) => integrations)).toEqual([[], [], [], []]);
    expect(replayed.every(({ counts }) => counts.equal > 10 && counts.equal === counts.judged)).toBe(true);
  });

  it("says what is wrong with it where it cannot be read", async () => {
    const { audit } = await describedLab();
    await audit(document("id"));
    const blind = await audit('{ "openapi": "3.0.3", "paths": [] }');
    expect(blind.integrations[0]?.unobserved).toContainEqual({ rule: RULE, subject: "endpoint:orders", reason: "description_unavailable" });
    expect(blind.notices).toEqual([expect.stringContaining("expected a mapping under `paths`, found something else. Put it right")]);
  });

  it("is not read where nobody asks about it", async () => {
    const { lab, entry } = await describedLab();
    const only = await lab.audit([entry], { families: ["tls", "certificate"] });
    const off = await lab.audit([entry], { policy: { rules: { [RULE]: "off" } } });
    expect([...only.report.notices, ...off.report.notices]).toEqual([]);
  });
});
