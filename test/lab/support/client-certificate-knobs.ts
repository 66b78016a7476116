import { EXTENSION, extendedKeyUsage } from "./certificate-extensions.ts";
import { daysFrom, intermediate, type LeafOptions, type Made, rootAuthority, serverLeaf } from "./certificate-factory.ts";
import { newKey, sharedKey } from "./certificate-keys.ts";
import type { Knob } from "./knob.ts";

/** The files of our own client certificate, one thing of them turned. */
export interface ClientKnob extends Omit<Knob, "declared" | "server"> {
  readonly turned: { readonly chain: string; readonly key: string; readonly mode?: number };
}

const NOW = new Date();
export const CLIENT_ROOT = rootAuthority({ subject: "our root" });
const AUTHORITY = intermediate(CLIENT_ROOT, {
  subject: "our authority",
  with: [extendedKeyUsage(["clientAuth"])],
});
const OWN = issued();

export const CLIENT_STANDING = files(OWN);

export const CLIENT_KNOBS: readonly ClientKnob[] = [
  {
    turn: "it has expired",
    turned: files(issued({ notAfter: daysFrom(NOW, -1) })),
    findings: ["credential/client-certificate-expired client-certificate"],
  },
  {
    turn: "it ends in ten days",
    turned: files(issued({ notBefore: daysFrom(NOW, -80), notAfter: daysFrom(NOW, 10) })),
    findings: ["credential/client-certificate-expiring client-certificate"],
  },
  {
    turn: "it is for servers alone",
    turned: files(issued({ with: [extendedKeyUsage(["serverAuth"])] })),
    findings: ["credential/client-certificate-usage client-certificate"],
  },
  {
    turn: "the key is another one's",
    turned: { ...files(OWN), key: keyOf(issued()) },
    findings: ["credential/client-certificate-key client-certificate"],
  },
  {
    turn: "everybody may read the key",
    turned: { ...files(OWN), mode: 0o644 },
    findings: ["credential/client-certificate-key-file client-certificate"],
  },
  {
    turn: "its key has the exponent 3",
    turned: files(issued({ key: sharedKey("rsaExponent3") })),
    findings: ["credential/client-certificate-weak-key client-certificate"],
  },
  {
    turn: "the authority above it is left out",
    turned: { ...files(OWN), chain: OWN.pem },
    findings: ["credential/client-certificate-chain client-certificate"],
  },
];

function issued(options: LeafOptions = {}): Made {
  const usual = {
    subject: "acme client",
    key: newKey(),
    with: [extendedKeyUsage(["clientAuth"])],
    without: [EXTENSION.certificatePolicies],
  };
  return serverLeaf(AUTHORITY, { ...usual, ...options });
}

function files(leaf: Made): { readonly chain: string; readonly key: string } {
  return { chain: leaf.pem + AUTHORITY.pem, key: keyOf(leaf) };
}

function keyOf({ key: { privateKey } }: Made): string {
  if (privateKey === undefined) throw new Error("A certificate of a test without a key.");
  return privateKey.export({ type: "pkcs8", format: "pem" }).toString();
}
