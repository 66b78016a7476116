import type { CookiePurpose } from "../catalog/cookie-names.ts";
import type { SecretParameter } from "../catalog/secret-parameters.ts";
import type { ApiDescription } from "../model/api-description.ts";
import type { KeyMatch, KeyMode } from "../model/client-certificate.ts";
import type { CustomClassName, DataClass } from "../model/data-class.ts";
import type { Depth } from "../model/depth.ts";
import type { Failure } from "../model/failure.ts";
import type { HeadFacts } from "../model/head-facts.ts";
import type { InsideHost } from "../model/host-name.ts";
import type { KeySetFacts } from "../model/key-set.ts";
import type { CaaRecord } from "../model/net-port.ts";
import { OUR_SIDE } from "../model/our-side.ts";
import type { CredentialDescription, CredentialRole, CredentialText, Whereabouts } from "../model/own-credential.ts";
import type { CorsFacts, ErrorPageFacts, SecurityTxtFacts } from "../model/posture.ts";
import type { UnobservedReason } from "../model/reason.ts";
import type { Registrar, RegistrationStatus } from "../model/registration.ts";
import type { DeclaredSdk } from "../model/sdk.ts";
import type { ServerMetadataFacts } from "../model/server-metadata.ts";
import type { TlsVersion } from "../model/tls.ts";
import type { TokenFacts } from "../model/token.ts";

/** Every kind of evidence, with the type of its content. A kind's version stands in KIND_VERSIONS; old ones are upcast. */
export interface EvidenceMap {
  "tls-session": TlsSessionEvidence;
  tls: TlsEvidence;
  "http-response": HttpResponseEvidence;
  "http-unauthenticated": HttpUnauthenticatedEvidence;
  "http-invalid-credential": HttpInvalidCredentialEvidence;
  "http-query-credential": HttpQueryCredentialEvidence;
  "http-plaintext": HttpPlaintextEvidence;
  revocation: RevocationEvidence;
  domain: DomainEvidence;
  registration: RegistrationEvidence;
  "client-certificate": ClientCertificateEvidence;
  credential: CredentialEvidence;
  "token-response": TokenResponseEvidence;
  token: TokenEvidence;
  jwks: KeySetEvidence;
  "oauth-metadata": ServerMetadataEvidence;
  "http-not-found": HttpNotFoundEvidence;
  "http-preflight": HttpPreflightEvidence;
  "security-txt": SecurityTxtEvidence;
  sdk: SdkEvidence;
  "response-history": ResponseHistoryEvidence;
  "api-description": ApiDescriptionEvidence;
}
export type EvidenceKind = keyof EvidenceMap;

export const KIND_VERSIONS: Readonly<Record<EvidenceKind, number>> = {
  "tls-session": 2,
  tls: 3,
  "http-response": 5,
  "http-unauthenticated": 2,
  "http-invalid-credential": 1,
  "http-query-credential": 1,
  "http-plaintext": 1,
  revocation: 1,
  domain: 2,
  registration: 1,
  "client-certificate": 1,
  credential: 1,
  "token-response": 1,
  token: 1,
  jwks: 1,
  "oauth-metadata": 1,
  "http-not-found": 1,
  "http-preflight": 1,
  "security-txt": 1,
  sdk: 1,
  "response-history": 1,
  "api-description": 1,
};

/** Of these nobody was asked: they tell of this machine, and nothing of the network or a provider. */
export const LOCAL_KINDS: ReadonlySet<EvidenceKind> = new Set(OUR_SIDE);

/** Documents that lie beside the inventory, and are as good as declared: another text is a change of configuration, and nothing that a provider did. */
export const DECLARED_KINDS: ReadonlySet<EvidenceKind> = new Set(["api-description"]);

/** Of these others than the provider were asked, about his name: they answer while he is down, and may fail while he is not. */
export const NAME_KINDS: ReadonlySet<EvidenceKind> = new Set(["domain", "registration"]);

/** What node:tls negotiates with one address: what our own clients suffer (principle 6). */
export interface TlsSessionEvidence {
  readonly address: string;
  readonly version: TlsVersion;
  /** IANA name, and code as "0xC02F" where known. */
  readonly cipherSuite: { readonly name: string; readonly code?: string };
  readonly alpn?: string;
  readonly group?: string;
  readonly trusted: boolean;
  /** node's or OpenSSL's code when not trusted. */
  readonly trustError?: string;
  readonly chain: readonly CertificateFacts[];
  /** `node`: the path that node built. `served`: as sent, in its order (comes with the TLS lens). */
  readonly chainSource: "node" | "served";
  /** The OCSP response that came with it, in DER and base64. Absent where none came; in evidence of version 1 nobody asked. */
  readonly staple?: string;
  /** One came, and was not kept: it is longer than any that counts, or holds a secret of ours. */
  readonly stapleDropped?: true;
  /** What stood here before the leaf; kept for as long as the leaf stands. Absent where nothing was seen before it. */
  readonly replaced?: ReplacedLeaf;
  /** Certificates that the user trusts beside the bundled roots; of many, those that issued one of the chain. DER in base64. Absent in evidence of version 1. */
  readonly anchors?: readonly string[];
}

