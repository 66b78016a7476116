import { spawnSync } from "node:child_process";
import { createHash, createPublicKey, verify, X509Certificate } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { bitString, boolean, nothing, objectIdentifier, sequence } from "../../src/demo/der.ts";
import { DAY } from "../../src/model/instant.ts";
import { contentOf, generalizedTime, partsOf, utcTime } from "./support/certificate-der.ts";
import {
  authorityInformationAccess,
  authorityKeyIdentifier,
  basicConstraints,
  certificatePolicies,
  crlDistributionPoints,
  crlNumber,
  EXTENSION,
  extendedKeyUsage,
  inhibitAnyPolicy,
  issuerAltName,
  issuingDistributionPoint,
  keyUsage,
  nameConstraints,
  newLog,
  policyConstraints,
  policyMappings,
  signedCertificateTimestamps,
  subjectAltName,
  subjectKeyIdentifier,
  tlsFeature,
  unknown,
} from "./support/certificate-extensions.ts";
import {
  type CertificateOptions,
  daysFrom,
  intermediate,
  type Made,
  type Moment,
  makeCertificate,
  ocspResponder,
  precertificate,
  rootAuthority,
  serverLeaf,
} from "./support/certificate-factory.ts";
import { type KeyKind, newKey, publicOnly, type SignatureOptions, sharedKey } from "./support/certificate-keys.ts";
import type { Name } from "./support/certificate-names.ts";
import { type Answer, makeCrl, makeOcspError, makeOcspResponse, type OcspOptions } from "./support/revocation-factory.ts";

const root = rootAuthority();
const issuing = intermediate(root);
const leaf = serverLeaf(issuing, { dns: ["api.acme.example", "*.acme.example"], ip: ["192.0.2.7", "2001:db8::7"] });
const NOW = new Date();

describe("presets", () => {
  it("make a chain in which each vouches for the next", () => {
    const [top, middle, end] = [root, issuing, leaf].map(read);
    expect(top?.verify(top.publicKey)).toBe(true);
    expect(middle?.checkIssued(top as X509Certificate)).toBe(true);
    expect(middle?.verify((top as X509Certificate).publicKey)).toBe(true);
    expect(end?.checkIssued(middle as X509Certificate)).toBe(true);
    expect(end?.verify((middle as X509Certificate).publicKey)).toBe(true);
  });

  it("make authorities and a server", () => {
    expect([root, issuing, leaf].map((made) => read(made).ca)).toEqual([true, true, false]);
    const { subject, issuer, subjectAltName, infoAccess, keyUsage, serialNumber } = read(leaf);
    expect([subject, issuer, subjectAltName, infoAccess, keyUsage, serialNumber]).toEqual([
      "CN=api.acme.example",
      "CN=test intermediate",
      "DNS:api.acme.example, DNS:*.acme.example, IP Address:192.0.2.7, IP Address:2001:DB8:0:0:0:0:0:7",
      "OCSP - URI:http://ocsp.example/\nCA Issuers - URI:http://ca.example/intermediate.cer",
      ["1.3.6.1.5.5.7.3.1"],
      Buffer.from(leaf.serial).toString("hex").toUpperCase(),
    ]);
    expect((Date.parse(read(leaf).validTo) - Date.parse(read(leaf).validFrom)) / DAY).toBe(90);
  });

  it("let one thing be changed, added or left out", () => {
    const changed = serverLeaf(root, {
      with: [extendedKeyUsage(["codeSigning"]), tlsFeature()],
      without: [EXTENSION.authorityInformationAccess],
    });
    expect(read(changed).keyUsage).toEqual(["1.3.6.1.5.5.7.3.3"]);
    expect(read(changed).infoAccess).toBeUndefined();
    expect(extensionIds(changed)).toEqual([
      EXTENSION.authorityKeyIdentifier,
      EXTENSION.certificatePolicies,
      EXTENSION.crlDistributionPoints,
      EXTENSION.keyUsage,
      EXTENSION.subjectAltName,
      EXTENSION.extendedKeyUsage,
      EXTENSION.tlsFeature,
    ]);
  });

  it("make a leaf without a subject, whose names are then critical", () => {
    const nameless = serverLeaf(root, { dns: ["api.acme.example"], subject: [] });
    expect(read(nameless).subject).toBeUndefined();
    expect(criticalOnes(nameless)).toEqual([EXTENSION.keyUsage, EXTENSION.subjectAltName]);
  });

  it("make a leaf with ten thousand names", () => {
    const dns = Array.from({ length: 10_000 }, (_, index) => `host-${index}.acme.example`);
    const names = read(serverLeaf(root, { dns })).subjectAltName?.split(", ");
    expect([names?.length, names?.at(-1)]).toEqual([10_000, "DNS:host-9999.acme.example"]);
  });

  it("make a precertificate that nobody takes for a certificate", () => {
    expect(criticalOnes(precertificate(root))).toEqual([EXTENSION.keyUsage, EXTENSION.poison]);
  });
});

