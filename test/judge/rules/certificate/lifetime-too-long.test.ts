import { expect, test } from "vitest";
import { lifetimeTooLong } from "../../../../src/judge/rules/certificate/lifetime-too-long.ts";
import { DAY, SECOND } from "../../../../src/model/instant.ts";
import { generalizedTime } from "../../../lab/support/certificate-der.ts";
import { newKey } from "../../../lab/support/certificate-keys.ts";
import { session } from "../../builders.ts";
import { chainOf, facts, leaf, serving, shown } from "../../chain-builders.ts";
import { chainCases } from "../../chain-cases.ts";
import { publicChain } from "../../public-authority.ts";
import { describeRule, type RuleCase, runCase } from "../../rule-cases.ts";

const day = (text: string) => Date.parse(`${text}T00:00:00Z`);

/** From `begin`, for so many days, both ends inclusive, and so many seconds more. */
const living = (begin: number, days: number, seconds = 0) =>
  shown(publicChain({ notBefore: new Date(begin), notAfter: new Date(begin + days * DAY + (seconds - 1) * SECOND) }));

const says = (name: string, observation: ReturnType<typeof living>, ...said: readonly string[]): RuleCase => ({
  name,
  observations: [observation],
  expect: [["leaf", ...said] as unknown as RuleCase["expect"][number]],
});

const LIMITS = [
  ["2018-03-01", 825],
  ["2020-09-01", 398],
  ["2026-03-15", 200],
  ["2027-03-15", 100],
  ["2029-03-15", 47],
] as const;
const ENDLESS = publicChain({ notAfter: generalizedTime("99991231235959Z") });
const common = chainCases("leaf", "within-limit", publicChain());

describeRule(
  lifetimeTooLong,
  {
    pass: [
      says("for 90 days", shown(publicChain()), "within-limit"),
      ...LIMITS.flatMap(([from, days]) => [
        says(`${days} days since ${from}`, living(day(from), days), "within-limit"),
        says(`${days} days, a second later`, living(day(from) + SECOND, days), "within-limit"),
        says(`a second less than ${days} days`, living(day(from), days, -1), "within-limit"),
      ]),
      says("398 days, a second before the limit shrank", living(day("2026-03-15") - SECOND, 398), "within-limit"),
      {
        name: "a root of the user's beside the bundled ones",
        observations: [shown(publicChain(), { anchors: [Buffer.from(chainOf()[1]?.der ?? []).toString("base64")] })],
        expect: [["leaf", "within-limit"]],
      },
      {
        name: "evidence that does not say whom the user trusts",
        observations: [session({ chain: publicChain().map(facts) })],
        expect: [["leaf", "within-limit"]],
      },
    ],
    fail: [
      ...LIMITS.map(([from, days]) => says(`a second more than ${days} days`, living(day(from), days, 1), "too-long", "medium")),
      ...LIMITS.slice(0, -1).map(([, days], at) =>
        says(`${days} days when they were no longer allowed`, living(day(LIMITS[at + 1]?.[0] ?? ""), days), "too-long", "medium"),
      ),
      {
        name: "the other certificate of a dual host",
        observations: [
          shown(publicChain()),
          serving([
            { chain: publicChain() },
            { chain: publicChain({ key: newKey("rsa"), notBefore: new Date(day("2026-04-01")), notAfter: new Date(day("2027-04-01")) }) },
          ]),
        ],
        expect: [
          ["leaf", "within-limit"],
          ["leaf-ecdsa", "within-limit"],
          ["leaf-rsa", "too-long", "medium"],
        ],
      },
    ],
    "not-applicable": [
      ...common["not-applicable"],
      says("an authority of the user's own", shown(chainOf(leaf({ notAfter: generalizedTime("20361130000000Z") }))), "private-authority"),
      says("a second before the oldest limit", living(day("2018-03-01") - SECOND, 1000), "before-all-limits"),
    ],
    unobserved: [
      ...common.unobserved,
      says("its authority left out", shown(publicChain().slice(0, 1)), "unobserved", "evidence_ambiguous"),
      says("a root that nobody trusts", shown(chainOf(), { anchors: [] }), "unobserved", "evidence_ambiguous"),
    ],
    hostile: [
      ...common.hostile,
      says("until the end of all days", shown(ENDLESS), "too-long", "medium"),
      says(
        "an end before the beginning",
        shown(publicChain({ notBefore: new Date(day("2026-11-20")), notAfter: new Date(day("2026-11-01")) })),
        "within-limit",
      ),
    ],
  },
  () =>
    test("says how long, and how long is allowed", () => {
      const [result] = runCase(lifetimeTooLong, { name: "", observations: [living(day("2026-03-15"), 200, 1)], expect: [] });
      expect(result?.message).toBe("The certificate lives 201 days; of what was issued since 2026-03-15, 200 are allowed.");
    }),
);
