import { expect, test } from "vitest";
import { trustAnchors } from "../../src/catalog/trust-anchors.ts";
import { bitString, objectIdentifier, octetString, sequence } from "../../src/demo/der.ts";
import { judgeServed } from "../../src/judge/facts/chains.ts";
import { anchorsOf } from "../../src/pki/build-path.ts";
import { parseCertificate } from "../../src/pki/certificate.ts";
import { parseCrl } from "../../src/pki/crl.ts";
import { profileViolations } from "../../src/pki/profile.ts";
import { nameConstraints } from "../lab/support/certificate-extensions.ts";
import { intermediate, type Made, makeCertificate, rootAuthority, serverLeaf } from "../lab/support/certificate-factory.ts";
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
