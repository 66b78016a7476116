import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { describe, expect, it, onTestFinished } from "vitest";
import { DAY, isoDay, MINUTE } from "../../src/model/instant.ts";
import { cleanEntry, startLab } from "./support/lab.ts";

const BANNER = "header/version-disclosure";

/** One clock for the whole run (history.md 7, row 54). */
describe("midnight in the middle of a run", () => {
  it("ends no waiver for the integrations that come after it; the next run ends it for all of them at once", async () => {
    const lab = await startLab();
    const api = await lab.start({ headers: { server: "nginx/1.18.0" } });
    const midnight = (Math.floor(lab.clock.now() / DAY) + 1) * DAY;
    const waivers = [{ rule: BANNER, subject: "header:server", until: isoDay(midnight - DAY), reason: "known", by: "ciso" }];
    const entries = ["one", "two", "three"].map((id) => cleanEntry(api, { id, waivers }));
    const labels = async () => {
      const { report } = await lab.audit(entries, { concurrency: 1 });
      const events = report.events
        .filter(({ kind }) => kind.startsWith("waiver-"))
        .map(({ integration, kind }) => `${integration} ${kind}`);
      const findings = report.integrations.flatMap(({ findings }) => findings.filter(({ rule }) => rule === BANNER));
      return { events, labels: findings.map(({ state }) => state.label) };
    };
    const accepted = ["accepted-expiring", "accepted-expiring", "accepted-expiring"];
    expect(await labels()).toEqual({ events: [], labels: accepted });

    lab.clock.advance(midnight - lab.clock.now() - MINUTE);
    afterTheFirst(() => lab.clock.advance(2 * MINUTE));
    expect(await labels()).toEqual({ events: [], labels: accepted });
    expect(lab.clock.now()).toBeGreaterThan(midnight);

    const next = await labels();
    expect(next.events).toEqual(["one waiver-expired", "two waiver-expired", "three waiver-expired"]);
    expect(next.labels).toEqual(["open", "open", "open"]);
    expect((await labels()).events).toEqual([]);
  }, 60_000);
});

/** When the first integration of the next run was judged. */
function afterTheFirst(act: () => void): void {
  const listener = (point: unknown) => {
    if (point !== "integration-judged") return;
    unsubscribe("apirisk:checkpoint", listener);
    act();
  };
  subscribe("apirisk:checkpoint", listener);
  onTestFinished(() => void unsubscribe("apirisk:checkpoint", listener));
}
