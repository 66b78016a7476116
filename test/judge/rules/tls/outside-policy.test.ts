import { policyPack } from "../../../../src/catalog/policies.ts";
import { outsidePolicy } from "../../../../src/judge/rules/tls/outside-policy.ts";
import { accepting, GOOD_12, GOOD_13, group, hellos, parameters, SECOND_ORIGIN, session, TWO_URLS, unseen } from "../../builders.ts";
import { describeRule, type RuleCase } from "../../rule-cases.ts";
import { certificateOf, EC_256, RSA_2048 } from "../../test-keys.ts";

const MODERN = "mozilla-6.0-modern";
const PQ_ALONE = [group("X25519MLKEM768", "TLS 1.3"), group("x25519", "TLS 1.3"), group("secp256r1", "TLS 1.3")];
const TLS13_ALONE = parameters({
  versions: [...refusing("SSL 3.0", "TLS 1.0", "TLS 1.1", "TLS 1.2"), accepting("TLS 1.3", GOOD_13)],
  groups: PQ_ALONE,
  certificates: [{ sha256: "ab".repeat(32), key: "ecdsa", curve: "secp256r1" }],
});
const GOOD_SESSION = session({ chain: [certificateOf(EC_256)] });

function refusing(...versions: readonly ("SSL 3.0" | "TLS 1.0" | "TLS 1.1" | "TLS 1.2" | "TLS 1.3")[]) {
  return versions.map((version) => ({ version, support: "refused", cipherSuites: [], preference: "unknown", complete: true }) as const);
}

/** Every requirement of the pack, each with the same answer but those that are named. */
function all(pack: string, answer: readonly string[], but: Readonly<Record<string, readonly string[]>> = {}, at = ""): RuleCase["expect"] {
  const ids = policyPack(pack)?.requirements.map(({ id }) => id) ?? [];
  return ids.sort().map((id) => [`${pack}:${id}${at}`, ...(but[id] ?? answer)] as unknown as RuleCase["expect"][number]);
}

describeRule(outsidePolicy, {
  pass: [
    {
      name: "a server as the pack wants it",
      packs: [MODERN],
      observations: [TLS13_ALONE, GOOD_SESSION],
      expect: all(MODERN, ["complies"]),
    },
  ],
  fail: [
    {
      name: "requirements and recommendations weigh differently",
      packs: [MODERN],
      observations: [parameters({ groups: [group("x25519", "TLS 1.3")] }), session({ chain: [certificateOf(RSA_2048, 400)] })],
      expect: all(MODERN, ["complies"], {
        versions: ["violates-requirement", "high"],
        "post-quantum": ["misses-recommendation", "low"],
        "certificate-key": ["violates-requirement", "high"],
        "certificate-lifetime": ["violates-requirement", "high"],
      }),
    },
    {
      name: "one address of two",
      packs: [MODERN],
      observations: [
        TLS13_ALONE,
        parameters(
          {
            versions: [...refusing("TLS 1.0", "TLS 1.1", "SSL 3.0"), accepting("TLS 1.2", GOOD_12), accepting("TLS 1.3", GOOD_13)],
            groups: PQ_ALONE,
            certificates: [],
          },
          { address: "192.0.2.2" },
        ),
        GOOD_SESSION,
      ],
      expect: all(MODERN, ["complies"], { versions: ["violates-requirement", "high"] }),
    },
    {
      name: "another certificate that is served beside",
      packs: [MODERN],
      observations: [
        parameters({
          versions: [...refusing("SSL 3.0", "TLS 1.0", "TLS 1.1", "TLS 1.2"), accepting("TLS 1.3", GOOD_13)],
          groups: PQ_ALONE,
          certificates: [{ sha256: "cd".repeat(32), key: "rsa" }],
        }),
        GOOD_SESSION,
      ],
      expect: all(MODERN, ["complies"], { "certificate-key": ["violates-requirement", "high"] }),
    },
  ],
  "not-applicable": [
    {
      name: "no pack is chosen",
      observations: [parameters(), session()],
      known: ["rfc-9325:rc4"],
      expect: [
        ["", "no-policy"],
        ["rfc-9325:rc4", "no-policy"],
      ],
    },
    { name: "no https", packs: [MODERN], integration: { baseUrl: "http://api.acme.example" }, expect: [["", "no-tls"]] },
    {
      name: "another pack than the last time, a demand that is not in force yet, and a URL that is gone",
      packs: [MODERN],
      observations: [TLS13_ALONE, GOOD_SESSION],
      known: ["rfc-9325:rc4", "bsi-tr-02102-2-2026-01:tls12-ends", `${MODERN}:versions@eu.acme.example:8443`],
      expect: [
        ["bsi-tr-02102-2-2026-01:tls12-ends", "not-asked"],
        ...all(MODERN, ["complies"]).flatMap((row) =>
          row[0] === `${MODERN}:versions` ? [row, [`${row[0]}@eu.acme.example:8443`, "not-declared"] as const] : [row],
        ),
        ["rfc-9325:rc4", "not-asked"],
      ],
    },
  ],
  unobserved: [
    {
      name: "nothing was asked",
      packs: [MODERN],
      expect: all(MODERN, ["unobserved", "not_requested"]),
    },
    {
      name: "the address was not reached",
      packs: [MODERN],
      observations: [unseen("tls", "connect_timeout"), unseen("tls-session", "connect_timeout")],
      expect: all(MODERN, ["unobserved", "connect_timeout"]),
    },
    {
      name: "versions alone are known: what is in neither list is unknown",
      packs: [MODERN],
      observations: [hellos({ "TLS 1.3": { support: "accepted", reason: "not_requested" } }), GOOD_SESSION],
      expect: all(MODERN, ["complies"], {
        "tls13-suites": ["unobserved", "not_requested"],
        groups: ["unobserved", "not_requested"],
        "post-quantum": ["unobserved", "not_requested"],
      }),
    },
  ],
  hostile: [
    {
      name: "a certificate that cannot be read, and one that ends before it begins",
      packs: [MODERN],
      observations: [TLS13_ALONE, session({ chain: [{ ...certificateOf(EC_256), der: "AAAA", notAfter: 0 }] })],
      expect: all(MODERN, ["complies"], { "certificate-key": ["unobserved", "evidence_ambiguous"] }),
    },
    {
      name: "two regions, one of which refuses everything and shows no certificate",
      packs: [MODERN],
      integration: TWO_URLS,
      observations: [
        TLS13_ALONE,
        GOOD_SESSION,
        parameters(
          {
            versions: [...refusing("SSL 3.0", "TLS 1.0", "TLS 1.1", "TLS 1.2", "TLS 1.3")],
            groups: [],
            signatureSchemes: [],
            certificates: [],
          },
          { origin: SECOND_ORIGIN },
        ),
        session({ chain: [] }, { origin: SECOND_ORIGIN }),
      ],
      expect: [
        ...all(MODERN, ["complies"]),
        ...all(
          MODERN,
          ["complies"],
          {
            "post-quantum": ["misses-recommendation", "low"],
            "certificate-key": ["unobserved", "evidence_missing"],
            "certificate-lifetime": ["unobserved", "evidence_missing"],
          },
          "@eu.acme.example:8443",
        ),
      ].sort((a, b) => (a[0] < b[0] ? -1 : 1)),
    },
  ],
});
