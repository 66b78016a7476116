import { overAnswers } from "../../facts/answers.ts";
import { absentEndpoint } from "../../facts/subjects.ts";
import { ABOUT_PINS, isListed, versionList, versionNames, versionPin } from "../../facts/version-pins.ts";
import { defineRule } from "../rule.ts";

export const versionUnsupported = defineRule({
  meta: {
    id: "lifecycle/version-unsupported",
    revision: 1,
    title: "The version that we pin is among those that are supported",
    failureTitle: "The version that we pin is not among those that are supported",
    rationale:
      "The answer lists the versions that the provider supports, and ours is not one of them. It is answered out of courtesy, or by another version than we think, and may stop on any day.",
    remediation: {
      verb: "move",
      alone: true,
      effort: "high",
      text: "Move to a version of the list; read the provider's notes on what changed in between, and pin the new one in the inventory (apiVersion).",
    },
    severity: "high",
    likelihood: 4,
    citations: [
      { id: "ASP.NET API Versioning", url: "https://github.com/dotnet/aspnet-api-versioning/wiki/Version-Discovery" },
      { id: "API9:2023", url: "https://owasp.org/API-Security/editions/2023/en/0xa9-improper-inventory-management/" },
    ],
    cwe: ["CWE-1104"],
    owasp: ["API9:2023"],
    controls: ["ISO27001 A.5.22", "NIST-CSF GV.SC-07"],
    confirm: 1,
  },
  needs: ["http-response"],
  outcomes: {
    supported: { verdict: "pass", message: ({ pinned }) => `The version ${pinned} is supported.` },
    unsupported: {
      verdict: "fail",
      message: ({ pinned, listed }) => `The version ${pinned} is not among those that are supported: ${listed}.`,
    },
    ...ABOUT_PINS,
  },
  applies: ({ integration }) => (integration.endpoints.length === 0 ? "no-endpoint" : undefined),
  evaluate: ({ integration, observations }) =>
    overAnswers({ integration, observations }, { outcome: "not-said", pointer: "/headers", summary: "no list" }, (evidence, endpoint) => {
      const pin = versionPin(integration, endpoint);
      const supported = versionList(evidence, "supported");
      const pointer = "/headers";
      if (pin === undefined) return { outcome: "not-pinned", pointer, summary: "no version is pinned" };
      if (supported === undefined) return undefined;
      const deprecated = versionList(evidence, "deprecated");
      const isSupported = isListed(pin, supported);
      const data = { pinned: pin.version, listed: versionNames(supported) };
      const summary = `supported: ${data.listed}`;
      if (isSupported === true || (deprecated !== undefined && isListed(pin, deprecated) === true)) {
        return { outcome: "supported", data, pointer, summary };
      }
      if (supported.isCut) return { outcome: "unobserved", reason: "evidence_missing", pointer, summary };
      return { outcome: isSupported === undefined ? "not-comparable" : "unsupported", data, pointer, summary };
    }),
  absent: (subject, { integration }) => absentEndpoint(subject, integration, "no-endpoint"),
});
