import { generateKeyPairSync, X509Certificate } from "node:crypto";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { addBindings, NO_TRUST, type TrustFile } from "../../src/local/bindings.ts";
import { createFilePort } from "../../src/local/files.ts";
import { keyMode } from "../../src/local/key-mode.ts";
import type { CredentialOptions } from "../../src/local/reference.ts";
import { createCredentialPort } from "../../src/local/secrets.ts";
import { canariesIn } from "../lab/support/canary.ts";
import { intermediate, type Made, pem, rootAuthority, serverLeaf } from "../lab/support/certificate-factory.ts";
import { newKey, publicOnly, sharedKey } from "../lab/support/certificate-keys.ts";

const ORIGIN = "https://api.acme.example";
const ISSUER = intermediate(rootAuthority());
const LEAF = serverLeaf(ISSUER);
const RSA_LEAF = serverLeaf(ISSUER, { key: sharedKey("rsa") });
let root: string;
let folder: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "apirisk-client-certificate-")));
  folder = join(root, "keys");
  mkdirSync(folder);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

type References = { readonly cert: string; readonly key: string };
const FILES: References = { cert: "file:keys/acme.crt", key: "file:keys/acme.key" };

function port(bound: readonly string[], trust: Partial<TrustFile> = {}, options: Partial<CredentialOptions> = {}) {
  const bindings = bound.map((reference) => ({ reference, origin: ORIGIN }));
  return createCredentialPort({
    trust: { ...addBindings(NO_TRUST, bindings, 0), folders: [folder], exec: true, ...trust },
    env: { PATH: process.env["PATH"] },
    files: createFilePort(),
    home: root,
    folder: root,
    ...options,
  });
}

function put(name: string, content: string | Uint8Array, mode = 0o600): void {
  writeFileSync(join(folder, name), content);
  chmodSync(join(folder, name), mode);
}

function keyOf({ key }: Made) {
  if (key.privateKey === undefined) throw new Error("A certificate of a test without a private key.");
  return key.privateKey;
}

const pkcs8 = (made: Made) => keyOf(made).export({ type: "pkcs8", format: "pem" }).toString();

/** What is said of these two files. */
async function heldIn(cert: string | Uint8Array, key: string | Uint8Array, mode?: number) {
  put("acme.crt", cert);
  put("acme.key", key, mode);
  const held = await port([FILES.cert, FILES.key]).clientCertificate(FILES, ORIGIN);
  return held.ok ? { count: held.value.certificates.length, ...held.value.key } : held.error;
}