export interface ReplacedLeaf {
  /** Base64. */
  readonly der: string;
  /** When it was seen last, and when its successor was seen first: epoch milliseconds. */
  readonly lastSeenAt: number;
  readonly successorSeenAt: number;
}

export interface CertificateFacts {
  /** Base64 of the DER: certificates are public, and tomorrow's rules read more of them than today's. */
  readonly der: string;
  readonly sha256: string;
  readonly subject: string;
  readonly issuer: string;
  readonly dnsNames: readonly string[];
  /** Epoch milliseconds. */
  readonly notBefore: number;
  readonly notAfter: number;
  readonly selfIssued: boolean;
}

/** What one address accepts, found out with raw hellos; shape fixed by product.md section 4. */
export interface TlsEvidence {
  readonly address: string;
  /** How much was asked. Absent in evidence of the releases that asked about versions alone. */
  readonly depth?: Depth;
  readonly versions: readonly TlsVersionSupport[];
  /** Accepted ones. Below TLS 1.3 the newest version that is spoken stands for the older ones. */
  readonly groups: readonly TlsCodeFact[];
  readonly signatureSchemes: readonly TlsCodeFact[];
  /** Every leaf that was served, by any suite; and those of last time that nothing was served in the place of. */
  readonly certificates: readonly TlsLeafFact[];
  /** What came with each of the leaves, and with the leaf of a hello without a name; as far as it could be read. */
  readonly chains: readonly ServedChain[];
  /** Every certificate of `chains`, once, by hash. */
  readonly served: readonly { readonly sha256: string; readonly der: string }[];
  readonly features: TlsFeatureFacts;
  /** How it differs from what the standards promise, from a closed list of our own. */
  readonly quirks: readonly string[];
  /** The server limits connections: so many at once, and so long between them, it put up with. */
  readonly pace?: { readonly lanes: number; readonly gapMs: number };
  /**
   * ISO day on which everything was listed anew, at depth standard or full; what was accepted then is asked about less for 28 to 35 days, as
   * the address has it, or until it is listed anew. Depth quick lists nothing: it keeps the day that was known. Absent where nothing was listed.
   */
  readonly listedOn?: string;
  /** It was seen to read lists of more than 64 suites. */
  readonly readsLongLists?: boolean;
}

export interface TlsVersionSupport {
  readonly version: TlsVersion;
  /** `refused` is an alert or an explicit close that repeats; a reset, a stall or internal_error is `unknown` with a reason. */
  readonly support: "accepted" | "refused" | "unknown";
  /** Why it is unknown, or why not everything of it is known. */
  readonly reason?: UnobservedReason;
  /** What was seen: "alert 70", "close", "server-hello". */
  readonly seen?: string;
  /** Accepted ones: best first where the server has an order and as far as it showed it, then by code. */
  readonly cipherSuites: readonly TlsSuiteFact[];
  /**
   * So many of the first ones stand in the server's order. Absent where none is known to, and in evidence of the releases that did not say it
   * (evidence/suite-order).
   */
  readonly ordered?: number;
  readonly preference: "server" | "client" | "unknown";
  /**
   * Nothing of this version stayed unseen that the depth asks about: what of it was not accepted was refused. At depth standard that is neither
   * the good signature schemes, nor any of TLS 1.3, nor the groups of versions older than the newest below TLS 1.3. What is remembered counts as seen.
   */
  readonly complete: boolean;
  /**
   * Suites that were refused, as ranges of codes (model/code-ranges): asked for in vain, or passed over for another choice although they were
   * offered first. What stands in neither list is unknown.
   */
  readonly refused?: string;
  readonly refusedGroups?: string;
  readonly refusedSchemes?: string;
}

export interface TlsSuiteFact {
  /** "0xC02F"; of SSL 2.0 "0x010080". */
  readonly code: string;
  /** IANA name, or the code again. */
  readonly name: string;
  /** What the hello that accepted it showed: the key of the certificate, and whether the exchange was elliptic and signed. */
  readonly shown?: { readonly key: string; readonly elliptic: boolean; readonly signed: boolean };
  /** Not seen this time: accepted when everything was listed last. */
  readonly remembered?: true;
}

