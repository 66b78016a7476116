import { DAY, SECOND } from "../../src/model/instant.ts";
import type { Made } from "../lab/support/certificate-factory.ts";
import { NOW, SECOND_ORIGIN, session, TWO_URLS, unseen } from "./builders.ts";
import { chainOf, shown } from "./chain-builders.ts";
import type { RuleCases } from "./rule-cases.ts";

/** Our connection is shown `now`, and was shown `before` until it was replaced, so many days ago. */
export function renewed(before: Made, now: Made, days = 1) {
  const successorSeenAt = NOW - days * DAY;
  const replaced = { der: Buffer.from(before.der).toString("base64"), lastSeenAt: successorSeenAt - DAY, successorSeenAt };
  return shown(chainOf(now), { replaced });
}

interface Renewal {
  readonly name: string;
  readonly before: Made;
  readonly now: Made;
  readonly expect: readonly [outcome: string, severity?: string];
}

/** The cases of a rule about renewals: what it passes and fails, and what all of them have in common. */
export function renewalCases(good: readonly Renewal[], bad: readonly [Renewal, ...Renewal[]]): RuleCases {
  const cased = ({ name, before, now, expect: [outcome, severity] }: Renewal) => ({
    name,
    observations: [renewed(before, now)],
    expect: [["leaf", outcome, ...(severity === undefined ? [] : [severity])] as [string, string, string?]],
  });
  const [first] = bad;
  const [outcome, severity = ""] = first.expect;
  return {
    pass: [
      ...good.map(cased),
      {
        name: "two weeks and a second ago",
        observations: [renewed(first.before, first.now, 14 + SECOND / DAY)],
        expect: [["leaf", "settled"]],
      },
    ],
    fail: [
      ...bad.map(cased),
      { name: "two weeks ago", observations: [renewed(first.before, first.now, 14)], expect: [["leaf", outcome, severity]] },
    ],
    "not-applicable": [
      { name: "nothing was seen before", observations: [shown(chainOf())], expect: [["leaf", "nothing-before"]] },
      { name: "a URL without TLS", integration: { baseUrl: "http://api.acme.example" }, expect: [["", "no-tls"]] },
      {
        name: "a base URL that is http by now, beside a region that is not",
        integration: { ...TWO_URLS, baseUrl: "http://api.acme.example" },
        observations: [session({}, { origin: SECOND_ORIGIN })],
        known: ["leaf"],
        expect: [
          ["leaf", "not-declared"],
          ["leaf@eu.acme.example:8443", "nothing-before"],
        ],
      },
    ],
    unobserved: [
      {
        name: "no handshake",
        observations: [unseen("tls-session", "tls_timeout", { address: "192.0.2.1" })],
        expect: [["leaf", "unobserved", "tls_timeout"]],
      },
    ],
    hostile: [
      {
        name: "one before that is no certificate",
        observations: [shown(chainOf(), { replaced: { der: "MAA=", lastSeenAt: NOW, successorSeenAt: NOW } })],
        expect: [["leaf", "unobserved", "evidence_ambiguous"]],
      },
    ],
  };
}