describe("keys and signatures", () => {
  const ways: readonly (readonly [KeyKind, SignatureOptions])[] = [
    ["ec", {}],
    ["ec", { digest: "sha1" }],
    ["ec", { digest: "sha512" }],
    ["ecExplicit", {}],
    ["p192", { digest: "sha224" }],
    ["p224", {}],
    ["p384", { digest: "sha384" }],
    ["p521", { digest: "sha512" }],
    ["secp256k1", {}],
    ["brainpool", {}],
    ["ed25519", {}],
    ["ed448", {}],
    ["dsa", {}],
    ["rsa", {}],
    ["rsa", { digest: "md5" }],
    ["rsa", { digest: "sha1" }],
    ["rsa", { pss: true }],
    ["rsa", { pss: true, digest: "sha512" }],
    ["rsa1024", {}],
    ["rsa2047", {}],
    ["rsa3072", {}],
    ["rsaExponent3", {}],
    ["rsaClosePrimes", {}],
    ["rsaRoca", {}],
    ["rsaPss", {}],
  ];
  it.each(ways)("%s signs itself %j", (kind, options) => {
    const certificate = read(makeCertificate({ key: sharedKey(kind), ...options }));
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(certificate.checkIssued(certificate)).toBe(true);
  });

  it.each<[KeyKind, object]>([
    ["rsa1024", { modulusLength: 1024, publicExponent: 65537n }],
    ["rsa2047", { modulusLength: 2047, publicExponent: 65537n }],
    ["rsaExponent3", { modulusLength: 2048, publicExponent: 3n }],
    ["rsaExponent1", { modulusLength: 2048, publicExponent: 1n }],
    ["rsaExponentEven", { modulusLength: 2048, publicExponent: 65536n }],
    ["rsaModulusEven", { modulusLength: 2048, publicExponent: 65537n }],
    ["rsaClosePrimes", { modulusLength: 2048, publicExponent: 65537n }],
    ["rsaRoca", { modulusLength: 2048, publicExponent: 65537n }],
    ["p192", { namedCurve: "prime192v1" }],
  ])("%s is read back from a leaf", (kind, details) => {
    expect(read(serverLeaf(root, { key: sharedKey(kind) })).publicKey.asymmetricKeyDetails).toEqual(details);
  });

  it("close primes fall to Fermat, and others do not", () => {
    expect([isFoundByFermat("rsaClosePrimes"), isFoundByFermat("rsa")]).toEqual([true, false]);
  });

  it("a modulus of ROCA stays in the group of 65537 for every small prime, and another does not", () => {
    expect([hasFingerprintOfRoca("rsaRoca"), hasFingerprintOfRoca("rsa")]).toEqual([true, false]);
  });

  it("a new key is new, and a shared one is shared", () => {
    expect(newKey().publicKeyInfo).not.toEqual(newKey().publicKeyInfo);
    expect(sharedKey("rsa")).toBe(sharedKey("rsa"));
  });

  it("nobody signs with half a key", () => {
    expect(() => makeCertificate({ key: publicOnly(root.key.publicKeyInfo) })).toThrow("no private half");
  });
});

