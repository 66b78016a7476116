import { deprecatedVersionNegotiated } from "../../../../src/judge/rules/tls/deprecated-version-negotiated.ts";
import type { TlsVersion } from "../../../../src/model/tls.ts";
import { SECOND_ORIGIN, session, TWO_URLS, unseen } from "../../builders.ts";
import { describeRule } from "../../rule-cases.ts";

const GOOD = [
  ["tls1.0", "not-negotiated"],
  ["tls1.1", "not-negotiated"],
] as const;

describeRule(deprecatedVersionNegotiated, {
  pass: [
    { name: "TLS 1.3", observations: [session()], expect: GOOD },
    { name: "TLS 1.2 is the first that is good", observations: [session({ version: "TLS 1.2" })], expect: GOOD },
    { name: "taken over from an earlier run", observations: [session({}, { carried: true })], expect: GOOD },
    {
      name: "an address that refuses TCP beside one that answers lowers nothing",
      observations: [session(), unseen("tls-session", "connect_refused", { address: "192.0.2.2" })],
      expect: GOOD,
    },
    {
      name: "an address without a route beside one that answers lowers nothing",
      observations: [unseen("tls-session", "network_unreachable", { address: "2001:db8::1" }), session()],
      expect: GOOD,
    },
  ],
  fail: [
    {
      name: "TLS 1.1 is the last that is bad",
      observations: [session({ version: "TLS 1.1" })],
      expect: [
        ["tls1.0", "not-negotiated"],
        ["tls1.1", "negotiated", "high"],
      ],
    },
    {
      name: "one address of three",
      observations: [
        session(),
        session({ version: "TLS 1.0" }, { address: "192.0.2.2" }),
        unseen("tls-session", "connect_timeout", { address: "192.0.2.3" }),
      ],
      expect: [
        ["tls1.0", "negotiated", "high"],
        ["tls1.1", "unobserved", "connect_timeout"],
      ],
    },
    {
      name: "another region is another subject",
      integration: TWO_URLS,
      observations: [session(), session({ version: "TLS 1.0" }, { origin: SECOND_ORIGIN })],
      expect: [
        ["tls1.0", "not-negotiated"],
        ["tls1.0@eu.acme.example:8443", "negotiated", "high"],
        ["tls1.1", "not-negotiated"],
        ["tls1.1@eu.acme.example:8443", "not-negotiated"],
      ],
    },
  ],
  "not-applicable": [
    {
      name: "a region that left the inventory",
      observations: [session()],
      known: ["tls1.0@gone.acme.example:443"],
      expect: [
        ["tls1.0", "not-negotiated"],
        ["tls1.0@gone.acme.example:443", "not-declared"],
        ["tls1.1", "not-negotiated"],
      ],
    },
    {
      name: "a base URL that is http by now, beside a region that is not",
      integration: { ...TWO_URLS, baseUrl: "http://api.acme.example" },
      observations: [session({}, { origin: SECOND_ORIGIN })],
      known: ["tls1.0"],
      expect: [
        ["tls1.0", "not-declared"],
        ["tls1.0@eu.acme.example:8443", "not-negotiated"],
        ["tls1.1@eu.acme.example:8443", "not-negotiated"],
      ],
    },

    {
      name: "a URL without TLS, what was open before included",
      integration: { baseUrl: "http://api.acme.example" },
      known: ["tls1.0"],
      expect: [
        ["", "no-tls"],
        ["tls1.0", "no-tls"],
      ],
    },
  ],
  unobserved: [
    {
      name: "nothing was asked",
      expect: [
        ["tls1.0", "unobserved", "not_requested"],
        ["tls1.1", "unobserved", "not_requested"],
      ],
    },
    {
      name: "every address refuses",
      observations: [
        unseen("tls-session", "connect_refused", { address: "192.0.2.1" }),
        unseen("tls-session", "connect_refused", { address: "192.0.2.2" }),
      ],
      expect: [
        ["tls1.0", "unobserved", "connect_refused"],
        ["tls1.1", "unobserved", "connect_refused"],
      ],
    },
    {
      name: "one address of two could not be seen: not a pass",
      observations: [session(), unseen("tls-session", "connection_reset", { address: "192.0.2.2" })],
      known: ["tls1.0"],
      expect: [
        ["tls1.0", "unobserved", "connection_reset"],
        ["tls1.1", "unobserved", "connection_reset"],
      ],
    },
  ],
  hostile: [
    {
      name: "a version that nobody knows is not called retired",
      observations: [session({ version: "TLS 9.9\u001b[31m" as TlsVersion })],
      expect: GOOD,
    },
  ],
});
