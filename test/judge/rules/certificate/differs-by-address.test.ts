import { expect, test } from "vitest";
import type { Observation } from "../../../../src/evidence/observation.ts";
import { differsByAddress } from "../../../../src/judge/rules/certificate/differs-by-address.ts";
import { DAY } from "../../../../src/model/instant.ts";
import { intermediate, type LeafOptions, type Made, serverLeaf } from "../../../lab/support/certificate-factory.ts";
import { newKey, sharedKey } from "../../../lab/support/certificate-keys.ts";
import { aCertificate, NOW, parameters, SECOND_ORIGIN, session, TWO_URLS, unseen } from "../../builders.ts";
import { chainOf, leaf, ROOT, serving, shown } from "../../chain-builders.ts";
import { describeRule, type RuleCase, runCase } from "../../rule-cases.ts";
import { OTHER } from "../../tls-cases.ts";

const AT = new Date(NOW);
type Said = readonly string[];
const NOT_ASKED: Said = ["unobserved", "not_requested"];
const all = (addresses: Said, connections: Said = NOT_ASKED) =>
  [
    ["addresses", ...addresses],
    ["connections", ...connections],
  ] as unknown as RuleCase["expect"];

/** By authorities of these organisations. */
const issuedBy = (organisation: string, name: string, options: LeafOptions = {}) => {
  const authority = intermediate(ROOT, {
    at: AT,
    subject: [
      { type: "O", value: organisation },
      { type: "CN", value: name },
    ],
  });
  return [serverLeaf(authority, { at: AT, ...options }), authority];
};
const beside = (chain: readonly Made[], other: readonly Made[]): readonly Observation[] => [shown(chain), shown(other, {}, OTHER)];
const day = (days: number) => ({ notBefore: new Date(NOW - days * DAY) });
const key = newKey();
const OWN = chainOf(leaf({ key }));
const served = (...leaves: readonly Made[]) => serving(leaves.map((first) => ({ chain: chainOf(first) })));

