import { expect, test } from "vitest";
import { untidyChain } from "../../../../src/judge/rules/certificate/untidy-chain.ts";
import { authorityKeyIdentifier, basicConstraints } from "../../../lab/support/certificate-extensions.ts";
import { intermediate, type Made, makeCertificate, rootAuthority, serverLeaf } from "../../../lab/support/certificate-factory.ts";
import { newKey, sharedKey } from "../../../lab/support/certificate-keys.ts";
import { NOW, session } from "../../builders.ts";
import { chainOf, facts, INTERMEDIATE, leaf, ROOT, serving, shown } from "../../chain-builders.ts";
import { chainCases } from "../../chain-cases.ts";
import { describeRule, type RuleCase, runCase } from "../../rule-cases.ts";

const AT = new Date(NOW);
const says = (name: string, chain: readonly Made[], ...said: readonly string[]): RuleCase => ({
  name,
  observations: [shown(chain)],
  expect: [["chain", ...said] as unknown as RuleCase["expect"][number]],
});
const LEAF = leaf();
const SECOND = intermediate(INTERMEDIATE, { at: AT, subject: "Second intermediate" });
const LONG = [serverLeaf(SECOND, { at: AT }), SECOND, INTERMEDIATE];
const ANOTHER_ROOT = rootAuthority({ at: AT, subject: "another root" });
const STRANGER = intermediate(ANOTHER_ROOT, { at: AT, subject: "stranger" });
/** Our root, signed by another one: for clients that know that one alone. */
const CROSS = intermediate(ANOTHER_ROOT, { at: AT, subject: "Acme root", key: ROOT.key });
/** Of the same name as our intermediate, with a key that did not sign. */
const NAMESAKE = intermediate(ROOT, { at: AT, subject: "Acme intermediate" });
const BROKEN = { ...LEAF, der: Buffer.from("none") };
const common = chainCases("chain", "tidy");

describeRule(
  untidyChain,
  {
    pass: [
      says("the leaf and its issuer", chainOf(LEAF), "tidy"),
      says("three of them", LONG, "tidy"),
      says("the leaf alone, whether that is enough or not", [LEAF], "tidy"),
      says("vouching for itself", [selfSigned()], "tidy"),
      says("a cross-signed root at the end", [...chainOf(LEAF), CROSS], "tidy"),
      says(
        "two ways up from the leaf",
        [...chainOf(LEAF), intermediate(ANOTHER_ROOT, { at: AT, subject: "Acme intermediate", key: INTERMEDIATE.key })],
        "tidy",
      ),
      {
        name: "both chains of a dual host",
        observations: [shown(chainOf(LEAF)), serving([{ chain: chainOf(LEAF) }, { chain: chainOf(leaf({ key: sharedKey("rsa") })) }])],
        expect: [
          ["chain", "tidy"],
          ["chain-rsa", "tidy"],
        ],
      },
    ],
    fail: [
      says("the root as well", [...chainOf(LEAF), ROOT], "root-included", "info"),
      says("the root of a stranger", [serverLeaf(STRANGER, { at: AT }), STRANGER, ANOTHER_ROOT], "root-included", "info"),
      says("the issuer twice", [...chainOf(LEAF), INTERMEDIATE], "duplicates", "info"),
      says("the leaf twice", [LEAF, ...chainOf(LEAF)], "duplicates", "info"),
      says("a stranger", [...chainOf(LEAF), STRANGER], "unrelated", "info"),
      says("a stranger and its root", [...chainOf(LEAF), STRANGER, ANOTHER_ROOT], "unrelated", "info"),
      says("a namesake of the issuer with another key", [...chainOf(LEAF), NAMESAKE], "unrelated", "info"),
      says("a leaf of another name behind the first", [LEAF, leaf({ dns: ["www.acme.example"] }), INTERMEDIATE], "unrelated", "info"),
      says("the upper authority first", [LONG[0] ?? LEAF, INTERMEDIATE, SECOND], "out-of-order", "info"),
      says("the root first, and a stranger", [LEAF, ROOT, INTERMEDIATE, STRANGER], "out-of-order", "info"),
      {
        name: "what the enumeration saw, though node built a path of its own",
        observations: [shown(chainOf(LEAF), { chainSource: "node" }), serving([{ chain: [...chainOf(LEAF), ROOT] }])],
        expect: [["chain", "root-included", "info"]],
      },
      {
        name: "the other chain of a dual host",
        observations: [
          shown(chainOf(LEAF)),
          serving([{ chain: chainOf(LEAF) }, { chain: [...chainOf(leaf({ key: sharedKey("rsa") })), ROOT] }]),
        ],
        expect: [
          ["chain", "tidy"],
          ["chain-rsa", "root-included", "info"],
        ],
      },
    ],
    "not-applicable": common["not-applicable"],
    unobserved: [
      ...common.unobserved,
      {
        name: "a path as node built it",
        observations: [shown([...chainOf(LEAF), ROOT], { chainSource: "node" })],
        expect: [["chain", "unobserved", "not_requested"]],
      },
      {
        name: "a certificate that was not kept",
        observations: [session({ chain: [facts(LEAF), { ...facts(INTERMEDIATE), der: "" }], chainSource: "served" })],
        expect: [["chain", "unobserved", "evidence_ambiguous"]],
      },
    ],
    hostile: [
      {
        name: "octets that are no certificate",
        observations: [session({ chain: [{ ...facts(LEAF), der: "bm9uZQ==" }], chainSource: "served" })],
        expect: [["chain", "unobserved", "evidence_ambiguous"]],
      },
      {
        name: "octets that are no certificate, behind those that are",
        observations: [shown(chainOf(LEAF)), serving([{ chain: [...chainOf(LEAF), BROKEN] }])],
        expect: [["chain", "unobserved", "evidence_ambiguous"]],
      },
      says("authorities that vouch for each other", circle(), "tidy"),
    ],
  },
  () =>
    test("says what is sent, in numbers", () => {
      const told = (chain: readonly Made[]) => runCase(untidyChain, { name: "", observations: [shown(chain)], expect: [] })[0]?.message;
      expect(told([...chainOf(LEAF), ROOT])).toBe("The server sends its root.");
      expect(told([LEAF, ROOT, INTERMEDIATE, STRANGER, ANOTHER_ROOT, STRANGER])).toBe(
        "The server sends a certificate before what it issued, 2 certificates that belong to no path, a certificate more than once, its root.",
      );
    }),
);

function selfSigned(): Made {
  return makeCertificate({ subject: "api.acme.example", notBefore: new Date(NOW - 1000), notAfter: new Date(NOW + 1000) });
}

function circle(): readonly Made[] {
  const [a, b] = [newKey(), newKey()];
  const one = rootAuthority({ at: AT, subject: "one", key: a });
  const two = rootAuthority({ at: AT, subject: "two", key: b });
  const authority = (subject: string, by: Made, key: typeof a) =>
    makeCertificate({
      subject,
      key,
      issuer: by,
      notBefore: new Date(NOW - 1000),
      notAfter: new Date(NOW + 1000),
      extensions: [basicConstraints({ ca: true }), authorityKeyIdentifier({ key: by.key })],
    });
  return [serverLeaf(one, { at: AT }), authority("one", two, a), authority("two", one, b)];
}
