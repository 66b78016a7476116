import { DAY } from "../../src/model/instant.ts";
import { domain, NOW, SECOND_ORIGIN, TWO_URLS, unseen } from "./builders.ts";
import type { RuleCase } from "./rule-cases.ts";

/** What every rule about the name of a host answers alike; `passed` is what it says of a host about which nothing is to be said. */
export function domainCases(
  word: string,
  passed: string,
): { readonly [K in "pass" | "not-applicable" | "unobserved"]: readonly RuleCase[] } {
  const gone = `${word}@gone.acme.example:443`;
  const second = `${word}@eu.acme.example:8443`;
  return {
    pass: [
      { name: "as it always was", observations: [domain()], expect: [[word, passed]] },
      {
        name: "a host that is asked over http",
        integration: { baseUrl: "http://api.acme.example" },
        observations: [domain({}, { origin: "http://api.acme.example" })],
        expect: [[word, passed]],
      },
    ],
    "not-applicable": [
      ...["https://192.0.2.1", "https://[2001:db8::1]:8443", "https://localhost", "https://billing.corp"].map((baseUrl) => ({
        name: `${baseUrl}, which no public DNS knows`,
        integration: { baseUrl },
        expect: [[word, "no-public-name"] as const],
      })),
      {
        name: "a region that left the inventory",
        observations: [domain()],
        known: [gone],
        expect: [
          [word, passed],
          [gone, "not-declared"],
        ],
      },
    ],
    unobserved: [
      ...(["dns_failed", "dns_not_found", "not_requested", "captive_portal"] as const).map((reason) => ({
        name: `a resolver that said nothing: ${reason}`,
        observations: [unseen("domain", reason)],
        expect: [[word, "unobserved", reason] as const],
      })),
      { name: "nobody asked", expect: [[word, "unobserved", "not_requested"]] },
      {
        name: "a second region that DNS said nothing of",
        integration: TWO_URLS,
        observations: [domain(), unseen("domain", "dns_failed", { origin: SECOND_ORIGIN })],
        expect: [
          [word, passed],
          [second, "unobserved", "dns_failed"],
        ],
      },
      {
        name: "a second region that is declared and open, and that nobody asked about",
        integration: TWO_URLS,
        observations: [domain()],
        known: [second],
        expect: [
          [word, passed],
          [second, "unobserved", "not_requested"],
        ],
      },
    ],
  };
}

/** First seen so many days ago. */
export const ago = (days: number) => NOW - days * DAY;
