import {
  AUTH_QUESTIONS,
  type AuthCap,
  type AuthLevel,
  type AuthQuestion,
  type AuthSchemeFacts,
  authSchemeFacts,
} from "../../catalog/auth-schemes.ts";
import type { Band, Score, Strength, StrengthCap, StrengthTerm, TermLevel } from "../../model/auth-strength.ts";
import { BANDS } from "../../model/auth-strength.ts";

/** What is known of the answer to one question: a level, or the lowest and the highest that it may be. */
export interface AuthAnswer<Q extends AuthQuestion = AuthQuestion> {
  readonly low: AuthLevel<Q>;
  readonly high: AuthLevel<Q>;
  /** Keys of the inventory that would tell which one it is; none where both are the same. */
  readonly unknown: readonly string[];
}

/** A scheme as it is used, in the terms of its strength. */
export interface AuthAttributes {
  readonly answers: { readonly [Q in AuthQuestion]: AuthAnswer<Q> };
  readonly caps: readonly { readonly cap: AuthCap; readonly certain: boolean }[];
}

export interface StrengthOptions {
  /** Questions whose answers were seen; those of the others were declared. None unless given. */
  readonly proved?: ReadonlySet<AuthQuestion>;
  readonly facts?: AuthSchemeFacts;
}

/**
 * Five questions of an attacker: the sum of weight x resistance, not above the lowest cap.
 * What is unknown counts as its lowest level in `low`, and as its highest in `high`.
 */
export function strengthOf(
  { answers, caps }: AuthAttributes,
  { proved = new Set(), facts = authSchemeFacts() }: StrengthOptions = {},
): Strength {
  const terms = AUTH_QUESTIONS.map((question) => termOf(question, answers[question], facts));
  const scored = (end: "low" | "high") => {
    const raw = sum(terms.map((term) => term[end].product));
    const seen = sum(terms.filter(({ question }) => proved.has(question as AuthQuestion)).map((term) => term[end].product));
    const limits = caps.filter(({ certain }) => certain || end === "low").map(({ cap }) => facts.caps[cap].limit);
    return { raw, seen, value: oneDecimal(Math.min(raw, Math.max(facts.caps.declared.limit, seen), ...limits)) };
  };
  const [low, high] = [scored("low"), scored("high")];
  const isDeclaredOnly = high.value < oneDecimal(high.raw) && high.value === Math.max(facts.caps.declared.limit, oneDecimal(high.seen));
  const named = [...caps, ...(isDeclaredOnly ? [{ cap: "declared" as const, certain: true }] : [])];
  return {
    terms,
    raw: { low: oneDecimal(low.raw), high: oneDecimal(high.raw) },
    low: scoreOf(low.value, facts),
    high: scoreOf(high.value, facts),
    caps: named.map((one) => capOf(one, facts)).sort((a, b) => a.limit - b.limit),
    unknown: [...new Set(terms.flatMap(({ unknown }) => unknown))].sort(),
  };
}

/** Whether the first is at least as good as the second. */
export function isAtLeast(band: Band, floor: Band): boolean {
  return BANDS.indexOf(band) <= BANDS.indexOf(floor);
}

function termOf(question: AuthQuestion, { low, high, unknown }: AuthAnswer, facts: AuthSchemeFacts): StrengthTerm {
  const { asks, weight, levels } = facts.questions[question];
  const levelOf = (level: string): TermLevel => {
    const { resistance, why } = levels[level] ?? { resistance: 0, why: "" };
    return { level, resistance, product: thousandths(weight * resistance), why };
  };
  return { question, asks, weight, low: levelOf(low), high: levelOf(high), unknown };
}

function capOf({ cap, certain }: AuthAttributes["caps"][number], facts: AuthSchemeFacts): StrengthCap {
  return { name: cap, ...facts.caps[cap], certain };
}

function scoreOf(value: number, { bands }: AuthSchemeFacts): Score {
  return { value, band: bands.find(({ from }) => value >= from)?.band ?? "F" };
}

function sum(products: readonly number[]): number {
  return thousandths(products.reduce((total, product) => total + product, 0));
}

/** Before anything is compared with a band: 3.0 that was computed as 2.9999 is a D. */
function oneDecimal(value: number): number {
  return Math.round(thousandths(value) * 10) / 10;
}

function thousandths(value: number): number {
  return Math.round(value * 1000) / 1000;
}
