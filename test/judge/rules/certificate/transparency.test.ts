import { expect, test } from "vitest";
import { transparency } from "../../../../src/judge/rules/certificate/transparency.ts";
import { DAY, HOUR, SECOND } from "../../../../src/model/instant.ts";
import {
  certificateTimestamps,
  EXTENSION,
  newLog,
  ocspTimestamps,
  signedCertificateTimestamps,
  type Timestamped,
  unknown,
} from "../../../lab/support/certificate-extensions.ts";
import type { LeafOptions, Made } from "../../../lab/support/certificate-factory.ts";
import { newKey } from "../../../lab/support/certificate-keys.ts";
import { makeOcspResponse } from "../../../lab/support/revocation-factory.ts";
import { NOW } from "../../builders.ts";
import { chainOf, serving, shown } from "../../chain-builders.ts";
import { chainCases } from "../../chain-cases.ts";
import { knownLog } from "../../known-logs.ts";
import { PUBLIC_INTERMEDIATE, publicChain } from "../../public-authority.ts";
import { describeRule, type RuleCase, runCase } from "../../rule-cases.ts";

const RETIRED_ON = NOW - 10 * DAY;
const retired = { state: "retired", stateSince: new Date(RETIRED_ON).toISOString().replace(".000", "") } as const;
const ANNA = knownLog("Anna");
const ANNA_2 = knownLog("Anna", { state: "readonly" });
const BERT = knownLog("Bert", { state: "admissible" });
const CARL = knownLog("Carl", retired);
const DORA = knownLog("Dora", retired);
const EMIL = knownLog("Emil", { state: "rejected" });
const STRANGER = newLog();
const STRANGER_2 = newLog();

type Logs = readonly Timestamped["log"][];
const at = (instant: number) => (logs: Logs) => logs.map((log) => ({ log, at: new Date(instant) }));
const stamped = at(NOW - 20 * DAY);
const holding = (stamps: readonly Timestamped[], options: LeafOptions = {}) =>
  publicChain({ with: [signedCertificateTimestamps(stamps)], ...options });
/** From noon of a hundred days ago, for as long. */
const living = (lifetime: number): LeafOptions => ({
  notBefore: new Date(NOW - 100 * DAY),
  notAfter: new Date(NOW - 100 * DAY + lifetime),
});
/** Our connection got it, and the enumeration asked for timestamps beside it. */
const asked = (chain: readonly Made[], timestamps?: Uint8Array) => [
  shown(chain),
  serving([{ chain, ...(timestamps !== undefined && { timestamps }) }]),
];
const says = (name: string, observations: ReturnType<typeof asked>, ...said: readonly string[]): RuleCase => ({
  name,
  observations,
  expect: [["leaf", ...said] as unknown as RuleCase["expect"][number]],
});

const LOGGED = holding(stamped([ANNA, BERT]));
const PLAIN = publicChain();
const [PLAIN_LEAF = PUBLIC_INTERMEDIATE] = PLAIN;
const beside = (stamps: readonly Timestamped[]) => certificateTimestamps(stamps, PLAIN_LEAF.der);
const stapled = (stamps: readonly Timestamped[]) => {
  const answer = {
    of: PLAIN_LEAF,
    status: "good",
    thisUpdate: new Date(NOW - DAY),
    extensions: [ocspTimestamps(stamps, PLAIN_LEAF.der)],
  } as const;
  return shown(PLAIN, { staple: Buffer.from(makeOcspResponse({ issuer: PUBLIC_INTERMEDIATE, answers: [answer] })).toString("base64") });
};
const forged = stamped([ANNA, BERT]).map((stamp) => ({ ...stamp, signature: new Uint8Array(70) }));
const common = chainCases("leaf", "logged", LOGGED);

