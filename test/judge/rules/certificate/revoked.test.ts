import { expect, test } from "vitest";
import type { RevocationListFacts } from "../../../../src/evidence/kinds.ts";
import { revoked } from "../../../../src/judge/rules/certificate/revoked.ts";
import { sha256Hex } from "../../../../src/model/digest.ts";
import { DAY, HOUR } from "../../../../src/model/instant.ts";
import { EXTENSION } from "../../../lab/support/certificate-extensions.ts";
import type { Made } from "../../../lab/support/certificate-factory.ts";
import { newKey } from "../../../lab/support/certificate-keys.ts";
import { type Answer, makeOcspError, makeOcspResponse, type OcspOptions } from "../../../lab/support/revocation-factory.ts";
import { askedAuthorities, NOW, unseen } from "../../builders.ts";
import { chainOf, INTERMEDIATE, leaf, ROOT, serving, shown } from "../../chain-builders.ts";
import { chainCases } from "../../chain-cases.ts";
import { describeRule, type RuleCase, runCase } from "../../rule-cases.ts";

const LEAF = leaf();
const OWN = chainOf(LEAF);
const REVOKED = { revokedAt: new Date(NOW - 3 * DAY), reason: "keyCompromise" } as const;
const SILENT = { without: [EXTENSION.authorityInformationAccess, EXTENSION.crlDistributionPoints] };

/** What came with it; about the leaf and good unless said otherwise. */
const staple = (answer: Partial<Answer> = {}, more: Partial<OcspOptions> = {}) =>
  makeOcspResponse({
    issuer: INTERMEDIATE,
    answers: [{ of: LEAF, status: "good", thisUpdate: new Date(NOW - DAY), nextUpdate: new Date(NOW + 6 * DAY), ...answer }],
    ...more,
  });
const base64 = (der: Uint8Array) => Buffer.from(der).toString("base64");
const stapled = (der: Uint8Array, chain: readonly Made[] = OWN) => shown(chain, { staple: base64(der) });
const unclear = (name: string, der: Uint8Array, chain?: readonly Made[]): RuleCase => ({
  name,
  observations: [stapled(der, chain)],
  expect: [["leaf", "unobserved", "revocation_unclear"]],
});
/** What its authority said when it was asked. */
const told = (der: Uint8Array, of = LEAF) =>
  askedAuthorities({ leaf: sha256Hex(of.der), source: "ocsp", host: "ocsp.example", responseDer: base64(der) });
const LIST = { issuer: "CN=Acme intermediate", thisUpdate: NOW - DAY, nextUpdate: NOW + 6 * DAY, octets: 5_000_000 };
const listed = (list: Partial<RevocationListFacts> & Pick<RevocationListFacts, "status">) =>
  askedAuthorities({ leaf: sha256Hex(LEAF.der), source: "crl", host: "crl.example", list: { ...LIST, ...list } });
const EXPIRED = leaf({ notAfter: new Date(NOW - DAY) });
const OTHER = leaf({ key: newKey("rsa") });
const AHEAD = leaf({ notBefore: new Date(NOW + DAY) });
const common = chainCases("leaf", "nobody-to-ask", chainOf(leaf(SILENT)));

