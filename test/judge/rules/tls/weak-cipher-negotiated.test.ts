import { cipherSuiteByName, cipherSuiteCodeText } from "../../../../src/catalog/cipher-suites.ts";
import { weakCipherNegotiated } from "../../../../src/judge/rules/tls/weak-cipher-negotiated.ts";
import { SECOND_ORIGIN, session, TWO_URLS, unseen } from "../../builders.ts";
import { describeRule, type RuleCase } from "../../rule-cases.ts";
import { OTHER } from "../../tls-cases.ts";

function got(name: string, ...said: readonly string[]): RuleCase {
  const code = cipherSuiteCodeText(cipherSuiteByName(name)?.code ?? 0);
  return {
    name,
    observations: [session({ version: "TLS 1.2", cipherSuite: { name, code } })],
    expect: [["cipher-suites", ...said] as unknown as RuleCase["expect"][number]],
  };
}

describeRule(weakCipherNegotiated, {
  pass: [
    { name: "TLS 1.3", observations: [session()], expect: [["cipher-suites", "strong"]] },
    got("TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256", "strong"),
    got("TLS_DHE_RSA_WITH_AES_256_GCM_SHA384", "strong"),
    {
      name: "OpenSSL's name, without a code",
      observations: [session({ version: "TLS 1.2", cipherSuite: { name: "ECDHE-RSA-AES128-GCM-SHA256" } })],
      expect: [["cipher-suites", "strong"]],
    },
  ],
  fail: [
    got("TLS_RSA_WITH_NULL_SHA256", "no-encryption", "high"),
    got("TLS_ECDH_anon_WITH_NULL_SHA", "no-encryption", "high"),
    got("TLS_DH_anon_WITH_AES_128_GCM_SHA256", "anonymous", "high"),
    got("TLS_DHE_RSA_EXPORT_WITH_DES40_CBC_SHA", "export", "high"),
    got("TLS_RSA_EXPORT_WITH_RC4_40_MD5", "export", "high"),
    got("TLS_ECDHE_RSA_WITH_RC4_128_SHA", "rc4", "high"),
    got("TLS_DHE_RSA_WITH_DES_CBC_SHA", "des", "high"),
    got("TLS_RSA_WITH_3DES_EDE_CBC_SHA", "short-blocks", "medium"),
    got("TLS_RSA_WITH_IDEA_CBC_SHA", "short-blocks", "medium"),
    got("TLS_RSA_WITH_AES_256_GCM_SHA384", "no-forward-secrecy", "low"),
    got("TLS_RSA_WITH_AES_256_CBC_SHA", "no-forward-secrecy", "low"),
    got("TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384", "cbc", "low"),
    {
      name: "one address of two, and another region",
      integration: TWO_URLS,
      observations: [
        session(),
        session({ cipherSuite: { name: "TLS_RSA_WITH_RC4_128_SHA", code: "0x0005" } }, OTHER),
        session({ cipherSuite: { name: "TLS_RSA_WITH_AES_128_CBC_SHA", code: "0x002F" } }, { origin: SECOND_ORIGIN }),
      ],
      expect: [
        ["cipher-suites", "rc4", "high"],
        ["cipher-suites@eu.acme.example:8443", "no-forward-secrecy", "low"],
      ],
    },
  ],
  "not-applicable": [
    { name: "a URL without TLS", integration: { baseUrl: "http://api.acme.example" }, expect: [["", "no-tls"]] },
    {
      name: "a region that left the inventory",
      observations: [session()],
      known: ["cipher-suites@gone.acme.example:443"],
      expect: [
        ["cipher-suites", "strong"],
        ["cipher-suites@gone.acme.example:443", "not-declared"],
      ],
    },
  ],
  unobserved: [
    {
      name: "nobody answered",
      observations: [unseen("tls-session", "connect_timeout")],
      expect: [["cipher-suites", "unobserved", "connect_timeout"]],
    },
    {
      name: "one address of two",
      observations: [session(), unseen("tls-session", "tls_timeout", OTHER)],
      expect: [["cipher-suites", "unobserved", "tls_timeout"]],
    },
  ],
  hostile: [
    {
      name: "a code that is in no registry, with a name that is",
      observations: [session({ cipherSuite: { name: "TLS_AES_128_GCM_SHA256", code: "0xFAFA" } })],
      expect: [["cipher-suites", "unobserved", "evidence_ambiguous"]],
    },
    {
      name: "a name that is in no registry",
      observations: [session({ cipherSuite: { name: "constructor" } })],
      expect: [["cipher-suites", "unobserved", "evidence_ambiguous"]],
    },
    {
      name: "a signal in its place",
      observations: [session({ cipherSuite: { name: "TLS_FALLBACK_SCSV", code: "0x5600" } })],
      expect: [["cipher-suites", "unobserved", "evidence_ambiguous"]],
    },
  ],
});
