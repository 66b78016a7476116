import type { ShownCertificate } from "./client-certificate.ts";
import type { Failure } from "./failure.ts";
import type { AuthLocation } from "./integration.ts";
import type { RequestSigner } from "./request-signing.ts";
import type { Result } from "./result.ts";
import type { Secret } from "./secret.ts";
import type { Assertion } from "./signing-key.ts";
import type { Target } from "./target.ts";
import type { TlsVersion } from "./tls.ts";
import type { TlsAnswer, TlsOffer } from "./tls-offer.ts";

/** The door to the network. Everything that leaves this machine goes through a session of it. */
export interface NetPort {
  /** Opens the network for one integration: its permissions, budget, lanes and deadline. */
  open(scope: NetScope): NetSession;
}

export interface NetScope {
  readonly integration: string;
  /** Loopback, private, link-local ... addresses may be connected to. */
  readonly allowPrivate: boolean;
  /** Proxy of this integration; wins over the environment. May hold a user and password; never printed. */
  readonly proxy?: string;
  /** Most connections and requests in this scope; asking for more fails with `budget_exhausted`. */
  readonly budget: { readonly connections: number; readonly requests: number };
  /**
   * Most connections to one host at the same time, from the hosts' remembered pace. A host's lanes are shared by all scopes,
   * of which the lowest number counts, and fall to 1 at the first sign of limiting.
   */
  readonly lanes: number;
  /** Absolute bound on the whole scope, in milliseconds from now. */
  readonly deadlineMs: number;
  /** Aborted on interrupt or when the run's own deadline passes. */
  readonly signal: AbortSignal;
}

/**
 * Once a host has turned us away (a limit with Retry-After, three without one in a row, a challenge page), whatever would still go to it
 * fails at once with `rate_limited` or `blocked` in phase `plan`, in every scope.
 */
export interface NetSession {
  /** Looks a host up once per scope (up to 8 addresses) and vets every address. */
  resolve(target: Target): Promise<NetResult<Resolution>>;
  /**
   * Asks DNS itself, once per scope, name and type, on behalf of a target; the provider gets no packet of ours for it. A name without such
   * records is an answer; a resolver that says nothing of use is a failure. `not_requested` where a proxy looks the target's names up.
   */
  dns<T extends DnsType>(target: Target, name: string, type: T): Promise<NetResult<DnsAnswer<T>>>;
  /** A full handshake by node:tls, certificate errors tolerated and reported, closed straight after. */
  tlsSession(target: Target, address: string): Promise<NetResult<TlsSessionFacts>>;
  /**
   * One raw ClientHello of the enumeration. What the server did once the TCP connection stood (reset, stall, close, nonsense) is its answer;
   * only what is no word of the server is a failure.
   */
  exchangeOffer(target: Target, address: string, offer: TlsOffer, want: OfferWant): Promise<NetResult<TlsAnswer>>;
  /** The same with a hello of SSL 2.0. */
  exchangeSsl2(target: Target, address: string): Promise<NetResult<TlsAnswer>>;
  /** One HTTP request; redirects are returned, never followed. */
  request(target: Target, address: string, request: HttpRequest): Promise<NetResult<HttpAnswer>>;
  /** Sends nothing for so many milliseconds, or until the scope ends. Other exchanges go on. */
  pause(ms: number): Promise<void>;
  /** What was really sent so far. */
  sent(): SentCounters;
  /** How to treat each host that this scope connected to (host:port) after what happened to it, in any scope. */
  pace(): readonly { readonly host: string; readonly pace: HostPace }[];
  /** Ends what is still open. Idempotent. */
  close(): void;
}

export type NetResult<T> = Result<T, Failure>;

export interface SentCounters {
  /** TCP connections attempted (to the provider or to the proxy on its behalf). */
  readonly connections: number;
  /** HTTP requests whose first byte may have left. */
  readonly requests: number;
}

export interface HostPace {
  readonly lanes: number;
  readonly limited: boolean;
  /** From Retry-After or a block: leave the host alone for this many milliseconds from now. */
  readonly leaveAloneMs?: number;
}

export interface Resolution {
  /** Vetted addresses in the order of preference, at most 8. IPv6 without brackets. Behind a proxy that resolves: the host name itself. */
  readonly addresses: readonly string[];
  /** "local", or "proxy:<host:port>": who looked the name up and from where we look. */
  readonly vantage: string;
}

/** In one spelling, sorted, and 64 at the most: no order, no time to live, nothing that changes while the zone does not. Text from outside. */
export interface DnsRecords {
  readonly CNAME: readonly string[];
  readonly NS: readonly string[];
  readonly CAA: readonly CaaRecord[];
}
export type DnsType = keyof DnsRecords;

