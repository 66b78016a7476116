import type { TlsFeatureFacts } from "../../src/evidence/kinds.ts";
import type { Severity } from "../../src/model/severity.ts";
import { parameters } from "./builders.ts";
import type { RuleCases } from "./rule-cases.ts";
import { commonCases, featuring, mute, muteCases, OTHER, only13, refused, ssl2, unknown, versions } from "./tls-cases.ts";

/** One property of handshakes below TLS 1.3, and what a rule says of it. */
interface HandshakeFeature {
  readonly good: TlsFeatureFacts;
  readonly bad: TlsFeatureFacts;
  readonly passed: string;
  readonly failed: readonly [outcome: string, severity: Severity];
}

/** What all rules about such a property answer alike. */
export function handshakeCases({ good, bad, passed, failed }: HandshakeFeature): RuleCases {
  const common = commonCases("handshake", passed);
  const fails = [["handshake", ...failed]] as const;
  return {
    pass: [
      { name: "as it should be", observations: [parameters()], expect: [["handshake", passed]] },
      {
        name: "seen once, though a version reset",
        observations: [featuring(good, { versions: versions(unknown("TLS 1.0")) })],
        expect: [["handshake", passed]],
      },
    ],
    fail: [
      { name: "as it should not be", observations: [featuring(bad)], expect: fails },
      {
        name: "at one address of two",
        observations: [parameters(), { ...featuring(bad), key: { ...parameters().key, ...OTHER } }],
        expect: fails,
      },
    ],
    "not-applicable": [
      ...common["not-applicable"],
      { name: "TLS 1.3 alone", observations: [only13({ features: {} })], expect: [["handshake", "only-tls13"]] },
    ],
    unobserved: [
      ...common.unobserved,
      ...muteCases("handshake", bad),
      {
        name: "TLS 1.3 that reset, and nothing else",
        observations: [
          mute(bad, "TLS 1.3"),
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
  };
}
