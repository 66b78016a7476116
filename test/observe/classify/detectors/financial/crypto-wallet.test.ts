import { describe, expect, it } from "vitest";
import { cryptoWallet } from "../../../../../src/observe/classify/detectors/financial/crypto-wallet.ts";
import { asker } from "../support.ts";

const ask = asker(cryptoWallet);
const sure = (...question: Parameters<typeof ask>) => (ask(...question)?.confidence ?? 0) >= 0.6;

describe("crypto_wallet", () => {
  it.each([
    ["1BoatSLRHtKNngkdXEeobR76b53LETtpyT", "note", [], []],
    ["bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", "reference", [], []],
    ["0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "x", [], []],
    ["0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed", "walletAddress", [], []],
    ["7xKXtg2CW87d97TXJSDpbD5jBkheTqA83TZRuJosgAsU", "address", ["payouts"], ["network"]],
    ["GAAZI4TCR3TY5OJHCTJC2A4QSY6CJWJH5IAJTGKIN2ER7LBNVKOCCWN7", "stellar_address", [], []],
  ] as const)("is %s under %s", (value, key, above, beside) => {
    expect(sure(value, key, above, beside)).toBe(true);
  });

  it.each([
    ["0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "contractAddress", [], []],
    ["0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed", "hash", [], []],
    ["acfe1111a52237de28aaf200db263729d7b7b509", "commit", [], []],
    ["1BoatSLRHtKNngkdXEeobR76b53LETtpyU", "note", [], []],
    ["bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5", "reference", [], []],
    ["QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWnPVdG", "hash", [], []],
    ["0x0000000000000000000000000000000000000000", "wallet", [], []],
    ["1 Main Street, Springfield, Ohio", "address", ["wallet"], []],
  ] as const)("is not %s under %s", (value, key, above, beside) => {
    expect(sure(value, key, above, beside)).toBe(false);
  });
});