export interface TlsCodeFact {
  /** "0x11EC". */
  readonly code: string;
  readonly name: string;
  readonly versions: readonly TlsVersion[];
  /** Not seen this time: accepted when everything was listed last. */
  readonly remembered?: true;
}

export interface TlsLeafFact {
  readonly sha256: string;
  /** "rsa", "rsa-pss", "ecdsa", "eddsa", "dsa", "other". */
  readonly key: string;
  /** "secp256r1", of an ECDSA key. */
  readonly curve?: string;
  /** Of the modulus of an RSA key. */
  readonly bits?: number;
}

export interface ServedChain {
  /** The hello named the host. */
  readonly named: boolean;
  /** SHA-256 of each certificate, in the order in which they were served. */
  readonly certificates: readonly string[];
  /** SignedCertificateTimestampList of the TLS extension, in base64 (RFC 6962 section 3.3.1). */
  readonly timestamps?: string;
  /** Not seen this time: served when it was seen last. */
  readonly remembered?: true;
}

/**
 * What flights said beside their choice. At depth standard, what nothing told of this time is kept from last time, for as long as what it is
 * about is accepted. A field is absent where nothing was seen that would tell.
 */
export interface TlsFeatureFacts {
  /** renegotiation_info (RFC 5746): false where one hello below TLS 1.3 came without it. */
  readonly secureRenegotiation?: boolean;
  /** RFC 7627, the same way. */
  readonly extendedMasterSecret?: boolean;
  /** RFC 7366: false where one suite with CBC was answered without it. */
  readonly encryptThenMac?: boolean;
  /** A method of compression was chosen when it was offered (CRIME). */
  readonly compression?: boolean;
  readonly sessionTickets?: boolean;
  /** An OCSP response came with a certificate. */
  readonly stapling?: boolean;
  /** SCTs came in the handshake. */
  readonly scts?: boolean;
  /** Protocols that were chosen: "h2", "http/1.1". Absent where another one was, which is a quirk. */
  readonly alpn?: readonly string[];
  readonly clientCertificate?: {
    readonly requested: boolean;
    /** Names of the authorities that are accepted, sorted, 64 at the most and 200 characters of each; `count` of them in all. */
    readonly authorities: readonly string[];
    readonly count: number;
  };
  /** Finite-field Diffie-Hellman: the primes that were served below TLS 1.3, the four shortest at the most. */
  readonly dh?: readonly { readonly bits: number; readonly prime: string }[];
  /** Bits of ephemeral RSA keys (EXPORT). */
  readonly exportRsaBits?: readonly number[];
  /** The same ephemeral key was served on two connections. */
  readonly ephemeralReuse?: boolean;
  /** What is served to a client that sends no name. */
  readonly withoutName?: "same-certificate" | "other-certificate" | "refused";
  /** RFC 7507: a fallback that is announced is stopped. */
  readonly fallbackScsv?: boolean;
  /** RFC 8701: values that nobody knows are ignored. */
  readonly grease?: boolean;
  /** A hello of more than one packet is answered. */
  readonly longHello?: boolean;
}

/** One declared endpoint, asked as our clients ask it. */
export interface HttpResponseEvidence {
  readonly endpoint: string;
  /** Template of the request: method and origin and path, no query values; `digest` tells it from any other request. */
  readonly request: {
    readonly method: string;
    readonly origin: string;
    readonly path: string;
    readonly digest: string;
  };
  readonly credential: CredentialUse;
  readonly status: number;
  readonly httpVersion: string;
  readonly trusted?: boolean;
  readonly headers: readonly HeaderFact[];
  /** Absent in evidence before version 4. */
  readonly head?: HeadFacts;
  readonly redirect?: RedirectFact;
  /**
   * Where our credential stands in what was read of the answer; empty where it was looked for and not found. Absent where none was sent, where it is
   * too short to be told from other text, and in evidence before version 3, like the next two.
   */
  readonly echo?: readonly EchoPlace[];
  /** Absent where none was set. */
  readonly cookies?: readonly CookieFact[];
  /** It came from a cache, and does not say that caches may share it. */
  readonly fromCache?: true;
  /**
   * The last answer to the same request that came so: when, in epoch milliseconds, and its Cache-Control field. Absent where this one does, where
   * none is known to have, and in evidence of earlier releases.
   */
  readonly cachedBefore?: { readonly at: number; readonly control: string };
  /** What the provider says of the credential that asked, where this is the endpoint that does (auth.describedBy). */
  readonly describes?: CredentialDescription;
  /** Sign that this is not the API speaking: a challenge page, a rate limit, a server error. */
  readonly interference?: Extract<
    UnobservedReason,
    "rate_limited" | "blocked" | "server_error" | "not_the_api" | "credential_rejected" | "not_found" | "unexpected_status"
  >;
  readonly body: BodyFacts;
}

