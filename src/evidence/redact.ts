import type { HeadFacts, LeakKind, LimitPolicy } from "../model/head-facts.ts";
import type { PublishedKey } from "../model/key-set.ts";
import { REGISTRATION_STATUSES, type Registrar } from "../model/registration.ts";
import type { TokenClaims } from "../model/token.ts";
import { cookieFacts, isFromCache } from "./answer-facts.ts";
import { cleanText, organisationName, type Scrub } from "./clean-text.ts";
import { headerFacts, type RawHeaders, redirectFact, rememberedFields } from "./header-facts.ts";
import { keptScopes } from "./kept-challenges.ts";
import type {
  AnswerShape,
  ApiDescriptionEvidence,
  CertificateFacts,
  ClientCertificateEvidence,
  CredentialEvidence,
  DomainEvidence,
  EvidenceKind,
  EvidenceMap,
  HeaderFact,
  HeldCredential,
  HttpInvalidCredentialEvidence,
  HttpNotFoundEvidence,
  HttpPlaintextEvidence,
  HttpPreflightEvidence,
  HttpQueryCredentialEvidence,
  HttpResponseEvidence,
  HttpUnauthenticatedEvidence,
  KeySetEvidence,
  RegistrationEvidence,
  ResponseHistoryEvidence,
  RevocationEvidence,
  SdkEvidence,
  SecurityTxtEvidence,
  ServerMetadataEvidence,
  TlsEvidence,
  TlsSessionEvidence,
  TokenEvidence,
  TokenResponseEvidence,
} from "./kinds.ts";

declare const redacted: unique symbol;

/**
 * Evidence that went through this room. Probes can return nothing else, observations hold nothing else,
 * and only `redact` makes one: values of responses cannot reach disk without a compiler error.
 */
export type Redacted<T> = T & { readonly [redacted]: true };

/** What a probe hands in: header fields as they arrived; this room decides what stays of them, and of a Location. */
export interface RawEvidence {
  readonly "tls-session": TlsSessionEvidence;
  readonly tls: TlsEvidence;
  readonly "http-response": WithRawHeaders<HttpResponseEvidence>;
  readonly "http-unauthenticated": WithRawHeaders<HttpUnauthenticatedEvidence>;
  readonly "http-invalid-credential": WithRawHeaders<HttpInvalidCredentialEvidence>;
  readonly "http-query-credential": HttpQueryCredentialEvidence;
  readonly "http-plaintext": WithRawHeaders<HttpPlaintextEvidence>;
  readonly revocation: RevocationEvidence;
  readonly domain: DomainEvidence;
  readonly registration: RegistrationEvidence;
  readonly "client-certificate": ClientCertificateEvidence;
  readonly credential: CredentialEvidence;
  readonly "token-response": Omit<TokenResponseEvidence, "redirect"> & { readonly headers?: RawHeaders };
  readonly token: TokenEvidence;
  readonly jwks: KeySetEvidence;
  readonly "oauth-metadata": ServerMetadataEvidence;
  readonly "http-not-found": WithRawHeaders<HttpNotFoundEvidence>;
  readonly "http-preflight": WithRawHeaders<HttpPreflightEvidence>;
  readonly "security-txt": SecurityTxtEvidence;
  readonly sdk: SdkEvidence;
  readonly "response-history": ResponseHistoryEvidence;
  readonly "api-description": ApiDescriptionEvidence;
}

/** Goes up whenever the same answer would give other evidence than before: the change is then ours, not the provider's. */
export const NORMALISER_REVISION = 8;

/** The only maker of `Redacted`. `scrub` removes the secrets that were handed out (CredentialPort). */
export function redact<K extends EvidenceKind>(kind: K, raw: RawEvidence[K], scrub: Scrub): Redacted<EvidenceMap[K]> {
  const redactor: (raw: RawEvidence[K], scrub: Scrub) => EvidenceMap[K] = REDACTORS[kind];
  return cleaned(redactor(raw, scrub), scrub) as Redacted<EvidenceMap[K]>;
}

