import { describe, expect, test } from "vitest";
import type { CaaFacts } from "../../../../src/evidence/kinds.ts";
import { caaForbidsIssuer } from "../../../../src/judge/rules/certificate/caa-forbids-issuer.ts";
import { intermediate, type LeafOptions, type Made, serverLeaf } from "../../../lab/support/certificate-factory.ts";
import { sharedKey } from "../../../lab/support/certificate-keys.ts";
import { domain, NOW, ORIGIN, session, unseen } from "../../builders.ts";
import { chainOf, facts, serving, shown } from "../../chain-builders.ts";
import { chainCases } from "../../chain-cases.ts";
import { PUBLIC_ROOT, publicChain } from "../../public-authority.ts";
import { describeRule, type RuleCase, runCase } from "../../rule-cases.ts";

const AT = new Date(NOW);
const authority = (O: string, CN = "R1") =>
  intermediate(PUBLIC_ROOT, {
    at: AT,
    subject: [
      { type: "O", value: O },
      { type: "CN", value: CN },
    ],
  });
const LETS_ENCRYPT = authority("Let's Encrypt");
const issued = (options: LeafOptions = {}, by: Made = LETS_ENCRYPT): readonly Made[] => [serverLeaf(by, { at: AT, ...options }), by];

const OWN = issued();

type Record = readonly [tag: string, value: string];
const caa = (records: readonly Record[], at = "acme.example"): CaaFacts => ({
  state: "records",
  at,
  records: records.map(([tag, value]) => ({ critical: false, tag, value })),
});
const judging = (name: string, facts: CaaFacts, chain: readonly Made[], ...said: readonly string[]): RuleCase => ({
  name,
  observations: [shown(chain), domain({ caa: facts })],
  expect: [["leaf", ...said] as unknown as RuleCase["expect"][number]],
});
const says = (name: string, records: readonly Record[], ...said: readonly string[]) => judging(name, caa(records), issued(), ...said);
const WILD = { dns: ["*.acme.example"] };
const FORBIDDEN = ["forbidden", "info"] as const;

const common = chainCases("leaf", "unrestricted", publicChain());
const withDomain = (cases: readonly RuleCase[]) =>
  cases.map((one) => ({
    ...one,
    observations: [...(one.observations ?? []), domain(), domain({}, { origin: "https://eu.acme.example:8443" })],
  }));

