import { expect, test } from "vitest";
import { clientCertificateUsage } from "../../../../src/judge/rules/credential/client-certificate-usage.ts";
import { certificatePolicies, EXTENSION, extendedKeyUsage, keyUsage, unknown } from "../../../lab/support/certificate-extensions.ts";
import { intermediate, type LeafOptions, serverLeaf } from "../../../lab/support/certificate-factory.ts";
import { NOW } from "../../builders.ts";
import { INTERMEDIATE, ROOT } from "../../chain-builders.ts";
import { clientLeaf, commonCases, DECLARED, held, STRANGE, says } from "../../client-certificate-cases.ts";
import { PUBLIC_INTERMEDIATE, PUBLIC_ROOT, publicChain } from "../../public-authority.ts";
import { describeRule, runCase } from "../../rule-cases.ts";

const AT = new Date(NOW);
const POLICIES = [EXTENSION.certificatePolicies];
/** Of a private authority, with these in the place of the usual. */
const privately = (options: LeafOptions) => held([serverLeaf(INTERMEDIATE, { at: AT, without: POLICIES, ...options }), INTERMEDIATE]);
const FOR_BOTH = extendedKeyUsage(["serverAuth", "clientAuth"]);
const servers = intermediate(ROOT, { at: AT, subject: "Acme servers", with: [extendedKeyUsage(["serverAuth"])] });

/** A public certificate for both, below an authority that is called so. */
function publicly(organisation: string) {
  const authority = intermediate(PUBLIC_ROOT, { at: AT, subject: [{ type: "2.5.4.10", value: organisation }] });
  return held([serverLeaf(authority, { at: AT, with: [FOR_BOTH] }), authority]);
}

describeRule(
  clientCertificateUsage,
  {
    pass: [
      says("for clients, by a private authority", held([clientLeaf(), INTERMEDIATE]), "suitable"),
      says("its issuer left out", held([clientLeaf()]), "suitable"),
      says("for both", privately({ with: [FOR_BOTH] }), "suitable"),
      says("for whatever: it has no list", privately({ without: [...POLICIES, EXTENSION.extendedKeyUsage] }), "suitable"),
      says("without a key usage", held([clientLeaf({ without: [EXTENSION.keyUsage] }), INTERMEDIATE]), "suitable"),
    ],
    fail: [
      says("for servers alone", privately({}), "not-for-clients", "high"),
      says("for mail alone", privately({ with: [extendedKeyUsage(["emailProtection"])] }), "not-for-clients", "high"),
      says("for servers alone, by a public authority", held(publicChain()), "not-for-clients", "high"),
      says("an authority for servers alone", held([clientLeaf({}, servers), servers]), "not-for-clients", "high"),
      says("a key that must not sign", held([clientLeaf({ with: [keyUsage(["keyEncipherment"])] })]), "must-not-sign", "high"),
      says("for anything, clients not named", privately({ with: [extendedKeyUsage(["any"])] }), "for-anything", "low"),
      says("for both, by a public authority", held(publicChain({ with: [FOR_BOTH] })), "public-authority", "medium"),
      says(
        "for clients, by a public authority, its root in the file",
        held([clientLeaf({}, PUBLIC_INTERMEDIATE), PUBLIC_INTERMEDIATE, PUBLIC_ROOT]),
        "public-authority",
        "medium",
      ),
    ],
    "not-applicable": commonCases["not-applicable"],
    unobserved: [
      ...commonCases.unobserved,
      says(
        "marked as public, and the authority between was left out",
        held([clientLeaf({ with: [certificatePolicies(["2.23.140.1.2.2"])] })]),
        "unobserved",
        "evidence_ambiguous",
      ),
    ],
    hostile: [
      ...commonCases.hostile,
      says("bytes that nobody can read", STRANGE, "unobserved", "evidence_ambiguous"),
      says(
        "a list of uses that cannot be read",
        privately({ with: [unknown(EXTENSION.extendedKeyUsage, Uint8Array.of(0x30, 0x01))] }),
        "unobserved",
        "evidence_ambiguous",
      ),
    ],
  },
  () => {
    test.each([
      ["Let's Encrypt", "Let's Encrypt", "2026-07-08", true],
      ["DigiCert Inc", "DigiCert", "2027-03-01", false],
      ["Somebody else", "every authority that Chrome trusts", "2027-03-15", false],
    ])("below %s it is said of %s, from %s on", (organisation, by, date, past) => {
      const [result] = runCase(clientCertificateUsage, {
        name: "",
        integration: DECLARED,
        observations: [publicly(organisation)],
        expect: [],
      });
      expect(result?.data).toMatchObject({ by, date, past });
      expect(result?.message).toContain(`${past ? "Since" : "From"} ${date} those of ${by} are for servers alone`);
    });
  },
);
