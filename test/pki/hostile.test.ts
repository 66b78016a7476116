import { describe, expect, test } from "vitest";
import { inspectFiles } from "../../src/app/inspect.ts";
import { trustAnchors } from "../../src/catalog/trust-anchors.ts";
import { bitString, objectIdentifier, octetString, sequence } from "../../src/demo/der.ts";
import { judgeServed } from "../../src/judge/facts/chains.ts";
import type { FilePort } from "../../src/model/file-port.ts";
import { ok } from "../../src/model/result.ts";
import { anchorsOf } from "../../src/pki/build-path.ts";
import { parseCertificate } from "../../src/pki/certificate.ts";
import { parseCrl } from "../../src/pki/crl.ts";
import { profileViolations } from "../../src/pki/profile.ts";
import { nameConstraints } from "../lab/support/certificate-extensions.ts";
import {
  intermediate,
  type LeafOptions,
  type Made,
  makeCertificate,
  pem,
  rootAuthority,
  serverLeaf,
} from "../lab/support/certificate-factory.ts";
import { newKey } from "../lab/support/certificate-keys.ts";

/** Each of these took seconds to minutes, or more, of a process that answers nothing else meanwhile. */
const QUICK_MS = 3000;

test("numbers of an identifier are not computed with where it is too long", () => {
  const endless = Buffer.concat([Uint8Array.of(0x06, 0x83, 0x03, 0x0d, 0x40), Buffer.alloc(200_000, 0xff)]);
  const list = sequence(sequence(), sequence(endless), bitString(new Uint8Array(1)));
  const begun = performance.now();
  expect(parseCrl(list)).toBeUndefined();
  expect(performance.now() - begun).toBeLessThan(QUICK_MS);
});

test("a list of uses that names four hundred thousand of them is none", () => {
  const use = sequence(objectIdentifier("2.5.29.15"), octetString(bitString(new Uint8Array(50_000).fill(0xff))));
  const begun = performance.now();
  expect(parseCertificate(makeCertificate({ extensions: [use] }).der)?.extensions.unreadable).toEqual(["2.5.29.15"]);
  expect(performance.now() - begun).toBeLessThan(QUICK_MS);
});

test("a search that is cut off before it came to an end is not known, and no bug", () => {
  const certificates = [makeCertificate({ subject: "N", issuer: ROOT, extensions: [] })];
  for (let step = 0; step < 15; step += 1)
    certificates.push(makeCertificate({ subject: "N", issuer: certificates.at(-1) ?? ROOT, extensions: [] }));
  const served = [...certificates].reverse().map(({ der }) => der);
  const verdict = judgeServed(served, "api.acme.example", Date.now(), anchorsOf([]));
  expect([verdict.isTrusted, verdict.problems[0]?.kind]).toEqual([false, "too-complex"]);
});

const ROOT = rootAuthority({ subject: "N" });

test("names are compared so often over all paths, and not over each", () => {
  const excluded = { dns: Array.from({ length: 300 }, (_, at) => `x${at}.example`) };
  const constrained = { with: [nameConstraints({ excluded })] };
  const root = rootAuthority();
  // Two of each name, for two keys: the paths double with each step.
  const steps: (readonly Made[])[] = [];
  for (let step = 0; step < 5; step += 1) {
    const issuer = steps.at(-1)?.[0] ?? root;
    const key = newKey();
    steps.push([0, 1].map(() => intermediate(issuer, { subject: `step ${step}`, key, ...constrained })));
  }
  const leaf = serverLeaf(steps.at(-1)?.[0] ?? root, { dns: Array.from({ length: 3000 }, (_, at) => `h${at}.acme.example`) });
  const begun = performance.now();
  const served = [leaf, ...steps.flat()].map(({ der }) => der);
  expect(judgeServed(served, "h1.acme.example", Date.now(), anchorsOf([])).problems[0]?.kind).toBe("too-complex");
  expect(performance.now() - begun).toBeLessThan(QUICK_MS);
});

