import { noTls13 } from "../../../../src/judge/rules/tls/no-tls13.ts";
import { parameters } from "../../builders.ts";
import { describeRule } from "../../rule-cases.ts";
import { commonCases, OTHER, refused, speaking, unknown, versions } from "../../tls-cases.ts";

const common = commonCases("tls1.3", "accepted");

describeRule(noTls13, {
  pass: [{ name: "TLS 1.3", observations: [parameters()], expect: [["tls1.3", "accepted"]] }],
  fail: [
    { name: "TLS 1.2 alone", observations: [speaking(refused("TLS 1.3"))], expect: [["tls1.3", "refused", "info"]] },
    {
      name: "at one address of two",
      observations: [parameters(), parameters({ versions: versions(refused("TLS 1.3")) }, OTHER)],
      expect: [["tls1.3", "refused", "info"]],
    },
  ],
  "not-applicable": common["not-applicable"],
  unobserved: [
    ...common.unobserved,
    { name: "a reset", observations: [speaking(unknown("TLS 1.3"))], expect: [["tls1.3", "unobserved", "connection_reset"]] },
  ],
  hostile: [
    { name: "no version at all", observations: [parameters({ versions: [] })], expect: [["tls1.3", "unobserved", "not_requested"]] },
  ],
});
