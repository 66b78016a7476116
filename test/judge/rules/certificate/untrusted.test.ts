import { expect, test } from "vitest";
import { untrusted } from "../../../../src/judge/rules/certificate/untrusted.ts";
import { DAY } from "../../../../src/model/instant.ts";
import {
  authorityKeyIdentifier,
  EXTENSION,
  extendedKeyUsage,
  keyUsage,
  subjectAltName,
  unknown,
} from "../../../lab/support/certificate-extensions.ts";
import { intermediate, type Made, makeCertificate, rootAuthority, serverLeaf } from "../../../lab/support/certificate-factory.ts";
import { newKey } from "../../../lab/support/certificate-keys.ts";
import { aCertificate, NOW, SECOND_ORIGIN, session, TWO_URLS, unseen } from "../../builders.ts";
import { chainOf, leaf, ROOT, serving, shown, stopped } from "../../chain-builders.ts";
import { describeRule, runCase } from "../../rule-cases.ts";

const rejected = (trustError: string, where = {}) => session({ trusted: false, trustError }, where);
const OVER = aCertificate({ notAfter: NOW - DAY });
const failsAs = (code: string, outcome: string, severity: string) => ({
  name: code,
  observations: [rejected(code)],
  expect: [["leaf", outcome, severity]] as const,
});

const AT = new Date(NOW);
const OWN = chainOf();
const ANOTHER_ROOT = rootAuthority({ at: AT, subject: "another root" });
const PRIVATE = intermediate(ANOTHER_ROOT, { at: AT, subject: "another intermediate" });
const LAPSED = intermediate(ROOT, { at: AT, subject: "lapsed", notAfter: new Date(NOW - DAY) });
const BROKEN_NAMES = { id: EXTENSION.subjectAltName, critical: false, value: Uint8Array.of(0x30, 0x03, 0x82, 0x01, 0xff) };
const SELF_SIGNED = makeCertificate({
  subject: "api.acme.example",
  notBefore: new Date(NOW - DAY),
  notAfter: new Date(NOW + DAY),
  extensions: [subjectAltName({ dns: ["api.acme.example"] })],
});
/** node refused these with a code, and we say why. */
const refused = (chain: readonly Made[], trustError: string) => shown(chain, { trusted: false, trustError });
const judged = (name: string, chain: readonly Made[], trustError: string, outcome: string, severity: string) => ({
  name,
  observations: [refused(chain, trustError)],
  expect: [["leaf", outcome, severity]] as const,
});