describe("what is wrong stays wrong", () => {
  it.each<[string, Uint8Array, string]>([
    ["zero", Uint8Array.of(0), "0"],
    ["negative", Uint8Array.of(0x80, 0x01), "-7FFF"],
    ["21 octets", new Uint8Array(21).fill(0x7f), "7F".repeat(21)],
  ])("a serial: %s", (_name, serial, read_) => {
    expect(read(serverLeaf(root, { serial })).serialNumber.replace(/^00$/, "0")).toBe(read_);
  });

  it.each<[string, Moment, string]>([
    ["the end of time", new Date("9999-12-31T23:59:59Z"), "Dec 31 23:59:59 9999 GMT"],
    ["GeneralizedTime where UTCTime belongs", generalizedTime("20270101000000Z"), "Jan  1 00:00:00 2027 GMT"],
    ["UTCTime that has no century", utcTime("500101000000Z"), "Jan  1 00:00:00 1950 GMT"],
  ])("a date: %s", (_name, notAfter, text) => {
    expect(read(makeCertificate({ notAfter })).validTo).toBe(text);
  });

  it("a time without its seconds is written so", () => {
    const time = utcTime("2701010000Z");
    expect(includes(makeCertificate({ notAfter: time }).der, time)).toBe(true);
  });

  it.each([1, 2, 3] as const)("version %i", (version) => {
    const first = partsOf(contentOf(toBeSignedOf(makeCertificate({ version }))))[0];
    expect(first?.tag).toBe(version === 1 ? 0x02 : 0xa0);
    if (version > 1) expect(first?.content.at(-1)).toBe(version - 1);
  });

  it.each<[string, CertificateOptions]>([
    ["another key signed", { issuer: root, signWith: newKey() }],
    ["broken after it was signed", { issuer: root, breakDer: (der) => flipped(der, der.length - 5) }],
  ])("a signature: %s", (_name, options) => {
    expect(read(makeCertificate(options)).verify(read(root).publicKey)).toBe(false);
  });

  it("an issuer's name that is not the issuer's", () => {
    const stranger = read(serverLeaf(root, { issuerName: "somebody else" }));
    expect([stranger.issuer, stranger.verify(read(root).publicKey)]).toEqual(["CN=somebody else", true]);
  });

  it("an algorithm outside that is not the one inside", () => {
    const other = sequence(objectIdentifier("1.2.840.10045.4.3.3"));
    const [toBeSigned, outer] = partsOf(contentOf(makeCertificate({ outerAlgorithm: other }).der));
    expect(outer?.whole).toEqual(Buffer.from(other));
    expect(includes(toBeSigned?.whole ?? other, other)).toBe(false);
  });

  it("what is broken before it is signed is signed as it is", () => {
    const broken = makeCertificate({ breakToBeSigned: () => sequence(nothing()) });
    expect(toBeSignedOf(broken)).toEqual(Buffer.from(sequence(nothing())));
    expect(() => read(broken)).toThrow();
  });

  it("a certificate that ends too soon", () => {
    expect(() => read(makeCertificate({ breakDer: (der) => der.subarray(0, -20) }))).toThrow();
  });

  it("extensions come in their order, twice, or encoded by hand", () => {
    const usages = [keyUsage(["digitalSignature"]), keyUsage(["cRLSign"])];
    const byHand = sequence(objectIdentifier("1.2.3"), boolean(false));
    expect(extensionIds(makeCertificate({ extensions: [...usages, byHand, unknown("1.2.4", nothing())] }))).toEqual([
      EXTENSION.keyUsage,
      EXTENSION.keyUsage,
      "1.2.3",
      "1.2.4",
    ]);
  });

  it.each<[string, Name, string]>([
    ["a NUL", [{ type: "CN", value: "good.example\0.evil.example" }], "CN=good.example\\00.evil.example"],
    ["an escape", [{ type: "O", value: "\u001b[31mAcme" }], "O=\\1B[31mAcme"],
    ["a turn of direction", [{ type: "O", value: "a\u202eb" }], "O=a\u202eb"],
    ["Chinese in UTF-16", [{ type: "CN", value: "例え", as: "bmp" }], "CN=例え"],
    ["an emoji in UTF-32", [{ type: "CN", value: "😈", as: "universal" }], "CN=😈"],
    [
      "PrintableString and several",
      [
        { type: "C", value: "CL", as: "printable" },
        { type: "CN", value: "Ñandú" },
      ],
      "C=CL\nCN=Ñandú",
    ],
    [
      "two in one",
      [
        [
          { type: "OU", value: "a" },
          { type: "OU", value: "b" },
        ],
      ],
      "OU=a + OU=b",
    ],
  ])("a name with %s", (_name, subject, text) => {
    expect(read(makeCertificate({ subject })).subject).toBe(text);
  });

  it.each(["nul\0.acme.example", "\u202eelpmaxe.acme", "\u001b[2J.acme.example", "bücher.example"])("an alternative name %j", (name) => {
    expect(includes(serverLeaf(root, { dns: [name], subject: [] }).der, Buffer.from(name))).toBe(true);
  });
});

