import { namedGroups } from "../../catalog/named-groups.ts";
import type { TlsServedCertificate } from "../../model/tls-offer.ts";
import { publicKeyOf } from "../../pki/certificate.ts";
import { keyFacts } from "../../pki/key-strength.ts";

type Key = Pick<TlsServedCertificate, "key" | "group" | "bits">;

/** The kind of key that a certificate is for (RFC 5280 section 4.1), and its named curve or the length of its modulus. "other" where it cannot be read. */
export function leafKey(der: Uint8Array): Key {
  const publicKey = publicKeyOf(der);
  if (publicKey === undefined) return { key: "other" };
  const { type, curve, bits } = keyFacts(publicKey);
  const key = KEYS[type] ?? "other";
  if (key === "ecdsa") {
    const group = namedGroups().find(({ name }) => name === curve)?.code;
    return group === undefined ? { key } : { key, group };
  }
  return key.startsWith("rsa") && bits !== undefined ? { key, bits } : { key };
}

const KEYS: Readonly<Record<string, TlsServedCertificate["key"]>> = {
  rsa: "rsa",
  "rsa-pss": "rsa-pss",
  dsa: "dsa",
  ecdsa: "ecdsa",
  ed25519: "eddsa",
  ed448: "eddsa",
};
