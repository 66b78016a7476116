import { bundledAnchors } from "../../src/judge/facts/anchors.ts";
import type { Certificate } from "../../src/pki/certificate.ts";
import { parseCertificate } from "../../src/pki/certificate.ts";
import { intermediate, type LeafOptions, type Made, rootAuthority, serverLeaf } from "../lab/support/certificate-factory.ts";
import { NOW } from "./builders.ts";

const AT = new Date(NOW);

/** A root of our own that stands among the bundled ones for as long as the test runs: no real authority signs for a test. */
export const PUBLIC_ROOT = bundled(rootAuthority({ at: AT, subject: "Public root" }));
export const PUBLIC_INTERMEDIATE = intermediate(PUBLIC_ROOT, { at: AT, subject: "Public intermediate" });

/** What a host of a public authority serves, leaf first. */
export function publicChain(options: LeafOptions = {}): readonly Made[] {
  return [serverLeaf(PUBLIC_INTERMEDIATE, { at: AT, ...options }), PUBLIC_INTERMEDIATE];
}

function bundled(root: Made): Made {
  const certificate = parseCertificate(root.der);
  if (certificate === undefined) throw new Error("A root of a test that nobody can read.");
  const anchors = bundledAnchors().bySubject as Map<string, readonly Certificate[]>;
  anchors.set(certificate.subject.canonical, [certificate]);
  return root;
}
