import { noPostQuantum } from "../../../../src/judge/rules/tls/no-post-quantum.ts";
import { accepting, GOOD_13, group, parameters } from "../../builders.ts";
import { describeRule } from "../../rule-cases.ts";
import { commonCases, OTHER, only13, refused, speaking, unknown, versions } from "../../tls-cases.ts";

const common = commonCases("key-exchange", "accepted");
const X25519 = group("x25519", "TLS 1.3", "TLS 1.2");
const CLASSICAL = { groups: [X25519] };

describeRule(noPostQuantum, {
  pass: [
    { name: "the hybrid that everybody has", observations: [parameters()], expect: [["key-exchange", "accepted"]] },
    { name: "ML-KEM alone", observations: [only13({ groups: [group("MLKEM1024", "TLS 1.3")] })], expect: [["key-exchange", "accepted"]] },
    {
      name: "one of them, whatever else is unknown",
      observations: [
        parameters({
          groups: [group("SecP256r1MLKEM768", "TLS 1.3")],
          versions: versions(accepting("TLS 1.3", GOOD_13, { refusedGroups: "" })),
        }),
      ],
      expect: [["key-exchange", "accepted"]],
    },
  ],
  fail: [
    { name: "elliptic curves alone", observations: [parameters(CLASSICAL)], expect: [["key-exchange", "classical-only", "info"]] },
    {
      name: "a draft that no client offers any more",
      observations: [parameters({ groups: [X25519, group("X25519Kyber768Draft00", "TLS 1.3")] })],
      expect: [["key-exchange", "classical-only", "info"]],
    },
    {
      name: "at one address of two",
      observations: [parameters(), parameters(CLASSICAL, OTHER)],
      expect: [["key-exchange", "classical-only", "info"]],
    },
  ],
  "not-applicable": [
    ...common["not-applicable"],
    {
      name: "TLS 1.2 alone, which another rule tells of",
      observations: [speaking(refused("TLS 1.3"))],
      expect: [["key-exchange", "no-tls13"]],
    },
    {
      name: "TLS 1.2 alone at one address of two",
      observations: [parameters(), { ...speaking(refused("TLS 1.3")), key: { ...parameters().key, ...OTHER } }],
      expect: [["key-exchange", "accepted"]],
    },
  ],
  unobserved: [
    ...common.unobserved,
    {
      name: "only the one that everybody has was asked about",
      observations: [
        parameters({ ...CLASSICAL, versions: versions(accepting("TLS 1.3", GOOD_13, { refusedGroups: "11EC", reason: "not_requested" })) }),
      ],
      expect: [["key-exchange", "unobserved", "not_requested"]],
    },
    {
      name: "nobody says why",
      observations: [parameters({ ...CLASSICAL, versions: versions(accepting("TLS 1.3", GOOD_13, { refusedGroups: "" })) })],
      expect: [["key-exchange", "unobserved", "evidence_ambiguous"]],
    },
    {
      name: "TLS 1.3 that reset",
      observations: [speaking(unknown("TLS 1.3"))],
      expect: [["key-exchange", "unobserved", "connection_reset"]],
    },
  ],
  hostile: [
    {
      name: "the name with another code, and the code in another version",
      observations: [
        parameters({
          groups: [
            { code: "0x001D", name: "X25519MLKEM768", versions: ["TLS 1.3"] },
            { code: "0x11EC", name: "X25519MLKEM768", versions: ["TLS 1.2"] },
            { code: "0xFAFA", name: "MLKEM", versions: ["TLS 1.3"] },
          ],
        }),
      ],
      expect: [["key-exchange", "classical-only", "info"]],
    },
  ],
});
