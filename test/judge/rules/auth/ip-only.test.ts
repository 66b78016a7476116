import { ipOnly } from "../../../../src/judge/rules/auth/ip-only.ts";
import { letIn } from "../../auth-cases.ts";
import { describeRule } from "../../rule-cases.ts";

describeRule(ipOnly, {
  pass: [
    { name: "a key", integration: letIn({ scheme: "api-key" }), expect: [["", "a-credential"]] },
    { name: "a certificate", integration: letIn({ scheme: "mtls" }), expect: [["", "a-credential"]] },
    { name: "a credential of a scheme that nobody named", integration: letIn({ credential: "env:KEY" }), expect: [["", "a-credential"]] },
  ],
  fail: [{ name: "a list of addresses", integration: letIn({ scheme: "ip-allow-list" }), expect: [["", "address-only", "high"]] }],
  "not-applicable": [
    { name: "nothing declared", integration: letIn({}), expect: [["", "nothing-declared"]] },
    { name: "open on purpose", integration: letIn({ scheme: "none" }), expect: [["", "no-authentication"]] },
  ],
  // What stands in the inventory can always be read.
  unobserved: [
    {
      name: "a subject that this rule never had",
      integration: letIn({ scheme: "bearer" }),
      known: ["address"],
      expect: [
        ["", "a-credential"],
        ["address", "unobserved", "evidence_missing"],
      ],
    },
  ],
  hostile: [
    {
      name: "a key that is kept for our addresses is one",
      integration: letIn({ scheme: "api-key", attributes: { storage: "ip-restricted" } }),
      expect: [["", "a-credential"]],
    },
  ],
});