describeRule(
  revoked,
  {
    pass: [
      { name: "the staple says so", observations: [stapled(staple())], expect: [["leaf", "good"]] },
      {
        name: "the staple was made while we connected, after the time of the judgement",
        observations: [stapled(staple({ thisUpdate: new Date(NOW - HOUR) }))],
        asOf: NOW - 2 * HOUR,
        expect: [["leaf", "good"]],
      },
      { name: "the responder says so", observations: [shown(OWN), told(staple())], expect: [["leaf", "good"]] },
      { name: "its authority's list does not name it", observations: [shown(OWN), listed({ status: "good" })], expect: [["leaf", "good"]] },
      {
        name: "the staple says nothing that counts, and the list does",
        observations: [stapled(makeOcspError(3)), listed({ status: "good" })],
        expect: [["leaf", "good"]],
      },
      {
        name: "at both addresses, though it was asked about on account of one",
        observations: [shown(OWN), shown(OWN, { address: "192.0.2.2" }, { address: "192.0.2.2" }), listed({ status: "good" })],
        expect: [["leaf", "good"]],
      },
    ],
    fail: [
      {
        name: "the staple says so",
        observations: [stapled(staple({ status: REVOKED }))],
        expect: [["leaf", "revoked", "critical"]],
      },
      {
        name: "without a reason, and node trusts it",
        observations: [stapled(staple({ status: { revokedAt: new Date(NOW) } }))],
        expect: [["leaf", "revoked", "critical"]],
      },
      {
        name: "held back for a while",
        observations: [stapled(staple({ status: { ...REVOKED, reason: "certificateHold" } }))],
        expect: [["leaf", "suspended", "high"]],
      },
      {
        name: "the responder says so, whatever the staple says",
        observations: [stapled(staple()), told(staple({ status: REVOKED }))],
        expect: [["leaf", "revoked", "critical"]],
      },
      {
        name: "its authority's list names it",
        observations: [shown(OWN), listed({ status: "revoked", revokedAt: NOW - DAY, reason: "superseded" })],
        expect: [["leaf", "revoked", "critical"]],
      },
      {
        name: "the other certificate of a dual host, as its authority said at another place",
        observations: [
          shown(OWN),
          serving([{ chain: OWN }, { chain: chainOf(OTHER) }]),
          told(staple({ of: OTHER, status: REVOKED }), OTHER),
        ],
        expect: [
          ["leaf", "unobserved", "not_requested"],
          ["leaf-rsa", "revoked", "critical"],
        ],
      },
      {
        name: "at one address of two",
        observations: [
          stapled(staple()),
          shown(OWN, { staple: base64(staple({ status: REVOKED })), address: "192.0.2.2" }, { address: "192.0.2.2" }),
        ],
        expect: [["leaf", "revoked", "critical"]],
      },
    ],
    "not-applicable": [
      {
        name: "expired too, which is what is said",
        observations: [stapled(staple({ of: EXPIRED, status: REVOKED }), chainOf(EXPIRED))],
        expect: [["leaf", "outside-validity"]],
      },
      { name: "not valid yet", observations: [shown(chainOf(AHEAD))], expect: [["leaf", "outside-validity"]] },
      {
        name: "it names nobody who would say it",
        observations: [shown(chainOf(leaf(SILENT)))],
        expect: [["leaf", "nobody-to-ask"]],
      },
      {
        name: "it lives for six days",
        observations: [shown(chainOf(leaf({ ...SILENT, notBefore: new Date(NOW - DAY), notAfter: new Date(NOW + 5 * DAY) })))],
        expect: [["leaf", "short-lived"]],
      },
      ...common["not-applicable"],
    ],
    unobserved: [
      { name: "nobody told us", observations: [shown(OWN)], expect: [["leaf", "unobserved", "not_requested"]] },
      {
        name: "evidence of a time when nobody asked for staples",
        observations: [shown(OWN, { anchors: undefined } as never)],
        expect: [["leaf", "unobserved", "not_requested"]],
      },
      {
        name: "nobody told us of the other certificate of a dual host",
        observations: [stapled(staple()), serving([{ chain: OWN }, { chain: chainOf(leaf({ key: newKey("rsa") })) }])],
        expect: [
          ["leaf", "good"],
          ["leaf-rsa", "unobserved", "not_requested"],
        ],
      },
      {
        name: "its authority was asked, and not heard",
        observations: [shown(OWN), unseen("revocation", "connect_timeout", { address: "192.0.2.1" })],
        expect: [["leaf", "unobserved", "connect_timeout"]],
      },
      {
        name: "the responder is busy",
        observations: [shown(OWN), told(makeOcspError(3))],
        expect: [["leaf", "unobserved", "revocation_unclear"]],
      },
      {
        name: "its authority's list does not count",
        observations: [shown(OWN), listed({ status: "unknown", doubt: "wrong-signature" })],
        expect: [["leaf", "unobserved", "revocation_unclear"]],
      },
      {
        name: "as of a day on which the list will have expired",
        observations: [shown(OWN), listed({ status: "good" })],
        asOf: NOW + 7 * DAY,
        expect: [["leaf", "unobserved", "revocation_unclear"]],
      },
      {
        name: "its authority said something of the certificate that was served before",
        observations: [shown(OWN), told(staple({ of: OTHER }), OTHER)],
        expect: [["leaf", "unobserved", "not_requested"]],
      },
      unclear("a staple that has expired", staple({ status: REVOKED, nextUpdate: new Date(NOW - HOUR) })),
      {
        name: "as of a day on which the staple will have expired",
        observations: [stapled(staple())],
        asOf: NOW + 7 * DAY,
        expect: [["leaf", "unobserved", "revocation_unclear"]],
      },
      unclear("a staple from the future", staple({ thisUpdate: new Date(NOW + DAY), nextUpdate: new Date(NOW + 2 * DAY) })),
      unclear("a staple about another certificate", staple({ of: { serial: Uint8Array.of(1) } })),
      unclear("the responder does not know it", staple({ status: "unknown" })),
      unclear("the responder is busy", makeOcspError(3)),
      unclear("the responder does not answer for it", makeOcspError(6)),
      unclear("no path to whoever issued it", staple(), [LEAF]),
      ...common.unobserved,
    ],
    hostile: [
      unclear("a revocation that the root signed, not the issuer", staple({ status: REVOKED }, { responder: ROOT, certificates: [ROOT] })),
      unclear("a revocation that anybody signed", staple({ status: REVOKED }, { signWith: newKey() })),
      {
        name: "a list of which only half was kept",
        observations: [shown(OWN), listed({ status: "revoked" })],
        expect: [["leaf", "unobserved", "revocation_unclear"]],
      },
      {
        name: "an answer of which nothing was kept",
        observations: [shown(OWN), askedAuthorities({ leaf: sha256Hex(LEAF.der), source: "ocsp", host: "ocsp.example" })],
        expect: [["leaf", "unobserved", "revocation_unclear"]],
      },
      unclear("octets that are no response", Uint8Array.of(0x30, 0x80, 1, 2, 3)),
      unclear("16 kilobytes of nothing", new Uint8Array(16_384)),
      ...common.hostile,
    ],
  },
  () => {
    test("says when and why, in words", () => {
      const [result] = runCase(revoked, { name: "", observations: [stapled(staple({ status: REVOKED }))], expect: [] });
      expect(result?.message).toBe("Its issuer revoked the certificate on 2026-11-20, because somebody else has its key.");
    });
  },
);