export const ECHO_PLACES = ["body", "location", "set-cookie", "header", "reason"] as const;
/** `header`: of any other field. */
export type EchoPlace = (typeof ECHO_PLACES)[number];

export interface CookieFact {
  /** By its name: keeps a client at one backend or tells robots apart, stands for a session, or who knows. */
  readonly purpose: CookiePurpose;
  readonly secure: boolean;
  readonly httpOnly: boolean;
  readonly sameSite?: "strict" | "lax" | "none";
}

interface CredentialUse {
  /** `none`: nothing was declared. `withheld`: declared and not sent, see reason. */
  readonly state: "none" | "sent" | "withheld";
  readonly reason?: UnobservedReason;
  readonly in?: string;
  /** The handshake showed a certificate of ours. */
  readonly certificate?: true;
}

/** A response header. The value is kept only where data/header-fields.json allows it, cleaned and cut. */
export interface HeaderFact {
  readonly name: string;
  readonly value?: string;
  /** The value was cut to the limit of its field. */
  readonly cut?: boolean;
  /** Times this field came. */
  readonly count: number;
}

export interface RedirectFact {
  /** Origin only: paths and queries of a Location may hold tokens. */
  readonly origin?: string;
  readonly sameOrigin: boolean;
  readonly toHttps: boolean;
  /** Absent where it leads to a host of the public network. */
  readonly inside?: InsideHost;
  /** A parameter of the URL is of a name that secrets go by (data/secret-parameters.json). Absent in evidence of earlier releases, too. */
  readonly carries?: SecretParameter;
}

/** What a body is made of, without one value of it. */
export interface BodyFacts {
  readonly state: "classified" | "empty" | "unsupported" | "undecodable" | "truncated" | "too-deep" | "not-read";
  readonly failure?: Pick<Failure, "reason" | "code">;
  readonly mediaType?: string;
  readonly format?: BodyFormat;
  /** What kept the JSON from being run as a script by other origins. */
  readonly guard?: "prefix" | "jsonp";
  /** Decoded octets that were looked at. */
  readonly octets?: number;
  /** Number of records in the main array, when there is one. */
  readonly records?: number;
  /** How many records there are in all, as the body says. */
  readonly total?: number;
  /** Different persons among the records, told apart by a key that died with the run. */
  readonly subjects?: number;
  /** Every path seen, sorted by path. Map keys are already `{}`. */
  readonly shape: readonly ShapeFact[];
  /** One row per path and class at or above the threshold. */
  readonly classes: readonly ClassFact[];
  /** Path of each node that was taken for a map with dynamic keys: kept stable by history. */
  readonly maps: readonly string[];
  /** What may act on whoever shows or merges the data; one row per path and kind. Absent before version 5. */
  readonly hazards?: readonly HazardFact[];
  /** Paths of objects in which a key came twice. Absent before version 5. */
  readonly duplicateKeys?: readonly string[];
  /** Facts of which there is no other, because classes of the consumer stand in their place. Absent where there are none. */
  readonly replaced?: readonly ReplacedFact[];
  /** Classes of the consumer that were looked for, sorted by class. Absent where there are none. */
  readonly customClasses?: readonly LookedForClass[];
}

export type BodyFormat = "json" | "ndjson" | "json-seq" | "xml" | "csv" | "form" | "sse" | "text";

export interface ShapeFact {
  readonly path: string;
  /** JSON types, sorted. */
  readonly types: readonly string[];
  /** Values there that are neither null nor empty. Absent before version 5. */
  readonly filled?: number;
  /** UTF-8 octets of the scalars there. Absent before version 5. */
  readonly octets?: number;
}

export type HazardKind =
  | "script"
  | "event-handler"
  | "script-url"
  | "data-url"
  | "template"
  | "formula"
  | "control-character"
  | "bidi-control"
  | "prototype-key";

export interface HazardFact {
  readonly path: string;
  readonly kind: HazardKind;
  readonly count: number;
}

export interface ClassFact {
  readonly path: string;
  readonly class: DataClass;
  /** 0..1 */
  readonly confidence: number;
  readonly count: number;
  readonly masked: boolean;
  readonly sample: boolean;
  /** Kind within the class: us_ssn, github, stripe ... from a closed list of our own. */
  readonly note?: string;
  /** Of the filled values of that path, the share that is of this class: 0..1. Absent before version 5. */
  readonly share?: number;
  /** Most values are this long, in characters. Absent before version 5, and where the length would tell. */
  readonly length?: "1-8" | "9-16" | "17-32" | "33-64" | "65-256" | "257+";
}