describe("a certificate", () => {
  test("alone, with its authorities, or among other blocks, is what it is in DER", async () => {
    put("acme.crt", `Bag Attributes\n${LEAF.pem}${ISSUER.pem}`);
    put("acme.key", pkcs8(LEAF));
    const held = await port([FILES.cert, FILES.key]).clientCertificate(FILES, ORIGIN);
    expect(held.ok && held.value.certificates.map((der) => Buffer.from(der))).toEqual([Buffer.from(LEAF.der), Buffer.from(ISSUER.der)]);
    expect(await heldIn(LEAF.pem.replaceAll("\n", "\r\n"), pkcs8(LEAF))).toMatchObject({ count: 1, matches: "yes" });
    expect(await heldIn(LEAF.der, pkcs8(LEAF))).toMatchObject({ count: 1, matches: "yes" });
    expect(await heldIn(`${pkcs8(LEAF)}${LEAF.pem}${ISSUER.pem}`, pkcs8(LEAF))).toMatchObject({ count: 2, matches: "yes" });
  });

  test("ends where one of them cannot be read; what stands behind one is left behind", async () => {
    const broken = pem("CERTIFICATE", Uint8Array.of(0x30, 1, 2));
    expect(await heldIn(`${LEAF.pem}${broken}${ISSUER.pem}`, pkcs8(LEAF))).toMatchObject({ count: 1 });
    put("acme.crt", Buffer.concat([LEAF.der, Buffer.from("c4n4ry behind it")]));
    const held = await port([FILES.cert]).clientCertificate(FILES, ORIGIN);
    expect(held.ok ? held.value.certificates.map((der) => Buffer.from(der).toString("latin1")).join() : "").not.toContain("c4n4ry");
  });

  test.each([
    ["text", "hello"],
    ["nothing", ""],
    ["a key", pkcs8(LEAF)],
    ["a key in DER", keyOf(LEAF).export({ type: "pkcs8", format: "der" })],
    ["a key that calls itself a certificate", pem("CERTIFICATE", keyOf(LEAF).export({ type: "pkcs8", format: "der" }))],
    ["a block without an end", LEAF.pem.slice(0, 200)],
    ["octets", Uint8Array.of(0x30, 0x80, 0xff, 0)],
  ])("is not %s", async (_name, content) => {
    expect(await heldIn(content, pkcs8(LEAF))).toEqual({
      reason: "credential_unavailable",
      detail: "the client certificate is no certificate in PEM or DER",
      next: "Name a file with the certificate first and its issuers after it; a PKCS #12 file has to be converted.",
    });
  });

  test("that is missing, huge, a folder, or behind a link out of the trusted folders is told without its path", async () => {
    const problem = async () => {
      const held = await port([FILES.cert, FILES.key]).clientCertificate(FILES, ORIGIN);
      return held.ok ? undefined : held.error;
    };
    expect(await problem()).toMatchObject({ reason: "credential_unavailable", detail: "the client certificate does not exist" });
    put("acme.crt", LEAF.pem.repeat(200));
    expect(await problem()).toMatchObject({ detail: "the client certificate is larger than 64 KB" });
    rmSync(join(folder, "acme.crt"));
    mkdirSync(join(folder, "acme.crt"));
    expect(await problem()).toMatchObject({ detail: "the client certificate is a folder" });
    rmSync(join(folder, "acme.crt"), { recursive: true });
    writeFileSync(join(root, "outside.crt"), LEAF.pem);
    symlinkSync(join(root, "outside.crt"), join(folder, "acme.crt"));
    const outside = await problem();
    expect(outside).toMatchObject({
      detail: "the client certificate lies outside the folders that file: may read",
      next: "apirisk credential trust --folder FOLDER",
    });
    expect(JSON.stringify(outside)).not.toMatch(/acme|outside\.crt/);
  });

  test("behind a link inside is the file that the link leads to", async () => {
    put("real.crt", LEAF.pem);
    put("real.key", pkcs8(LEAF), 0o644);
    symlinkSync("real.crt", join(folder, "acme.crt"));
    symlinkSync("real.key", join(folder, "acme.key"));
    const held = await port([FILES.cert, FILES.key]).clientCertificate(FILES, ORIGIN);
    expect(held).toMatchObject({ ok: true, value: { key: { matches: "yes", mode: "others" } } });
  });
});

