import { fallbackUnprotected } from "../../../../src/judge/rules/tls/fallback-unprotected.ts";
import { accepting, parameters } from "../../builders.ts";
import { describeRule } from "../../rule-cases.ts";
import { commonCases, featuring, muteCases, OTHER, refused, speaking, unknown, versions } from "../../tls-cases.ts";

const common = commonCases("handshake", "no-fallback");
const CBC = ["TLS_RSA_WITH_AES_128_CBC_SHA"];
const OLD = { versions: versions(accepting("TLS 1.0", CBC)) };

describeRule(fallbackUnprotected, {
  pass: [{ name: "stopped", observations: [featuring({ fallbackScsv: true }, OLD)], expect: [["handshake", "protected"]] }],
  fail: [
    { name: "not stopped", observations: [featuring({ fallbackScsv: false }, OLD)], expect: [["handshake", "unprotected", "info"]] },
    {
      name: "at one address of two",
      observations: [parameters({}, OTHER), featuring({ fallbackScsv: false }, OLD)],
      expect: [["handshake", "unprotected", "info"]],
    },
  ],
  "not-applicable": [
    ...common["not-applicable"],
    { name: "nothing to fall back to", observations: [parameters()], expect: [["handshake", "no-fallback"]] },
    {
      name: "nothing to fall back from",
      observations: [speaking(accepting("TLS 1.0", CBC), accepting("TLS 1.1", CBC), refused("TLS 1.2"), refused("TLS 1.3"))],
      expect: [["handshake", "no-fallback"]],
    },
    {
      name: "SSL 2.0 alone, which has no room for the signal",
      observations: [speaking({ ...refused("SSL 2.0"), support: "accepted" })],
      expect: [["handshake", "no-fallback"]],
    },
  ],
  unobserved: [
    ...common.unobserved,
    ...muteCases("handshake", { fallbackScsv: false }),
    {
      name: "what depth standard does not ask",
      observations: [parameters({ ...OLD, depth: "standard" })],
      expect: [["handshake", "unobserved", "not_requested"]],
    },
    { name: "asked, and not seen", observations: [parameters(OLD)], expect: [["handshake", "unobserved", "evidence_ambiguous"]] },
    {
      name: "a retired version that reset",
      observations: [speaking(unknown("TLS 1.0"))],
      expect: [["handshake", "unobserved", "connection_reset"]],
    },
  ],
  hostile: [
    {
      name: "no version at all",
      observations: [parameters({ versions: [] })],
      expect: [["handshake", "unobserved", "evidence_ambiguous"]],
    },
  ],
});
