import { cipherSuiteByName, cipherSuiteCodeText } from "../../catalog/cipher-suites.ts";
import type { CertificateFacts, TlsSessionEvidence } from "../../evidence/kinds.ts";
import type { TlsSessionFacts } from "../../model/net-port.ts";
import { err, ok } from "../../model/result.ts";
import { parseCertificate } from "../../pki/certificate.ts";
import { certificateFacts } from "./certificate-facts.ts";
import { observation, twiceAtMost } from "./outcome.ts";
import type { AddressQuestion, Probe } from "./probe.ts";
import { replacedBy, type SessionBefore } from "./tls-replaced.ts";

export interface SessionQuestion extends AddressQuestion {
  readonly before?: SessionBefore;
}

/**
 * What a client of ours negotiates with one address, and which certificates it is shown.
 * Three connections at most: one, the one repeat, and one more in old versions where the server is too old for ours.
 */
export const tlsSessionProbe: Probe<"tls-session", SessionQuestion> = {
  id: "tls-session",
  kind: "tls-session",
  bound: () => ({ connections: 3, requests: 0 }),
  observe: ({ target, address, before }, context) =>
    observation(tlsSessionProbe, { origin: target.origin, address }, context, async () => {
      const session = await twiceAtMost(() => context.net.tlsSession(target, address));
      if (!session.ok) return session;
      const chain = readableChain(session.value.chain);
      // Without a leaf that can be read, no rule could tell its certificate from the next one's.
      if (chain.length === 0 && session.value.chain.length > 0)
        return err({ reason: "tls_protocol_error", phase: "tls", code: "certificate", retriable: false });
      const [leaf] = chain;
      const replaced = leaf === undefined ? undefined : replacedBy(leaf, before, context.clock.now());
      return ok({ ...evidenceOf(address, session.value, chain), ...(replaced !== undefined && { replaced }) });
    }),
};

function evidenceOf(address: string, facts: TlsSessionFacts, chain: readonly CertificateFacts[]): TlsSessionEvidence {
  return {
    address,
    version: facts.version,
    cipherSuite: namedSuite(facts.cipherSuite),
    ...(facts.alpn === undefined ? {} : { alpn: facts.alpn }),
    ...(facts.group === undefined ? {} : { group: facts.group }),
    trusted: facts.trustError === undefined,
    ...(facts.trustError === undefined ? {} : { trustError: facts.trustError }),
    chain,
    chainSource: facts.chainSource,
    ...(facts.staple === undefined ? {} : keptStaple(facts.staple)),
    anchors: anchorsOf(chain, facts.extraAnchors),
  };
}

/**
 * The user's own roots, for the other chains of the host as well. Of a whole store of them those that issued something here, by its name:
 * nobody wants to find it in every observation.
 */
function anchorsOf(chain: readonly CertificateFacts[], extra: readonly Uint8Array[]): readonly string[] {
  return (extra.length <= FEW_ANCHORS ? extra : issuersAmong(extra, chain)).map((der) => Buffer.from(der).toString("base64"));
}

function issuersAmong(extra: readonly Uint8Array[], chain: readonly CertificateFacts[]): readonly Uint8Array[] {
  const issuers = new Set(chain.flatMap(({ der }) => parseCertificate(Buffer.from(der, "base64"))?.issuer.canonical ?? []));
  return extra.filter((der) => issuers.has(parseCertificate(der)?.subject.canonical ?? ""));
}

function keptStaple(staple: Uint8Array): Pick<TlsSessionEvidence, "staple" | "stapleDropped"> {
  return staple.length <= LONGEST_STAPLE ? { staple: Buffer.from(staple).toString("base64") } : { stapleDropped: true };
}

/** The IANA name and code, whichever name the library gave. */
function namedSuite({ name, code }: TlsSessionFacts["cipherSuite"]): TlsSessionEvidence["cipherSuite"] {
  const known = cipherSuiteByName(name);
  if (known !== undefined) return { name: known.name, code: cipherSuiteCodeText(known.code) };
  return code === undefined ? { name } : { name, code };
}

/** From the leaf up to the first certificate that cannot be read. */
function readableChain(chain: readonly Uint8Array[]): readonly CertificateFacts[] {
  const read = chain.map(certificateFacts);
  const unreadable = read.indexOf(undefined);
  return read.slice(0, unreadable === -1 ? read.length : unreadable).filter((facts) => facts !== undefined);
}

/** Companies have one or two; stores have hundreds. */
const FEW_ANCHORS = 8;
/** Responses of public CAs have half a kilobyte to two. */
const LONGEST_STAPLE = 16_384;
