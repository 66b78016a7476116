import { expect, test } from "vitest";
import { untrusted } from "../../../../src/judge/rules/certificate/untrusted.ts";
import { DAY } from "../../../../src/model/instant.ts";
import { aCertificate, NOW, SECOND_ORIGIN, session, TWO_URLS, unseen } from "../../builders.ts";
import { describeRule, runCase } from "../../rule-cases.ts";

const rejected = (trustError: string, where = {}) => session({ trusted: false, trustError }, where);
const OVER = aCertificate({ notAfter: NOW - DAY });
const failsAs = (code: string, outcome: string, severity: string) => ({
  name: code,
  observations: [rejected(code)],
  expect: [["leaf", outcome, severity]] as const,
});

describeRule(
  untrusted,
  {
    pass: [{ name: "trusted", observations: [session()], expect: [["leaf", "trusted"]] }],
    fail: [
      failsAs("DEPTH_ZERO_SELF_SIGNED_CERT", "self-signed", "critical"),
      failsAs("ERR_TLS_CERT_ALTNAME_INVALID", "name-mismatch", "critical"),
      failsAs("HOSTNAME_MISMATCH", "name-mismatch", "critical"),
      failsAs("CERT_REVOKED", "revoked", "critical"),
      failsAs("SELF_SIGNED_CERT_IN_CHAIN", "unknown-issuer", "high"),
      failsAs("UNABLE_TO_GET_ISSUER_CERT_LOCALLY", "unknown-issuer", "high"),
      failsAs("UNABLE_TO_VERIFY_LEAF_SIGNATURE", "incomplete", "high"),
      failsAs("CERT_SIGNATURE_FAILURE", "rejected", "high"),
      failsAs("CERT_HAS_EXPIRED", "path-expired", "high"),
      {
        name: "the worst of three addresses",
        observations: [
          session(),
          rejected("CERT_SIGNATURE_FAILURE", { address: "192.0.2.2" }),
          rejected("CERT_REVOKED", { address: "192.0.2.3" }),
        ],
        expect: [["leaf", "revoked", "critical"]],
      },
    ],
    "not-applicable": [
      {
        name: "a region that left the inventory",
        observations: [session()],
        known: ["leaf@gone.acme.example:443"],
        expect: [
          ["leaf", "trusted"],
          ["leaf@gone.acme.example:443", "not-declared"],
        ],
      },
      {
        name: "a base URL that is http by now, beside a region that is not",
        integration: { ...TWO_URLS, baseUrl: "http://api.acme.example" },
        observations: [session({}, { origin: SECOND_ORIGIN })],
        known: ["leaf"],
        expect: [
          ["leaf", "not-declared"],
          ["leaf@eu.acme.example:8443", "trusted"],
        ],
      },

      {
        name: "expired: another rule says it",
        observations: [session({ trusted: false, trustError: "CERT_HAS_EXPIRED", chain: [OVER] })],
        expect: [["leaf", "outside-validity"]],
      },
      {
        name: "not begun: another rule says it",
        observations: [session({ trusted: false, trustError: "CERT_NOT_YET_VALID", chain: [aCertificate({ notBefore: NOW + DAY })] })],
        expect: [["leaf", "outside-validity"]],
      },
      { name: "a URL without TLS", integration: { baseUrl: "http://api.acme.example" }, expect: [["", "no-tls"]] },
    ],
    unobserved: [
      {
        name: "no handshake",
        observations: [unseen("tls-session", "tls_alert", { address: "192.0.2.1" })],
        expect: [["leaf", "unobserved", "tls_alert"]],
      },
    ],
    hostile: [
      {
        name: "not trusted, and no reason given",
        observations: [session({ trusted: false })],
        expect: [["leaf", "rejected", "high"]],
      },
      {
        name: "expired as a claim, without a certificate to look at",
        observations: [session({ trusted: false, trustError: "CERT_HAS_EXPIRED", chain: [] })],
        expect: [["leaf", "path-expired", "high"]],
      },
    ],
  },
  () => {
    test("shows what the client said", () => {
      const shown = (observation: ReturnType<typeof session>) =>
        runCase(untrusted, { name: "", observations: [observation], expect: [] })[0]?.evidence[0];
      expect(shown(session())).toMatchObject({ pointer: "/trusted", summary: "trusted" });
      expect(shown(rejected("CERT_REVOKED"))).toMatchObject({ pointer: "/trustError", summary: "CERT_REVOKED" });
    });

    test("repeats a code, and nothing else in its place", () => {
      const message = (trustError: string) =>
        runCase(untrusted, { name: "", observations: [rejected(trustError)], expect: [] })[0]?.message;
      expect(message("CERT_SIGNATURE_FAILURE")).toBe("The certificate was rejected (CERT_SIGNATURE_FAILURE).");
      expect(message("<script>alert(1)</script>")).toBe("The certificate was rejected (no reason given).");
    });
  },
);
