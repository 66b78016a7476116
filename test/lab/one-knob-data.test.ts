import { writeFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { CLEAN } from "../../src/demo/conditions.ts";
import { DAY } from "../../src/model/instant.ts";
import { DATA_KNOBS, type DataKnob, ERROR_KNOBS, HAZARD_KNOBS } from "./support/data-knobs.ts";
import { allOpenFindings, cleanEntry, startLab } from "./support/lab.ts";

async function expectOnly({ server = {}, declared = {}, files = {}, before = 1, sights = 1, findings }: DataKnob): Promise<void> {
  const lab = await startLab();
  for (const [name, text] of Object.entries(files)) await writeFile(`${lab.folder}/${name}`, text);
  const api = await lab.start();
  const entry = cleanEntry(api, declared);
  const audit = async () => {
    const found = allOpenFindings(await lab.audit([entry]));
    lab.clock.advance(DAY);
    return found;
  };
  const ofTheBody = async () => (await audit()).filter((finding) => finding.startsWith("data/"));
  for (let night = 0; night < before; night += 1) expect(await ofTheBody()).toEqual([]);
  await api.change(server);
  for (let sight = 1; sight < sights; sight += 1) expect(await ofTheBody()).toEqual([]);
  expect(await ofTheBody()).toEqual(findings);
}

describe("one-knob matrix of bodies: one thing turned of what an answer holds, exactly its findings appear", () => {
  it.each(DATA_KNOBS)("$turn", expectOnly);
  it.each(HAZARD_KNOBS)("$turn", expectOnly);
  it.each(ERROR_KNOBS)("$turn", expectOnly);
});

describe("what came to a body, night after night", () => {
  const contact = (value: unknown) => ({
    "/v1/orders": { data: [{ id: "ord_1041", status: "paid", contact: value }], has_more: false },
  });
  const BY_CLASS = { endpoints: [{ id: "orders", request: "GET /v1/orders", expect: { classes: ["email"] } }] };
  const EMAIL = "ada.lovelace@apirisk-lab.dev";
  const FOUND = "data/new-sensitive-path endpoint:orders#$.data[].contact#email";

  it("is told once, stays for a month, and is as usual then", async () => {
    const lab = await startLab();
    const api = await lab.start({ resources: contact(null) });
    const entry = cleanEntry(api, BY_CLASS);
    const nights: string[] = [];
    const kinds: string[] = [];
    for (let night = 0; night < 40; night += 5) {
      const result = await lab.audit([entry]);
      nights.push(allOpenFindings(result).includes(FOUND) ? "open" : "-");
      kinds.push(
        ...result.report.changes.filter(({ rule }) => rule === "data/new-sensitive-path").map(({ kind, cause }) => `${kind} ${cause}`),
      );
      await api.change({ resources: contact(EMAIL) });
      lab.clock.advance(5 * DAY);
    }
    // Thirty days after the fifth it is not told any more.
    expect(nights).toEqual(["-", "open", "open", "open", "open", "open", "open", "-"]);
    expect(kinds).toEqual(["new target", "resolved time"]);
  });

  it("is unobserved where the description cannot be read, and nothing that lies elsewhere is", async () => {
    const lab = await startLab();
    const api = await lab.start();
    for (const openapi of ["gone.json", "../outside.json"]) {
      const { report } = await lab.audit([cleanEntry(api, { openapi })]);
      const open = report.integrations[0]?.unobserved.filter(({ rule }) => rule === "data/undocumented-field");
      expect(open).toEqual([{ rule: "data/undocumented-field", subject: "endpoint:orders", reason: "description_unavailable" }]);
      expect(report.notices).toEqual([expect.stringMatching(`^openapi ${openapi} of clean \\(inventory line \\d+\\): expected a file`)]);
    }
  });

  it("ends with the declaration of its path", async () => {
    const lab = await startLab();
    const api = await lab.start({ resources: contact(null) });
    await lab.audit([cleanEntry(api, BY_CLASS)]);
    await api.change({ resources: contact(EMAIL) });
    lab.clock.advance(DAY);
    expect(allOpenFindings(await lab.audit([cleanEntry(api, BY_CLASS)]))).toContain(FOUND);
    lab.clock.advance(DAY);
    const declared = { endpoints: [{ id: "orders", request: "GET /v1/orders", expect: { fields: ["$.*"] } }] };
    expect(allOpenFindings(await lab.audit([cleanEntry(api, declared)]))).not.toContain(FOUND);
  });

  it("is held against the same answers, where an older one stands in", async () => {
    const lab = await startLab();
    const api = await lab.start({ resources: contact(null) });
    const weekly = cleanEntry(api, { endpoints: [{ ...BY_CLASS.endpoints[0], every: "7d" }] });
    await lab.audit([weekly]);
    lab.clock.advance(8 * DAY);
    await api.change({ resources: contact(EMAIL) });
    expect(allOpenFindings(await lab.audit([weekly]))).toContain(FOUND);
    const asked = api.counts().byPath["/v1/orders"];
    lab.clock.advance(DAY);
    expect(allOpenFindings(await lab.audit([weekly]))).toContain(FOUND);
    expect(api.counts().byPath["/v1/orders"]).toBe(asked);
  });

  it("adds no evidence while answers stay the same", async () => {
    const lab = await startLab();
    const api = await lab.start();
    const hashes = new Set<string>();
    const entry = cleanEntry(api);
    for (let night = 0; night < 8; night += 1) {
      const { report } = await lab.audit([entry], { withEvidence: true });
      const [history] = (report.integrations[0]?.evidence?.["response-history"] ?? []) as readonly unknown[];
      hashes.add(JSON.stringify(history));
      lab.clock.advance(DAY);
    }
    // None, and then one to three answers.
    expect(hashes.size).toBe(4);
  });

  it("is no news where something stood in for the API in between", async () => {
    const lab = await startLab();
    const api = await lab.start();
    const entry = cleanEntry(api);
    const clean = async () => {
      lab.clock.advance(DAY);
      return allOpenFindings(await lab.audit([entry])).filter((finding) => finding.startsWith("data/"));
    };
    for (let night = 0; night < 3; night += 1) expect(await clean()).toEqual([]);
    await api.change({ status: 503, resources: { "/v1/orders": { error: "maintenance" } } });
    for (let night = 0; night < 4; night += 1) expect(await clean()).toEqual([]);
    await api.change(CLEAN);
    expect(await clean()).toEqual([]);
  });
});
