import { type AuthSunset, authSunsetsAt } from "../../../catalog/auth-sunsets.ts";
import { DAY, type Instant } from "../../../model/instant.ts";
import type { AuthAttribute, IntegrationAuth } from "../../../model/integration.ts";
import { NOTHING_DECLARED } from "../../facts/auth-assessment.ts";
import { schemeOf } from "../../facts/auth-offers.ts";
import { credentialLocation } from "../../facts/credential.ts";
import { defineRule, type RuleResult } from "../rule.ts";

export const schemeSunset = defineRule({
  meta: {
    id: "auth/scheme-sunset",
    revision: 1,
    title: "No end of our way to be let in is announced",
    failureTitle: "The provider ends our way to be let in",
    rationale:
      "Providers end kinds of keys and grants on a day that they announce once, in a changelog. On that day the integration is refused, whatever our own calendar of rotations says.",
    remediation: {
      verb: "switch",
      alone: true,
      effort: "high",
      text: "Move to the successor that the finding names before the day, in every environment, and write the day into the register.",
    },
    severity: "high",
    likelihood: 4,
    citations: [
      { id: "ASVS 5.0 13.1.4", url: "https://github.com/OWASP/ASVS/tree/v5.0.0" },
      { id: "OWASP API9:2023", url: "https://owasp.org/API-Security/editions/2023/en/0xa9-improper-inventory-management/" },
    ],
    cwe: ["CWE-477"],
    owasp: ["API9:2023"],
    controls: ["PCI-DSS 12.8.4", "ISO27001 A.5.22", "NIST-CSF GV.SC-07"],
    confirm: 1,
  },
  needs: [],
  outcomes: {
    "no-end-known": { verdict: "pass", message: () => "No end of it is known." },
    ended: {
      verdict: "fail",
      message: ({ provider, what, on, successor }) => `${provider} ended ${what} on ${on}. Instead: ${successor}.`,
    },
    "ends-in-90-days": { verdict: "fail", message: ends },
    "ends-in-a-year": { verdict: "fail", severity: "medium", message: ends },
    "ends-later": { verdict: "fail", severity: "low", message: ends },
    "may-end": {
      verdict: "fail",
      severity: "low",
      message: (data) =>
        `${ends(data)} The inventory does not tell whether ours is one of them${data["unless"] === undefined ? "" : ` (${data["unless"]})`}.`,
    },
    "provider-not-listed": { verdict: "not-applicable", message: () => "No end of any way to be let in is known of this provider." },
    ...NOTHING_DECLARED,
  },
  evaluate: ({ integration: { auth, baseUrl } }, { asOf }) => {
    if (schemeOf(auth) === undefined) return [{ outcome: "nothing-declared", subject: "" }];
    const listed = authSunsetsAt(new URL(baseUrl).hostname);
    if (listed.length === 0) return [{ outcome: "provider-not-listed", subject: "" }];
    const told = listed.flatMap((sunset) => answerFor(sunset, auth, asOf));
    return told.length === 0 ? [{ outcome: "no-end-known", subject: "" }] : told;
  },
});

type Outcome = "ended" | "ends-in-90-days" | "ends-in-a-year" | "ends-later" | "may-end";

function answerFor(sunset: AuthSunset, auth: IntegrationAuth, asOf: Instant): readonly RuleResult<Outcome>[] {
  const concerned = concerns(sunset, auth);
  if (concerned === "no") return [];
  const { provider, what, ends: on, successor, unless, id } = sunset;
  const days = Math.floor((Date.parse(on) - startOfDay(asOf)) / DAY) + 1;
  const isSure = concerned === "yes" && unless === undefined;
  // Whoever may be meant by an end that is past, and is still let in, was not.
  if (!isSure && days <= 0) return [];
  const data = { id, provider, what, on, successor, days, ...(unless === undefined ? {} : { unless }) };
  return [{ outcome: isSure ? standing(days) : "may-end", subject: "", data, confidence: isSure ? 0.9 : 0.4 }];
}

function concerns({ schemes, in: places, attributes = {} }: AuthSunset, auth: IntegrationAuth): "yes" | "no" | "unknown" {
  const scheme = schemeOf(auth);
  const place = credentialLocation({ auth });
  if (scheme === undefined || !schemes.includes(scheme)) return "no";
  if (places !== undefined && place !== undefined && !places.includes(place)) return "no";
  const words = Object.entries(attributes).map(([name, meant]) => {
    const said = auth.attributes?.[name as AuthAttribute];
    return said === undefined ? "unknown" : (meant ?? []).includes(said) ? "yes" : "no";
  });
  if (words.includes("no")) return "no";
  return words.includes("unknown") || (places !== undefined && place === undefined) ? "unknown" : "yes";
}

function startOfDay(at: Instant): Instant {
  return at - (at % DAY);
}

function standing(days: number): Outcome {
  if (days <= 0) return "ended";
  if (days < 90) return "ends-in-90-days";
  return days < 365 ? "ends-in-a-year" : "ends-later";
}

function ends({ provider, what, on, days, successor }: Readonly<Record<string, unknown>>): string {
  return `${provider} ends ${what} on ${on}, in ${days} days. Instead: ${successor}.`;
}
