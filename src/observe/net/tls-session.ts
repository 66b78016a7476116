import type { Socket } from "node:net";
import type { DetailedPeerCertificate, TLSSocket } from "node:tls";
import { cipherSuiteByName, cipherSuiteCodeText } from "../../catalog/cipher-suites.ts";
import type { Failure } from "../../model/failure.ts";
import type { TlsSessionFacts } from "../../model/net-port.ts";
import type { Target } from "../../model/target.ts";
import type { TlsVersion } from "../../model/tls.ts";
import { NetFailure } from "./failure.ts";
import { type HandshakeSettings, handshake } from "./handshake.ts";
import { type Trust, trustErrorOf } from "./trust.ts";

/**
 * A full handshake as node's clients make it, read and closed. Only where it fails for the protocol's version, and nothing else,
 * a second connection asks again from TLS 1.0 on, so that a server that stayed behind is still seen; and without a list of protocols
 * where that was what it failed for.
 */
export async function readTlsSession(
  open: () => Promise<Socket>,
  target: Target,
  trust: Trust,
  settings: Pick<HandshakeSettings, "life" | "timeoutMs">,
): Promise<TlsSessionFacts> {
  const attempt = async (more: Pick<HandshakeSettings, "secureContext" | "alpn">) => {
    let staple: Buffer | null = null;
    const onStaple = (response: Buffer | null) => {
      staple = response;
    };
    return factsOf(await handshake(await open(), target, { ...settings, ...more, onStaple }), staple, trust);
  };
  try {
    return await attempt({ secureContext: trust.usual, alpn: PROTOCOLS });
  } catch (error) {
    const second = error instanceof NetFailure ? secondAttempt(error.failure, trust) : undefined;
    if (second === undefined) throw error;
    // Where the second attempt fails too, the first one is what our clients suffer.
    return attempt(second).catch(() => Promise.reject(error));
  }
}

function secondAttempt({ code }: Failure, trust: Trust): Pick<HandshakeSettings, "secureContext" | "alpn"> | undefined {
  if (code !== undefined && TOO_OLD.has(code)) return { secureContext: trust.legacy(), alpn: PROTOCOLS };
  return code === NO_APPLICATION_PROTOCOL ? { secureContext: trust.usual, alpn: [] } : undefined;
}

function factsOf(socket: TLSSocket, staple: Buffer | null, { extraAnchors }: Trust): TlsSessionFacts {
  try {
    const trustError = trustErrorOf(socket);
    return {
      version: versionOf(socket),
      cipherSuite: cipherSuiteOf(socket),
      ...alpnOf(socket),
      ...groupOf(socket),
      chain: chainOf(socket.getPeerCertificate(true)),
      chainSource: "node",
      ...(trustError === undefined ? {} : { trustError }),
      ...(staple !== null && staple.length > 0 && { staple: Uint8Array.from(staple) }),
      extraAnchors,
    };
  } finally {
    // Not cut off: the server gets our Finished and a goodbye, and has no failed handshake to log.
    socket.destroySoon();
  }
}

function versionOf(socket: TLSSocket): TlsVersion {
  const version = VERSIONS[socket.getProtocol() ?? ""];
  if (version === undefined) throw new NetFailure({ reason: "client_capability", phase: "tls", retriable: false });
  return version;
}

function cipherSuiteOf(socket: TLSSocket): TlsSessionFacts["cipherSuite"] {
  const { name, standardName } = socket.getCipher();
  const known = cipherSuiteByName(standardName) ?? cipherSuiteByName(name);
  return known === undefined ? { name: standardName } : { name: known.name, code: cipherSuiteCodeText(known.code) };
}

function alpnOf({ alpnProtocol }: TLSSocket): { readonly alpn?: string } {
  return typeof alpnProtocol === "string" && alpnProtocol !== "" ? { alpn: alpnProtocol } : {};
}

function groupOf(socket: TLSSocket): { readonly group?: string } {
  const info = socket.getEphemeralKeyInfo();
  if (info === null || !("type" in info)) return {};
  if (info.type === "DH") return { group: `DH-${info.size}` };
  return info.name === undefined ? {} : { group: info.name };
}

/** Leaf first. node links a self-signed certificate to itself, and a server may send a loop. */
function chainOf(leaf: DetailedPeerCertificate): readonly Uint8Array[] {
  const chain = new Map<string, Uint8Array>();
  let next: DetailedPeerCertificate | undefined = leaf;
  while (next?.raw !== undefined && chain.size < MAX_CHAIN && !chain.has(next.fingerprint256)) {
    chain.set(next.fingerprint256, Uint8Array.from(next.raw));
    next = next.issuerCertificate;
  }
  return [...chain.values()];
}

const MAX_CHAIN = 16;
const PROTOCOLS: readonly string[] = ["h2", "http/1.1"];
/** RFC 7301 section 3.2. */
const NO_APPLICATION_PROTOCOL = "alert 120";

/** protocol_version from the server, or a ServerHello of a version that our OpenSSL would not take. */
const TOO_OLD: ReadonlySet<string> = new Set(["alert 70", "ERR_SSL_UNSUPPORTED_PROTOCOL", "ERR_SSL_VERSION_TOO_LOW"]);

const VERSIONS: Readonly<Record<string, TlsVersion>> = {
  SSLv3: "SSL 3.0",
  TLSv1: "TLS 1.0",
  "TLSv1.1": "TLS 1.1",
  "TLSv1.2": "TLS 1.2",
  "TLSv1.3": "TLS 1.3",
};