describe("a key", () => {
  const rsa = keyOf(RSA_LEAF);
  const ec = keyOf(LEAF);
  const locked = { cipher: "aes-256-cbc", passphrase: "pass" } as const;

  test.each([
    ["PKCS #8", LEAF, ec.export({ type: "pkcs8", format: "pem" })],
    ["SEC 1", LEAF, ec.export({ type: "sec1", format: "pem" })],
    [
      "SEC 1 behind its curve",
      LEAF,
      `-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n${ec.export({ type: "sec1", format: "pem" })}`,
    ],
    ["PKCS #8 of RSA", RSA_LEAF, rsa.export({ type: "pkcs8", format: "pem" })],
    ["PKCS #1", RSA_LEAF, rsa.export({ type: "pkcs1", format: "pem" })],
    ["PKCS #8 in DER", RSA_LEAF, rsa.export({ type: "pkcs8", format: "der" })],
    ["PKCS #1 in DER", RSA_LEAF, rsa.export({ type: "pkcs1", format: "der" })],
    ["SEC 1 in DER", LEAF, ec.export({ type: "sec1", format: "der" })],
    ["one file for both", LEAF, `${LEAF.pem}${pkcs8(LEAF)}`],
    ["Windows line breaks", LEAF, pkcs8(LEAF).replaceAll("\n", "\r\n")],
  ])("belongs to its certificate: %s", async (_name, leaf, key) => {
    expect(await heldIn(leaf.pem, key)).toEqual({ count: 1, matches: "yes", mode: "private" });
  });

  test("of another certificate, of another kind, or of the issuer belongs to none of them", async () => {
    expect(await heldIn(LEAF.pem, pkcs8(serverLeaf(ISSUER)))).toMatchObject({ matches: "no" });
    expect(await heldIn(LEAF.pem, pkcs8(RSA_LEAF))).toMatchObject({ matches: "no" });
    expect(await heldIn(`${LEAF.pem}${ISSUER.pem}`, pkcs8(ISSUER))).toMatchObject({ matches: "no" });
    expect(await heldIn(`${ISSUER.pem}${LEAF.pem}`, pkcs8(LEAF))).toMatchObject({ matches: "no" });
  });

  test.each([
    ["PKCS #8", ec.export({ type: "pkcs8", format: "pem", ...locked })],
    ["SEC 1, as it was", ec.export({ type: "sec1", format: "pem", ...locked })],
    ["PKCS #8 in DER", ec.export({ type: "pkcs8", format: "der", ...locked })],
  ])("behind a passphrase is not known: %s", async (_name, key) => {
    expect(await heldIn(LEAF.pem, key)).toEqual({ count: 1, matches: "unknown", mode: "private", reason: "evidence_ambiguous" });
  });

  test.each([
    ["no key", "hello"],
    ["a certificate", LEAF.pem],
    ["a public key", pem("PUBLIC KEY", LEAF.key.publicKeyInfo)],
    ["half a key", pkcs8(LEAF).slice(0, 100)],
    ["a broken key", pem("PRIVATE KEY", Uint8Array.of(0x30, 1, 2))],
  ])("is not known from %s", async (_name, key) => {
    expect(await heldIn(LEAF.pem, key)).toMatchObject({ matches: "unknown", reason: "credential_unavailable" });
  });

  test("that is missing or too large leaves the certificate to be seen", async () => {
    put("acme.crt", LEAF.pem);
    const unread = { ok: true, value: { key: { matches: "unknown", mode: "unknown", reason: "credential_unavailable" } } };
    expect(await port([FILES.cert, FILES.key]).clientCertificate(FILES, ORIGIN)).toMatchObject(unread);
    put("acme.key", "x".repeat(64 * 1024 + 1));
    expect(await port([FILES.cert, FILES.key]).clientCertificate(FILES, ORIGIN)).toMatchObject(unread);
  });

  test("of a kind that our OpenSSL does not know is not another's", async () => {
    const strange = serverLeaf(ISSUER, { key: publicOnly(Buffer.from("300c300506032a0304030300" + "0102", "hex")) });
    expect(() => new X509Certificate(strange.der).publicKey).toThrow();
    expect(await heldIn(strange.pem, pkcs8(LEAF))).toMatchObject({ matches: "unknown", reason: "client_capability" });
  });
});

describe("the mode of a key's file", () => {
  test.each([
    [0o600, "private"],
    [0o400, "private"],
    [0o700, "private"],
    [0o620, "private"],
    [0o640, "group"],
    [0o440, "group"],
    [0o644, "others"],
    [0o604, "others"],
    [0o777, "others"],
  ])("%o: %s", async (mode, said) => {
    expect(await heldIn(LEAF.pem, pkcs8(LEAF), mode)).toMatchObject({ mode: said });
  });

  test.each([0x4d44, 0x517b, 0xfe534d42, 0x65735546])("says nothing on file system %s, which makes it up", (type) => {
    expect(keyMode(0o100777, type)).toBe("unknown");
    expect(keyMode(0o100777, 0xef53)).toBe("others");
  });
});

