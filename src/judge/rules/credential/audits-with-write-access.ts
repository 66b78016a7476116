import { failureOf, worstReason } from "../../facts/aggregate.ts";
import { grantedScopes, writeAccess } from "../../facts/scopes.ts";
import { defineRule } from "../rule.ts";

export const auditsWithWriteAccess = defineRule({
  meta: {
    id: "credential/audits-with-write-access",
    revision: 3,
    title: "The audit does not use a production credential that may write",
    failureTitle: "The audit uses a production credential that may write",
    rationale:
      "An audit only reads, and runs every night on a machine of its own. A credential that can change production there is one more copy of it, at one more place that it can be stolen from, for nothing that the audit needs.",
    remediation: {
      verb: "narrow",
      alone: true,
      effort: "low",
      text: "Make a second key or client that may only read, name it as `auth.auditCredential`, and bind it: `apirisk credential trust ID`. The clients keep theirs.",
    },
    severity: "medium",
    likelihood: 2,
    citations: [
      {
        id: "NIST SP 800-53 AC-6",
        url: "https://csrc.nist.gov/projects/cprt/catalog#/cprt/framework/version/SP_800_53_5_1_1/home?element=AC-06",
      },
    ],
    cwe: ["CWE-250", "CWE-272"],
    owasp: ["API5:2023"],
    controls: ["PCI-DSS 7.2.5", "ISO27001 A.8.2", "NIST-CSF PR.AA-05"],
    confirm: 1,
  },
  needs: [],
  sees: ["token-response", "http-response"],
  outcomes: {
    "reads-only": { verdict: "pass", message: () => "What is granted lets the audit read, and no more." },
    "own-credential": { verdict: "pass", message: () => "The audit has a credential of its own (auth.auditCredential)." },
    "may-write": { verdict: "fail", message: ({ scopes }) => `Granted to auth.credential: ${(scopes as readonly string[]).join(", ")}.` },
    "opens-all": { verdict: "fail", severity: "low", message: () => "auth.credential opens everything, by auth.attributes.scope." },
    "not-production": { verdict: "not-applicable", message: () => "The environment is not production." },
    "not-used": { verdict: "not-applicable", message: () => "The audit sends no credential." },
    "not-told": { verdict: "not-applicable", message: () => "Nothing says whether the credential may write." },
  },
  applies: ({ integration: { auth, environment, endpoints } }) => {
    if (endpoints.length === 0 || (auth.credential ?? auth.auditCredential) === undefined) return "not-used";
    return environment === "production" ? undefined : "not-production";
  },
  evaluate: ({ integration: { auth }, observations }) => {
    const subject = "credential";
    if (auth.auditCredential !== undefined) return [{ outcome: "own-credential", subject }];
    const granted = grantedScopes(observations);
    const access = granted === undefined ? "unknown" : writeAccess(granted.scopes);
    if (granted === undefined || access === "unknown") {
      if (auth.attributes?.["scope"] === "all") return [{ outcome: "opens-all", subject }];
      const answers = observations["http-response"];
      if (answers.some(({ outcome }) => outcome === "observed")) return [{ outcome: "not-told", subject }];
      return [
        {
          outcome: "unobserved",
          subject,
          reason: answers.length === 0 ? "not_requested" : worstReason(answers.flatMap((one) => failureOf(one)?.reason ?? [])),
        },
      ];
    }
    const { observation, pointer, scopes } = granted;
    const evidence = [{ observation, pointer, summary: `${scopes.length} scopes` }];
    if (access === "reads") return [{ outcome: "reads-only", subject, evidence }];
    const writing = scopes.filter((scope) => writeAccess([scope]) === "writes").slice(0, MOST_NAMED);
    return [{ outcome: "may-write", subject, data: { scopes: writing }, evidence }];
  },
});

const MOST_NAMED = 8;
