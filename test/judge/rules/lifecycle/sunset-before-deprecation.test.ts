import { sunsetBeforeDeprecation } from "../../../../src/judge/rules/lifecycle/sunset-before-deprecation.ts";
import { answered, lifecycleCases } from "../../lifecycle-cases.ts";
import { describeRule } from "../../rule-cases.ts";

const cases = lifecycleCases("not-both-dated");
const SUNSET = "Wed, 30 Jun 2027 00:00:00 GMT";

describeRule(sunsetBeforeDeprecation, {
  ...cases,
  pass: [
    answered("later", { sunset: SUNSET, deprecation: "@1688169599" }, ["in-order"]),
    answered("at the same moment", { sunset: SUNSET, deprecation: "2027-06-30" }, ["in-order"]),
  ],
  fail: [
    answered("earlier", { sunset: SUNSET, deprecation: "Wed, 30 Jun 2027 00:00:01 GMT" }, ["sunset-first", "low"]),
    answered("a year earlier", { sunset: "2027-06-30T00:00:00+02:00", deprecation: "@1845849600" }, ["sunset-first", "low"]),
  ],
  "not-applicable": [
    ...cases["not-applicable"],
    answered("nothing announced", {}, ["not-both-dated"]),
    answered("one date", { sunset: SUNSET, deprecation: "true" }, ["not-both-dated"]),
    answered("a date that cannot be read", { sunset: "in summer", deprecation: "@1845849600" }, ["not-both-dated"]),
  ],
  hostile: [answered("years that no announcement means", { sunset: "@-1", deprecation: "@99999999999" }, ["not-both-dated"])],
});
