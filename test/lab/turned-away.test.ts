import { describe, expect, it } from "vitest";
import { DAY, HOUR } from "../../src/model/instant.ts";
import { cleanEntry, openFindings, startLab } from "./support/lab.ts";

/** A provider that wants to be left alone (history.md 7, row 51). */
describe("a host that turns us away", () => {
  it.each([
    ["429, and says a year", { status: 429, headers: { "retry-after": "31536000" } }],
    ["503, and says a date in a year", { status: 503, headers: { "retry-after": new Date(Date.now() + 365 * DAY).toUTCString() } }],
  ])(
    "%s: is left alone across runs, for a day and not longer, and nothing is fixed meanwhile",
    async (_what, limit) => {
      const lab = await startLab();
      const headers = { server: "nginx/1.18.0" };
      const api = await lab.start({ certificate: "expiring", headers });
      const first = await lab.audit([cleanEntry(api)]);
      const open = openFindings(first);
      expect(open.length).toBeGreaterThanOrEqual(2);

      await api.change({ status: limit.status, headers: { ...headers, ...limit.headers } });
      lab.clock.advance(HOUR);
      const limited = await lab.audit([cleanEntry(api)]);
      expect(reasonsOf(limited)).toContain("rate_limited");

      const before = api.counts().connections;
      for (const hours of [1, 22]) {
        lab.clock.advance(hours * HOUR);
        const spared = await lab.audit([cleanEntry(api)]);
        // A host that asked to be left alone (model/reason.ts); what nobody asks for at this level is about no host.
        expect(reasonsOf(spared).filter((reason) => reason !== "not_requested")).toEqual(["blocked"]);
        expect(spared.report.changes.map(({ kind }) => kind)).not.toContain("resolved");
        expect(openFindings(spared)).toEqual(open);
      }
      expect(api.counts().connections).toBe(before);

      await api.change({ status: 200, headers });
      lab.clock.advance(2 * HOUR);
      const back = await lab.audit([cleanEntry(api)]);
      expect(api.counts().connections).toBeGreaterThan(before);
      expect(openFindings(back)).toEqual(open);
      expect(reasonsOf(back)).not.toContain("rate_limited");
    },
    60_000,
  );
});

function reasonsOf({ report }: Awaited<ReturnType<Awaited<ReturnType<typeof startLab>>["audit"]>>): readonly string[] {
  return [...new Set(report.integrations.flatMap(({ unobserved }) => unobserved.map(({ reason }) => reason)))].sort();
}