describe("signed certificate timestamps", () => {
  const log = newLog();
  const at = new Date("2026-05-04T03:02:01.123Z");
  const options = { key: newKey(), serial: Uint8Array.of(0x11, 0x22), notBefore: NOW, notAfter: daysFrom(NOW, 90) };

  it("sign the certificate without themselves, under the issuer's key", () => {
    const stamped = serverLeaf(issuing, { ...options, with: [signedCertificateTimestamps([{ log, at }])] });
    const list = contentOf(extensionValue(stamped, EXTENSION.signedCertificateTimestamps));
    const [stamp, signature] = [list.subarray(4, 4 + 43), list.subarray(4 + 43 + 4)];
    expect(stamp.subarray(1, 33)).toEqual(log.id);
    expect(Buffer.from(stamp).readBigUInt64BE(33)).toBe(BigInt(at.getTime()));
    const bare = toBeSignedOf(serverLeaf(issuing, options));
    const length = Uint8Array.of(bare.length >> 16, bare.length >> 8, bare.length);
    const issuerHash = createHash("sha256").update(issuing.key.publicKeyInfo).digest();
    const entry = Buffer.concat([
      Uint8Array.of(0, 0),
      stamp.subarray(33, 41),
      Uint8Array.of(0, 1),
      issuerHash,
      length,
      bare,
      Uint8Array.of(0, 0),
    ]);
    const key = createPublicKey({ key: Buffer.from(log.key.publicKeyInfo), format: "der", type: "spki" });
    expect(verify("sha256", entry, key, signature)).toBe(true);
  });

  it("may be forged", () => {
    const forged = serverLeaf(issuing, {
      ...options,
      with: [signedCertificateTimestamps([{ log, at, signature: Uint8Array.of(1, 2, 3) }])],
    });
    expect(Buffer.from(extensionValue(forged, EXTENSION.signedCertificateTimestamps)).subarray(-5)).toEqual(Buffer.of(0, 3, 1, 2, 3));
  });
});

describe("a list of what is revoked", () => {
  const list = { issuer: root, thisUpdate: NOW };

  it("keeps the zeros before a serial", () => {
    const serial = Uint8Array.of(0, 0, 0x12);
    expect(includes(makeCrl({ ...list, revoked: [{ serial, at: NOW }] }).der, Uint8Array.of(2, 3, ...serial))).toBe(true);
  });

  it("may be of version 1, and of an issuer that did not sign it", () => {
    const [toBeSigned] = partsOf(contentOf(makeCrl({ ...list, version: 1, signWith: newKey("ed25519") }).der));
    const [algorithm, issuer] = partsOf(toBeSigned?.content ?? new Uint8Array());
    expect([algorithm?.whole, issuer?.whole]).toEqual([Buffer.from(sequence(objectIdentifier("1.3.101.112"))), Buffer.from(root.name)]);
  });
});

const openssl = opensslAtHand();