export interface LookedForClass {
  readonly class: CustomClassName;
  readonly definition: string;
  /** It was in the group of what is no secret of anybody. */
  readonly low?: true;
}

/** `by`: what stands in its place, sorted. Without all of these it would be one of the facts of the body. */
export interface ReplacedFact extends ClassFact {
  readonly by: readonly CustomClassName[];
}

/** What former answers of one endpoint were made of, up to the one before the last: what the last one has that they had not is told by it. */
export interface ResponseHistoryEvidence {
  readonly endpoint: string;
  /** Of the request (`HttpResponseEvidence.request`). */
  readonly digest: string;
  /** Revision of the classifier that read the answers. */
  readonly classifier: number;
  /** One for all answers that can be compared; the one that was met last is the last. */
  readonly baselines: readonly ResponseBaseline[];
}

export interface ResponseBaseline {
  /** 2 of 200. */
  readonly status: number;
  /** "" where none was told. */
  readonly mediaType: string;
  readonly credential: CredentialUse["state"];
  /** The first of these answers: epoch milliseconds. */
  readonly since: number;
  /** Answers, counted to 3. */
  readonly runs: number;
  /** Records of the newest whole ones, 9 at the most, newest last; and different persons among them. */
  readonly records: readonly number[];
  readonly subjects: readonly number[];
  readonly paths: readonly PathBaseline[];
  /** A path was lost that may come again: which ones are new cannot be told. */
  readonly cut?: true;
  /** Answers since then of which everything could be kept, counted to 5; none where it is absent, as in evidence of earlier releases. */
  readonly fitted?: number;
  /** As in the body of the newest of them. */
  readonly customClasses?: readonly LookedForClass[];
}

export interface PathBaseline {
  readonly path: string;
  /** JSON types that were seen, sorted. */
  readonly types: readonly string[];
  /** Answers with it, counted to 3. */
  readonly runs: number;
  /** Something stood there once that was neither null nor empty. */
  readonly filled: boolean;
  /** It was not there in the first three answers, and has not been in three since. */
  readonly late?: true;
  /** Answers in a row that show that it was not sent, counted to 6. */
  readonly missed?: number;
  readonly classes?: readonly ClassBaseline[];
}

export interface ClassBaseline {
  readonly class: DataClass;
  /** It never stood there in the clear. */
  readonly masked: boolean;
  /** A class of the consumer stands in its place. */
  readonly replaced?: true;
  /** Absent where it stood there in the first answer. */
  readonly came?: Required<Arrival>;
}

/** At a path that was not there, that was always empty, that held masked values of the class, or other data. */
export interface Arrival {
  readonly how: "new-field" | "filled" | "unmasked" | "other-data";
  /** Epoch milliseconds; absent where it came now. */
  readonly since?: number;
}

/** What the provider's description, which lies beside the inventory, says of the good answer of an endpoint: nobody was asked. */
export interface ApiDescriptionEvidence extends Omit<ApiDescription, "state"> {
  readonly endpoint: string;
  /** Name of the file, without its folder. */
  readonly file: string;
  readonly state: ApiDescription["state"] | "unavailable";
  /** What is wrong with it, in words of ours. Absent where it could be read. */
  readonly problem?: string;
}

/** The endpoint asked again without the credential, as `authProof` allows. */
export interface HttpUnauthenticatedEvidence {
  readonly endpoint: string;
  readonly level: "headers" | "shape" | "full";
  readonly status: number;
  readonly headers: readonly HeaderFact[];
  /** A cache gave it, although it was asked not to: it may be what somebody with a credential got. */
  readonly fromCache?: true;
  readonly interference?: HttpResponseEvidence["interference"];
  /** Where status is 2xx and the level allows: is this the same kind of answer as with the credential? */
  readonly shape?: AnswerShape;
  readonly sameShape?: boolean;
  /** Where the shape is the same: as many records, and no value less. Absent in evidence of earlier releases. */
  readonly sameRecords?: boolean;
  /**
   * Why an answer that lets us in counts for nothing: it was asked for once more, and another one came, or none, or could not be, because the
   * request was a repeat already. Absent where the second answer was alike, where none was needed, and in evidence of earlier releases.
   */
  readonly unsteady?: UnobservedReason;
}

export interface AnswerShape {
  readonly mediaType?: string;
  readonly topLevel: readonly string[];
  readonly classes: readonly DataClass[];
  readonly errorShaped: boolean;
  /** As in BodyFacts. Absent in evidence of earlier releases. */
  readonly records?: number;
  /** A frame around nothing: a list without an entry, and no value but at the top. */
  readonly empty?: true;
}

