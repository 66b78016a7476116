import { clientNegotiatesWeak } from "../../../../src/judge/rules/tls/client-negotiates-weak.ts";
import type { TlsVersion } from "../../../../src/model/tls.ts";
import { accepting, GOOD_12, GOOD_13, GOOD_FEATURES, parameters, remembering, SECOND_ORIGIN, TWO_URLS, unseen } from "../../builders.ts";
import { describeRule } from "../../rule-cases.ts";

const NODE = { clients: ["node-20"] };
const STATIC = "TLS_RSA_WITH_AES_128_GCM_SHA256";

/** TLS 1.2, of whose suites these alone were seen this time. */
function remembering12(suites: readonly string[], ...seenNow: readonly string[]) {
  const { versions } = speaking("TLS 1.2", suites);
  return parameters({ versions: versions.map((found) => remembering(found, ...seenNow)) });
}

function speaking(version: TlsVersion, suites: readonly string[], more: Parameters<typeof accepting>[2] = {}) {
  const others = (["TLS 1.0", "TLS 1.1", "TLS 1.2", "TLS 1.3"] as const).filter((other) => other !== version);
  const refused = others.map(
    (other) => ({ version: other, support: "refused", cipherSuites: [], preference: "unknown", complete: true }) as const,
  );
  return { versions: [...refused, accepting(version, suites, more)] };
}

describeRule(clientNegotiatesWeak, {
  pass: [
    { name: "TLS 1.3", integration: NODE, observations: [parameters()], expect: [["node-20", "strong"]] },
    {
      name: "several suites are possible, all of them strong",
      integration: NODE,
      observations: [parameters(speaking("TLS 1.2", GOOD_12, { preference: "unknown" }))],
      expect: [["node-20", "strong"]],
    },
    {
      name: "one suite was seen, which the server likes best",
      integration: NODE,
      observations: [remembering12(GOOD_12, GOOD_12[0] as string)],
      expect: [["node-20", "strong"]],
    },
    {
      name: "one suite was seen, after one that may be gone",
      integration: NODE,
      observations: [remembering12(GOOD_12, GOOD_12[1] as string)],
      expect: [["node-20", "strong"]],
    },
  ],
  fail: [
    {
      name: "no forward secrecy for one client, no connection for another",
      integration: { clients: ["go-1.24", "go-1.19", "openjdk-11"] },
      observations: [parameters(speaking("TLS 1.2", [STATIC]))],
      expect: [
        ["go-1.19", "no-forward-secrecy", "low"],
        ["go-1.24", "cannot-connect", "low"],
        ["openjdk-11", "no-forward-secrecy", "low"],
      ],
    },
    {
      name: "a retired version, for a client that still speaks it",
      integration: { clients: ["python-3.9-openssl-1.1.1", "python-3.9-debian-11"] },
      observations: [parameters(speaking("TLS 1.0", ["TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA"]))],
      expect: [
        ["python-3.9-debian-11", "cannot-connect", "low"],
        ["python-3.9-openssl-1.1.1", "forbidden", "high"],
      ],
    },
    {
      name: "blocks of 64 bits",
      integration: { clients: ["go-1.19"] },
      observations: [parameters(speaking("TLS 1.2", ["TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA"]))],
      expect: [["go-1.19", "short-blocks", "medium"]],
    },
    {
      name: "an address that accepts less",
      integration: NODE,
      observations: [parameters(), parameters(speaking("TLS 1.2", [STATIC]), { address: "192.0.2.2" })],
      expect: [["node-20", "no-forward-secrecy", "low"]],
    },
  ],
  "not-applicable": [
    {
      name: "no client is declared",
      observations: [parameters()],
      known: ["node-20"],
      expect: [
        ["", "no-client"],
        ["node-20", "no-client"],
      ],
    },
    {
      name: "a client of another version of apirisk",
      integration: { clients: ["node-99"] },
      observations: [parameters()],
      expect: [["", "no-client"]],
    },
    { name: "no https", integration: { ...NODE, baseUrl: "http://api.acme.example" }, expect: [["", "no-tls"]] },
    {
      name: "a client and a URL that are not declared any more",
      integration: NODE,
      observations: [parameters()],
      known: ["go-1.19", "node-20@eu.acme.example:8443"],
      expect: [
        ["go-1.19", "client-not-declared"],
        ["node-20", "strong"],
        ["node-20@eu.acme.example:8443", "not-declared"],
      ],
    },
  ],
  unobserved: [
    { name: "nothing was asked", integration: NODE, expect: [["node-20", "unobserved", "not_requested"]] },
    {
      name: "out of reach",
      integration: NODE,
      observations: [unseen("tls", "dns_not_found")],
      expect: [["node-20", "unobserved", "dns_not_found"]],
    },
    {
      name: "a strong and a weak suite are possible",
      integration: NODE,
      observations: [parameters(speaking("TLS 1.2", [...GOOD_12, STATIC], { preference: "unknown" }))],
      expect: [["node-20", "unobserved", "evidence_ambiguous"]],
    },
    {
      name: "all that they had in common may be gone",
      integration: NODE,
      observations: [remembering12([...GOOD_12, "TLS_RSA_WITH_3DES_EDE_CBC_SHA"], "TLS_RSA_WITH_3DES_EDE_CBC_SHA")],
      expect: [["node-20", "unobserved", "not_requested"]],
    },
    {
      name: "all that is strong may be gone",
      integration: NODE,
      observations: [remembering12([...GOOD_12, STATIC], STATIC)],
      expect: [["node-20", "unobserved", "evidence_ambiguous"]],
    },
    {
      name: "it is not known whether TLS 1.3 is spoken",
      integration: NODE,
      observations: [
        parameters({
          versions: [
            accepting("TLS 1.2", GOOD_12),
            { version: "TLS 1.3", support: "unknown", reason: "rate_limited", cipherSuites: [], preference: "unknown", complete: false },
          ],
        }),
      ],
      expect: [["node-20", "unobserved", "rate_limited"]],
    },
  ],
  hostile: [
    {
      name: "codes and names that no registry has, in two regions",
      integration: { ...NODE, ...TWO_URLS },
      observations: [
        parameters({
          versions: [
            { ...accepting("TLS 1.3", GOOD_13), cipherSuites: [{ code: "0xzz", name: "\u001b[31m" }], refused: "FFFF-0000 nonsense" },
          ],
          features: GOOD_FEATURES,
        }),
        parameters({}, { origin: SECOND_ORIGIN }),
      ],
      expect: [
        ["node-20", "unobserved", "evidence_ambiguous"],
        ["node-20@eu.acme.example:8443", "strong"],
      ],
    },
  ],
});
