import { createECDH, createPublicKey, diffieHellman, generateKeyPairSync } from "node:crypto";
import type { KeyShare } from "../wire/flight-reader.ts";

/** A fresh share of each group. RangeError for one that node has no key agreement for. */
export function freshShares(groups: readonly number[]): ReadonlyMap<number, KeyShare> {
  return new Map(groups.map((group) => [group, freshShare(group)]));
}

function freshShare(group: number): KeyShare {
  const montgomery = MONTGOMERY.get(group);
  if (montgomery !== undefined) return montgomeryShare(montgomery);
  const curve = CURVES.get(group);
  if (curve === undefined) throw new RangeError(`no share can be made for group ${group}`);
  const ecdh = createECDH(curve);
  return { publicKey: ecdh.generateKeys(), agree: (publicKey) => ecdh.computeSecret(publicKey) };
}

/** The raw key is the end of its SubjectPublicKeyInfo, behind a header that is always the same (RFC 8410 section 4). */
function montgomeryShare(name: "x25519" | "x448"): KeyShare {
  const { publicKey, privateKey } = name === "x25519" ? generateKeyPairSync("x25519") : generateKeyPairSync("x448");
  const spki = publicKey.export({ type: "spki", format: "der" });
  const header = spki.subarray(0, SPKI_HEADER);
  return {
    publicKey: spki.subarray(SPKI_HEADER),
    agree: (theirs) => {
      const key = createPublicKey({ key: Buffer.concat([header, theirs]), format: "der", type: "spki" });
      return diffieHellman({ privateKey, publicKey: key });
    },
  };
}

const SPKI_HEADER = 12;

/** RFC 8446 section 4.2.7, in the words of node. */
const MONTGOMERY: ReadonlyMap<number, "x25519" | "x448"> = new Map([
  [0x001d, "x25519"],
  [0x001e, "x448"],
]);
const CURVES: ReadonlyMap<number, string> = new Map([
  [0x0017, "prime256v1"],
  [0x0018, "secp384r1"],
  [0x0019, "secp521r1"],
]);