/** The endpoint asked with a credential that looks like ours and is nobody's. */
export interface HttpInvalidCredentialEvidence {
  readonly endpoint: string;
  /** Of the request, as with the real credential (`HttpResponseEvidence.request`). */
  readonly digest: string;
  readonly status: number;
  readonly headers: readonly HeaderFact[];
  readonly interference?: HttpResponseEvidence["interference"];
  /** A copy, although a fresh answer was asked for. */
  readonly fromCache?: true;
  /** As in HttpUnauthenticatedEvidence. */
  readonly shape?: AnswerShape;
  readonly sameShape?: boolean;
  readonly sameRecords?: boolean;
  readonly unsteady?: UnobservedReason;
}

/** Whether a credential in the query is looked at: refusals without one and with one that is nobody's, held against each other. Nothing of them is kept. */
export interface HttpQueryCredentialEvidence {
  readonly endpoint: string;
  readonly digest: string;
  /**
   * `ambiguous`: a parameter that nobody knows changes the answer too, or the same request is answered now so, now so. `not-refused`: without a
   * credential the endpoint refuses nothing.
   */
  readonly state: "compared" | "ambiguous" | "not-refused";
  readonly interference?: HttpResponseEvidence["interference"];
  /** Names of parameters that were tried, and the one that is read, which ends the trying. */
  readonly tried: readonly string[];
  readonly read: readonly string[];
}

/** The `http://` twin of an origin, without a credential. */
export interface HttpPlaintextEvidence {
  readonly origin: string;
  /** Whose declared path was asked, without its query and its credential. Absent where it was "/". */
  readonly endpoint?: string;
  readonly state: "answered" | "closed";
  readonly status?: number;
  readonly redirect?: RedirectFact;
  readonly interference?: HttpResponseEvidence["interference"];
  readonly headers: readonly HeaderFact[];
}

/** A path below the base URL that is nobody's, without a credential. */
export interface HttpNotFoundEvidence {
  readonly origin: string;
  readonly status: number;
  readonly interference?: HttpResponseEvidence["interference"];
  readonly headers: readonly HeaderFact[];
  readonly head: HeadFacts;
  /** For a made-up origin that the request named. */
  readonly cors: CorsFacts;
  /** Absent where the content could not be decoded. */
  readonly page?: ErrorPageFacts;
  /** There was more than is in `page`. */
  readonly cut?: true;
}

/** What a browser would be told before a call from a made-up origin, without a credential. */
export interface HttpPreflightEvidence {
  readonly origin: string;
  readonly status: number;
  readonly interference?: HttpResponseEvidence["interference"];
  readonly headers: readonly HeaderFact[];
  readonly cors: CorsFacts;
}

/** RFC 9116. Without `at` there is none, neither at the API's own host nor at the domain above it. */
export interface SecurityTxtEvidence {
  readonly origin: string;
  readonly at?: "host" | "domain";
  readonly facts?: SecurityTxtFacts;
}

/** What those who may say it were asked of a certificate that our own connection got: its authority, not the provider. */
export interface RevocationEvidence {
  /** SHA-256 of the certificate. */
  readonly leaf: string;
  /** An OCSP responder; or a list, where no responder is named or its answer does not count. */
  readonly source: "ocsp" | "crl";
  /** Who was asked, as the certificate names him: "ocsp.example", with a port where it is not the usual one. */
  readonly host: string;
  /** With "ocsp": the response in DER and base64, 16 KB at the most, to be checked by whoever judges. */
  readonly responseDer?: string;
  /** With "crl": what the list said; lists have megabytes, and are not kept. */
  readonly list?: RevocationListFacts;
}

export interface RevocationListFacts {
  readonly issuer: string;
  /** Epoch milliseconds. */
  readonly thisUpdate: number;
  readonly nextUpdate?: number;
  /** In hexadecimal. */
  readonly number?: string;
  readonly octets: number;
  /** When it was fetched, its signature and its scope checked: "good" is a certificate that it does not name. */
  readonly status: "good" | "revoked" | "unknown";
  /** With "unknown": a word of pki/revocation. */
  readonly doubt?: string;
  /** With "revoked": epoch milliseconds, and a word of pki/revocation. */
  readonly revokedAt?: number;
  readonly reason?: string;
}

/**
 * What DNS says of the host of an origin: who answers for its name, where the name leads, and who may issue certificates for it. The same
 * night after night while nobody changes anything: neither addresses, which rotate, nor times to live.
 */
