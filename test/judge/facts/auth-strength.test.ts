import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import {
  AUTH_QUESTIONS,
  type AuthCap,
  type AuthQuestion,
  type AuthSchemeFacts,
  authSchemeFacts,
} from "../../../src/catalog/auth-schemes.ts";
import { type AuthAttributes, strengthOf } from "../../../src/judge/facts/auth-strength.ts";
import { BANDS } from "../../../src/model/auth-strength.ts";

/** Levels in the order of the questions, the caps that apply, the sum, the score with its band. */
type Variant = readonly [name: string, levels: string, caps: readonly AuthCap[], raw: number, score: string];

/** Worked out by hand from the weights and the levels. */
const VARIANTS: readonly Variant[] = [
  ["nobody is asked", "nothing n/a n/a none all no no", ["no-auth"], 0, "0.0 F"],
  ["our address alone, which cannot be taken back", "nothing none n/a ip all no no", ["address-only"], 3, "2.0 E"],
  ["a key in the URL that ends and is bound to addresses", "root-url shared+ip provider random fine yes overlap", ["in-url"], 4.3, "3.0 D"],
  ["a key in a cookie for everything", "root-cookie shared provider random all no no", [], 2.6, "2.6 E"],
  ["a key in a header for everything", "root-hdr shared provider random all no yes", [], 3, "3.0 D"],
  ["a key in a header over http", "root-hdr shared provider random fine yes overlap", ["cleartext"], 4.3, "1.0 E"],
  ["a person's password for a part", "root-hdr password any password coarse no yes", ["password"], 1.4, "1.4 E"],
  ["Digest with SHA-256 and a random secret", "proof-nonce shared provider sha256-pw fine no yes", [], 5.5, "5.5 C"],
  ["a token that nobody signed", "bearer-24h shared bearer-aud none fine yes yes", ["forgeable"], 3.9, "0.5 F"],
  ["the code grant without PKCE, with a key", "bearer-1h key-file bearer-aud rs fine yes overlap", ["no-pkce"], 6.7, "5.0 C"],
  ["client credentials with a key in hardware", "bearer-1h key-hw bearer-aud rs fine yes overlap", [], 7.7, "7.7 B"],
  ["a role that signs each request", "proof-nonce none sym-proof random fine yes overlap", [], 9, "9.0 A"],
  ["an HMAC with a time, and nothing else", "proof-ts shared sym-proof random all no no", [], 5.2, "5.2 C"],
  ["mutual TLS with everything in hardware", "channel key-hw channel x509 fine yes overlap", [], 9.8, "9.8 A"],
];

const FACTS = authSchemeFacts();
/** The parts of the last question share one. */
const WEIGHTS = ["observer", "thief", "recipient", "forger", "scope"] as const;
const ALL = new Set(AUTH_QUESTIONS);
const ladderFile = fileURLToPath(new URL("../../../../shared/reference/facts/auth-ladder.json", import.meta.url));
const hasLadder = existsSync(ladderFile);

describe("the strength of a scheme", () => {
  it.each(VARIANTS)("%s", (_name, levels, caps, raw, score) => {
    const { low, high, raw: sums } = strengthOf(attributes(levels, caps), { proved: ALL });
    expect([sums.low, `${low.value.toFixed(1)} ${low.band}`]).toEqual([raw, score]);
    expect([sums.high, high]).toEqual([sums.low, low]);
  });

  it("is the sum of what it says", () => {
    for (const [, levels, caps] of VARIANTS) {
      const { terms, raw } = strengthOf(attributes(levels, caps));
      expect(Math.abs(terms.reduce((total, { low }) => total + low.product, 0) - raw.low)).toBeLessThanOrEqual(0.05 + 1e-9);
      for (const { weight, low } of terms) expect(low.product).toBeCloseTo(weight * low.resistance, 3);
    }
  });

  it("is rounded before it gets a band", () => {
    const { questions } = FACTS;
    const bitLess = { ...FACTS, questions: { ...questions, observer: { ...questions.observer, weight: 2.9996 } } };
    expect(strengthOf(attributes("root-hdr shared provider random all no yes"), { facts: bitLess }).low).toEqual({ value: 3, band: "D" });
  });

  it("is a range where something is unknown, from the lowest to the highest level", () => {
    const known = attributes("root-hdr shared provider random fine no yes");
    const unknown: AuthAttributes = {
      ...known,
      answers: { ...known.answers, scope: { low: "all", high: "fine", unknown: ["attributes.scope"] } },
      caps: [{ cap: "cleartext", certain: false }],
    };
    expect(strengthOf(unknown)).toMatchObject({
      low: { value: 1, band: "E" },
      high: { value: 3.6, band: "D" },
      unknown: ["attributes.scope"],
    });
  });

  it("does not get above band B by declarations, and does by what was seen", () => {
    const best = attributes("channel key-hw channel x509 fine yes overlap");
    const declared = strengthOf(best);
    expect([declared.high, declared.caps.map(({ name }) => name)]).toEqual([{ value: 8.4, band: "B" }, ["declared"]]);
    const seen = (...questions: AuthQuestion[]) => strengthOf(best, { proved: new Set(questions) }).high.value;
    expect(seen("observer", "recipient", "forger")).toBe(8.4);
    expect(seen("observer", "thief", "recipient", "forger")).toBe(8.4);
    expect(seen("observer", "thief", "recipient", "forger", "scope")).toBe(8.9);
    expect(seen(...AUTH_QUESTIONS)).toBe(9.8);
    expect(strengthOf(attributes("proof-ts none sym-proof random fine no no")).caps).toEqual([]);
  });

  it.each(WEIGHTS)("moves by one band at the most when the weight of %s is doubled or halved", (question) => {
    const moved = [0.5, 2].flatMap((factor) => VARIANTS.map(([, levels, caps]) => bandsMoved(attributes(levels, caps), question, factor)));
    expect(Math.max(...moved)).toBeLessThanOrEqual(1);
  });
});

