import { hasAbove, hasBeside, isAboutFields } from "../../around.ts";
import type { Surroundings } from "../../fields.ts";
import type { Detector, Hit, Veto } from "../detector.ts";
import { hasEip55Checksum, isBase58Address, isBase58Key, isBech32Address } from "./wallet-checksums.ts";

/** Where somebody's coins are: by the checksum of its address, or by its name where the network has none. */
export const cryptoWallet: Detector = {
  class: "crypto_wallet",
  over: ["postal_address", "api_key", "access_token", "device_id", "free_text", "secret_blob"],
  inText: false,
  isNamed,
  detect: ({ text, type }, surroundings) => {
    if (type !== "string" || text.length < MIN_LENGTH || text.length > MAX_LENGTH || !/^[\w:]+$/.test(text)) return undefined;
    const address = text.replace(/^(?:bitcoin|ethereum|litecoin|bitcoincash|tron|solana):/, "");
    if (CONTRACT.test(surroundings.name)) return isAddress(address) ? { veto: "contract" } : undefined;
    return provenHit(address, surroundings) ?? namedHit(address, surroundings);
  },
};

function provenHit(address: string, surroundings: Surroundings): Hit | undefined {
  if (!isAddress(address)) return undefined;
  const named = isNamed(surroundings);
  return { confidence: named ? 0.97 : 0.85, cues: ["checksum"] };
}

function isAddress(address: string): boolean {
  if (ETHEREUM.test(address)) return hasEip55Checksum(address) === true;
  return isBech32Address(address) || (MIXED.test(address) && isBase58Address(address));
}

/** Shapes that carry no checksum we read: a hash may have them too. */
function namedHit(address: string, surroundings: Surroundings): Hit | Veto | undefined {
  if (!isNamed(surroundings)) return undefined;
  if (ETHEREUM.test(address)) {
    if (address === "0x0000000000000000000000000000000000000000") return undefined;
    return hasEip55Checksum(address) === false ? { confidence: 0.8, sample: true } : { confidence: 0.93 };
  }
  if (UNCHECKED.some((shape) => shape.test(address))) return { confidence: 0.9, cues: ["shape"] };
  return MIXED.test(address) && isBase58Key(address) ? { confidence: 0.88, cues: ["shape"] } : undefined;
}

function isNamed(surroundings: Surroundings): boolean {
  const { name } = surroundings;
  if (isAboutFields(surroundings) || NOT_A_WALLET.test(name)) return false;
  if (STRONG.test(name)) return true;
  return VAGUE.test(name) && (hasBeside(surroundings, COINS) || hasAbove(surroundings, WALLETS, 2));
}

const MIN_LENGTH = 25;
const MAX_LENGTH = 128;
const ETHEREUM = /^0x[0-9a-fA-F]{40}$/;
/** Digits and both cases, as random base58 has. */
const MIXED = /^(?=.*\d)(?=.*[a-z])(?=.*[A-Z])[1-9A-HJ-NP-Za-km-z]+$/;
/** Stellar, Monero, Algorand, extended public keys (BIP 32), Bitcoin Cash. */
const UNCHECKED: readonly RegExp[] = [
  /^[GM][A-Z2-7]{55}$/,
  /^[48][1-9A-HJ-NP-Za-km-z]{94}$/,
  /^[A-Z2-7]{58}$/,
  /^[xyz]pub[1-9A-HJ-NP-Za-km-z]{107}$/,
  /^[qp][02-9ac-hj-np-z]{41}$/,
  /^[13][1-9A-HJ-NP-Za-km-z]{25,33}$/,
  /^(?:bc|tb|ltc)1[02-9ac-hj-np-z]{20,80}$/,
];
const STRONG =
  /\b(?:wallet(?: ?(?:address|public key))?|walletaddress|(?:crypto|coin|deposit|withdrawal|withdraw|payout|receiving|receive|blockchain|btc|bitcoin|eth|ethereum|ltc|litecoin|doge|xrp|ripple|sol|solana|trx|tron|ada|cardano|usdt|usdc|bnb|xlm|stellar|evm|onchain|on chain|refund|public) (?:wallet )?address|xpub|extended public key|btc|eth)$/;
const VAGUE = /^(?:address|addr|account|public key|pubkey|value|owner|holder|destination|adresse|direccion|endereco)$/;
const COINS =
  /\b(?:asset|coin|crypto|cryptocurrency|network|chain|chain id|blockchain|token symbol|ticker|balance wei|destination tag|memo tag)\b/;
const WALLETS = /\b(?:wallet|crypto|crypto wallet|web 3|blockchain|whitelist|deposit address|eth|btc)\b/;
const CONTRACT = /\b(?:contract|token address|factory|pool|router|pair|implementation|proxy)\b/;
const NOT_A_WALLET = /\b(?:email|ip|mac|id|type|label|name|url|street|count|index|provider)\b/;
