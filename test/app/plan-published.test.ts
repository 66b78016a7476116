import { expect, it } from "vitest";
import { plannedPublished } from "../../src/app/plan-published.ts";
import type { IntegrationKnowledge } from "../../src/model/history-store.ts";
import { anIntegration } from "../judge/builders.ts";

const plan = (adHoc: boolean) =>
  plannedPublished(anIntegration({ adHoc, auth: { neededScopes: [] } }), { observations: [] } as unknown as IntegrationKnowledge, {
    depth: "standard",
    left: 100,
    now: 0,
  }).state;

it("asks for documents of what somebody declared, and of no address that was only typed in", () => {
  expect([plan(false), plan(true)]).toEqual(["due", "not-planned"]);
});
