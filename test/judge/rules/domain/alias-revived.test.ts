import { expect, test } from "vitest";
import { aliasRevived } from "../../../../src/judge/rules/domain/alias-revived.ts";
import { SECOND } from "../../../../src/model/instant.ts";
import { domain } from "../../builders.ts";
import { ago, domainCases } from "../../domain-cases.ts";
import { describeRule, type RuleCase, runCase } from "../../rule-cases.ts";

const NAME = "acme.azurewebsites.net";
const revived = (since: number, name = NAME) =>
  domain({ cnames: [name], seen: { ns: [], hosting: [], revived: { name, since, leads: true } } });
const says = (name: string, observed: ReturnType<typeof domain>, ...said: readonly string[]): RuleCase => ({
  name,
  observations: [observed],
  expect: [["alias", ...said] as unknown as RuleCase["expect"][number]],
});
const common = domainCases("alias", "none");

describeRule(
  aliasRevived,
  {
    pass: [
      ...common.pass,
      says("two weeks and a second ago", revived(ago(14) - SECOND), "settled"),
      says(
        "one that the name does not lead to any more",
        domain({ seen: { ns: [], hosting: [], revived: { name: NAME, since: ago(1), leads: false } } }),
        "none",
      ),
    ],
    fail: [
      says("since tonight", revived(ago(0)), "revived", "high"),
      says("two weeks ago", revived(ago(14)), "revived", "high"),
      says("a second less", revived(ago(14) + SECOND), "revived", "high"),
    ],
    "not-applicable": common["not-applicable"],
    unobserved: common.unobserved,
    hostile: [says("a name that is none", revived(ago(1), "\u001b]0;x"), "revived", "high")],
  },
  () => {
    test("names what came back, if it is a name", () => {
      const messages = [NAME, "<img src=x>"].map((name) => runCase(aliasRevived, says("", revived(ago(1), name)))[0]?.message);
      expect(messages).toEqual([
        `It leads to ${NAME}, which did not exist when it was looked at before: somebody put something there.`,
        "It leads to (no host name), which did not exist when it was looked at before: somebody put something there.",
      ]);
    });
  },
);