/** Evidence that the store gives back: it was redacted before it was kept. For the codec alone. */
export function redactedBefore<K extends EvidenceKind>(evidence: EvidenceMap[K]): Redacted<EvidenceMap[K]> {
  return evidence as Redacted<EvidenceMap[K]>;
}

type WithRawHeaders<T> = Omit<T, "headers" | "redirect" | "cookies" | "fromCache"> & { readonly headers: RawHeaders };

const REDACTORS: { readonly [K in EvidenceKind]: (raw: RawEvidence[K], scrub: Scrub) => EvidenceMap[K] } = {
  "tls-session": (raw, scrub) => ({ ...untaintedBytes(raw, scrub), chain: raw.chain.map((certificate) => untainted(certificate, scrub)) }),
  tls: (raw, scrub) => ({ ...raw, served: raw.served.filter(({ der }) => !holdsSecret(der, scrub)) }),
  "http-response": (raw, scrub) => {
    const headers = headerFacts(raw.headers, scrub);
    const redirect = redirectOf(raw.status, raw.headers, raw.request.origin, scrub);
    const { describes } = raw;
    const described = describes?.scopes === undefined ? {} : { describes: { ...describes, scopes: keptScopes(describes.scopes) } };
    const head = raw.head === undefined ? {} : { head: rememberedHead(raw.head, scrub) };
    const kept = withoutLeaks(headers, raw.head);
    const body = withMediaType(raw.body, headers);
    return { ...raw, headers: kept, ...head, ...redirect, ...described, ...aboutAnswer(raw.headers, headers), body };
  },
  "http-unauthenticated": withShape,
  "http-invalid-credential": withShape,
  "http-query-credential": (raw) => raw,
  "http-plaintext": (raw, scrub) => ({
    ...raw,
    headers: headerFacts(raw.headers, scrub),
    ...(raw.status === undefined ? {} : redirectOf(raw.status, raw.headers, raw.origin, scrub)),
  }),
  revocation: ({ responseDer, ...raw }, scrub) => ({
    ...raw,
    ...(responseDer !== undefined && !holdsSecret(responseDer, scrub) && { responseDer }),
  }),
  domain: (raw, scrub) => cleaned({ ...raw, caa: withoutContacts(raw.caa) }, scrub, MAX_DNS_TEXT) as DomainEvidence,
  registration: withoutHolder,
  "token-response": ({ scopes, headers, ...raw }, scrub) => ({
    ...raw,
    ...(scopes !== undefined && { scopes: keptScopes(scopes) }),
    ...(headers !== undefined && redirectOf(raw.status, headers, raw.origin, scrub)),
  }),
  "client-certificate": (raw, scrub) => ({ ...raw, chain: raw.chain.map((certificate) => untainted(certificate, scrub)) }),
  credential: ({ origin, held }) => ({ origin, held: held.map(withoutOthers) }),
  token: (raw, scrub) => ({ ...raw, ...(raw.claims !== undefined && { claims: cleaned(raw.claims, scrub, MAX_NAME) as TokenClaims }) }),
  jwks: (raw) => ({ ...raw, keys: raw.keys.map(withoutKey) }),
  "oauth-metadata": (raw) => raw,
  "http-not-found": (raw, scrub) => ({
    ...raw,
    headers: withoutLeaks(headerFacts(raw.headers, scrub), raw.head),
    head: rememberedHead(raw.head, scrub),
  }),
  "http-preflight": (raw, scrub) => ({ ...raw, headers: headerFacts(raw.headers, scrub) }),
  "security-txt": (raw) => raw,
  sdk: (raw) => raw,
  "response-history": (raw) => raw,
  "api-description": (raw) => raw,
};

