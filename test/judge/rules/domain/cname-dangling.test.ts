import { expect, test } from "vitest";
import { cnameDangling } from "../../../../src/judge/rules/domain/cname-dangling.ts";
import { domain } from "../../builders.ts";
import { domainCases } from "../../domain-cases.ts";
import { describeRule, type RuleCase, runCase } from "../../rule-cases.ts";

const says = (name: string, raw: Parameters<typeof domain>[0], ...said: readonly string[]): RuleCase => ({
  name,
  observations: [domain(raw)],
  expect: [["alias", ...said] as unknown as RuleCase["expect"][number]],
});
const GONE = "acme.azurewebsites.net";
const DANGLING = { cnames: [GONE], dangling: { name: GONE, owner: "other" } } as const;
const common = domainCases("alias", "exists");

describeRule(
  cnameDangling,
  {
    pass: [...common.pass, says("an alias of a name that exists", { cnames: ["acme.cdn.example"] }, "exists")],
    fail: [
      says("a name that anybody may register", DANGLING, "dangling", "high"),
      says("a name that the owner alone may make", { dangling: { name: "lb.acme.example", owner: "same" } }, "dangling-inside", "info"),
      says("although the chain was cut as well", { ...DANGLING, unfollowed: "too-long" }, "dangling", "high"),
    ],
    "not-applicable": common["not-applicable"],
    unobserved: [
      ...common.unobserved,
      ...(["loop", "too-long"] as const).map((unfollowed) =>
        says(`a chain that is ${unfollowed}`, { unfollowed }, "unobserved", "evidence_ambiguous"),
      ),
    ],
    hostile: [
      says("an alias that is no name", { cnames: ["\\027[2j"], unfollowed: "no-host-name" }, "unobserved", "evidence_ambiguous"),
      says("a missing name that is none", { dangling: { name: "<img src=x>", owner: "other" } }, "dangling", "high"),
    ],
  },
  () => {
    test("names what is missing, if it is a name", () => {
      const messages = [GONE, "<img src=x>"].map((name) =>
        runCase(cnameDangling, says("", { dangling: { name, owner: "other" } })).map(({ message }) => message),
      );
      expect(messages).toEqual([
        [`It leads to ${GONE}, which does not exist: whoever can register that answers in the provider's name.`],
        ["It leads to (no host name), which does not exist: whoever can register that answers in the provider's name."],
      ]);
    });
  },
);