describeRule(
  untrusted,
  {
    pass: [
      { name: "trusted", observations: [session()], expect: [["leaf", "trusted"]] },
      { name: "a path to a root of the user's", observations: [shown(OWN)], expect: [["leaf", "trusted"]] },
      {
        name: "an expired cross-signature beside a good one",
        observations: [shown([...OWN, LAPSED])],
        expect: [["leaf", "trusted"]],
      },
      {
        name: "both certificates of a dual host",
        observations: [shown(OWN), serving([{ chain: OWN }, { chain: chainOf(leaf({ key: newKey("rsa") })) }])],
        expect: [
          ["leaf", "trusted"],
          ["leaf-rsa", "trusted"],
        ],
      },
      {
        name: "as of a time when it was valid, though node refuses it by now",
        observations: [shown(chainOf(leaf({ notAfter: new Date(NOW - DAY) })), { trusted: false, trustError: "CERT_HAS_EXPIRED" })],
        asOf: NOW - 2 * DAY,
        expect: [["leaf", "trusted"]],
      },
    ],
    fail: [
      judged("for another name", chainOf(leaf({ dns: ["www.acme.example"] })), "ERR_TLS_CERT_ALTNAME_INVALID", "name-mismatch", "critical"),
      judged(
        "for another name, and expired",
        chainOf(leaf({ dns: ["www.acme.example"], notAfter: new Date(NOW - DAY) })),
        "CERT_HAS_EXPIRED",
        "name-mismatch",
        "critical",
      ),
      judged(
        "the name in the subject alone",
        chainOf(leaf({ names: { ip: ["192.0.2.1"] }, subject: "api.acme.example" })),
        "ERR_TLS_CERT_ALTNAME_INVALID",
        "name-mismatch",
        "critical",
      ),
      judged(
        "for no name at all",
        chainOf(leaf({ without: [EXTENSION.subjectAltName] })),
        "ERR_TLS_CERT_ALTNAME_INVALID",
        "name-mismatch",
        "critical",
      ),
      judged(
        "for names that cannot be read",
        chainOf(leaf({ with: [BROKEN_NAMES] })),
        "ERR_TLS_CERT_ALTNAME_INVALID",
        "name-mismatch",
        "critical",
      ),
      judged(
        "for the name with a dot at its end",
        chainOf(leaf({ dns: ["api.acme.example."] })),
        "ERR_TLS_CERT_ALTNAME_INVALID",
        "name-mismatch",
        "critical",
      ),
      judged(
        "encipherment alone for an elliptic key",
        chainOf(leaf({ with: [keyUsage(["keyEncipherment"])] })),
        "INVALID_PURPOSE",
        "rejected",
        "high",
      ),
      judged(
        "another key of the issuer named",
        chainOf(leaf({ with: [authorityKeyIdentifier({ key: newKey() })] })),
        "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
        "rejected",
        "high",
      ),
      judged("no intermediate", [leaf()], "UNABLE_TO_VERIFY_LEAF_SIGNATURE", "incomplete", "high"),
      judged(
        "a root that nobody trusts",
        [serverLeaf(PRIVATE, { at: AT }), PRIVATE, ANOTHER_ROOT],
        "SELF_SIGNED_CERT_IN_CHAIN",
        "unknown-issuer",
        "high",
      ),
      judged(
        "a root that nobody trusts, left out",
        [serverLeaf(PRIVATE, { at: AT }), PRIVATE],
        "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
        "unknown-issuer",
        "high",
      ),
      judged("an expired intermediate", [serverLeaf(LAPSED, { at: AT }), LAPSED], "CERT_HAS_EXPIRED", "path-expired", "high"),
      judged("for clients alone", chainOf(leaf({ with: [extendedKeyUsage(["clientAuth"])] })), "INVALID_PURPOSE", "rejected", "high"),
      judged("vouching for itself", [SELF_SIGNED], "DEPTH_ZERO_SELF_SIGNED_CERT", "self-signed", "critical"),
      {
        name: "taken by node, and against the standard",
        observations: [shown(chainOf(leaf({ with: [unknown("1.3.6.1.4.1.99999.1", Uint8Array.of(5, 0), { critical: true })] })))],
        expect: [["leaf", "taken-by-some", "medium"]],
      },
      {
        name: "refused by node, and nothing to be said against it",
        observations: [refused(OWN, "CA_MD_TOO_WEAK")],
        expect: [["leaf", "rejected", "high"]],
      },
      {
        name: "our own connection was turned away from a certificate for another name",
        observations: [stopped(), serving([{ chain: chainOf(leaf({ dns: ["www.acme.example"] })) }])],
        expect: [["leaf", "name-mismatch", "critical"]],
      },
      {
        name: "the other certificate of a dual host leads nowhere",
        observations: [shown(OWN), serving([{ chain: OWN }, { chain: [leaf({ key: newKey("rsa") })] }])],
        expect: [
          ["leaf", "trusted"],
          ["leaf-rsa", "other-rejected", "medium"],
        ],
      },
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
        name: "the other certificate is not served any more",
        observations: [shown(OWN), serving([{ chain: OWN }])],
        known: ["leaf-rsa"],
        expect: [
          ["leaf", "trusted"],
          ["leaf-rsa", "not-served"],
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
        name: "our own connection was turned away: whom the user trusts is not known",
        observations: [stopped(), serving([{ chain: OWN }])],
        expect: [["leaf", "unobserved", "evidence_ambiguous"]],
      },
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
        expect: [["leaf", "unobserved", "evidence_missing"]],
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

    test("says what is wrong, and how", () => {
      const said = (chain: readonly Made[]) =>
        runCase(untrusted, { name: "", observations: [refused(chain, "INVALID_PURPOSE")], expect: [] })[0]?.message;
      expect(said(chainOf(leaf({ without: [EXTENSION.subjectAltName] })))).toBe(
        "The certificate has no alternative names, and a common name does not count any more.",
      );
      expect(said(chainOf(leaf({ serial: Uint8Array.of(0) })))).toBe(
        "The certificate was rejected: the certificate breaks RFC 5280: a serial number that is nought, negative or longer than 20 octets.",
      );
    });

    test("repeats a code, and nothing else in its place", () => {
      const message = (trustError: string) =>
        runCase(untrusted, { name: "", observations: [rejected(trustError)], expect: [] })[0]?.message;
      expect(message("CERT_SIGNATURE_FAILURE")).toBe("The certificate was rejected (CERT_SIGNATURE_FAILURE).");
      expect(message("<script>alert(1)</script>")).toBe("The certificate was rejected (no reason given).");
    });
  },
);
