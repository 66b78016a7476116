import type { Observation } from "../../../evidence/observation.ts";
import type { Integration } from "../../../model/integration.ts";
import { evidenceOf } from "../../facts/aggregate.ts";
import { credentialLocation } from "../../facts/credential.ts";
import { ABOUT_POSTURE, overCors, whereNobodyDeclared } from "../../facts/posture.ts";
import { answerReason } from "../../facts/responses.ts";
import { defineRule } from "../rule.ts";

export const corsReflectsOrigin = defineRule({
  meta: {
    id: "header/cors-reflects-origin",
    revision: 1,
    title: "Pages of strangers cannot call the API with somebody's session",
    failureTitle: "Pages of any origin may call the API with its visitor's session",
    rationale:
      "A server that names back whatever origin asks, and allows credentials, lets every page that a person opens call the API in that person's session. Where clients send a key in a header, no browser adds it by itself.",
    remediation: {
      verb: "ask",
      alone: false,
      effort: "low",
      text: "Ask the provider to name the origins that it knows instead of the one that asks; keep people who are logged in there away from pages of strangers.",
    },
    severity: "high",
    likelihood: 2,
    citations: [
      { id: "ASVS 5.0 3.4.2", url: "https://github.com/OWASP/ASVS/tree/v5.0.0" },
      { id: "Fetch, CORS protocol", url: "https://fetch.spec.whatwg.org/#http-cors-protocol" },
    ],
    cwe: ["CWE-942", "CWE-346"],
    owasp: ["API8:2023"],
    controls: ["ISO27001 A.8.26", "NIST-CSF PR.PS-01"],
    confirm: 1,
  },
  needs: ["http-preflight", "http-not-found"],
  sees: ["http-response"],
  outcomes: {
    "not-reflected": { verdict: "pass", message: () => "An origin that nobody knows is not named back with credentials." },
    "reflected-session": {
      verdict: "fail",
      message: () => "Any origin is named back and may use credentials, and the API keeps sessions in cookies.",
    },
    "reflected-key": {
      verdict: "fail",
      severity: "low",
      message: () => "Any origin is named back and may use credentials; ours travels where no browser adds it by itself.",
    },
    "reflected-unvaried": {
      verdict: "fail",
      severity: "low",
      message: () => "Any origin is named back, and caches are not told that the answer differs by it (Vary: Origin).",
    },
    ...ABOUT_POSTURE,
  },
  applies: whereNobodyDeclared,
  evaluate: (input) =>
    overCors(input, { outcome: "not-reflected", pointer: "/cors", summary: "not reflected" }, ({ cors }) => {
      const at = { pointer: "/cors", summary: `allows ${cors.allowOrigin}` };
      if (cors.allowOrigin !== "echoed" || (cors.varies && !cors.credentials)) return undefined;
      if (!cors.credentials) return { outcome: "reflected-unvaried", ...at };
      const keeps = keepsSessions(input);
      // Cookies of answers that nobody saw tonight may be there all the same.
      if (keeps === undefined) return { outcome: "unobserved", reason: "evidence_missing", ...at };
      return { outcome: keeps ? "reflected-session" : "reflected-key", ...at };
    }),
});

/** Our own login is a cookie, or answers set one that stands for a session. Undefined where not every answer was seen, and none that was sets one. */
function keepsSessions({
  integration,
  observations,
}: {
  readonly integration: Integration;
  readonly observations: { readonly "http-response": readonly Observation<"http-response">[] };
}): boolean | undefined {
  if (credentialLocation(integration) === "cookie") return true;
  const answers = observations["http-response"].map(evidenceOf);
  if (answers.some((answer) => answer?.cookies?.some(({ purpose }) => purpose === "session") === true)) return true;
  const isWhole = answers.length > 0 && answers.every((answer) => answer !== undefined && answerReason(answer) === undefined);
  return isWhole ? false : undefined;
}
