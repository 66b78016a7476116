import type { InstalledSdk } from "../../../evidence/kinds.ts";
import type { Integration } from "../../../model/integration.ts";
import { type DeclaredSdk, declaredSdks, isSdkEcosystem } from "../../../model/sdk.ts";
import { type Answer, answerEach } from "../../facts/aggregate.ts";
import { isInRange } from "../../facts/sdk-range.ts";
import { defineRule, type RuleResult } from "../rule.ts";

export const sdkOutOfRange = defineRule({
  meta: {
    id: "lifecycle/sdk-out-of-range",
    revision: 2,
    title: "The installed client library is in the declared range",
    failureTitle: "The installed client library is outside of the declared range",
    rationale:
      "A client library has the version of the API that it was written for inside it, and its own end of support. Where another one is installed than the one that somebody decided on, our software asks for what nobody tested, or misses the corrections that the decision was about.",
    remediation: {
      verb: "move",
      alone: true,
      effort: "low",
      text: "Install a version of the range and commit the lock file; or, where the installed one is the one that you mean, change `sdk.range` in the inventory.",
    },
    severity: "medium",
    likelihood: 3,
    citations: [
      { id: "Semantic Versioning 2.0.0", url: "https://semver.org/spec/v2.0.0.html" },
      { id: "API9:2023", url: "https://owasp.org/API-Security/editions/2023/en/0xa9-improper-inventory-management/" },
    ],
    cwe: ["CWE-1104"],
    owasp: ["API9:2023"],
    controls: ["ISO27001 A.8.19", "NIST-CSF ID.AM-02"],
    confirm: 1,
  },
  needs: ["sdk"],
  outcomes: {
    "in-range": { verdict: "pass", message: ({ package: name, range }) => `What is installed of ${name} is in the range ${range}.` },
    "out-of-range": { verdict: "fail", message: said },
    "some-out-of-range": { verdict: "fail", severity: "low", message: (data) => `Beside others, ${said(data)}` },
    "not-installed": {
      verdict: "fail",
      severity: "info",
      remediation: {
        verb: "declare",
        alone: true,
        effort: "low",
        text: "Name the lock file of the software that uses it in `sdk.lock`, or take `sdk` out of the inventory where nobody uses it any more.",
      },
      message: ({ package: name, file }) => `${file} does not have ${name}.`,
    },
    "none-declared": { verdict: "not-applicable", message: () => "No client library is declared." },
    "no-range": { verdict: "not-applicable", message: () => "No range is declared for the client library." },
    "other-ecosystem": { verdict: "not-applicable", message: () => "No lock file of this ecosystem is read." },
  },
  applies: ({ integration }) => {
    if (declaredSdks(integration).length === 0) return "none-declared";
    return integration.sdk?.["range"] === undefined ? "no-range" : undefined;
  },
  evaluate: ({ integration, observations }) => {
    const range = integration.sdk?.["range"] ?? "";
    return declaredSdks(integration).flatMap((sdk): readonly RuleResult<Outcome | "other-ecosystem">[] => {
      const subject = subjectOf(sdk);
      if (!isSdkEcosystem(sdk.ecosystem)) return [{ outcome: "other-ecosystem", subject }];
      return answerEach<"sdk", Outcome>(subject, observations.sdk, ({ packages }) => {
        const at = packages.findIndex((one) => one.ecosystem === sdk.ecosystem && one.package === sdk.package);
        const found = packages[at];
        const pointer = at < 0 ? "/packages" : `/packages/${at}/versions`;
        return { pointer, ...answerFor(found, range) };
      });
    });
  },
  absent: (subject, { integration }) => absentSdk(subject, integration),
});

type Outcome = "in-range" | "out-of-range" | "some-out-of-range" | "not-installed";

function answerFor(found: InstalledSdk | undefined, range: string): Omit<Answer<Outcome>, "pointer"> {
  if (found === undefined) return { outcome: "unobserved", reason: "evidence_missing", summary: "not looked for" };
  const { package: name, file = "the lock file", versions, unversioned, reason, problem, isPart } = found;
  if (reason !== undefined) return { outcome: "unobserved", reason, summary: problem === undefined ? reason : `${file}: ${problem}` };
  const isUnclear = (summary: string) => ({ outcome: "unobserved", reason: "evidence_ambiguous", summary }) as const;
  if (versions.length === 0 && unversioned === 0) {
    return isPart === true
      ? isUnclear("the file takes in others")
      : { outcome: "not-installed", data: { package: name, file }, summary: "not there" };
  }
  const standing = versions.map((version) => isInRange(found.ecosystem, range, version));
  const outside = versions.filter((_version, at) => standing[at] === false);
  const isKnown = unversioned === 0 && !standing.includes(undefined);
  const summary = versions.join(", ");
  if (outside.length > 0) {
    const outcome = isKnown && outside.length === versions.length ? "out-of-range" : "some-out-of-range";
    return { outcome, data: { package: name, range, file, versions: outside }, summary };
  }
  return isKnown && isPart !== true
    ? { outcome: "in-range", data: { package: name, range }, summary }
    : isUnclear(summary === "" ? "no version" : summary);
}

/** Closed where it is declared no more, or under another ecosystem. */
function absentSdk(subject: string, integration: Integration) {
  const isDeclared = declaredSdks(integration).some((sdk) => subjectOf(sdk) === subject);
  return isDeclared
    ? ({ outcome: "unobserved", subject, reason: "evidence_missing" } as const)
    : ({ outcome: "none-declared", subject } as const);
}

function subjectOf({ ecosystem }: DeclaredSdk): string {
  return `sdk:${ecosystem}`;
}

function said({ package: name, range, file, versions }: Readonly<Record<string, unknown>>): string {
  const listed = Array.isArray(versions) ? versions.join(", ") : "";
  return `${file} has ${name} ${listed}, and the range is ${range}.`;
}
