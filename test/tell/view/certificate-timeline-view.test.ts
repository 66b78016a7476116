import { describe, expect, it } from "vitest";
import { DAY } from "../../../src/model/instant.ts";
import { certificateTimelineView } from "../../../src/tell/view/certificate-timeline-view.ts";
import { NOON, sampleTimeline, served } from "../timeline-samples.ts";

describe("the view of a timeline", () => {
  it("places ends and windows as shares of the axis", () => {
    const { rows } = certificateTimelineView(sampleTimeline());
    const places = rows.map(({ certificate, end, window }) => [certificate.integration, end, window?.to]);
    expect(places[0]).toEqual(["parcels", -0.05, (-10 - 29) / 200]);
    expect(places[3]).toEqual(["maps", 0.3, 0.3]);
    expect(places[10]).toEqual(["intranet", 18.25, undefined]);
  });

  it("counts what asks for attention, the worst first", () => {
    expect(certificateTimelineView(sampleTimeline()).alarms).toEqual([
      { standing: "ended", count: 1 },
      { standing: "late", count: 1 },
      { standing: "unseen", count: 1 },
    ]);
  });

  it("marks the limits that begin on the axis, and no other", () => {
    const until = (days: number) => certificateTimelineView(sampleTimeline({ axis: { from: NOON, to: NOON + days * DAY } }));
    expect(until(200)).toMatchObject({ limitNow: { maxDays: 200 }, laterLimits: [{ maxDays: 100 }, { maxDays: 47 }] });
    expect(until(200).marks).toEqual([{ at: 104.5 / 200, maxDays: 100 }]);
    expect(until(104.5).marks).toEqual([]);
    expect(until(1096).marks.map(({ maxDays }) => maxDays)).toEqual([100, 47]);
  });

  it.each([
    ["C=US, O=Let's Encrypt, CN=R3", "R3"],
    ["CN=R3", "R3"],
    ["O=Acme, OU=Unit", "Acme"],
    ["CN=Root, CN=Narrow, C=DE", "Narrow"],
    ["O=Bank, Inc., C=US", "Bank, Inc."],
    ["serialNumber=1", "serialNumber=1"],
    ["CN=", "CN="],
    ["", "an issuer without a name"],
  ])("shortens %j", (issuer, short) => {
    const { rows } = certificateTimelineView(sampleTimeline({ certificates: [served("a", DAY, 90, { issuer })] }));
    expect(rows[0]?.issuer).toBe(short);
  });

  it("says a host once", () => {
    const certificates = [served("a", DAY, 90), served("https://b.example:8443", DAY, 90, { origin: "https://b.example:8443" })];
    expect(certificateTimelineView(sampleTimeline({ certificates })).rows.map(({ host }) => host)).toEqual(["api.a.example", undefined]);
  });
});
