import { describe, expect, it } from "vitest";
import { DAY } from "../../src/model/instant.ts";
import { cleanEntry, startLab } from "./support/lab.ts";

describe("a clock that cannot be believed", () => {
  it.each([
    ["two years ahead", 730 * DAY],
    ["two days behind", -2 * DAY],
    ["twenty years behind", -20 * 365 * DAY],
  ])("%s: nothing expires, no waiver ends, nothing is written, and the gate says that it does not know", async (_when, jump) => {
    const lab = await startLab();
    const api = await lab.start({ headers: { server: "nginx/1.18.0" } });
    const waivers = [{ rule: "header/version-disclosure", until: "2027-06-30", reason: "known", by: "ciso" }];
    const entry = cleanEntry(api, { waivers });
    await lab.audit([entry]);
    const known = await lab.history.findings({});

    lab.clock.advance(DAY + jump);
    const doubtful = await lab.audit([entry], { failOn: "open", severity: "info" });
    expect([doubtful.verdict, doubtful.report.gate.reasons]).toEqual(["insufficient", ["the time in doubt"]]);
    expect([doubtful.report.changes, doubtful.report.events]).toEqual([[], []]);
    expect(await lab.history.findings({})).toEqual(known);
    expect((await lab.history.runs(1))[0]).toMatchObject({ clockSuspect: true, observed: 0 });

    lab.clock.advance(-jump);
    const { report } = await lab.audit([entry]);
    expect([report.changes, report.events]).toEqual([[], []]);
    expect((await lab.history.runs(1))[0]).not.toHaveProperty("clockSuspect");
  });
});