describe("env: and exec:", () => {
  test("give the same, without a mode", async () => {
    const references = { cert: "env:ACME_CERT", key: "env:ACME_KEY" };
    const env = { ACME_CERT: LEAF.pem, ACME_KEY: pkcs8(LEAF) };
    const held = await port(Object.values(references), {}, { env }).clientCertificate(references, ORIGIN);
    expect(held).toMatchObject({ ok: true, value: { key: { matches: "yes", mode: "unknown" } } });
  });

  test("run once for all origins, and not at all where exec: is not enabled", async () => {
    put("acme.crt", LEAF.pem);
    const count = join(root, "count");
    const script = `require('fs').appendFileSync('${count}','x');process.stdout.write(require('fs').readFileSync('${join(folder, "acme.crt")}'))`;
    const references = { cert: `exec:${process.execPath} -e "${script}"`, key: FILES.key };
    const credentials = port([references.cert]);
    for (const _ of [1, 2]) expect(await credentials.clientCertificate(references, ORIGIN)).toMatchObject({ ok: true });
    expect(readFileSync(count, "utf8")).toBe("x");
    expect(await port([references.cert], { exec: false }).clientCertificate(references, ORIGIN)).toMatchObject({
      error: { reason: "credential_unavailable", next: "apirisk credential trust --exec" },
    });
  });
});

describe("a private key that was read", () => {
  const forms = (key: ReturnType<typeof keyOf>) => {
    const { d = "", p = "" } = key.export({ format: "jwk" });
    const text = key.export({ type: "pkcs8", format: "pem" }).toString();
    return { d: Buffer.from(d, "base64url"), p: Buffer.from(p, "base64url"), text, der: key.export({ type: "pkcs8", format: "der" }) };
  };

  test.each([
    ["EC", LEAF],
    ["RSA", RSA_LEAF],
    ["Ed25519", serverLeaf(ISSUER, { key: newKey("ed25519") })],
  ])("is taken out of every text, in every form, and leaves its certificate whole: %s", async (_name, leaf) => {
    put("acme.crt", leaf.pem);
    put("acme.key", pkcs8(leaf));
    const credentials = port([FILES.cert, FILES.key]);
    const held = await credentials.clientCertificate(FILES, ORIGIN);
    const { d, p, text, der } = forms(keyOf(leaf));
    const canaries = [der, d, p].filter(({ length }) => length > 0).map((bytes) => bytes.toString("latin1"));
    for (const bytes of [der, d, p].filter(({ length }) => length > 0)) {
      for (const shown of [bytes.toString("latin1"), bytes.toString("hex"), bytes.toString("base64"), bytes.toString("base64url")]) {
        expect(credentials.scrub(`x ${shown}`)).toMatch(/^x \[secret\].{0,4}$/s);
      }
    }
    const clean = credentials.scrub(`${text}${JSON.stringify({ text, der: der.toString("base64") })}`);
    expect(clean).not.toMatch(/PRIVATE KEY/);
    expect(canariesIn(Buffer.from(JSON.stringify(held)), canaries)).toEqual([]);
    expect(credentials.scrub(Buffer.from(leaf.der).toString("latin1"))).toBe(Buffer.from(leaf.der).toString("latin1"));
    expect(credentials.scrub(Buffer.from(leaf.der).toString("base64"))).toBe(Buffer.from(leaf.der).toString("base64"));
    expect(credentials.scrub(leaf.pem)).toBe(leaf.pem);
  });

  test("is taken out line by line, where one is quoted", async () => {
    put("acme.crt", RSA_LEAF.pem);
    put("acme.key", pkcs8(RSA_LEAF));
    const credentials = port([FILES.cert, FILES.key]);
    await credentials.clientCertificate(FILES, ORIGIN);
    const lines = pkcs8(RSA_LEAF).split("\n").slice(1, -2);
    expect(lines.filter((line) => credentials.scrub(line) === line).length).toBeLessThanOrEqual(6);
    expect(lines.slice(8, -1).filter((line) => credentials.scrub(line) === line)).toEqual([]);
  });

  test("in the place of the certificate, locked, or in a form that nobody knows, as well", async () => {
    const secret = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
    const der = secret.export({ type: "pkcs8", format: "der" });
    const lockedKey = secret.export({ type: "pkcs8", format: "der", cipher: "aes-256-cbc", passphrase: "x" });
    for (const [cert, key, hidden] of [
      [secret.export({ type: "sec1", format: "pem" }), "", der.subarray(-100, -70)],
      [der, "", der],
      [LEAF.pem, lockedKey, lockedKey],
      [LEAF.pem, Buffer.from("some other secret form"), Buffer.from("some other secret form")],
    ] as const) {
      put("acme.crt", cert);
      put("acme.key", key);
      const credentials = port([FILES.cert, FILES.key]);
      await credentials.clientCertificate(FILES, ORIGIN);
      const shown = hidden.length === 30 ? secret.export({ type: "sec1", format: "pem" }).toString() : hidden.toString("base64");
      expect(credentials.scrub(shown)).toContain("[secret]");
    }
  });
});

