import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import type { Track } from "../../../src/model/history-store.ts";
import { DAY } from "../../../src/model/instant.ts";
import { retire } from "../../../src/remember/changes/retire.ts";
import { ACME, aCommit, aFinding, aRun, NOON, theEnd, ulid } from "../samples.ts";
import { type InProcess, inProcess } from "./in-process.ts";

const INVENTORY = "0123456789abcdef";
const PROXY = "proxy:proxy.example:3128";
let place: InProcess;

beforeEach(async () => {
  const made = await inProcess();
  onTestFinished(() => made.remove());
  place = made;
});

/** Run `n` audits ACME from there. */
function audited(n: number, vantage: string, findings = [aFinding(n)]): void {
  const { operations } = place;
  operations.beginRun(aRun(n, { vantage }));
  operations.commitAudit(aCommit(n, { vantage, integration: { ...aCommit(n).integration, inventory: INVENTORY }, findings }));
  operations.finishRun(ulid(n), theEnd(n));
}

/** Run `n` finds that the inventory does not declare ACME any more. */
function missedIn(n: number): readonly Track[] {
  const { operations } = place;
  operations.beginRun(aRun(n));
  const tracks = operations.missingFrom(INVENTORY, []);
  for (const track of tracks) {
    const { findings } = operations.knowledge(track.uid, track.vantage, NOON);
    operations.commitRetirement({
      ...track,
      run: ulid(n),
      at: NOON + n * DAY,
      ...retire(findings, ulid(n), () => "integration_removed"),
      alerts: [],
    });
  }
  operations.finishRun(ulid(n), theEnd(n));
  return tracks;
}

describe("an integration that left the inventory", () => {
  it("is retired from every vantage that saw it, and told once", () => {
    audited(1, "local");
    audited(2, PROXY);
    expect(missedIn(3)).toHaveLength(2);
    const { operations } = place;
    for (const vantage of ["local", PROXY]) {
      expect(operations.knowledge(ACME.uid, vantage, NOON).findings.map(({ presence }) => presence)).toEqual(["retired"]);
    }
    const events = operations.findingEvents(aFinding(1).fingerprint);
    expect(events.filter(({ kind }) => kind === "retired")).toHaveLength(1);
    expect(missedIn(4)).toEqual([]);
  });

  it("is not waited for any more, also where nothing was wrong with it", () => {
    audited(1, "local", []);
    expect(place.operations.pulse().sightings).toHaveLength(1);
    expect(missedIn(2)).toHaveLength(1);
    expect(place.operations.pulse().sightings).toEqual([]);
    expect(missedIn(3)).toEqual([]);
  });
});