/** RFC 8659 section 4.1. */
export interface CaaRecord {
  readonly critical: boolean;
  readonly tag: string;
  readonly value: string;
}

export type DnsAnswer<T extends DnsType = DnsType> =
  | { readonly state: "records"; readonly records: DnsRecords[T] }
  /** The name has no such records (NODATA). */
  | { readonly state: "none" }
  /** It does not exist (NXDOMAIN). */
  | { readonly state: "no-name" };

export interface TlsSessionFacts {
  readonly version: TlsVersion;
  readonly cipherSuite: { readonly name: string; readonly code?: string };
  readonly alpn?: string;
  readonly group?: string;
  /** Certificates from leaf upwards, DER. node shows the path it built, not what was sent. */
  readonly chain: readonly Uint8Array[];
  readonly chainSource: "node" | "served";
  /** node's verdict: undefined when trusted for this host name, else its error code (CERT_HAS_EXPIRED, ERR_TLS_CERT_ALTNAME_INVALID ...). */
  readonly trustError?: string;
  /** OCSP response in DER that came with the leaf (RFC 6066 section 8). */
  readonly staple?: Uint8Array;
  /** Certificates in DER that are trusted beside the bundled roots. */
  readonly extraAnchors: readonly Uint8Array[];
}

/** How much of an answer to an offer is read, and what is asked beside it. */
export interface OfferWant {
  /** "hello" hangs up after the first message; "flight" reads certificates as well, in TLS 1.3 with the shares of the offer. */
  readonly until: "hello" | "flight";
  /** Asks for a staple, SCTs, a ticket and encrypt-then-MAC. */
  readonly features?: boolean;
  /** false: the name is left out of the hello. */
  readonly sni?: boolean;
  /** "h2", "http/1.1". */
  readonly alpn?: readonly string[];
  /** Offers DEFLATE (RFC 3749), below TLS 1.3. */
  readonly deflate?: boolean;
  /** Puts values among the others that nobody knows (RFC 8701). */
  readonly grease?: boolean;
  /** Pads the hello to as many octets at least. */
  readonly minLength?: number;
}

export interface HttpRequest {
  readonly method: string;
  /** Path and query, starting with a slash. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Sent only over https, on a connection that node's verifier trusts; else the request fails with `tls_untrusted` before a byte of it left. */
  readonly credential?: PlacedCredential;
  /**
   * Shown in the handshake, under the conditions of a credential. In TLS 1.3 it is kept back from a server that is not trusted; before that it
   * travels in the clear, ahead of any verdict.
   */
  readonly clientCertificate?: ShownCertificate;
  /** Signs what is sent, in headers of its own, under the conditions of a credential. */
  readonly signer?: RequestSigner;
  /** UTF-8 text; only with a method that has a body. */
  readonly body?: string;
  /** In the place of a body: sent form-encoded. One that holds a secret is sent under the conditions of a credential. */
  readonly form?: readonly (readonly [name: string, value: string | Secret | Assertion])[];
  /** Stop after the headers and destroy the connection. */
  readonly headersOnly?: boolean;
  /** Cap on the body, in bytes, after decoding. */
  readonly maxBodyBytes: number;
}

export interface PlacedCredential {
  readonly in: AuthLocation;
  /** Header, query parameter or cookie name. */
  readonly name: string;
  /** Text before the secret ("Bearer "), with its space. */
  readonly prefix: string;
  readonly value: Secret;
}

export interface HttpAnswer {
  readonly httpVersion: string;
  readonly status: number;
  /** In order of arrival, names lower-case, duplicates kept, values as latin1 text. Hostile. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Decoded content; empty with headersOnly. In memory only: values end in classify. */
  readonly body: Uint8Array;
  /** Why the body is not whole, if it is not. */
  readonly bodyProblem?: Failure;
  /** The certificate was trusted for this name; undefined over http. */
  readonly trusted?: boolean;
  /** Secrets that were made for this request alone: assertions, signatures. */
  readonly made?: readonly Secret[];
  /** How it arrived, before anything was joined or decoded. Absent where nobody looked: a saved answer, a stand-in. */
  readonly arrival?: HttpArrival;
}

export interface HttpArrival {
  /** Of the status line, as latin1 text. Hostile. */
  readonly reason: string;
  /** Names of `headers` in their own case, in the same order. Hostile. */
  readonly fieldNames: readonly string[];
  /** Octets of the content as they were sent, up to the limit of the request; 0 with headersOnly. */
  readonly contentOctets: number;
  /** Milliseconds from the request to the head, and from the head to the end of what was read. */
  readonly headMs: number;
  readonly contentMs: number;
}