describeRule(
  transparency,
  {
    pass: [
      says("two logs of two operators, in the certificate", [shown(LOGGED)], "logged"),
      says("three for half a year and a second", [shown(holding(stamped([ANNA, ANNA_2, BERT]), living(180 * DAY + SECOND)))], "logged"),
      says("two for half a year", [shown(holding(stamped([ANNA, BERT]), living(180 * DAY)))], "logged"),
      says("one of a log that has retired since", [shown(holding(stamped([ANNA, CARL])))], "logged"),
      says("beside others that do not count", [shown(holding(stamped([EMIL, ANNA, STRANGER, BERT])))], "logged"),
      says("in the handshake", asked(PLAIN, beside(stamped([ANNA, BERT]))), "logged"),
      says("in the staple", [stapled(stamped([ANNA, BERT]))], "logged"),
      says("in the handshake and in the staple", [stapled(stamped([ANNA])), ...asked(PLAIN, beside(stamped([BERT]))).slice(1)], "logged"),
    ],
    fail: [
      says("none at all", asked(PLAIN), "not-logged", "medium"),
      says("one", asked(holding(stamped([ANNA]))), "too-few", "medium"),
      says("two of one operator", asked(holding(stamped([ANNA, ANNA_2]))), "too-few", "medium"),
      says("the same log twice", asked(holding(stamped([ANNA, ANNA]))), "too-few", "medium"),
      says("two for half a year and a second", asked(holding(stamped([ANNA, BERT]), living(180 * DAY + SECOND))), "too-few", "medium"),
      says("of logs that have all retired", asked(holding(stamped([CARL, DORA]))), "too-few", "medium"),
      says("of a log that had retired before", asked(holding(at(RETIRED_ON + SECOND)([ANNA, CARL]))), "too-few", "medium"),
      says("of a log that was never let in", asked(holding(stamped([ANNA, EMIL]))), "too-few", "medium"),
      says("in the handshake, of a log that has retired", asked(PLAIN, beside(stamped([ANNA, CARL]))), "too-few", "medium"),
      says("from the future", asked(holding(at(NOW + HOUR)([ANNA, BERT]))), "too-few", "medium"),
      {
        name: "the other certificate of a dual host",
        observations: [shown(LOGGED), serving([{ chain: LOGGED }, { chain: publicChain({ key: newKey("rsa") }) }])],
        expect: [
          ["leaf", "logged"],
          ["leaf-rsa", "not-logged", "medium"],
        ],
      },
    ],
    "not-applicable": [
      says("of a private authority", asked(chainOf()), "private-authority"),
      says("expired", asked(publicChain({ notAfter: new Date(NOW - DAY) })), "outside-validity"),
      ...common["not-applicable"],
    ],
    unobserved: [
      says("none in the certificate, and nobody asked for them in the handshake", [shown(PLAIN)], "unobserved", "not_requested"),
      says("a log that we do not know would decide", asked(holding(stamped([ANNA, STRANGER]))), "unobserved", "data_stale"),
      says("two that we do not know", asked(holding(stamped([STRANGER, STRANGER_2]))), "unobserved", "data_stale"),
      says("no path to an authority", asked([PLAIN_LEAF]), "unobserved", "evidence_ambiguous"),
      ...common.unobserved,
    ],
    hostile: [
      says("promises that no log gave", asked(holding(forged)), "too-few", "medium"),
      says(
        "promises about another certificate",
        asked(PLAIN, certificateTimestamps(stamped([ANNA, BERT]), new Uint8Array(9))),
        "too-few",
        "medium",
      ),
      says(
        "octets in their place",
        asked(publicChain({ with: [unknown(EXTENSION.signedCertificateTimestamps, Uint8Array.of(4, 2, 0xff, 0xff))] }), Uint8Array.of(9)),
        "not-logged",
        "medium",
      ),
      ...common.hostile,
    ],
  },
  () => {
    test("says how many count, and of whom", () => {
      const message = (observations: ReturnType<typeof asked>) => runCase(transparency, { name: "", observations, expect: [] })[0]?.message;
      expect(message(asked(holding(stamped([ANNA, EMIL]))))).toBe(
        "Timestamps that came: 2; logs whose timestamps count: 1, of different operators: 1. Browsers ask for 2 logs, of two operators at the least.",
      );
    });
  },
);
