import { basicPassword } from "../../../../src/judge/rules/auth/basic-password.ts";
import { letIn } from "../../auth-cases.ts";
import { describeRule } from "../../rule-cases.ts";

const basic = (storage?: string) => letIn({ scheme: "basic", ...(storage === undefined ? {} : { attributes: { storage } }) });

describeRule(basicPassword, {
  pass: [
    { name: "a key", integration: basic("shared"), expect: [["", "a-key"]] },
    { name: "a key for our addresses", integration: basic("ip-restricted"), expect: [["", "a-key"]] },
    { name: "a provider that has keys only", integration: letIn({ scheme: "basic" }, "api.twilio.com"), expect: [["", "a-key"]] },
  ],
  fail: [
    { name: "a password", integration: basic("password"), expect: [["", "a-password", "high"]] },
    {
      name: "our word counts more than what is known of the provider",
      integration: letIn({ scheme: "basic", attributes: { storage: "password" } }, "api.twilio.com"),
      expect: [["", "a-password", "high"]],
    },
  ],
  "not-applicable": [
    { name: "nothing declared", integration: letIn({}), expect: [["", "nothing-declared"]] },
    {
      name: "another scheme",
      integration: letIn({ scheme: "digest", attributes: { storage: "password" } }),
      expect: [["", "another-scheme"]],
    },
  ],
  unobserved: [{ name: "nobody told what it carries", integration: basic(), expect: [["", "unobserved", "evidence_missing"]] }],
  hostile: [{ name: "a word that is none", integration: basic("password\u0000"), expect: [["", "unobserved", "evidence_missing"]] }],
});