test("no bundled root breaks what its certificates would be refused for", () => {
  const broken = trustAnchors().flatMap(({ name, der }) => {
    const certificate = parseCertificate(der);
    if (certificate === undefined) return [`${name}: unreadable`];
    return profileViolations(certificate, "anchor").flatMap(({ what, isFatal }) => (isFatal ? [`${name}: ${what}`] : []));
  });
  expect(broken).toEqual([]);
});

describe("whatever stands in a certificate, it is told in plain characters or said to be unreadable", () => {
  const issuer = intermediate(ROOT);
  const odd = (options: LeafOptions): Uint8Array => serverLeaf(issuer, options).der;
  const sound = odd({});
  const broken = (der: Uint8Array) => der.map((octet, at) => (at === der.length - 1 ? octet ^ 1 : octet));

  test.each<[string, Uint8Array, object, string | null]>([
    ["ten thousand names", odd({ dns: Array.from({ length: 10_000 }, (_, at) => `h${at}.acme.example`) }), { nameCount: 10_000 }, null],
    ["no subject", odd({ subject: [] }), { subject: "" }, null],
    ["a negative serial", odd({ serial: Uint8Array.of(0x80, 0x01) }), { serial: "8001" }, "profile-violation"],
    ["the end of time", odd({ notAfter: new Date("9999-12-31T23:59:59Z") }), { notAfter: "9999-12-31T23:59:59Z" }, null],
    [
      "an escape and a turn of direction",
      odd({ subject: [{ type: "O", value: "A\u001b[31m\u202eemca\u0007" }] }),
      { subject: "O=A[31memca" },
      null,
    ],
    ["a NUL in a name", odd({ dns: ["good.example\0.evil.example"] }), { nameCount: 1 }, "profile-violation"],
    ["a NUL in a name, and a broken signature", broken(odd({ dns: ["good.example\0.evil.example"] })), { nameCount: 1 }, "bad-signature"],
    ["octets that are cut off", sound.subarray(0, -20), { sha256: null, octets: sound.length - 20 }, "malformed"],
    ["a length that is none", Uint8Array.of(0x30, 0x84, 0xff, 0xff, 0xff, 0xff, 0x00), { sha256: null, octets: 7 }, "malformed"],
    [
      "a length without an end",
      Buffer.concat([Uint8Array.of(0x30, 0x80), sound.subarray(4), Uint8Array.of(0, 0)]),
      { sha256: null },
      "malformed",
    ],
    ["sequences in sequences", Buffer.from("3080".repeat(50_000), "hex"), { sha256: null, octets: 100_000 }, "malformed"],
  ])("%s", async (_, der, summary, reason) => {
    const file = [der, issuer.der].map((one) => pem("CERTIFICATE", one)).join("");
    const files = { readBytes: () => Promise.resolve(ok(Buffer.from(file))) } as Partial<FilePort> as FilePort;
    const report = await inspectFiles(["x.pem"], { as: "chain", now: Date.now(), anchors: [ROOT.der] }, files);
    const [entry] = report.ok ? (report.value.files[0]?.entries ?? []) : [];
    expect(entry?.facts).toMatchObject({ chain: { reason }, certificates: [summary, {}] });
    expect(entry?.findings.some(({ rule }) => rule === "certificate/untrusted")).toBe(reason !== null);
    expect(textsIn(entry).filter((text) => /[\p{Cc}\p{Cf}]/u.test(text))).toEqual([]);
  });
});

test("a NUL ends no name", () => {
  const named = serverLeaf(ROOT, { dns: ["good.example\0.evil.example"] });
  for (const host of ["good.example", "evil.example", "good.example.evil.example"])
    expect(judgeServed([named.der], host, Date.now(), anchorsOf([ROOT.der])).problems[0]?.kind).toMatch(/names|name-mismatch/);
});

/** Every text of a document, names of fields among them. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? [...Object.keys(value), ...Object.values(value).flatMap(textsIn)] : [];
}
