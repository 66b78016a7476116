import { overAnswers } from "../../facts/answers.ts";
import { absentEndpoint } from "../../facts/subjects.ts";
import {
  ABOUT_PINS,
  isListed,
  type VersionList,
  type VersionPin,
  versionList,
  versionNames,
  versionPin,
} from "../../facts/version-pins.ts";
import { defineRule } from "../rule.ts";

export const versionDeprecated = defineRule({
  meta: {
    id: "lifecycle/version-deprecated",
    revision: 1,
    title: "The version that we pin is not on the way out",
    failureTitle: "The version that we pin is deprecated",
    rationale:
      "The answer lists ours among the versions that are on their way out. It still works, gets no new features and in time no corrections, and its end will be announced with less time than a move takes.",
    remediation: {
      verb: "move",
      alone: true,
      effort: "high",
      text: "Plan the move to a supported version while both are answered, and ask the provider for the date of the end.",
    },
    severity: "medium",
    likelihood: 3,
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
    current: { verdict: "pass", message: ({ pinned }) => `The version ${pinned} is not deprecated.` },
    deprecated: {
      verdict: "fail",
      message: ({ pinned, supported }) => `The version ${pinned} is deprecated.${supported === "" ? "" : ` Supported are: ${supported}.`}`,
    },
    ...ABOUT_PINS,
  },
  applies: ({ integration }) => (integration.endpoints.length === 0 ? "no-endpoint" : undefined),
  evaluate: ({ integration, observations }) =>
    overAnswers({ integration, observations }, { outcome: "not-said", pointer: "/headers", summary: "no list" }, (evidence, endpoint) => {
      const pin = versionPin(integration, endpoint);
      const pointer = "/headers";
      if (pin === undefined) return { outcome: "not-pinned", pointer, summary: "no version is pinned" };
      const [supported, deprecated] = [versionList(evidence, "supported"), versionList(evidence, "deprecated")];
      if (deprecated === undefined && supported === undefined) return undefined;
      const data = { pinned: pin.version, supported: supported === undefined ? "" : versionNames(supported) };
      const summary = deprecated === undefined ? "none is deprecated" : `deprecated: ${versionNames(deprecated)}`;
      const outcome = standingOf(pin, supported, deprecated);
      if (outcome === "not-comparable" && deprecated?.isCut === true) {
        return { outcome: "unobserved", reason: "evidence_missing", pointer, summary };
      }
      return { outcome, data, pointer, summary };
    }),
  absent: (subject, { integration }) => absentEndpoint(subject, integration, "no-endpoint"),
});

/** "1" may be one version that is deprecated and another one that is not. */
function standingOf(
  pin: VersionPin,
  supported: VersionList | undefined,
  deprecated: VersionList | undefined,
): "current" | "deprecated" | "not-comparable" {
  if (supported !== undefined && isListed(pin, supported) === true) return "current";
  const isDeprecated = deprecated !== undefined && isListed(pin, deprecated);
  if (isDeprecated === undefined) return "not-comparable";
  return isDeprecated ? "deprecated" : "current";
}
