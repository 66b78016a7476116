import { NOW, registration, SECOND_ORIGIN, TWO_URLS, unseen } from "./builders.ts";
import type { RuleCase, RuleCases } from "./rule-cases.ts";

/** What every rule about the registration of a domain answers alike; `passed` is what it says of one about which nothing is to be said. */
export function registrationCases(passed: string): Pick<RuleCases, "pass" | "not-applicable" | "unobserved"> {
  const word = "registration";
  const gone = `${word}@gone.acme.example:443`;
  const second = `${word}@eu.acme.example:8443`;
  const asked = { baseUrl: "https://api.acme.com" };
  return {
    pass: [
      { name: "as it always was", observations: [registration()], expect: [[word, passed]] },
      { name: "as it was when it was asked for last", observations: [registration({}, { carried: true })], expect: [[word, passed]] },
    ],
    "not-applicable": [
      ...["https://192.0.2.1", "https://[2001:db8::1]:8443", "https://localhost", "https://billing.corp"].map((baseUrl) => ({
        name: `${baseUrl}, which nobody registered`,
        integration: { baseUrl },
        expect: [[word, "no-public-name"] as const],
      })),
      ...["https://api.acme.io", "https://api.acme.example", "https://co.uk"].map((baseUrl) => ({
        name: `${baseUrl}, whose registry nobody can ask`,
        integration: { baseUrl },
        expect: [[word, "nobody-to-ask"] as const],
      })),
      {
        name: "a region that left the inventory",
        observations: [registration()],
        known: [gone],
        expect: [
          [word, passed],
          [gone, "not-declared"],
        ],
      },
    ],
    unobserved: [
      ...(["rate_limited", "blocked", "not_found", "evidence_ambiguous", "tls_untrusted", "captive_portal"] as const).map((reason) => ({
        name: `a registry that said nothing: ${reason}`,
        observations: [unseen("registration", reason)],
        expect: [[word, "unobserved", reason] as const],
      })),
      { name: "nobody asked", integration: asked, expect: [[word, "unobserved", "not_requested"]] },
      {
        name: "a second region whose registry said nothing",
        integration: TWO_URLS,
        observations: [registration(), unseen("registration", "rate_limited", { origin: SECOND_ORIGIN })],
        expect: [
          [word, passed],
          [second, "unobserved", "rate_limited"],
        ],
      },
    ],
  };
}

/** One answer of a registry, and what is said of it: outcome, then severity or reason. */
export function says(name: string, observed: ReturnType<typeof registration>, ...said: readonly string[]): RuleCase {
  return { name, observations: [observed], asOf: NOW, expect: [["registration", ...said] as unknown as RuleCase["expect"][number]] };
}
