// IANA's registry of signature schemes, and the pairs of hash and signature of TLS 1.2 (RFC 5246 section 7.4.1.4.1) that it reserves.
// Code, name, signature, hash, versions ("2": TLS 1.2, "3": TLS 1.3, "c3": in TLS 1.3 for certificates only).

const HASHES = ["md5", "sha1", "sha224", "sha256", "sha384", "sha512"];
const REGISTERED_PAIRS = {
  1027: "ecdsa_secp256r1_sha256",
  1283: "ecdsa_secp384r1_sha384",
  1539: "ecdsa_secp521r1_sha512",
};

/** RFC 8446 section 4.2.3: of these TLS 1.3 has ECDSA with SHA-2, and in certificates PKCS#1 and SHA-1. */
const PAIRS = HASHES.flatMap((hash, index) =>
  ["rsa_pkcs1", "dsa", "ecdsa"].map((signature, number) => {
    const code = ((index + 1) << 8) | (number + 1);
    const later = code in REGISTERED_PAIRS ? "23" : signature !== "dsa" && !["md5", "sha224"].includes(hash) ? "2c3" : "2";
    return [code, REGISTERED_PAIRS[code] ?? `${signature}_${hash}`, signature, hash, later];
  }),
);

/** RFC 9367. */
const GOST = ["256a", "256b", "256c", "256d", "512a", "512b", "512c"].map((curve, index) => [
  0x0709 + index,
  `gostr34102012_${curve}`,
  "gost",
  `streebog${curve.slice(0, 3)}`,
  "3",
]);

/** draft-reddy-tls-slhdsa. */
const SLH_DSA = ["sha2", "shake"].flatMap((hash, family) =>
  ["128s", "128f", "192s", "192f", "256s", "256f"].map((set, index) => [
    0x0911 + 6 * family + index,
    `slhdsa_${hash}_${set}`,
    "slhdsa",
    "intrinsic",
    "3",
  ]),
);

/** RFC 5246, 8446, 8734, 8998, 9189; draft-ietf-tls-tls13-pkcs1, draft-ietf-tls-mldsa. */
export const SCHEMES = [
  ...PAIRS,
  ...["sha256", "sha384", "sha512"].map((hash, index) => [0x0420 + 0x100 * index, `rsa_pkcs1_${hash}_legacy`, "rsa_pkcs1", hash, "3"]),
  [0x0704, "eccsi_sha256", "eccsi", "sha256", "3"],
  [0x0705, "iso_ibs1", "ibs", "intrinsic", "3"],
  [0x0706, "iso_ibs2", "ibs", "intrinsic", "3"],
  [0x0707, "iso_chinese_ibs", "ibs", "intrinsic", "3"],
  [0x0708, "sm2sig_sm3", "sm2", "sm3", "3"],
  ...GOST,
  ...["sha256", "sha384", "sha512"].map((hash, index) => [0x0804 + index, `rsa_pss_rsae_${hash}`, "rsa_pss_rsae", hash, "23"]),
  [0x0807, "ed25519", "eddsa", "intrinsic", "23"],
  [0x0808, "ed448", "eddsa", "intrinsic", "23"],
  ...["sha256", "sha384", "sha512"].map((hash, index) => [0x0809 + index, `rsa_pss_pss_${hash}`, "rsa_pss_pss", hash, "23"]),
  [0x081a, "ecdsa_brainpoolP256r1tls13_sha256", "ecdsa", "sha256", "3"],
  [0x081b, "ecdsa_brainpoolP384r1tls13_sha384", "ecdsa", "sha384", "3"],
  [0x081c, "ecdsa_brainpoolP512r1tls13_sha512", "ecdsa", "sha512", "3"],
  [0x0840, "gostr34102012_256", "gost", "streebog256", "2"],
  [0x0841, "gostr34102012_512", "gost", "streebog512", "2"],
  [0x0904, "mldsa44", "mldsa", "intrinsic", "3"],
  [0x0905, "mldsa65", "mldsa", "intrinsic", "3"],
  [0x0906, "mldsa87", "mldsa", "intrinsic", "3"],
  ...SLH_DSA,
];