/** Of a field that gives something away, nothing but that is kept; names of machines and addresses inside were taken out of it before. */
function withoutLeaks(headers: readonly HeaderFact[], head: HeadFacts | undefined): readonly HeaderFact[] {
  const telling = new Set((head?.leaks ?? []).filter(({ what }) => !TAKEN_OUT.has(what)).map(({ field }) => field));
  return headers.map((header) => (telling.has(header.name) ? { name: header.name, count: header.count } : header));
}

const TAKEN_OUT: ReadonlySet<LeakKind> = new Set([
  "private-address",
  "internal-host",
  "instance-name",
  "environment",
  "debug-mode",
  "timing",
]);

function rememberedHead(head: HeadFacts, scrub: Scrub): HeadFacts {
  const { leaks, notices, limits } = head;
  const remembered =
    limits === undefined ? {} : { limits: { ...limits, policies: limits.policies.map((policy) => scrubbedPolicy(policy, scrub)) } };
  return { ...head, ...remembered, leaks: rememberedFields(leaks, scrub), notices: rememberedFields(notices, scrub) };
}

/** The names that a provider gives to its policies and units are text from outside. */
function scrubbedPolicy({ name = "", unit = "", ...numbers }: LimitPolicy, scrub: Scrub): LimitPolicy {
  const isClean = (word: string) => word !== "" && scrub(word) === word;
  return { ...(isClean(name) && { name }), ...numbers, ...(isClean(unit) && { unit }) };
}

function aboutAnswer(raw: RawHeaders, headers: readonly HeaderFact[]): Pick<HttpResponseEvidence, "cookies" | "fromCache"> {
  const cookies = cookieFacts(raw);
  const isShared = /\b(?:public|s-maxage)\b/.test(headers.find(({ name }) => name === "cache-control")?.value ?? "");
  return { ...(cookies.length > 0 && { cookies }), ...(!isShared && isFromCache(raw) && { fromCache: true as const }) };
}

function withShape<T extends { readonly headers: readonly HeaderFact[]; readonly shape?: AnswerShape }>(
  raw: WithRawHeaders<T>,
  scrub: Scrub,
): T {
  const headers = headerFacts(raw.headers, scrub);
  const shape = (raw as { readonly shape?: AnswerShape }).shape;
  const fromCache = isFromCache(raw.headers) && { fromCache: true as const };
  return { ...raw, headers, ...fromCache, ...(shape === undefined ? {} : { shape: withMediaType(shape, headers) }) } as unknown as T;
}

/** The media type as it was cleaned: it comes from a header field, too. */
function withMediaType<T extends { readonly mediaType?: string }>(body: T, headers: readonly HeaderFact[]): T {
  const { mediaType, ...rest } = body;
  const [cleanType = ""] = headers.find(({ name }) => name === "content-type")?.value?.split(";") ?? [];
  return (mediaType === cleanType ? body : rest) as T;
}

function redirectOf(status: number, headers: RawHeaders, origin: string, scrub: Scrub): Pick<HttpResponseEvidence, "redirect"> {
  const redirect = redirectFact(status, headers, origin, scrub);
  return redirect === undefined ? {} : { redirect };
}

/** Only what says who may issue (RFC 8659 sections 4.2 and 4.3): the other properties hold addresses of people. */
function withoutContacts(caa: DomainEvidence["caa"]): DomainEvidence["caa"] {
  if (caa.state !== "records") return caa;
  return { ...caa, records: caa.records.map((record) => (/^issue(wild)?$/.test(record.tag) ? record : { ...record, value: "" })) };
}

/** Field by field: what else a registry tells is of people, and no probe can hand it on by mistake. */
function withoutHolder(raw: RegistrationEvidence, scrub: Scrub): RegistrationEvidence {
  const { zone, registrar, expiresAt, registeredAt, changedAt, statuses, seen } = raw;
  const named = registrar === undefined ? {} : registrarOf(registrar, scrub);
  return {
    zone: cleanText(zone, scrub, MAX_DNS_TEXT),
    ...(Object.keys(named).length > 0 && { registrar: named }),
    ...(expiresAt !== undefined && { expiresAt }),
    ...(registeredAt !== undefined && { registeredAt }),
    ...(changedAt !== undefined && { changedAt }),
    statuses: REGISTRATION_STATUSES.filter((status) => statuses.includes(status)),
    seen: seen.map((one) => ({ ...registrarOf(one, scrub), since: one.since })),
  };
}