describeRule(
  differsByAddress,
  {
    pass: [
      { name: "the same at two addresses", observations: beside(OWN, OWN), expect: all(["alike"]) },
      {
        name: "the same authority's other certificates, of which it takes turns",
        observations: beside(issuedBy("Example Encrypt", "E5", { key }), issuedBy("Example Encrypt", "E6", { key })),
        expect: all(["alike"]),
      },
      {
        name: "one connection got the RSA certificate, and both serve both",
        observations: [
          shown(OWN),
          shown(chainOf(leaf({ key: sharedKey("rsa") })), {}, OTHER),
          serving([{ chain: OWN }, { chain: chainOf(leaf({ key: sharedKey("rsa") })) }]),
          serving([{ chain: OWN }, { chain: chainOf(leaf({ key: sharedKey("rsa") })) }], {}, OTHER),
        ],
        expect: all(["alike"], ["alike"]),
      },
      {
        name: "evidence that kept no certificate of the only leaf",
        observations: [...beside(OWN, OWN), parameters(), parameters({}, OTHER)],
        expect: all(["alike"], ["alike"]),
      },
    ],
    fail: [
      { name: "a key of its own at each", observations: beside(OWN, chainOf(leaf())), expect: all(["keys-differ", "info"]) },
      {
        name: "a later key for the same names",
        observations: beside(OWN, chainOf(leaf(day(3)))),
        expect: all(["renewal-under-way", "info"]),
      },
      {
        name: "issued again for the same key",
        observations: beside(OWN, chainOf(leaf({ key, ...day(3) }))),
        expect: all(["renewal-under-way", "info"]),
      },
      {
        name: "a second later",
        observations: beside(OWN, chainOf(leaf({ notBefore: new Date(NOW - 20 * DAY + 1000) }))),
        expect: all(["renewal-under-way", "info"]),
      },
      {
        name: "a later key for other names as well",
        observations: beside(OWN, chainOf(leaf({ ...day(3), dns: ["api.acme.example", "www.acme.example"] }))),
        expect: all(["keys-differ", "info"]),
      },
      {
        name: "names in another order and another case are the same",
        observations: beside(
          chainOf(leaf({ ...day(3), dns: ["api.acme.example", "www.acme.example"] })),
          chainOf(leaf({ ...day(4), dns: ["WWW.acme.example", "api.acme.example"] })),
        ),
        expect: all(["renewal-under-way", "info"]),
      },
      {
        name: "a renewal by the same organisation's other authority",
        observations: beside(issuedBy("Example Encrypt", "E5"), issuedBy("Example Encrypt", "E6", day(3))),
        expect: all(["renewal-under-way", "info"]),
      },
      {
        name: "two networks, each with an authority",
        observations: beside(issuedBy("Example Encrypt", "E5"), issuedBy("Another Trust", "R1")),
        expect: all(["issuers-differ", "info"]),
      },
      {
        name: "one key, and two authorities",
        observations: beside(issuedBy("Example Encrypt", "E5", { key }), issuedBy("Another Trust", "R1", { key })),
        expect: all(["issuers-differ", "info"]),
      },
      {
        name: "a difference, though a third address could not be asked",
        observations: [...beside(OWN, chainOf(leaf())), unseen("tls-session", "tls_timeout", { address: "192.0.2.3" })],
        expect: all(["keys-differ", "info"]),
      },
      {
        name: "the RSA certificates alone",
        observations: [
          ...beside(OWN, OWN),
          serving([{ chain: OWN }, { chain: chainOf(leaf({ key: sharedKey("rsa") })) }]),
          serving([{ chain: OWN }, { chain: chainOf(leaf({ key: sharedKey("rsa3072") })) }], {}, OTHER),
        ],
        expect: all(["keys-differ", "info"], ["alike"]),
      },
      {
        name: "two machines behind one address",
        observations: [shown(OWN), served(leaf({ key }), leaf())],
        expect: all(["one-address"], ["keys-differ", "info"]),
      },
      {
        name: "two machines behind one address, of which one was renewed",
        observations: [shown(OWN), served(leaf({ key }), leaf(day(3)))],
        expect: all(["one-address"], ["renewal-under-way", "info"]),
      },
    ],
    "not-applicable": [
      { name: "one address", observations: [shown(OWN)], expect: all(["one-address"]) },
      {
        name: "two kinds of keys",
        observations: beside(OWN, chainOf(leaf({ key: sharedKey("rsa") }))),
        expect: all(["nothing-shared"]),
      },
      {
        name: "two regions of one address each",
        integration: TWO_URLS,
        observations: [shown(OWN), shown(chainOf(), {}, { origin: SECOND_ORIGIN })],
        expect: [
          ["addresses", "one-address"],
          ["addresses@eu.acme.example:8443", "one-address"],
          ["connections", "unobserved", "not_requested"],
          ["connections@eu.acme.example:8443", "unobserved", "not_requested"],
        ],
      },
      {
        name: "a region that left the inventory",
        observations: [shown(OWN)],
        known: ["addresses@gone.acme.example:443"],
        expect: [
          ["addresses", "one-address"],
          ["addresses@gone.acme.example:443", "not-declared"],
          ["connections", "unobserved", "not_requested"],
        ],
      },
      { name: "a URL without TLS", integration: { baseUrl: "http://api.acme.example" }, expect: [["", "no-tls"]] },
    ],
    unobserved: [
      { name: "nobody asked", expect: all(NOT_ASKED) },
      {
        name: "another address that refuses connections today: what was found of it is neither mended nor found again",
        observations: [shown(OWN), unseen("tls-session", "connect_refused", OTHER)],
        known: ["addresses"],
        expect: all(["unobserved", "evidence_missing"]),
      },
      {
        name: "another address that did not answer",
        observations: [shown(OWN), unseen("tls-session", "tls_timeout", OTHER)],
        expect: all(["unobserved", "tls_timeout"]),
      },
      {
        name: "two leaves at one address, of which nothing was kept",
        observations: [
          shown(OWN),
          parameters({
            certificates: [
              { sha256: "ab".repeat(32), key: "rsa" },
              { sha256: "cd".repeat(32), key: "rsa" },
            ],
          }),
        ],
        expect: all(["one-address"], ["unobserved", "evidence_ambiguous"]),
      },
      {
        name: "no leaf at all",
        observations: [shown(OWN), parameters({ certificates: [] })],
        expect: all(["one-address"], ["unobserved", "evidence_ambiguous"]),
      },
    ],
    hostile: [
      {
        name: "octets that are no certificate, at one address of two",
        observations: [shown(OWN), session({ chain: [aCertificate({ der: "bm9uZQ==" })] }, OTHER)],
        expect: all(["unobserved", "evidence_ambiguous"]),
      },
      {
        name: "no names and no issuer",
        observations: beside(
          chainOf(serverLeaf({ name: Uint8Array.of(0x30, 0), key: sharedKey("ec") }, { at: AT, names: { dns: [] } })),
          chainOf(serverLeaf({ name: Uint8Array.of(0x30, 0), key: sharedKey("ec") }, { at: AT, names: { dns: [] } })),
        ),
        expect: all(["keys-differ", "info"]),
      },
    ],
  },
  () =>
    test("says where, of which kind, and how many", () => {
      const told = (observations: readonly Observation[]) =>
        runCase(differsByAddress, { name: "", observations, expect: [] }).map(({ message }) => message);
      expect(told([...beside(OWN, chainOf(leaf())), shown(chainOf(), {}, { address: "192.0.2.3" })])[0]).toBe(
        "Connections to different addresses get 3 certificates with different keys (ECDSA).",
      );
      expect(told([shown(OWN), served(leaf({ key }), leaf(day(3)))])[1]).toBe(
        "Connections to one address get 2 certificates for the same names by the same issuer, of different days (ECDSA): it seems that a renewal has not reached all of them.",
      );
    }),
);
