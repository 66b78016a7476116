import { encodeEvidence } from "../../../../src/evidence/codec.ts";
import type { Observation } from "../../../../src/evidence/observation.ts";
import { stapleMissing } from "../../../../src/judge/rules/certificate/staple-missing.ts";
import { DAY } from "../../../../src/model/instant.ts";
import { EXTENSION, tlsFeature, unknown } from "../../../lab/support/certificate-extensions.ts";
import type { Made } from "../../../lab/support/certificate-factory.ts";
import { newKey } from "../../../lab/support/certificate-keys.ts";
import { makeOcspError, makeOcspResponse, type OcspOptions } from "../../../lab/support/revocation-factory.ts";
import { NOW } from "../../builders.ts";
import { chainOf, INTERMEDIATE, leaf, serving, shown } from "../../chain-builders.ts";
import { chainCases } from "../../chain-cases.ts";
import { describeRule, type RuleCase } from "../../rule-cases.ts";

const PROMISE = { with: [tlsFeature()] };
const PROMISING = leaf(PROMISE);
const OWN = chainOf(PROMISING);
const UNKEPT = chainOf(leaf({ ...PROMISE, without: [EXTENSION.authorityInformationAccess] }));

const staple = (status: OcspOptions["answers"][number]["status"] = "good", nextUpdate = new Date(NOW + 6 * DAY)) =>
  makeOcspResponse({ issuer: INTERMEDIATE, answers: [{ of: PROMISING, status, thisUpdate: new Date(NOW - 2 * DAY), nextUpdate }] });
const stapled = (der: Uint8Array, chain: readonly Made[] = OWN) => shown(chain, { staple: Buffer.from(der).toString("base64") });
const says = (name: string, observation: Observation, ...said: readonly string[]): RuleCase => ({
  name,
  observations: [observation],
  expect: [["leaf", ...said] as unknown as RuleCase["expect"][number]],
});

/** As a store has it that was written before staples were asked for. */
function ofVersion1(observation: Observation): Observation {
  if (observation.outcome !== "observed") return observation;
  return { ...observation, storedAs: { ...encodeEvidence(observation.kind, observation.evidence), version: 1 } };
}

const common = chainCases("leaf", "not-promised");

describeRule(stapleMissing, {
  pass: [
    says("a good one came", stapled(staple()), "stapled"),
    says("one came that says revoked, which another rule says", stapled(staple({ revokedAt: new Date(NOW - DAY) })), "stapled"),
  ],
  fail: [
    says("none came", shown(OWN), "missing", "high"),
    says("one came that has expired", stapled(staple("good", new Date(NOW - DAY))), "unusable", "high"),
    says("the responder is busy", stapled(makeOcspError(3)), "unusable", "high"),
    says("nobody is named who could give one", shown(UNKEPT), "obsolete", "low"),
    {
      name: "nor is anybody for the other certificate of a dual host",
      observations: [
        stapled(staple()),
        serving([
          { chain: OWN },
          { chain: chainOf(leaf({ ...PROMISE, key: newKey("rsa"), without: [EXTENSION.authorityInformationAccess] })) },
        ]),
      ],
      expect: [
        ["leaf", "stapled"],
        ["leaf-rsa", "obsolete", "low"],
      ],
    },
  ],
  "not-applicable": [
    says("it promises none", shown(chainOf()), "not-promised"),
    says("it promises something else", shown(chainOf(leaf({ with: [tlsFeature([17])] }))), "not-promised"),
    says("expired", shown(chainOf(leaf({ ...PROMISE, notAfter: new Date(NOW - DAY) }))), "outside-validity"),
    ...common["not-applicable"],
  ],
  unobserved: [
    says("evidence of a time when nobody asked for staples", ofVersion1(shown(OWN)), "unobserved", "evidence_too_old"),
    says("one that came and was not kept", shown([PROMISING, INTERMEDIATE], { stapleDropped: true }), "unobserved", "evidence_missing"),
    says("no path to whoever issued it", stapled(staple(), [PROMISING]), "unobserved", "revocation_unclear"),
    {
      name: "whether one comes with the other certificate of a dual host",
      observations: [stapled(staple()), serving([{ chain: OWN }, { chain: chainOf(leaf({ ...PROMISE, key: newKey("rsa") })) }])],
      expect: [
        ["leaf", "stapled"],
        ["leaf-rsa", "unobserved", "not_requested"],
      ],
    },
    ...common.unobserved,
  ],
  hostile: [
    says("octets that are no response", stapled(new Uint8Array(16_384)), "unusable", "high"),
    says(
      "a promise that cannot be read",
      shown(chainOf(leaf({ with: [unknown(EXTENSION.tlsFeature, Uint8Array.of(0x30, 0x80))] }))),
      "not-promised",
    ),
    ...common.hostile,
  ],
});