describe.skipIf(openssl === undefined)(`openssl${openssl === undefined ? " (skipped: there is no such program)" : ""}`, () => {
  it("follows the chain", () => {
    const run = openssl?.(["verify", "-x509_strict", "-purpose", "sslserver", "-CAfile", "root", "-untrusted", "issuing", "leaf"], {
      root,
      issuing,
      leaf,
    });
    expect(run).toContain("leaf: OK");
  });

  it("prints every extension", () => {
    const many = makeCertificate({ extensions: ONE_OF_EACH });
    const text = openssl?.(["x509", "-noout", "-text", "-in", "many"], { many });
    for (const line of EXTENSION_LINES) expect(text).toContain(line);
  });

  it.each<[string, Partial<OcspOptions>, Partial<Answer>, string]>([
    ["the issuer, good", {}, {}, "leaf: good"],
    ["by name", { responderId: "byName" }, {}, "leaf: good"],
    ["under SHA-256", {}, { hash: "sha256" }, "leaf: good"],
    ["unknown", {}, { status: "unknown" }, "leaf: unknown"],
    ["revoked", {}, { status: { revokedAt: daysFrom(NOW, -3), reason: "keyCompromise" } }, "leaf: revoked"],
  ])("verifies an answer: %s", (_name, more, answer, line) => {
    expect(linesOf(askOpenssl(makeOcspResponse({ ...answering(answer), ...more }), answer.hash)).slice(0, 2)).toEqual([
      "Response verify OK",
      line,
    ]);
  });

  it("verifies the answer of a delegated responder", () => {
    const responder = ocspResponder(issuing);
    const response = makeOcspResponse({ ...answering({}), responder, responderId: "byName", certificates: [responder] });
    expect(linesOf(askOpenssl(response))).toEqual(["Response verify OK", "leaf: good"]);
  });

  it("does not verify an answer that somebody else signed", () => {
    expect(askOpenssl(makeOcspResponse({ ...answering({}), signWith: newKey() }))).toContain("Response Verify Failure");
  });

  it("reads that there is no answer", () => {
    expect(askOpenssl(makeOcspError(3))).toContain("trylater");
  });

  it("reads a list of what is revoked, and verifies it", () => {
    const crl = makeCrl({
      issuer: issuing,
      thisUpdate: NOW,
      nextUpdate: daysFrom(NOW, 7),
      revoked: [{ serial: leaf.serial, at: NOW, reason: "superseded" }],
      extensions: [
        crlNumber(7),
        authorityKeyIdentifier({ key: issuing.key }),
        issuingDistributionPoint({ uris: ["http://crl.example/intermediate.crl"], onlyUserCertificates: true }),
      ],
    });
    const text = openssl?.(["crl", "-noout", "-text", "-in", "crl", "-CAfile", "issuing"], { crl, issuing });
    expect(text).toContain("verify OK");
    expect(text).toContain(Buffer.from(leaf.serial).toString("hex").toUpperCase());
    expect(text).toContain("Superseded");
    expect(text).toContain("Only User Certificates");
  });
});

const ONE_OF_EACH = [
  authorityInformationAccess({ ocsp: ["http://a.example/"], caIssuers: ["http://b.example/"] }),
  authorityKeyIdentifier({ key: root.key, issuer: { dirName: ["root"] }, serial: Uint8Array.of(5) }),
  basicConstraints({ ca: true, pathLen: 3 }),
  certificatePolicies(["2.23.140.1.2.2"]),
  crlDistributionPoints(["http://c.example/"]),
  extendedKeyUsage(["serverAuth", "1.2.3.4"]),
  inhibitAnyPolicy(2),
  issuerAltName({ uri: ["http://d.example/"] }),
  keyUsage(["digitalSignature", "decipherOnly"]),
  nameConstraints({
    permitted: { dns: [".acme.example"], ip: ["192.0.2.0/24", "2001:db8::/33"], dirName: ["within"] },
    excluded: { email: ["acme.example"], uri: [".acme.example"], ip: [new Uint8Array(8)] },
  }),
  policyConstraints({ requireExplicit: 0, inhibitMapping: 1 }),
  policyMappings([["1.2.3", "1.2.4"]]),
  subjectAltName({ other: [{ id: "1.2.3.4", value: nothing() }], registeredId: ["1.2.5"], raw: [bitString(Uint8Array.of(1))] }),
  subjectKeyIdentifier(Uint8Array.of(1, 2, 3)),
  tlsFeature([5, 17]),
  unknown("1.2.6", nothing(), { critical: true }),
];

const EXTENSION_LINES = [
  "OCSP - URI:http://a.example/",
  "DirName:/CN=root",
  "CA:TRUE, pathlen:3",
  "Policy: 2.23.140.1.2.2",
  "URI:http://c.example/",
  "TLS Web Server Authentication, 1.2.3.4",
  "Digital Signature, Decipher Only",
  "IP:192.0.2.0/255.255.255.0",
  "IP:2001:DB8:0:0:0:0:0:0/FFFF:FFFF:8000:0:0:0:0:0",
  "DirName:CN = within",
  "IP:0.0.0.0/0.0.0.0",
  "Require Explicit Policy:0, Inhibit Policy Mapping:1",
  "1.2.3:1.2.4",
  "01:02:03",
  "status_request, status_request_v2",
  "1.2.6: critical",
];

function answering(answer: Partial<Answer>): OcspOptions {
  return {
    issuer: issuing,
    answers: [{ of: leaf, status: "good", thisUpdate: daysFrom(NOW, -1), nextUpdate: daysFrom(NOW, 6), ...answer }],
  };
}

