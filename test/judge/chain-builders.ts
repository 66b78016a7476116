import type { CertificateFacts, ServedChain } from "../../src/evidence/kinds.ts";
import type { Observation } from "../../src/evidence/observation.ts";
import type { RawEvidence } from "../../src/evidence/redact.ts";
import { sha256Hex } from "../../src/model/digest.ts";
import { certificateFacts } from "../../src/observe/probes/certificate-facts.ts";
import { parseCertificate } from "../../src/pki/certificate.ts";
import { keyFacts } from "../../src/pki/key-strength.ts";
import { intermediate, type LeafOptions, type Made, rootAuthority, serverLeaf } from "../lab/support/certificate-factory.ts";
import { NOW, parameters, session, unseen } from "./builders.ts";

const AT = new Date(NOW);

/** An authority of the user's own, and one below it. */
export const ROOT = rootAuthority({ at: AT, subject: "Acme root" });
export const INTERMEDIATE = intermediate(ROOT, { at: AT, subject: "Acme intermediate" });

/** For api.acme.example, as a public authority would issue it, at the judge's clock. */
export function leaf(options: LeafOptions = {}): Made {
  return serverLeaf(INTERMEDIATE, { at: AT, ...options });
}

/** What a host serves, leaf first; the root is left out. */
export function chainOf(first: Made = leaf()): readonly Made[] {
  return [first, INTERMEDIATE];
}

type Where = Parameters<typeof session>[1];
type Session = Partial<RawEvidence["tls-session"]>;

/** Our own connection was shown these, and the user trusts ROOT. node's verdict is "trusted" unless `raw` says otherwise. */
export function shown(chain: readonly Made[], raw: Session = {}, where: Where = {}): Observation {
  const anchors = [base64(ROOT)];
  return session({ chain: chain.map(facts), chainSource: "served", anchors, ...raw }, where);
}

export interface Served {
  readonly chain: readonly Made[];
  /** false: what a hello without a name gets. */
  readonly named?: boolean;
  readonly timestamps?: Uint8Array;
  /** Last time, and not this time. */
  readonly remembered?: true;
}

/** The enumeration of the same address saw these served. */
export function serving(served: readonly Served[], found: Parameters<typeof parameters>[0] = {}, where: Where = {}): Observation {
  const chains = served.map(
    ({ chain, named = true, timestamps, remembered }): ServedChain => ({
      named,
      certificates: chain.map(({ der }) => sha256Hex(der)),
      ...(timestamps !== undefined && { timestamps: Buffer.from(timestamps).toString("base64") }),
      ...(remembered && { remembered }),
    }),
  );
  const all = new Map(served.flatMap(({ chain }) => chain.map((made) => [sha256Hex(made.der), base64(made)])));
  const leaves = served.filter(({ named = true }) => named).flatMap(({ chain: [first] }) => (first === undefined ? [] : [first]));
  return parameters(
    {
      chains,
      served: [...all].map(([sha256, der]) => ({ sha256, der })),
      certificates: leaves.map(({ der }) => ({ sha256: sha256Hex(der), key: keyOf(der) })),
      ...found,
    },
    where,
  );
}

export function facts(made: Made): CertificateFacts {
  const read = certificateFacts(made.der);
  if (read === undefined) throw new Error("A certificate of a test that nobody can read.");
  return read;
}

function base64({ der }: Made): string {
  return Buffer.from(der).toString("base64");
}

function keyOf(der: Uint8Array): string {
  const certificate = parseCertificate(der);
  return certificate === undefined ? "other" : keyFacts(certificate.key).type;
}

/** Our own connection ended at that phase: a server of TLS 1.2 that wants a certificate of ours says it after its own. */
export function stopped(phase: "tls" | "connect" = "tls", where: Where = {}): Observation {
  const observation = unseen("tls-session", "tls_alert", { address: "192.0.2.1", ...where }, "failed");
  return { ...observation, failure: { reason: "tls_alert", phase, retriable: false } } as Observation;
}
