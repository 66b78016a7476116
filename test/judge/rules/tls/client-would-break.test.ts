import { clientWouldBreak } from "../../../../src/judge/rules/tls/client-would-break.ts";
import { accepting, GOOD_12, parameters, remembering, SECOND_ORIGIN, TWO_URLS, unseen } from "../../builders.ts";
import { describeRule } from "../../rule-cases.ts";

const CLIENTS = { clients: ["openjdk-11", "go-1.24"] };
const STATIC = "TLS_RSA_WITH_AES_128_CBC_SHA";
const REFUSED = (["TLS 1.0", "TLS 1.1", "TLS 1.3"] as const).map(
  (version) => ({ version, support: "refused", cipherSuites: [], preference: "unknown", complete: true }) as const,
);

const only12 = (...suites: readonly string[]) => ({ versions: [...REFUSED, accepting("TLS 1.2", suites, { preference: "client" })] });

describeRule(clientWouldBreak, {
  pass: [
    {
      name: "what both have in common is strong, or something of it is",
      integration: CLIENTS,
      observations: [parameters(), parameters(only12(STATIC, ...GOOD_12), { address: "192.0.2.2" })],
      expect: [
        ["go-1.24", "survives"],
        ["openjdk-11", "survives"],
      ],
    },
  ],
  fail: [
    {
      name: "nothing else in common",
      integration: CLIENTS,
      observations: [parameters(only12(STATIC))],
      expect: [
        ["go-1.24", "does-not-connect"],
        ["openjdk-11", "would-break", "info"],
      ],
    },
  ],
  "not-applicable": [
    { name: "no client is declared", observations: [parameters()], expect: [["", "no-client"]] },
    { name: "no https", integration: { ...CLIENTS, baseUrl: "http://api.acme.example" }, expect: [["", "no-tls"]] },
    {
      name: "a client and a URL that are gone",
      integration: { clients: ["go-1.24"] },
      observations: [parameters()],
      known: ["openjdk-11", "go-1.24@eu.acme.example:8443"],
      expect: [
        ["go-1.24", "survives"],
        ["go-1.24@eu.acme.example:8443", "not-declared"],
        ["openjdk-11", "client-not-declared"],
      ],
    },
  ],
  unobserved: [
    { name: "nothing was asked", integration: { clients: ["go-1.24"] }, expect: [["go-1.24", "unobserved", "not_requested"]] },
    {
      name: "out of reach",
      integration: { clients: ["go-1.24"] },
      observations: [unseen("tls", "connect_timeout")],
      expect: [["go-1.24", "unobserved", "connect_timeout"]],
    },
    {
      name: "what was strong may be gone, or all of it",
      integration: { clients: ["openjdk-11"] },
      observations: [
        parameters({ versions: [...REFUSED, remembering(accepting("TLS 1.2", [...GOOD_12, STATIC]), STATIC)] }),
        parameters({ versions: [...REFUSED, remembering(accepting("TLS 1.2", [STATIC]))] }, { address: "192.0.2.2" }),
      ],
      expect: [["openjdk-11", "unobserved", "not_requested"]],
    },
    {
      name: "a strong suite was neither accepted nor refused",
      integration: { clients: ["openjdk-11"] },
      observations: [
        parameters({ versions: [...REFUSED, accepting("TLS 1.2", [STATIC], { unknown: [...GOOD_12], reason: "rate_limited" })] }),
      ],
      expect: [["openjdk-11", "unobserved", "rate_limited"]],
    },
  ],
  hostile: [
    {
      name: "the same version twice, and two regions",
      integration: { clients: ["go-1.24"], ...TWO_URLS },
      observations: [
        parameters({ versions: [...REFUSED, accepting("TLS 1.2", GOOD_12), accepting("TLS 1.2", [STATIC])] }),
        parameters({ versions: [] }, { origin: SECOND_ORIGIN }),
      ],
      expect: [
        ["go-1.24", "survives"],
        ["go-1.24@eu.acme.example:8443", "unobserved", "not_requested"],
      ],
    },
  ],
});
