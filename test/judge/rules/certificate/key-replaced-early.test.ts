import { keyReplacedEarly } from "../../../../src/judge/rules/certificate/key-replaced-early.ts";
import { DAY, SECOND } from "../../../../src/model/instant.ts";
import { newKey } from "../../../lab/support/certificate-keys.ts";
import { NOW } from "../../builders.ts";
import { leaf } from "../../chain-builders.ts";
import { renewalCases } from "../../renewal-cases.ts";
import { describeRule } from "../../rule-cases.ts";

const KEY = newKey();
const ISSUED = NOW - 2 * DAY;
const now = leaf({ notBefore: new Date(ISSUED), notAfter: new Date(ISSUED + 90 * DAY) });
/** A hundred days, of which so many milliseconds were left when the next one was issued. */
const before = (left: number) => leaf({ notBefore: new Date(ISSUED + left - 100 * DAY), notAfter: new Date(ISSUED + left) });

describeRule(
  keyReplacedEarly,
  renewalCases(
    [
      { name: "with a third left", before: before(33 * DAY), now, expect: ["in-time"] },
      { name: "with three fifths left", before: before(60 * DAY), now, expect: ["in-time"] },
      { name: "after its end", before: before(-DAY), now, expect: ["in-time"] },
      {
        name: "early, for the same key",
        before: leaf({ key: KEY, notBefore: new Date(ISSUED - DAY), notAfter: new Date(ISSUED + 90 * DAY) }),
        now: leaf({ key: KEY }),
        expect: ["key-kept"],
      },
    ],
    [{ name: "a second more", before: before(60 * DAY + SECOND), now, expect: ["early", "low"] }],
  ),
);
