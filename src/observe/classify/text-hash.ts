import { randomInt } from "node:crypto";

/**
 * 53 bits of a text, under a key that is drawn once a process and kept nowhere: nobody outside can choose texts that collide, nor tell a text from
 * its hash. Not for anything that is stored.
 */
export function textHash(text: string): number {
  let one = KEY_ONE ^ text.length;
  let other = KEY_OTHER;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
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
