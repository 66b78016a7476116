// Evidence of each kind in the shapes and sizes of real ones: 1 to 2 KB of canonical JSON, a chain of two certificates 3 KB.
// A certificate is mostly key and signature, which deflate does not make smaller.
import { sha256Hex } from "../../dist/src/model/digest.js";
import { DAY } from "../../dist/src/model/instant.js";
import { randomBytes, randomFrom } from "./synthetic-random.mjs";

/** `place` is what is asked: the same request has the same digest in all its answers. `at`: when it is first seen. */
export function evidenceContent(kind, random, { place, at }) {
  return CONTENT[kind](random, place, at);
}

const CONTENT = {
  "tls-session": (random, _place, at) => ({
    address: "203.0.113.7",
    alpn: "h2",
    chain: [leaf(certificate(random, 800 + Math.floor(random() * 700)), at), { der: pick(ISSUERS, random) }],
    cipherSuite: { code: "0x1301", name: "TLS_AES_128_GCM_SHA256" },
    group: pick(["X25519", "X25519MLKEM768", "secp256r1"], random),
    name: "api.provider.example",
    trusted: true,
    version: "TLS 1.3",
  }),
  tls: (random) => ({
    address: "203.0.113.7",
    versions: ["SSL 3.0", "TLS 1.0", "TLS 1.1", "TLS 1.2", "TLS 1.3"].map((version) => ({
      cipherSuites:
        random() < 0.5 ? [] : SUITES.filter(() => random() < 0.3).map((name) => ({ code: `0x${name.length.toString(16)}`, name })),
      complete: random() < 0.9,
      preference: pick(["server", "client", "unknown"], random),
      seen: `alert ${Math.floor(random() * 90)}`,
      support: pick(["refused", "accepted"], random),
      version,
    })),
  }),
  "http-response": (random, place) => ({
    body: bodyFacts(random),
    credential: { state: "sent" },
    headers: headers(random),
    request: { digest: sha256Hex(place) },
    status: 200,
  }),
  "http-plaintext": (random) => ({
    headers: headers(random),
    location: `https://api.provider.example/${hex(8, random)}`,
    state: "redirected",
    status: 301,
  }),
  "http-unauthenticated": (random, place) => ({
    body: bodyFacts(random),
    headers: headers(random),
    request: { digest: sha256Hex(place) },
    status: 401,
  }),
};

function leaf(der, at) {
  return { der, issuer: "CN=DigiCert Global G2 TLS RSA SHA256 2020 CA1", notBefore: at, notAfter: at + 90 * DAY, sha256: sha256Hex(der) };
}

function certificate(random, length) {
  const der = Buffer.concat([CERTIFICATE_NAMES, randomBytes(length - CERTIFICATE_NAMES.length, random)]);
  return der.toString("base64");
}

function bodyFacts(random) {
  const fields = FIELDS.filter(() => random() < 0.4);
  return {
    classes: fields.slice(0, 3).map((name) => ({
      class: pick(CLASSES, random),
      confidence: Math.round(random() * 100) / 100,
      path: `$.data[].${name}`,
      sample: false,
    })),
    format: "json",
    mediaType: "application/json",
    records: Math.floor(random() * 50),
    state: "classified",
    shape: fields.map((name) => ({ path: `$.data[].${name}`, types: [pick(["string", "number", "boolean", "null"], random)] })),
  };
}

function headers(random) {
  return HEADERS.filter(() => random() < 0.6).map((name) => ({
    count: 1,
    name,
    value: `max-age=${31_536_000 * (1 + Math.floor(random() * 4))}`,
  }));
}

function hex(bytes, random) {
  return randomBytes(bytes, random).toString("hex");
}

function pick(list, random) {
  return list[Math.floor(random() * list.length)];
}

const CERTIFICATE_NAMES = Buffer.from(
  "DigiCert Global G2 TLS RSA SHA256 2020 CA1 http://crl3.digicert.com/ http://ocsp.digicert.com api.provider.example".repeat(2),
);
const ISSUERS = Array.from({ length: 40 }, (_, n) => certificate(randomFrom(n + 1), 1000 + 8 * n));
const SUITES = [
  "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
  "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
  "TLS_RSA_WITH_AES_128_CBC_SHA",
  "TLS_RSA_WITH_3DES_EDE_CBC_SHA",
];
const FIELDS = [
  "id",
  "status",
  "amount",
  "currency",
  "customer_id",
  "email",
  "created_at",
  "updated_at",
  "metadata",
  "description",
  "country",
  "phone",
  "iban",
  "address_line",
  "postal_code",
  "reference",
  "method",
  "refunded",
  "fee",
  "net",
];
const CLASSES = ["email", "phone", "iban", "postal_address", "person_name"];
const HEADERS = [
  "content-type",
  "strict-transport-security",
  "server",
  "x-powered-by",
  "cache-control",
  "x-content-type-options",
  "via",
  "vary",
  "etag",
  "x-frame-options",
  "referrer-policy",
  "sunset",
];