describe.skipIf(!hasLadder)(`the ladder of the facts${hasLadder ? "" : " (skipped: ../shared/reference/facts is absent)"}`, () => {
  const ladder: readonly Rung[] = hasLadder ? JSON.parse(readFileSync(ladderFile, "utf8")).schemes : [];

  it("has 48 variants", () => expect(ladder.length).toBe(48));

  it.each(ladder.map((rung) => [rung.name, rung] as const))("%s", (_name, rung) => {
    const { low, raw } = strengthOf(attributesOfRung(rung), { proved: ALL });
    expect([raw.low, low.value, low.band]).toEqual([rung.raw, rung.score, rung.band]);
  });

  it("moves by one band at the most when any weight is doubled or halved", () => {
    const moved = WEIGHTS.flatMap((question) =>
      [0.5, 2].flatMap((factor) => ladder.map((rung) => bandsMoved(attributesOfRung(rung), question, factor))),
    );
    expect(moved.length).toBe(480);
    expect(Math.max(...moved)).toBe(1);
  });
});

interface Rung {
  readonly name: string;
  readonly T1: string;
  readonly T2: string;
  readonly T3: string;
  readonly T4: string;
  readonly T5: { readonly scope: string; readonly expiry: string; readonly revocation: string };
  readonly raw: number;
  readonly capReason: string | null;
  readonly score: number;
  readonly band: string;
}

function attributesOfRung({ T1, T2, T3, T4, T5, capReason }: Rung): AuthAttributes {
  const cap = RUNG_CAPS.find(([words, level]) => capReason?.includes(words) === true && (level === "" || level === T1))?.[2];
  return attributes([T1, T2, T3, T4, T5.scope, T5.expiry, T5.revocation].join(" "), cap === undefined ? [] : [cap]);
}

/** Words of a reason, the level that tells two of them apart, and our name. */
const RUNG_CAPS: readonly (readonly [words: string, observer: string, cap: AuthCap])[] = [
  ["no-auth", "", "no-auth"],
  ["address", "", "address-only"],
  ["in-url", "", "in-url"],
  ["password", "bearer-24h", "password-for-session"],
  ["password", "", "password"],
  ["md5", "proof-weak", "digest-no-qop"],
  ["md5", "", "digest-md5"],
  ["relayable", "", "relayable"],
  ["forgeable", "", "forgeable"],
  ["2.1.2", "", "implicit"],
  ["2.4", "", "password-grant"],
  ["no-PKCE", "", "no-pkce"],
];

function attributes(levels: string, caps: readonly AuthCap[] = []): AuthAttributes {
  const words = levels.split(" ");
  const answers = Object.fromEntries(
    AUTH_QUESTIONS.map((question, index) => [question, { low: words[index], high: words[index], unknown: [] }]),
  );
  return { answers, caps: caps.map((cap) => ({ cap, certain: true })) } as unknown as AuthAttributes;
}

function bandsMoved(attributesOfIt: AuthAttributes, question: AuthQuestion, factor: number): number {
  const bandOf = (facts: AuthSchemeFacts) => BANDS.indexOf(strengthOf(attributesOfIt, { proved: ALL, facts }).low.band);
  return Math.abs(bandOf(weighted(question, factor)) - bandOf(FACTS));
}

/** One weight times a factor, and all of them scaled to 10 again. The parts of reach share theirs. */
function weighted(question: AuthQuestion, factor: number): AuthSchemeFacts {
  const isReach = REACH.includes(question);
  const grown = (name: AuthQuestion) =>
    FACTS.questions[name].weight * (name === question || (isReach && REACH.includes(name)) ? factor : 1);
  const total = grown("observer") + grown("thief") + grown("recipient") + grown("forger") + grown("scope");
  const questions = Object.fromEntries(
    AUTH_QUESTIONS.map((name) => [name, { ...FACTS.questions[name], weight: (grown(name) * 10) / total }]),
  ) as unknown as AuthSchemeFacts["questions"];
  return { ...FACTS, questions };
}

const REACH: readonly AuthQuestion[] = ["scope", "expiry", "revocation"];
