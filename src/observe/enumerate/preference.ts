import type { Preference } from "./result.ts";

/** A list of suites as it was offered, and the one that was chosen. */
export interface Choice {
  readonly offered: readonly number[];
  readonly chosen: number;
}

/** Whoever ever passed over an acceptable suite that came first follows an order of its own. */
export function preferenceOf(choices: readonly Choice[], accepted: readonly number[]): Preference {
  const among = new Set(accepted);
  if (passedOver(choices, among)) return "server";
  const choicesAmong = choices.map((choice) => ({ ...choice, offered: choice.offered.filter((code) => among.has(code)) }));
  return choicesAmong.some((one) => choicesAmong.some((other) => disagree(one, other))) ? "client" : "unknown";
}

/** Something acceptable was offered before what was chosen. */
export function passedOver(choices: readonly Choice[], accepted: ReadonlySet<number>): boolean {
  return choices.some(({ offered, chosen }) => offered.find((code) => accepted.has(code)) !== chosen);
}

/** The two suites that were chosen first, in the order that was not tried yet; undefined where nothing is left to ask. */
export function reversedPair(choices: readonly Choice[], accepted: readonly number[]): readonly number[] | undefined {
  const [first, second] = [...new Set([...choices.map((choice) => choice.chosen), ...accepted])].filter((code) => accepted.includes(code));
  if (first === undefined || second === undefined || preferenceOf(choices, accepted) !== "unknown") return undefined;
  const tried = choices.some((choice) => choice.offered.includes(second) && choice.chosen === first);
  return tried ? [second, first] : [first, second];
}

/**
 * Best first, as far as it is known: each was offered together with all that come after it and won, or won against what did. After a hello that
 * was constrained, or a list in pieces, that may be the very best alone, which is what most clients get.
 */
export function orderOf(choices: readonly Choice[], accepted: readonly number[]): readonly number[] {
  const beats = reachable(winsOf(choices, accepted));
  const order: number[] = [];
  let rest = accepted;
  for (let best = bestOf(rest, beats); best !== undefined; best = bestOf(rest, beats)) {
    order.push(best);
    rest = rest.filter((code) => code !== best);
  }
  return order;
}

type Wins = ReadonlyMap<number, ReadonlySet<number>>;

function bestOf(codes: readonly number[], beats: Wins): number | undefined {
  return codes.find((code) => codes.every((other) => other === code || (beats.get(code)?.has(other) && !beats.get(other)?.has(code))));
}

function winsOf(choices: readonly Choice[], accepted: readonly number[]): Wins {
  const wins = new Map<number, Set<number>>(accepted.map((code) => [code, new Set()]));
  for (const { offered, chosen } of choices) {
    for (const code of offered) if (code !== chosen && wins.has(code)) wins.get(chosen)?.add(code);
  }
  return wins;
}

/** And what they won against. */
function reachable(wins: Wins): Wins {
  const from = (start: number) => {
    const seen = new Set<number>();
    const open = [...(wins.get(start) ?? [])];
    for (let code = open.pop(); code !== undefined; code = open.pop()) {
      if (seen.has(code)) continue;
      seen.add(code);
      open.push(...(wins.get(code) ?? []));
    }
    return seen;
  };
  return new Map([...wins.keys()].map((code) => [code, from(code)]));
}

/** The same two suites were offered twice, and each was chosen once. */
function disagree(one: Choice, other: Choice): boolean {
  return one.chosen !== other.chosen && one.offered.includes(other.chosen) && other.offered.includes(one.chosen);
}