function linesOf(text: string | undefined): readonly string[] {
  return text?.split("\n").filter((line) => /^\S/.test(line)) ?? [];
}

function askOpenssl(response: Uint8Array, hash: Answer["hash"] = "sha1"): string | undefined {
  const files = { response, issuing, leaf, root };
  return openssl?.(
    ["ocsp", "-respin", "response", "-issuer", "issuing", `-${hash}`, "-cert", "leaf", "-CAfile", "root", "-no_nonce"],
    files,
  );
}

/** Runs it in a folder with these files; says what it printed, on whichever side. */
function opensslAtHand() {
  if (spawnSync("openssl", ["version"]).error !== undefined) return undefined;
  const folder = mkdtempSync(join(tmpdir(), "apirisk-factory-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  return (args: readonly string[], files: Readonly<Record<string, Uint8Array | { readonly pem: string }>>): string => {
    for (const [name, file] of Object.entries(files)) writeFileSync(join(folder, name), file instanceof Uint8Array ? file : file.pem);
    const run = spawnSync("openssl", args, { cwd: folder, encoding: "utf8" });
    return run.stderr + run.stdout;
  };
}

function read({ der }: Made): X509Certificate {
  return new X509Certificate(der);
}

function toBeSignedOf({ der }: Made): Uint8Array {
  return partsOf(contentOf(der))[0]?.whole ?? new Uint8Array();
}

function extensionsOf(made: Made): readonly (readonly Uint8Array[])[] {
  const list = partsOf(contentOf(toBeSignedOf(made))).at(-1)?.content ?? new Uint8Array();
  return partsOf(contentOf(list)).map(({ content }) => partsOf(content).map(({ whole }) => whole));
}

function extensionIds(made: Made): readonly string[] {
  return extensionsOf(made).map(([id]) => dotted(id ?? new Uint8Array()));
}

function criticalOnes(made: Made): readonly string[] {
  return extensionsOf(made).flatMap(([id, , value]) => (id === undefined || value === undefined ? [] : [dotted(id)]));
}

function extensionValue(made: Made, id: string): Uint8Array {
  return contentOf(
    extensionsOf(made)
      .find(([own]) => own !== undefined && dotted(own) === id)
      ?.at(-1) ?? new Uint8Array(),
  );
}

function dotted(id: Uint8Array): string {
  const values = [0];
  for (const byte of contentOf(id)) {
    values.push((values.pop() ?? 0) * 128 + (byte & 0x7f));
    if (byte < 0x80) values.push(0);
  }
  const [first = 0, ...rest] = values.slice(0, -1);
  const top = Math.min(2, Math.floor(first / 40));
  return [top, first - 40 * top, ...rest].join(".");
}

function includes(bytes: Uint8Array, part: Uint8Array): boolean {
  return Buffer.from(bytes).includes(Buffer.from(part));
}

function flipped(bytes: Uint8Array, at: number): Uint8Array {
  return bytes.map((byte, index) => (index === at ? byte ^ 1 : byte));
}

function modulusOf(kind: KeyKind): bigint {
  const { n } = createPublicKey({ key: Buffer.from(sharedKey(kind).publicKeyInfo), format: "der", type: "spki" }).export({ format: "jwk" });
  return BigInt(`0x${Buffer.from(n ?? "", "base64url").toString("hex")}`);
}

function isFoundByFermat(kind: KeyKind): boolean {
  const modulus = modulusOf(kind);
  const start = squareRoot(modulus) + 1n;
  return Array.from({ length: 100 }, (_, step) => (start + BigInt(step)) ** 2n - modulus).some((rest) => squareRoot(rest) ** 2n === rest);
}

function squareRoot(value: bigint): bigint {
  let root = 1n << BigInt((value.toString(2).length / 2 + 1) | 0);
  for (;;) {
    const next = (root + value / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}

function hasFingerprintOfRoca(kind: KeyKind): boolean {
  return [3n, 5n, 7n, 11n, 13n, 17n, 37n, 53n, 61n, 71n, 97n, 127n, 157n, 163n, 167n].every((prime) => {
    let power = 1n;
    do {
      if (power === modulusOf(kind) % prime) return true;
      power = (power * 65537n) % prime;
    } while (power !== 1n);
    return false;
  });
}
