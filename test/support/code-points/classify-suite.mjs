// What a cipher suite's name says of it. Names are IANA's: TLS_<key exchange>_WITH_<encryption>_<mac>, or TLS_<aead>_<hash> since TLS 1.3.

/** The columns of data/cipher-suites.json that follow from the name. */
export function classifySuite(name) {
  if (/_SCSV$/.test(name)) return SIGNALLING;
  const words = name.replace(/^(TLS|SSL)_/, "").replace(/_DRAFT$/, "");
  const [keys, cipher] = words.includes("_WITH_") ? words.split("_WITH_") : [undefined, words];
  const { encryption, mac, mode } = protection(cipher, name);
  return {
    ...keyAgreement(keys),
    encryption,
    bits: bitsOf(encryption),
    mode,
    mac,
    ...(needs(keys, cipher) === undefined ? {} : { since: needs(keys, cipher) }),
    ...(/EXPORT/.test(name) ? { export: true } : {}),
  };
}

function keyAgreement(keys) {
  // RFC 8446 section 4.2.9, RFC 9150: the suites of TLS 1.3 say nothing of keys, which are ephemeral there.
  if (keys === undefined) return { keyExchange: "any", authentication: "any", forwardSecrecy: true };
  const [keyExchange, authentication] = AGREEMENTS[keys.replace(/_EXPORT(1024)?/, "").replace(/_FIPS/, "")] ?? [];
  if (keyExchange === undefined) throw new Error(`no key exchange is known of ${keys}`);
  return { keyExchange, authentication, forwardSecrecy: EPHEMERAL.includes(keyExchange) };
}

function protection(cipher, name) {
  if (/^SHA(256|384)_SHA/.test(cipher)) return { encryption: "NULL", mac: cipher.split("_")[0], mode: "null" };
  if (/(OMAC|IMIT|GOSTR3411)$/.test(cipher)) {
    const [, encryption, mac] = /^(.+)_(OMAC|IMIT|GOSTR3411)$/.exec(cipher);
    return { encryption, mac, mode: encryption === "NULL" ? "null" : "stream" };
  }
  if (/GCM|CCM|POLY1305|MGM|AEGIS/.test(cipher)) return { encryption: cipher.replace(/_(SHA\d+|SM3)$/, ""), mac: "AEAD", mode: "aead" };
  const split = /^(.+?)(?:_(MD5|SHA256|SHA384|SHA|NULL))?$/.exec(cipher);
  if (split === null || split[2] === undefined) throw new Error(`no MAC is known of ${name}`);
  const mode = split[1] === "NULL" ? "null" : split[1].startsWith("RC4") ? "stream" : "cbc";
  return { encryption: split[1], mac: split[2], mode };
}

/** Effective strength: 3DES is attacked at 112 bits (NIST SP 800-57 part 1 table 2). */
function bitsOf(encryption) {
  const found = STRENGTHS.find(([pattern]) => pattern.test(encryption));
  if (found === undefined) throw new Error(`no strength is known of ${encryption}`);
  return found[1];
}

/** The first version that has it: authenticated encryption and MACs of SHA-2 came with TLS 1.2 (RFC 5246 section 1.2). */
function needs(keys, cipher) {
  if (keys === undefined || /_MGM_/.test(cipher)) return "TLS 1.3";
  return /GCM|CCM|POLY1305|SHA256|SHA384|OMAC/.test(cipher) ? "TLS 1.2" : undefined;
}

/** RFC 5746 section 3.3, RFC 7507: never negotiated. */
const SIGNALLING = {
  ...{ keyExchange: "none", authentication: "none", forwardSecrecy: false },
  ...{ encryption: "none", bits: 0, mode: "none", mac: "none", signalling: true },
};
const AGREEMENTS = {
  NULL: ["NULL", "NULL"],
  RSA: ["RSA", "RSA"],
  DH_DSS: ["DH", "DSS"],
  DH_RSA: ["DH", "RSA"],
  DHE_DSS: ["DHE", "DSS"],
  DHE_RSA: ["DHE", "RSA"],
  DH_anon: ["DHE", "anon"],
  ECDH_ECDSA: ["ECDH", "ECDSA"],
  ECDH_RSA: ["ECDH", "RSA"],
  ECDHE_ECDSA: ["ECDHE", "ECDSA"],
  ECDHE_RSA: ["ECDHE", "RSA"],
  ECDH_anon: ["ECDHE", "anon"],
  KRB5: ["KRB5", "KRB5"],
  PSK: ["PSK", "PSK"],
  DHE_PSK: ["DHE_PSK", "PSK"],
  PSK_DHE: ["DHE_PSK", "PSK"],
  RSA_PSK: ["RSA_PSK", "RSA"],
  ECDHE_PSK: ["ECDHE_PSK", "PSK"],
  SRP_SHA: ["SRP", "SRP"],
  SRP_SHA_RSA: ["SRP", "RSA"],
  SRP_SHA_DSS: ["SRP", "DSS"],
  ECCPWD: ["ECCPWD", "PWD"],
  GOSTR341112_256: ["GOST", "GOST"],
  GOSTR341094: ["GOST", "GOST"],
  GOSTR341001: ["GOST", "GOST"],
};
const EPHEMERAL = ["DHE", "ECDHE", "DHE_PSK", "ECDHE_PSK", "SRP", "ECCPWD"];
const STRENGTHS = [
  [/^NULL/, 0],
  [/_40$|^DES40/, 40],
  [/_56$|^DES_CBC/, 56],
  [/^3DES/, 112],
  [/^CHACHA20|28147|KUZNYECHIK|MAGMA|_256/, 256],
  [/_128|^IDEA|^SEED|^SM4|^AEGIS_128L/, 128],
];
