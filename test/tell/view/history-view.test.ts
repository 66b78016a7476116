import { expect, it } from "vitest";
import type { RenewalForecast } from "../../../src/model/forecast.ts";
import type { FleetDocument, FleetRow, IntegrationDocument } from "../../../src/model/history.ts";
import { fleetView, integrationView } from "../../../src/tell/view/history-view.ts";

it("a row shows the renewal that matters most, its trend in eight steps, and what is open", () => {
  const renewal = (standing: string, notAfter: number) => ({ standing, notAfter }) as RenewalForecast;
  const row = {
    late: true,
    scores: [0, null, 50, 99, 100],
    open: { low: 2, critical: 1, high: 0 },
    renewals: [renewal("early", 1), renewal("late", 3), renewal("ended", 9), renewal("late", 2)],
  } as unknown as FleetRow;
  const document = { total: 3, integrations: [row], forecasts: { ends: Array(12).fill({}), sharedFates: [] } } as unknown as FleetDocument;
  const view = fleetView(document);
  expect(view).toMatchObject({ more: 2, late: 1, moreEnds: 2, moreFates: 0 });
  expect(view.ends).toHaveLength(10);
  expect(view.rows[0]).toMatchObject({
    trend: [0, null, 4, 7, 7],
    open: [
      { severity: "critical", count: 1 },
      { severity: "low", count: 2 },
    ],
    renewal: { standing: "ended" },
  });
});

it("what is true is failing, mended, or the same ever since", () => {
  const standing = [
    { verdict: "fail", otherUntil: null },
    { verdict: "pass", otherUntil: 5 },
    { verdict: "pass", otherUntil: null },
    { verdict: "not-applicable", otherUntil: 5 },
  ];
  const document = { total: 4, timeline: [{}], standing } as unknown as IntegrationDocument;
  const view = integrationView(document);
  expect([view.failing.length, view.mended.length, view.steady, view.more]).toEqual([1, 1, 2, 3]);
});