describeRule(
  caaForbidsIssuer,
  {
    pass: [
      judging("no records", { state: "none" }, issued(), "unrestricted"),
      says("records that are about something else", [["iodef", "mailto:x@acme.example"]], "unrestricted"),
      says("records for wildcards alone", [["issuewild", ";"]], "unrestricted"),
      says("its name", [["issue", "letsencrypt.org"]], "permitted"),
      says(
        "its name among others, with parameters, in capitals",
        [
          ["issue", "digicert.com"],
          ["issue", " LetsEncrypt.org ; validationmethods=dns-01"],
        ],
        "permitted",
      ),
      judging("at the host itself", caa([["issue", "letsencrypt.org"]], "api.acme.example"), issued(), "permitted"),
      judging("a wildcard, by the records of all", caa([["issue", "letsencrypt.org"]]), issued(WILD), "permitted"),
      judging(
        "a wildcard, by its own records",
        caa([
          ["issue", ";"],
          ["issuewild", "letsencrypt.org"],
        ]),
        issued(WILD),
        "permitted",
      ),
      judging(
        "one of the names of a large authority",
        caa([["issue", "comodoca.com"]]),
        issued({}, authority("Sectigo Limited")),
        "permitted",
      ),
    ],
    fail: [
      says("another one's name", [["issue", "digicert.com"]], ...FORBIDDEN),
      says("nobody's name", [["issue", ";"]], ...FORBIDDEN),
      says("an empty value", [["issue", ""]], ...FORBIDDEN),
      says("a name that only ends like its own", [["issue", "notletsencrypt.org"]], ...FORBIDDEN),
      says(
        "a name for wildcards, which it is not",
        [
          ["issue", "digicert.com"],
          ["issuewild", "letsencrypt.org"],
        ],
        ...FORBIDDEN,
      ),
      judging(
        "a wildcard, though the others are permitted",
        caa([
          ["issue", "letsencrypt.org"],
          ["issuewild", ";"],
        ]),
        issued(WILD),
        ...FORBIDDEN,
      ),
      {
        name: "the other certificate of a dual host",
        observations: [
          shown(OWN),
          serving([{ chain: OWN }, { chain: issued({ key: sharedKey("rsa") }, authority("DigiCert Inc")) }]),
          domain({ caa: caa([["issue", "letsencrypt.org"]]) }),
        ],
        expect: [
          ["leaf", "permitted"],
          ["leaf-rsa", "forbidden", "info"],
        ],
      },
    ],
    "not-applicable": [
      ...withDomain(common["not-applicable"]),
      judging("an authority of the user's own", caa([["issue", ";"]]), chainOf(), "private-authority"),
      judging("a certificate for another host", caa([["issue", ";"]]), issued({ dns: ["other.example"] }), "other-name"),
      {
        name: "a host that is an address",
        integration: { baseUrl: "https://192.0.2.1" },
        observations: [shown(issued(), {}, { origin: "https://192.0.2.1" })],
        expect: [["leaf", "no-public-name"]],
      },
    ],
    unobserved: [
      ...withDomain(common.unobserved),
      {
        name: "DNS said nothing",
        observations: [shown(issued()), unseen("domain", "dns_failed")],
        expect: [["leaf", "unobserved", "dns_failed"]],
      },
      { name: "nobody asked DNS", observations: [shown(issued())], expect: [["leaf", "unobserved", "not_requested"]] },
      judging("a resolver that answers no CAA", { state: "unknown", reason: "dns_failed" }, issued(), "unobserved", "dns_failed"),
      judging(
        "an authority that nobody told us of",
        caa([["issue", "digicert.com"]]),
        issued({}, authority("Nobody")),
        "unobserved",
        "data_stale",
      ),
      judging("a wildcard below other records", caa([["issue", ";"]], "api.acme.example"), issued(WILD), "unobserved", "evidence_missing"),
      {
        name: "nobody to rest on",
        observations: [session({ chain: [facts(issued()[0] as Made)], anchors: [] }), domain({ caa: caa([["issue", ";"]]) })],
        expect: [["leaf", "unobserved", "evidence_ambiguous"]],
      },
    ],
    hostile: [
      ...withDomain(common.hostile),
      says("escapes in a value", [["issue", "[31mletsencrypt.org"]], ...FORBIDDEN),
      says("a tag without a name", [["", "letsencrypt.org"]], "unrestricted"),
    ],
  },
  () => {
    describe("the message", () => {
      const messageOf = (records: readonly Record[]) => runCase(caaForbidsIssuer, says("", records))[0]?.message;
      test("names who may issue, and who did", () => {
        expect(messageOf([["issue", "digicert.com; x=y"]])).toBe(
          "The CAA records at acme.example name digicert.com, not Let's Encrypt: the certificate was issued before they said so, or against them, and cannot be renewed there.",
        );
        expect(messageOf([["issue", ";"]])).toContain("name nobody, not");
        expect(messageOf([["issue", "<b>"]])).toContain("name (no host name), not");
      });
    });

    test("the records of a host are those of all its ports", () => {
      const results = runCase(caaForbidsIssuer, {
        name: "",
        integration: { additionalUrls: [{ url: `${ORIGIN}:8443/` }] },
        observations: [shown(issued()), shown(issued(), {}, { origin: `${ORIGIN}:8443` }), domain()],
        expect: [],
      });
      expect(results.map(({ outcome }) => outcome)).toEqual(["unrestricted", "unrestricted"]);
    });
  },
);
