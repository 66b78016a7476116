import { compression } from "../../../../src/judge/rules/tls/compression.ts";
import { parameters } from "../../builders.ts";
import { describeRule } from "../../rule-cases.ts";
import { commonCases, featuring, mute, muteCases, OTHER, only13, refused, ssl2, unknown, versions } from "../../tls-cases.ts";

const common = commonCases("handshake", "not-compressed");

describeRule(compression, {
  pass: [
    { name: "as it should be", observations: [parameters()], expect: [["handshake", "not-compressed"]] },
    {
      name: "seen once, though a version reset",
      observations: [featuring({ compression: false }, { versions: versions(unknown("TLS 1.0")) })],
      expect: [["handshake", "not-compressed"]],
    },
  ],
  fail: [
    { name: "as it should not be", observations: [featuring({ compression: true })], expect: [["handshake", "compressed", "low"]] },
    {
      name: "at one address of two",
      observations: [parameters(), { ...featuring({ compression: true }), key: { ...parameters().key, ...OTHER } }],
      expect: [["handshake", "compressed", "low"]],
    },
  ],
  "not-applicable": [
    ...common["not-applicable"],
    { name: "TLS 1.3 alone", observations: [only13({ features: {} })], expect: [["handshake", "only-tls13"]] },
  ],
  unobserved: [
    ...common.unobserved,
    ...muteCases("handshake", { compression: true }),
    {
      name: "TLS 1.3 that reset, and nothing else",
      observations: [
        mute({ compression: true }, "TLS 1.3"),
        parameters({ features: {}, versions: versions(refused("TLS 1.2"), unknown("TLS 1.3")) }, OTHER),
      ],
      expect: [["handshake", "unobserved", "connection_reset"]],
    },
    { name: "not seen", observations: [parameters({ features: {} })], expect: [["handshake", "unobserved", "evidence_ambiguous"]] },
    {
      name: "TLS 1.3 alone, as far as is known",
      observations: [only13({ features: {}, versions: versions(refused("TLS 1.2"), unknown("TLS 1.1", "tls_timeout")) })],
      expect: [["handshake", "unobserved", "tls_timeout"]],
    },
    {
      name: "SSL 2.0, which has no such thing",
      observations: [only13({ features: {}, versions: versions(refused("TLS 1.2"), ssl2("0x010080")) })],
      expect: [["handshake", "unobserved", "evidence_ambiguous"]],
    },
  ],
  hostile: [
    {
      name: "no version at all",
      observations: [parameters({ versions: [], features: {} })],
      expect: [["handshake", "unobserved", "evidence_ambiguous"]],
    },
  ],
});
