// IANA's registry of supported groups: code, name, kind, bits, versions ("2": up to TLS 1.2, "3": TLS 1.3, "23": both).
// Bits are those of the field, of the prime, or the parameter set of ML-KEM.

const CURVES_RFC8422 = [
  ...[
    ["sect163k1", 163],
    ["sect163r1", 163],
    ["sect163r2", 163],
    ["sect193r1", 193],
    ["sect193r2", 193],
    ["sect233k1", 233],
    ["sect233r1", 233],
  ],
  ...[
    ["sect239k1", 239],
    ["sect283k1", 283],
    ["sect283r1", 283],
    ["sect409k1", 409],
    ["sect409r1", 409],
    ["sect571k1", 571],
    ["sect571r1", 571],
  ],
  ...[
    ["secp160k1", 160],
    ["secp160r1", 160],
    ["secp160r2", 160],
    ["secp192k1", 192],
    ["secp192r1", 192],
    ["secp224k1", 224],
    ["secp224r1", 224],
  ],
  ...[["secp256k1", 256]],
].map(([name, bits], index) => [index + 1, name, "elliptic", bits, "2"]);

const FINITE_FIELDS_RFC7919 = [2048, 3072, 4096, 6144, 8192].map((bits, index) => [0x0100 + index, `ffdhe${bits}`, "ffdhe", bits, "23"]);

const GOST_RFC9189 = ["GC256A", "GC256B", "GC256C", "GC256D", "GC512A", "GC512B", "GC512C"].map((name, index) => [
  0x0022 + index,
  name,
  "elliptic",
  name.startsWith("GC256") ? 256 : 512,
  "23",
]);

export const GROUPS = [
  ...CURVES_RFC8422,
  [0x0017, "secp256r1", "elliptic", 256, "23"],
  [0x0018, "secp384r1", "elliptic", 384, "23"],
  [0x0019, "secp521r1", "elliptic", 521, "23"],
  [0x001a, "brainpoolP256r1", "elliptic", 256, "2"],
  [0x001b, "brainpoolP384r1", "elliptic", 384, "2"],
  [0x001c, "brainpoolP512r1", "elliptic", 512, "2"],
  [0x001d, "x25519", "elliptic", 255, "23"],
  [0x001e, "x448", "elliptic", 448, "23"],
  [0x001f, "brainpoolP256r1tls13", "elliptic", 256, "3"],
  [0x0020, "brainpoolP384r1tls13", "elliptic", 384, "3"],
  [0x0021, "brainpoolP512r1tls13", "elliptic", 512, "3"],
  ...GOST_RFC9189,
  [0x0029, "curveSM2", "elliptic", 256, "3"],
  ...FINITE_FIELDS_RFC7919,
  [0x0200, "MLKEM512", "pq", 512, "3"],
  [0x0201, "MLKEM768", "pq", 768, "3"],
  [0x0202, "MLKEM1024", "pq", 1024, "3"],
  [0x11eb, "SecP256r1MLKEM768", "hybrid", 768, "3"],
  [0x11ec, "X25519MLKEM768", "hybrid", 768, "3"],
  [0x11ed, "SecP384r1MLKEM1024", "hybrid", 1024, "3"],
  [0x11ee, "curveSM2MLKEM768", "hybrid", 768, "3"],
  // Obsolete, but still spoken: draft-tls-westerbaan-xyber768d00, draft-kwiatkowski-tls-ecdhe-kyber.
  [0x6399, "X25519Kyber768Draft00", "hybrid", 768, "3"],
  [0x639a, "SecP256r1Kyber768Draft00", "hybrid", 768, "3"],
  [0xff01, "arbitrary_explicit_prime_curves", "elliptic", 0, "2"],
  [0xff02, "arbitrary_explicit_char2_curves", "elliptic", 0, "2"],
];