export interface DomainEvidence {
  readonly host: string;
  /** The registrable domain of the host. Absent where the host is a public suffix itself. */
  readonly zone?: string;
  /** Aliases of the host, in their order, up to the first one outside of its zone: where that leads is its operator's affair, and changes by the hour. */
  readonly cnames: readonly string[];
  /** Registrable domain of the first alias outside of the zone; the zone where there is none. */
  readonly hosting: string;
  /** The aliases were not followed to their end. */
  readonly unfollowed?: "loop" | "too-long" | "no-host-name";
  /** The last alias does not exist. `owner`: whoever owns the alias before it, or the host, owns this name too, or may be somebody else. */
  readonly dangling?: DanglingAlias;
  /** Name servers of the zone, sorted. */
  readonly ns: readonly string[];
  readonly caa: CaaFacts;
  /** What was seen here since the first time, oldest first: at most 8 of each, today's among them. */
  readonly seen: {
    readonly ns: readonly NameServersSeen[];
    readonly hosting: readonly HostingSeen[];
    /** Absent where no name said one, and in evidence of the releases that did not look. */
    readonly regions?: readonly RegionSeen[];
    readonly revived?: RevivedName;
    /** Since when the zone names no servers to us, which it did before: epoch milliseconds. */
    readonly untoldSince?: number;
  };
}

/** Certification Authority Authorization (RFC 8659) that is in force for the host. */
export type CaaFacts =
  /** `at`: where the records stand, the host or a name above it. */
  | { readonly state: "records"; readonly at: string; readonly records: readonly CaaRecord[] }
  | { readonly state: "none" }
  | { readonly state: "unknown"; readonly reason: UnobservedReason };

export interface NameServersSeen {
  readonly names: readonly string[];
  /** Their registrable domains, sorted. */
  readonly domains: readonly string[];
  /** First: epoch milliseconds. */
  readonly since: number;
}

/** Where the host behind the last alias stands, as its name says. */
export interface RegionSeen {
  /** "AWS" */
  readonly cloud: string;
  /** "eu-west-1" */
  readonly region: string;
  /** ISO 3166-1, two letters. */
  readonly country: string;
  /** First: epoch milliseconds. */
  readonly since: number;
}

export interface HostingSeen {
  readonly domain: string;
  /** First: epoch milliseconds. */
  readonly since: number;
}

export interface DanglingAlias {
  readonly name: string;
  readonly owner: "same" | "other";
  /** First seen: epoch milliseconds. Absent in evidence of version 1. */
  readonly since?: number;
  /** It was seen again, an hour later at the least: no hiccup of a resolver. */
  readonly confirmed?: true;
}

/** An alias that was seen to lead nowhere twice, where somebody else than the owner of the domain may put something, and leads somewhere again. */
export interface RevivedName {
  readonly name: string;
  /** First: epoch milliseconds. */
  readonly since: number;
  /** The aliases lead through it now. */
  readonly leads: boolean;
}

/**
 * What the registry says of the domain that the name of a host belongs to (RFC 9083 section 5.3): who keeps it, until when, and in what state.
 * Nothing of whoever it is registered for, nor of any other contact.
 */
export interface RegistrationEvidence {
  /** The registrable domain that was asked about. */
  readonly zone: string;
  /** Absent where the registry names none. */
  readonly registrar?: Registrar;
  /** Epoch milliseconds, like the next two; absent where the registry does not say it. */
  readonly expiresAt?: number;
  readonly registeredAt?: number;
  readonly changedAt?: number;
  /** Those that we know, sorted; none where the registry gives none. */
  readonly statuses: readonly RegistrationStatus[];
  /** Registrars that were seen since the first time, oldest first: at most 8, today's among them. */
  readonly seen: readonly RegistrarSeen[];
}

export interface RegistrarSeen extends Registrar {
  /** First: epoch milliseconds. */
  readonly since: number;
}

/** What we would show to an origin that asks who we are: files of this machine, of which nobody was asked. */
export interface ClientCertificateEvidence {
  readonly origin: string;
  /** As they stand in the file; the first is the one that clients send as their own. */
  readonly chain: readonly CertificateFacts[];
  /** The private key is the other half of the first certificate's. */
  readonly keyMatches: KeyMatch;
  /** Who may read the file of the key. */
  readonly keyMode: KeyMode;
  /** Why it is not known whether the key matches. */
  readonly keyReason?: UnobservedReason;
}

/** Credentials of ours, looked at where they lie: nobody was asked, and nothing was sent. */
export interface CredentialEvidence {
  /** Where they go. */
  readonly origin: string;
  /** The clients' first. */
  readonly held: readonly HeldCredential[];
}

