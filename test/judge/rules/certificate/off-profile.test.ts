import { expect, test } from "vitest";
import { offProfile } from "../../../../src/judge/rules/certificate/off-profile.ts";
import { basicConstraints, EXTENSION, subjectAltName, unknown } from "../../../lab/support/certificate-extensions.ts";
import {
  type AuthorityPresetOptions,
  intermediate,
  type LeafOptions,
  type Made,
  makeCertificate,
  rootAuthority,
  serverLeaf,
} from "../../../lab/support/certificate-factory.ts";
import { sharedKey } from "../../../lab/support/certificate-keys.ts";
import { NOW, session } from "../../builders.ts";
import { chainOf, facts, leaf, ROOT, serving, shown } from "../../chain-builders.ts";
import { chainCases } from "../../chain-cases.ts";
import { publicChain } from "../../public-authority.ts";
import { describeRule, type RuleCase, runCase } from "../../rule-cases.ts";

const AT = new Date(NOW);
const says = (name: string, chain: readonly Made[], ...said: readonly string[]): RuleCase => ({
  name,
  observations: [shown(chain)],
  expect: [["form", ...said] as unknown as RuleCase["expect"][number]],
});
const of = (name: string, options: LeafOptions, ...said: readonly string[]) => says(name, chainOf(leaf(options)), ...said);
const below = (options: AuthorityPresetOptions) => {
  const between = intermediate(ROOT, { at: AT, subject: "Another intermediate", ...options });
  return [serverLeaf(between, { at: AT }), between];
};
const OFF: LeafOptions = { without: [EXTENSION.extendedKeyUsage] };
const NEGATIVE: LeafOptions = { serial: Uint8Array.of(0x80, 1) };
const common = chainCases("form", "in-form");

describeRule(
  offProfile,
  {
    pass: [
      of("as the requirements have it", {}, "in-form"),
      says("by a public authority", publicChain(), "in-form"),
      of("without a name in the subject", { subject: [] }, "in-form"),
      of("without policies", { without: [EXTENSION.certificatePolicies] }, "in-form"),
      says("below a root without identifiers", bareRoot(), "in-form"),
    ],
    fail: [
      of("for nothing in particular", OFF, "off-profile", "info"),
      of("by a key that is not named", { without: [EXTENSION.authorityKeyIdentifier] }, "off-profile", "info"),
      says("an authority without an identifier", below({ without: [EXTENSION.subjectKeyIdentifier] }), "off-profile", "info"),
      says("an authority by the way", below({ with: [basicConstraints({ ca: true, critical: false })] }), "off-profile", "info"),
      of("with what strict clients refuse as well", { ...OFF, ...NEGATIVE }, "off-profile", "info"),
      says("though its authority was left out", [leaf(OFF)], "off-profile", "info"),
      {
        name: "what strict clients refuse, where evidence of old leaves it to node",
        observations: [session({ chain: chainOf(leaf(NEGATIVE)).map(facts) })],
        expect: [["form", "off-profile", "info"]],
      },
      {
        name: "the other certificate of a dual host",
        observations: [shown(chainOf()), serving([{ chain: chainOf() }, { chain: chainOf(leaf({ ...OFF, key: sharedKey("rsa") })) }])],
        expect: [
          ["form", "in-form"],
          ["form-ecdsa", "in-form"],
          ["form-rsa", "off-profile", "info"],
        ],
      },
    ],
    "not-applicable": [
      ...common["not-applicable"],
      of("a serial number below nought: another rule says it", NEGATIVE, "refused"),
      says("vouching for itself", [selfSigned()], "nobody-issued"),
    ],
    unobserved: [...common.unobserved, says("its authority left out", [leaf()], "unobserved", "evidence_ambiguous")],
    hostile: [
      ...common.hostile,
      of("an extension that is not what it should be", { with: [unknown(EXTENSION.keyUsage, Uint8Array.of(4, 0))] }, "refused"),
    ],
  },
  () =>
    test("says what, of which of them, and leaves out what another rule says", () => {
      const told = (chain: readonly Made[]) => runCase(offProfile, { name: "", observations: [shown(chain)], expect: [] })[0];
      expect(told(chainOf(leaf({ ...OFF, ...NEGATIVE })))?.message).toBe("The form is not as it should be: no extended key usage.");
      expect(told(chainOf(leaf({ ...OFF, ...NEGATIVE })))?.evidence[0]?.summary).toBe(
        "a serial number that is nought, negative or longer than 20 octets, no extended key usage",
      );
      expect(told(below({ without: [EXTENSION.subjectKeyIdentifier] }))?.message).toBe(
        "The form is not as it should be: no subject key identifier (authority).",
      );
    }),
);

function bareRoot(): readonly Made[] {
  const root = rootAuthority({ at: AT, subject: "bare root", without: [EXTENSION.subjectKeyIdentifier] });
  const between = intermediate(root, { at: AT });
  return [serverLeaf(between, { at: AT }), between, root];
}

function selfSigned(): Made {
  return makeCertificate({
    subject: "api.acme.example",
    notBefore: new Date(NOW - 1000),
    notAfter: new Date(NOW + 1000),
    extensions: [subjectAltName({ dns: ["api.acme.example"] }), basicConstraints({ ca: true })],
  });
}
