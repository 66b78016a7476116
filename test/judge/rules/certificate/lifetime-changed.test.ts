import { lifetimeChanged } from "../../../../src/judge/rules/certificate/lifetime-changed.ts";
import { DAY, SECOND } from "../../../../src/model/instant.ts";
import { NOW } from "../../builders.ts";
import { leaf } from "../../chain-builders.ts";
import { renewalCases } from "../../renewal-cases.ts";
import { describeRule } from "../../rule-cases.ts";

const living = (ms: number) => leaf({ notBefore: new Date(NOW - DAY), notAfter: new Date(NOW - DAY + ms) });

describeRule(
  lifetimeChanged,
  renewalCases(
    [
      { name: "the same", before: living(90 * DAY), now: living(90 * DAY), expect: ["alike"] },
      { name: "three quarters of it", before: living(100 * DAY), now: living(75 * DAY), expect: ["alike"] },
      { name: "a third more", before: living(90 * DAY), now: living(120 * DAY), expect: ["alike"] },
    ],
    [
      { name: "less than three quarters", before: living(100 * DAY), now: living(75 * DAY - SECOND), expect: ["shorter", "info"] },
      { name: "more than a third more", before: living(90 * DAY), now: living(120 * DAY + SECOND), expect: ["longer", "info"] },
    ],
  ),
);
