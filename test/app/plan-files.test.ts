import { expect, it } from "vitest";
import { planAudit } from "../../src/app/plan.ts";
import { FILE_KINDS } from "../../src/evidence/kinds.ts";
import { coverageCounts } from "../../src/judge/risk/coverage.ts";
import { judge } from "../../src/judge/rules/engine.ts";
import { RULES } from "../../src/judge/rules/registry.ts";
import type { IntegrationKnowledge } from "../../src/model/history-store.ts";
import { anIntegration, NOW } from "../judge/builders.ts";

const NOTHING_KNOWN = { observations: [], pace: [], sentLast31Days: { connections: 0, requests: 0 } } as unknown as IntegrationKnowledge;
const ABOUT_FILES = RULES.filter(({ needs }) => needs.some((kind) => FILE_KINDS.has(kind)));

it("plans nothing for what only files can tell", () => {
  const { kinds, bound } = planAudit(anIntegration(), NOTHING_KNOWN, {
    depth: "full",
    families: ["auth"],
    revocation: false,
    registration: false,
    deadlineMs: 1000,
    now: NOW,
  });
  expect(ABOUT_FILES.length).toBeGreaterThan(40);
  expect(kinds.filter((kind) => FILE_KINDS.has(kind))).toEqual([]);
  expect(bound.probes.map(({ probe }) => probe)).toEqual(["tls-session", "http-response", "http-plaintext"]);
});

it("counts no question as unanswered that nobody asked", () => {
  const bundle = { integration: anIntegration(), observations: [], asOf: NOW };
  const results = judge(bundle, { rules: ABOUT_FILES, policy: { packs: [], rules: {} }, families: ["auth"], known: [], hashOf: () => "" });
  expect(new Set(results.map(({ reason }) => reason))).toEqual(new Set(["not_requested"]));
  expect(coverageCounts(results)).toEqual({ reached: 0, applicable: 0 });
});
