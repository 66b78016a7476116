import { insecureRenegotiation } from "../../../../src/judge/rules/tls/insecure-renegotiation.ts";
import { parameters } from "../../builders.ts";
import { describeRule } from "../../rule-cases.ts";
import { commonCases, featuring, mute, muteCases, OTHER, only13, refused, ssl2, unknown, versions } from "../../tls-cases.ts";

const common = commonCases("handshake", "secure");

describeRule(insecureRenegotiation, {
  pass: [
    { name: "as it should be", observations: [parameters()], expect: [["handshake", "secure"]] },
    {
      name: "seen once, though a version reset",
      observations: [featuring({ secureRenegotiation: true }, { versions: versions(unknown("TLS 1.0")) })],
      expect: [["handshake", "secure"]],
    },
  ],
  fail: [
    {
      name: "as it should not be",
      observations: [featuring({ secureRenegotiation: false })],
      expect: [["handshake", "older-clients", "low"]],
    },
    {
      name: "at one address of two",
      observations: [parameters(), { ...featuring({ secureRenegotiation: false }), key: { ...parameters().key, ...OTHER } }],
      expect: [["handshake", "older-clients", "low"]],
    },
    {
      name: "where TLS 1.3 is refused",
      observations: [featuring({ secureRenegotiation: false }, { versions: versions(refused("TLS 1.3")) })],
      expect: [["handshake", "insecure", "medium"]],
    },
    {
      name: "where TLS 1.3 is unknown",
      observations: [featuring({ secureRenegotiation: false }, { versions: versions(unknown("TLS 1.3")) })],
      expect: [["handshake", "older-clients", "low"]],
    },
  ],
  "not-applicable": [
    ...common["not-applicable"],
    { name: "TLS 1.3 alone", observations: [only13({ features: {} })], expect: [["handshake", "only-tls13"]] },
  ],
  unobserved: [
    ...common.unobserved,
    ...muteCases("handshake", { secureRenegotiation: false }),
    {
      name: "TLS 1.3 that reset, and nothing else",
      observations: [
        mute({ secureRenegotiation: false }, "TLS 1.3"),
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
