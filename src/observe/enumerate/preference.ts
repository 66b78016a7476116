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

/** Best first, if every neighbour was once offered together with the next and won. */
export function orderOf(choices: readonly Choice[], accepted: readonly number[]): readonly number[] | undefined {
  const beats = new Map<number, Set<number>>(accepted.map((code) => [code, new Set()]));
  for (const { offered, chosen } of choices) {
    for (const code of offered) if (code !== chosen && beats.has(code)) beats.get(chosen)?.add(code);
  }
  const order = [...beats].sort(([, won], [, lost]) => lost.size - won.size).map(([code]) => code);
  const sound = order.every((code, at) => order.slice(at + 1).every((later) => !beats.get(later)?.has(code)));
  const total = order.every((code, at) => at + 1 === order.length || beats.get(code)?.has(order[at + 1] as number));
  return sound && total ? order : undefined;
}

/** The same two suites were offered twice, and each was chosen once. */
function disagree(one: Choice, other: Choice): boolean {
  return one.chosen !== other.chosen && one.offered.includes(other.chosen) && other.offered.includes(one.chosen);
}
