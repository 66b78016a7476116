import { expect, test } from "vitest";
import { noRevocationPointer } from "../../../../src/judge/rules/certificate/no-revocation-pointer.ts";
import { DAY, SECOND } from "../../../../src/model/instant.ts";
import { authorityInformationAccess, crlDistributionPoints, EXTENSION, unknown } from "../../../lab/support/certificate-extensions.ts";
import type { LeafOptions } from "../../../lab/support/certificate-factory.ts";
import { sharedKey } from "../../../lab/support/certificate-keys.ts";
import { chainOf, leaf, serving, shown } from "../../chain-builders.ts";
import { chainCases } from "../../chain-cases.ts";
import { publicChain } from "../../public-authority.ts";
import { describeRule, type RuleCase, runCase } from "../../rule-cases.ts";

const BARE: LeafOptions = { without: [EXTENSION.crlDistributionPoints, EXTENSION.authorityInformationAccess] };
const says = (name: string, options: LeafOptions, ...said: readonly string[]): RuleCase => ({
  name,
  observations: [shown(publicChain(options))],
  expect: [["revocation", ...said] as unknown as RuleCase["expect"][number]],
});
const day = (text: string) => Date.parse(`${text}T00:00:00Z`);
const bare = (from: string, days: number, seconds = 0): LeafOptions => ({
  ...BARE,
  notBefore: new Date(day(from)),
  notAfter: new Date(day(from) + days * DAY + (seconds - 1) * SECOND),
});
/** Neither is in DER what it should be. */
const broken = (id: string) => ({ ...BARE, with: [unknown(id, Uint8Array.of(4, 0))] });
const common = chainCases("revocation", "named", publicChain());

describeRule(
  noRevocationPointer,
  {
    pass: [
      says("both", {}, "named"),
      says("a revocation list alone, as authorities without OCSP issue", { without: [EXTENSION.authorityInformationAccess] }, "named"),
      says("a responder alone", { without: [EXTENSION.crlDistributionPoints] }, "named"),
      says("six days", bare("2026-11-20", 6), "short-lived"),
      says("seven days since March 2026", bare("2026-03-15", 7), "short-lived"),
      says("ten days before that", bare("2026-03-14", 10), "short-lived"),
      says("six days, with a revocation list all the same", { ...bare("2026-11-20", 6), without: [] }, "named"),
    ],
    fail: [
      says("neither", BARE, "none", "low"),
      says(
        "where its issuer's certificate is, and nothing else",
        { ...BARE, with: [authorityInformationAccess({ caIssuers: ["http://ca.example/a.cer"] })] },
        "none",
        "low",
      ),
      says("a second more than seven days", bare("2026-03-15", 7, 1), "none", "low"),
      says("a second more than ten days before that", bare("2026-03-14", 10, 1), "none", "low"),
      says("ten days since March 2026", bare("2026-03-15", 10), "none", "low"),
      says("a day, before anything was called short-lived", bare("2024-03-14", 1), "none", "low"),
      says("a list without an address", { ...BARE, with: [pointless()] }, "none", "low"),
      {
        name: "the other certificate of a dual host",
        observations: [shown(publicChain({ key: sharedKey("rsa") })), serving([{ chain: publicChain(BARE) }])],
        expect: [
          ["revocation", "named"],
          ["revocation-ecdsa", "none", "low"],
        ],
      },
    ],
    "not-applicable": [
      ...common["not-applicable"],
      { name: "an authority of the user's own", observations: [shown(chainOf(leaf(BARE)))], expect: [["revocation", "private-authority"]] },
    ],
    unobserved: [
      ...common.unobserved,
      {
        name: "its authority left out",
        observations: [shown(publicChain(BARE).slice(0, 1))],
        expect: [["revocation", "unobserved", "evidence_ambiguous"]],
      },
    ],
    hostile: [
      ...common.hostile,
      says("a list that cannot be read", broken(EXTENSION.crlDistributionPoints), "unobserved", "evidence_ambiguous"),
      says("a responder that cannot be read", broken(EXTENSION.authorityInformationAccess), "unobserved", "evidence_ambiguous"),
      says(
        "a responder that cannot be read, beside a list that can",
        {
          ...broken(EXTENSION.authorityInformationAccess),
          with: [crlDistributionPoints(["http://crl.example/a.crl"]), unknown(EXTENSION.authorityInformationAccess, Uint8Array.of(4, 0))],
        },
        "named",
      ),
    ],
  },
  () =>
    test("says for how long nobody can know", () => {
      const [result] = runCase(noRevocationPointer, { name: "", observations: [shown(publicChain(BARE))], expect: [] });
      expect(result?.message).toBe("The certificate lives 91 days, and names neither a revocation list nor a responder.");
    }),
);

/** A distribution point with nothing in it but its reasons. */
function pointless() {
  return unknown(EXTENSION.crlDistributionPoints, Uint8Array.of(0x30, 6, 0x30, 4, 0x81, 2, 1, 6));
}