export interface HeldCredential extends CredentialText {
  readonly role: CredentialRole;
  readonly from: "env" | "file" | "exec" | "adapter";
  /** Why it could not be read: what is known of it then is what was known before. */
  readonly reason?: UnobservedReason;
  /** Absent where it lies in no file that we know of. */
  readonly lies?: Whereabouts;
  /** Absent where it could not be compared with any. */
  readonly shared?: SharedCredential;
  /** What was seen behind this reference since the first time, oldest first: at most 8, today's among them. */
  readonly seen?: {
    /** Which key the fingerprints were made with: others cannot be compared with them. */
    readonly keyId: string;
    readonly fingerprints: readonly { readonly value: string /** First: epoch milliseconds. */; readonly since: number }[];
  };
}

/** Other integrations of the inventory that have the same credential. Those of the same provider are one with it: it is theirs to give one key for all. */
export interface SharedCredential {
  /** At other providers. */
  readonly elsewhere: number;
  /** On the other side of the line between production and everything else, whoever runs them. */
  readonly acrossEnvironments: number;
  /** How many could be compared, how many have a credential that could not be, and why. */
  readonly compared: number;
  readonly uncompared: number;
  readonly because?: UnobservedReason;
}

/** The answer of an authorisation server to a client of ours that logs in (RFC 6749 section 5). The token itself is in memory only. */
export interface TokenResponseEvidence {
  readonly origin: string;
  readonly grant: TokenGrant;
  readonly status: number;
  readonly interference?: HttpResponseEvidence["interference"];
  /** A token came. */
  readonly issued: boolean;
  /** RFC 6749 section 5.2; another word is `other`. */
  readonly error?: TokenError;
  readonly tokenType?: "bearer" | "dpop" | "other";
  /** Seconds. Absent where the server does not say it. */
  readonly expiresIn?: number;
  /** What was granted, sorted, 100 at the most; absent where it is as requested (section 5.1). */
  readonly scopes?: readonly string[];
  readonly refreshToken: boolean;
  /** The answer says that it must not be stored (section 5.1). */
  readonly noStore: boolean;
  /** Where the request is sent on to. Absent of what is no redirect, and in evidence of earlier releases. */
  readonly redirect?: RedirectFact;
  /** Where the answer repeats the secret that was sent to log in. Absent where none was sent as itself, where it is too short to be found, and in evidence of earlier releases. */
  readonly echo?: readonly EchoPlace[];
}

export type TokenGrant = "client_credentials" | "refresh_token" | "jwt_bearer";
export const TOKEN_ERRORS = [
  "invalid_request",
  "invalid_client",
  "invalid_grant",
  "unauthorized_client",
  "unsupported_grant_type",
  "invalid_scope",
  "other",
] as const;
export type TokenError = (typeof TOKEN_ERRORS)[number];
/** Our own token, looked at here: it was sent to nobody. */
export interface TokenEvidence extends TokenFacts {
  /** It was given to this audit when it logged in: that it ends soon is as it should be. */
  readonly fromLogin?: true;
  /** When this token, or one like it, was seen first: for those that do not say when they were issued. Epoch milliseconds. */
  readonly firstSeenAt?: number;
}

/** Client libraries of the provider, as our lock files have them: nobody was asked. */
export interface SdkEvidence {
  readonly packages: readonly InstalledSdk[];
}

export interface InstalledSdk extends DeclaredSdk {
  /** Why it is not known what is installed. */
  readonly reason?: UnobservedReason;
  /** What is wrong with the lock file, in words of ours: "permission denied". Absent where there is none at all. */
  readonly problem?: string;
  /** Name of the lock file, without its folder: "package-lock.json". */
  readonly file?: string;
  /** Each once, sorted, 20 at the most; none where it is not installed. */
  readonly versions: readonly string[];
  /** Places where it is installed without a version that a registry gave: from git, a folder, a URL. */
  readonly unversioned: number;
  /** The file takes in others, which were not read. */
  readonly isPart?: true;
}

/** The keys by which others tell whether the provider signed something. */
export interface KeySetEvidence extends KeySetFacts {
  /** The server names no place where keys are. */
  readonly absent?: true;
  /** By thumbprint, from our history: when each key was seen first, and since when there is such a history. Epoch milliseconds. */
  readonly history?: { readonly since: number; readonly firstSeen: Readonly<Record<string, number>> };
}

export interface ServerMetadataEvidence extends ServerMetadataFacts {
  /** There is no such document where it would stand. */
  readonly absent?: true;
  /** What the same document said before; where it has become weaker, what it said before that. */
  readonly before?: ServerMetadataFacts;
}

/** Where the two kinds of documents stand, below the origin that they are about (RFC 9728 section 3, RFC 8414 section 3): `endpoint` of their keys. */
export const METADATA_PLACES = {
  "protected-resource": "/.well-known/oauth-protected-resource",
  "authorization-server": "/.well-known/oauth-authorization-server",
} as const;
export type MetadataPlace = keyof typeof METADATA_PLACES;
