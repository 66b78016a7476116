import { expect, it } from "vitest";
import { planAudit } from "../../src/app/plan.ts";
import type { EvidenceBundle } from "../../src/evidence/bundle.ts";
import { FILE_KINDS } from "../../src/evidence/kinds.ts";
import { judge } from "../../src/judge/rules/engine.ts";
import { RULES } from "../../src/judge/rules/registry.ts";
import type { IntegrationKnowledge } from "../../src/model/history-store.ts";
import { anIntegration, NOW, unseen } from "../judge/builders.ts";

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
  expect(ABOUT_FILES.length).toBeGreaterThan(20);
  expect(kinds.filter((kind) => FILE_KINDS.has(kind))).toEqual([]);
  expect(bound.probes.map(({ probe }) => probe)).toEqual(["tls-session", "http-response", "http-plaintext", "credential", "token"]);
});

it("asks no question of a file where none was read", () => {
  const bundle = { integration: anIntegration(), observations: [], asOf: NOW };
  const options = { policy: { packs: [], rules: {} }, families: ["auth"], known: [], hashOf: () => "" } as const;
  const aboutFiles = (observations: EvidenceBundle["observations"]) =>
    judge({ ...bundle, observations }, options).filter(({ rule }) => ABOUT_FILES.some(({ meta }) => meta.id === rule));
  expect(aboutFiles([])).toEqual([]);
  const read = aboutFiles([unseen("jwks", "http_timeout")]);
  expect(new Set(read.map(({ rule, reason }) => `${rule.slice(0, 10)} ${reason}`))).toEqual(new Set(["auth/jwks- http_timeout"]));
});
