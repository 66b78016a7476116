import type { EvidenceBundle } from "../evidence/bundle.ts";
import type { Observation } from "../evidence/observation.ts";
import { judge } from "../judge/rules/engine.ts";
import { integrationIdentity } from "../model/fingerprint.ts";
import type { Instant } from "../model/instant.ts";
import type { Endpoint, Integration, Policy } from "../model/integration.ts";
import type { JudgedResult, RuleFamily } from "../model/rule.ts";

export type InspectedFinding = Pick<JudgedResult, "rule" | "subject" | "outcome" | "severity" | "title" | "message" | "confidence">;

/** What fails of the families that a file can tell of. */
export function findingsOf(
  observation: Observation,
  families: readonly RuleFamily[],
  now: Instant,
  integration: Integration = INTEGRATION,
  rules: Policy["rules"] = {},
): readonly InspectedFinding[] {
  return judgedFindings({ integration, observations: [observation], asOf: now }, families, rules);
}

export function judgedFindings(
  bundle: EvidenceBundle,
  families: readonly RuleFamily[],
  rules: Policy["rules"],
): readonly InspectedFinding[] {
  const results = judge(bundle, { policy: { packs: [], rules }, families, known: [], hashOf: () => "" });
  return results
    .filter(({ verdict }) => verdict === "fail")
    .map(({ rule, subject, outcome, severity, title, message, confidence }) => ({
      rule,
      subject,
      outcome,
      confidence,
      ...(severity === undefined ? {} : { severity }),
      ...(title === undefined ? {} : { title }),
      ...(message === undefined ? {} : { message }),
    }));
}

/** A file says nothing of what comes in a handshake. */
export const UNASKABLE: Policy["rules"] = { "certificate/caa-forbids-issuer": { off: true }, "certificate/staple-missing": { off: true } };
/** Nor of when it was saved, nor where the API is said to run. */
export const OFFLINE: Policy["rules"] = { "header/clock-skew": { off: true }, "header/environment-mismatch": { off: true } };
/** Nobody knows of a saved error what was asked: its fields are judged with the answer, and that it failed, or allowed an origin, is no fault. */
export const OF_ANY_ERROR: Policy["rules"] = {
  ...OFFLINE,
  "header/cors-reflects-origin": { off: true },
  "header/debug-information": { off: true },
  "header/error-path-fails": { off: true },
};

/** A file has no provider: the stand-in that the rules are given. */
export const ORIGIN = "https://file.invalid";
export const ENDPOINT: Endpoint = { id: "file", method: "GET", path: "/", safe: false, everyMs: 0, cost: "free", expect: {} };
export const INTEGRATION: Integration = {
  id: "file",
  uid: integrationIdentity("file", []),
  previousIds: [],
  name: "file",
  adHoc: true,
  criticality: "medium",
  environment: "production",
  dataClasses: [],
  tags: [],
  network: "public",
  baseUrl: ORIGIN,
  additionalUrls: [],
  headers: {},
  auth: { neededScopes: [] },
  authProof: { level: "none" },
  budget: {},
  endpoints: [ENDPOINT],
  waivers: [],
};
