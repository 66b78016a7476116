// Writes data/dh-primes.json: SHA-256 of the primes that standards gave to all, or with --check says that the file is not what it would write.
// The primes of RFC 2409 and RFC 3526 are node's; those of RFC 7919 follow from its formula; those of RFC 5114 stand below. Each is
// checked to be prime before it is written, and so is (p-1)/2 where the standard promises a safe one.

import { checkPrimeSync, createHash, getDiffieHellman } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";

const check = process.argv.includes("--check");
const RETRIEVED = "2026-11-30";
const FILE = new URL("../../data/dh-primes.json", import.meta.url);

const MODP = [
  ["modp1", "RFC 2409 group 1"],
  ["modp2", "RFC 2409 group 2"],
  ["modp5", "RFC 3526 group 5"],
  ["modp14", "RFC 3526 group 14"],
  ["modp15", "RFC 3526 group 15"],
  ["modp16", "RFC 3526 group 16"],
  ["modp17", "RFC 3526 group 17"],
  ["modp18", "RFC 3526 group 18"],
].map(([id, name]) => safe(name, BigInt(`0x${getDiffieHellman(id).getPrime("hex")}`)));

/** Bits, and the X of RFC 7919 appendix A. */
const FFDHE = [
  [2048, 560316n],
  [3072, 2625351n],
  [4096, 5736041n],
  [6144, 15705020n],
  [8192, 10965728n],
].map(([bits, x]) => safe(`RFC 7919 ffdhe${bits}`, ffdhe(BigInt(bits), x)));

/** RFC 5114 sections 2.1 to 2.3, with the order of the subgroup that each of them is made for. */
const SUBGROUPS = [
  [
    "RFC 5114 2.1",
    `B10B8F96 A080E01D DE92DE5E AE5D54EC 52C99FBC FB06A3C6 9A6A9DCA 52D23B61 6073E286 75A23D18 9838EF1E 2EE652C0 13ECB4AE
     A9061123 24975C3C D49B83BF ACCBDD7D 90C4BD70 98488E9C 219A7372 4EFFD6FA E5644738 FAA31A4F F55BCCC0 A151AF5F 0DC8B4BD
     45BF37DF 365C1A65 E68CFDA7 6D4DA708 DF1FB2BC 2E4A4371`,
    "F518AA87 81A8DF27 8ABA4E7D 64B7CB9D 49462353",
  ],
  [
    "RFC 5114 2.2",
    `AD107E1E 9123A9D0 D660FAA7 9559C51F A20D64E5 683B9FD1 B54B1597 B61D0A75 E6FA141D F95A56DB AF9A3C40 7BA1DF15 EB3D688A
     309C180E 1DE6B85A 1274A0A6 6D3F8152 AD6AC212 9037C9ED EFDA4DF8 D91E8FEF 55B7394B 7AD5B7D0 B6C12207 C9F98D11 ED34DBF6
     C6BA0B2C 8BBC27BE 6A00E0A0 B9C49708 B3BF8A31 70918836 81286130 BC8985DB 1602E714 415D9330 278273C7 DE31EFDC 7310F712
     1FD5A074 15987D9A DC0A486D CDF93ACC 44328387 315D75E1 98C641A4 80CD86A1 B9E587E8 BE60E69C C928B2B9 C52172E4 13042E9B
     23F10B0E 16E79763 C9B53DCF 4BA80A29 E3FB73C1 6B8E75B9 7EF363E2 FFA31F71 CF9DE538 4E71B81C 0AC4DFFE 0C10E64F`,
    "801C0D34 C58D93FE 99717710 1F80535A 4738CEBC BF389A99 B36371EB",
  ],
  [
    "RFC 5114 2.3",
    `87A8E61D B4B6663C FFBBD19C 65195999 8CEEF608 660DD0F2 5D2CEED4 435E3B00 E00DF8F1 D61957D4 FAF7DF45 61B2AA30 16C3D911
     34096FAA 3BF4296D 830E9A7C 209E0C64 97517ABD 5A8A9D30 6BCF67ED 91F9E672 5B4758C0 22E0B1EF 4275BF7B 6C5BFC11 D45F9088
     B941F54E B1E59BB8 BC39A0BF 12307F5C 4FDB70C5 81B23F76 B63ACAE1 CAA6B790 2D525267 35488A0E F13C6D9A 51BFA4AB 3AD83477
     96524D8E F6A167B5 A41825D9 67E144E5 14056425 1CCACB83 E6B486F6 B3CA3F79 71506026 C0B857F6 89962856 DED4010A BD0BE621
     C3A3960A 54E710C3 75F26375 D7014103 A4B54330 C198AF12 6116D227 6E11715F 693877FA D7EF09CA DB094AE9 1E1A1597`,
    "8CF83642 A709A097 B4479976 40129DA2 99B1A47D 1EB3750B A308B0FE 64F5FBD3",
  ],
].map(([name, prime, order]) => withSubgroup(name, integer(prime), integer(order)));

const facts = {
  source:
    "RFC 2409 section 6, RFC 3526, RFC 5114 section 2, RFC 7919 appendix A; written by test/support/write-dh-primes.mjs, which checks that each is prime",
  retrieved: RETRIEVED,
  licence: "numbers of published standards",
  primes: [...MODP, ...SUBGROUPS, ...FFDHE],
};
const rows = facts.primes.map((row) => `    ${JSON.stringify(row).replace(/":/g, '": ').replace(/,"/g, ', "')}`);
const head = ["source", "retrieved", "licence"].map((key) => `  ${JSON.stringify(key)}: ${JSON.stringify(facts[key])},`);
const text = `{\n${head.join("\n")}\n  "primes": [\n${rows.join(",\n")}\n  ]\n}\n`;

if (!check) writeFileSync(FILE, text);
else if (readFileSync(FILE, "utf8") !== text) throw new Error("data/dh-primes.json is not what test/support/write-dh-primes.mjs writes");

function ffdhe(bits, x) {
  return 2n ** bits - 2n ** (bits - 64n) + (eulerTimes(bits - 130n) + x) * 2n ** 64n - 1n;
}

/** The integer part of 2^power times e, summed with 64 bits to spare. */
function eulerTimes(power) {
  let sum = 0n;
  let term = 2n ** (power + 64n);
  for (let n = 1n; term > 0n; n += 1n) {
    sum += term;
    term /= n;
  }
  return sum >> 64n;
}

function safe(name, prime) {
  if (!isPrime((prime - 1n) / 2n)) throw new Error(`${name} is no safe prime`);
  return row(name, prime);
}

function withSubgroup(name, prime, order) {
  if (!isPrime(order) || (prime - 1n) % order !== 0n) throw new Error(`${name} has no subgroup of that order`);
  return row(name, prime);
}

function row(name, prime) {
  if (!isPrime(prime)) throw new Error(`${name} is no prime`);
  const hex = prime.toString(16);
  const octets = Buffer.from(hex.padStart(hex.length + (hex.length % 2), "0"), "hex");
  return { name, bits: prime.toString(2).length, sha256: createHash("sha256").update(octets).digest("hex") };
}

/** Two minutes for all of them: what is only compared was found to be prime when it was written. */
function isPrime(number) {
  return check || checkPrimeSync(number);
}

function integer(hex) {
  return BigInt(`0x${hex.replace(/\s/g, "")}`);
}
