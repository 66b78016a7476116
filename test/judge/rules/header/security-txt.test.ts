import { securityTxt } from "../../../../src/judge/rules/header/security-txt.ts";
import { DAY } from "../../../../src/model/instant.ts";
import { SECURITY_TXT_FLAWS } from "../../../../src/model/posture.ts";
import { NOW, securityTxt as published, unseen } from "../../builders.ts";
import { describeRule } from "../../rule-cases.ts";

describeRule(securityTxt, {
  pass: [
    { name: "in order", observations: [published({})], expect: [["security-txt", "in-order"]] },
    { name: "its last day", observations: [published({ expires: day(0) })], expect: [["security-txt", "in-order"]] },
  ],
  fail: [
    { name: "expired", observations: [published({ expires: day(-1) })], expect: [["security-txt", "expired", "low"]] },
    { name: "none", observations: [published()], expect: [["security-txt", "missing", "info"]] },
    ...SECURITY_TXT_FLAWS.map((flaw) => ({
      name: flaw,
      observations: [published({ flaws: [flaw] })],
      expect: [["security-txt", "flawed", "info"]] as const,
    })),
  ],
  "not-applicable": [{ name: "an ad hoc target", integration: { adHoc: true }, expect: [["", "ad-hoc"]] }],
  unobserved: [
    { name: "nobody asked", expect: [["security-txt", "unobserved", "not_requested"]] },
    {
      name: "a redirect",
      observations: [unseen("security-txt", "redirect_not_followed")],
      expect: [["security-txt", "unobserved", "redirect_not_followed"]],
    },
  ],
  hostile: [
    {
      name: "all flaws",
      observations: [published({ contacts: 0, flaws: SECURITY_TXT_FLAWS })],
      expect: [["security-txt", "flawed", "info"]],
    },
  ],
});

function day(offset: number): string {
  return new Date(NOW + offset * DAY).toISOString().slice(0, 10);
}
