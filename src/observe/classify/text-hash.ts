import { randomInt } from "node:crypto";

/**
 * 53 bits of a text, under a key that is drawn once a process and kept nowhere: nobody outside can choose texts that collide, nor tell a text from
 * its hash. Not for anything that is stored.
 */
export function textHash(text: string): number {
  return hashOf(text, 0, text.length, false);
}

/** The same for all ways to write a text that differ in the case of ASCII letters, and in white space around it. */
export function foldedHash(text: string): number {
  let from = 0;
  let to = text.length;
  while (from < to && text.charCodeAt(from) <= SPACE) from += 1;
  while (to > from && text.charCodeAt(to - 1) <= SPACE) to -= 1;
  return hashOf(text, from, to, true);
}

function hashOf(text: string, from: number, to: number, isFolded: boolean): number {
  let one = KEY_ONE;
  let other = KEY_OTHER;
  for (let at = from; at < to; at += 1) {
    let code = text.charCodeAt(at);
    if (isFolded && code >= CAPITAL_A && code <= CAPITAL_Z) code |= SPACE;
    one = Math.imul(one ^ code, 0x9e3779b1);
    other = Math.imul(other ^ code, 0x5f356495);
    one ^= one >>> 15;
  }
  one = Math.imul(one ^ (other >>> 13), 0x85ebca6b);
  other = Math.imul(other ^ (one >>> 16), 0xc2b2ae35);
  one ^= one >>> 13;
  other ^= other >>> 16;
  return (one >>> 0) * 0x200000 + ((other >>> 0) & 0x1fffff);
}

const KEY_ONE = randomInt(2 ** 32);
const KEY_OTHER = randomInt(2 ** 32);
const SPACE = 0x20;
const CAPITAL_A = 0x41;
const CAPITAL_Z = 0x5a;
