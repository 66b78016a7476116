/** Of a share from 0 to 1, whole per cent, rounded down: 99.9 % judged is not 100 %. */
export function wholePercent(share: number): number {
  return Math.floor(share * 100 + FLOATING);
}

/** 0.29 * 100 is 28.999999999999996. */
const FLOATING = 1e-9;
