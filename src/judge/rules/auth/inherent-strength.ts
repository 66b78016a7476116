import { authAssessment, NOTHING_DECLARED, scoreWords } from "../../facts/auth-assessment.ts";
import { defineRule } from "../rule.ts";

export const inherentStrength = defineRule({
  meta: {
    id: "auth/inherent-strength",
    revision: 2,
    title: "The data is not carried by a weaker authentication than it asks for",
    failureTitle: "The authentication is weaker than the data asks for, and nothing better is known",
    rationale:
      "Where a provider has nothing better, the score is a property of the choice to work with them. It belongs into the risk register once, and into the next negotiation, not onto somebody's list of things to mend.",
    remediation: {
      verb: "ask",
      alone: false,
      effort: "medium",
      text: "Ask the provider for narrower, expiring or key-bound credentials. Until then send fewer classes of data, call from fixed addresses, keep the secret in a store, and watch for its use.",
    },
    severity: "info",
    likelihood: 2,
    citations: [{ id: "ASVS 5.0 13.2.1", url: "https://github.com/OWASP/ASVS/tree/v5.0.0" }],
    cwe: ["CWE-1390"],
    owasp: ["API2:2023"],
    controls: ["PCI-DSS 12.8.2", "ISO27001 A.5.19", "NIST-CSF GV.SC-05"],
    confirm: 1,
  },
  needs: [],
  outcomes: {
    "meets-floor": { verdict: "pass", message: ({ score }) => `It scores ${score} of 10, which is enough.` },
    "nothing-better": { verdict: "fail", message: (data) => `${below(data)} ${data["provider"]} is not known to offer anything better.` },
    "provider-unknown": { verdict: "fail", message: (data) => `${below(data)} It is not known here what else this provider offers.` },
    "something-better": { verdict: "not-applicable", message: () => "Something better exists; auth/below-floor says what." },
    "no-floor": { verdict: "not-applicable", message: () => "No data class is declared that asks for a floor." },
    ...NOTHING_DECLARED,
  },
  evaluate: ({ integration }) => {
    const assessment = authAssessment(integration);
    if (assessment === undefined) return [{ outcome: "nothing-declared", subject: "" }];
    const { floor, meetsFloor, strength, steps, mayHaveBetter, provider } = assessment;
    if (floor === undefined) return [{ outcome: "no-floor", subject: "" }];
    const data = { score: scoreWords(strength), floor: floor.band, dataClass: floor.dataClass };
    if (meetsFloor === true) return [{ outcome: "meets-floor", subject: "", data }];
    if (meetsFloor === undefined) return [{ outcome: "unobserved", subject: "", reason: "evidence_missing", data }];
    if (steps.length > 0 || mayHaveBetter) return [{ outcome: "something-better", subject: "" }];
    if (provider === undefined) return [{ outcome: "provider-unknown", subject: "", data }];
    return [{ outcome: "nothing-better", subject: "", data: { ...data, provider: provider.provider } }];
  },
});

function below({ score, floor, dataClass }: Readonly<Record<string, unknown>>): string {
  return `It scores ${score} of 10, below the floor ${floor} of ${dataClass}.`;
}