/**
 * Field by field: what else stands in a key is the key. A hash of a secret is a way to try guesses, so what is not public has none, whoever made the facts.
 */
function withoutKey(key: PublishedKey): PublishedKey {
  const isSecret = key.kty === "oct" || key.privateMembers.length > 0;
  const kept = Object.entries(key).filter(([name]) => KEY_FIELDS.has(name) || (!isSecret && KEY_HASHES.has(name)));
  return Object.fromEntries(kept) as unknown as PublishedKey;
}

/** Field by field, as of a key: what stands beside is the credential. */
function withoutOthers(held: HeldCredential): HeldCredential {
  return Object.fromEntries(Object.entries(held).filter(([name]) => CREDENTIAL_FIELDS.has(name))) as unknown as HeldCredential;
}

function registrarOf({ name, ianaId }: Registrar, scrub: Scrub): Registrar {
  const known = name === undefined ? undefined : organisationName(name, scrub);
  return {
    ...(known !== undefined && { name: known }),
    ...(ianaId !== undefined && /^[1-9]\d{0,6}$/.test(ianaId) && { ianaId }),
  };
}

/** A certificate is kept byte for byte; where a secret of ours stands in it, neither its bytes nor any of its names are. */
function untainted(certificate: CertificateFacts, scrub: Scrub): CertificateFacts {
  return holdsSecret(certificate.der, scrub) ? { ...certificate, der: "", subject: "", issuer: "", dnsNames: [] } : certificate;
}

function holdsSecret(base64: string, scrub: Scrub): boolean {
  const bytes = Buffer.from(base64, "base64").toString("latin1");
  return scrub(bytes) !== bytes;
}

/** What else is kept of a session byte for byte. */
function untaintedBytes({ staple, anchors, replaced, ...session }: TlsSessionEvidence, scrub: Scrub): TlsSessionEvidence {
  return {
    ...session,
    ...(staple !== undefined && (holdsSecret(staple, scrub) ? ({ stapleDropped: true } as const) : { staple })),
    ...(replaced !== undefined && !holdsSecret(replaced.der, scrub) && { replaced }),
    ...(anchors !== undefined && { anchors: anchors.filter((anchor) => !holdsSecret(anchor, scrub)) }),
  };
}

/** Every text but a certificate's bytes, at any depth and whatever its field: visible characters, none of our secrets, bounded. Undefined fields go. */
function cleaned(value: unknown, scrub: Scrub, limit = MAX_TEXT): unknown {
  if (typeof value === "string") return cleanText(value, scrub, limit);
  if (Array.isArray(value)) return value.map((item) => cleaned(item, scrub, limit));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return Object.fromEntries(entries.map(([key, inner]) => [key, BYTES.has(key) ? inner : cleaned(inner, scrub, limit)]));
}

const KEY_FIELDS: ReadonlySet<string> = new Set("kty use alg misfit kid bits exponent curve privateMembers certificateEnds".split(" "));
const CREDENTIAL_FIELDS: ReadonlySet<string> = new Set("role from reason fingerprint known issuedAt endsAt lies shared seen".split(" "));
const KEY_HASHES: ReadonlySet<string> = new Set(["kidHash", "thumbprint"]);
/** Fields of DER in base64, which are longer than any text. */
const BYTES: ReadonlySet<string> = new Set(["der", "staple", "timestamps", "anchors", "responseDer"]);
/** Longest text of evidence; paths of bodies are the longest of them. */
const MAX_TEXT = 4096;
/** A name has 253 characters at most (RFC 1035 section 2.3.4), and a value of CAA is a name with parameters. */
const MAX_DNS_TEXT = 255;
/** Of a claim or a scope. */
const MAX_NAME = 128;