describe("a certificate that is shown", () => {
  const shownIn = async (cert: string | Uint8Array, key: string | Uint8Array, bound = [FILES.cert, FILES.key], since?: number) => {
    put("acme.crt", cert);
    put("acme.key", key);
    const keeper = port(bound);
    return { keeper, shown: await keeper.shownCertificate(FILES, ORIGIN, since) };
  };

  test("comes in PEM with its authorities, and the key behind a mask", async () => {
    for (const key of [
      pkcs8(LEAF),
      keyOf(LEAF).export({ type: "sec1", format: "pem" }).toString(),
      keyOf(LEAF).export({ type: "pkcs8", format: "der" }),
    ]) {
      const { keeper, shown } = await shownIn(`${LEAF.pem}${ISSUER.pem}`, key);
      if (!shown.ok) throw new Error(shown.error.detail);
      expect(new X509Certificate(shown.value.chain).raw).toEqual(Buffer.from(LEAF.der));
      expect(shown.value.chain.match(/BEGIN CERTIFICATE/g)).toHaveLength(2);
      expect(shown.value.key.reveal()).toBe(pkcs8(LEAF));
      expect(JSON.stringify(shown)).not.toContain("PRIVATE");
      expect(keeper.scrub(`a ${pkcs8(LEAF)} b`)).toBe("a [secret] b");
    }
  });

  test.each([
    ["the key is another one's", pkcs8(serverLeaf(ISSUER, { key: newKey() }))],
    ["the key is locked", keyOf(LEAF).export({ type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase: "x" }).toString()],
    ["the key is none", "key"],
  ])("is not where %s", async (_why, key) => {
    expect((await shownIn(LEAF.pem, key)).shown).toMatchObject({ ok: false, error: { reason: "credential_unavailable" } });
  });

  test("is not where one half is not bound, or both were before the domain was doubted", async () => {
    for (const bound of [[], [FILES.cert], [FILES.key]]) {
      expect((await shownIn(LEAF.pem, pkcs8(LEAF), bound)).shown).toMatchObject({ error: { reason: "credential_not_bound" } });
    }
    expect((await shownIn(LEAF.pem, pkcs8(LEAF), undefined, 1000)).shown).toMatchObject({ error: { reason: "domain_doubted" } });
    expect((await shownIn(LEAF.pem, pkcs8(LEAF), undefined, -1)).shown).toMatchObject({ ok: true });
  });
});
