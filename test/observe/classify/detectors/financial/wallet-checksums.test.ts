import { describe, expect, it } from "vitest";
import { keccak256 } from "../../../../../src/observe/classify/detectors/financial/keccak.ts";
import {
  hasEip55Checksum,
  isBase58Address,
  isBase58Key,
  isBech32Address,
} from "../../../../../src/observe/classify/detectors/financial/wallet-checksums.ts";

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

describe("keccak256", () => {
  it("is Ethereum's, not that of FIPS 202", () => {
    expect(hex(keccak256(new Uint8Array()))).toBe("c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470");
    expect(hex(keccak256(new TextEncoder().encode("abc")))).toBe("4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45");
  });
});

describe("checksums of wallets", () => {
  it.each([
    "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
    "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
    "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB",
    "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb",
  ])("reads EIP-55's example %s, and sees one letter turned", (address) => {
    expect(hasEip55Checksum(address)).toBe(true);
    const at = address.search(/[A-F]/);
    expect(hasEip55Checksum(address.slice(0, at) + (address[at] ?? "").toLowerCase() + address.slice(at + 1))).toBe(false);
    expect(hasEip55Checksum(address.toLowerCase())).toBeUndefined();
  });

  it.each([
    "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
    "BC1SW50QGDZ25J",
    "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0",
    "tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx",
  ])("reads %s of BIP 173 and 350 where it is long enough", (address) => {
    expect(isBech32Address(address)).toBe(address.length > 20);
    expect(isBech32Address(`${address.slice(0, -1)}${address.endsWith("q") ? "p" : "q"}`)).toBe(false);
  });

  it("reads base58 with its checksum, and keys without", () => {
    expect(isBase58Address("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa")).toBe(true);
    expect(isBase58Address("3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy")).toBe(true);
    expect(isBase58Address("rHb9CJAWyB4rj91VRWn96DkukG4bwdtyTh")).toBe(true);
    expect(isBase58Address("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb")).toBe(false);
    expect(isBase58Address("5HueCGU8rMjxEXxiPuD5BDku4MkFqeZyd4dZ1jvhTVqvbTLvyTJ")).toBe(false);
    expect(isBase58Key("7xKXtg2CW87d97TXJSDpbD5jBkheTqA83TZRuJosgAsU")).toBe(true);
    expect(isBase58Key("QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWnPVdG")).toBe(false);
  });
});
