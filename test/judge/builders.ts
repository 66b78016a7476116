import { cipherSuiteByName, cipherSuiteCodeText, cipherSuites } from "../../src/catalog/cipher-suites.ts";
import { namedGroups } from "../../src/catalog/named-groups.ts";
import { signatureSchemes } from "../../src/catalog/signature-schemes.ts";
import type {
  BodyFacts,
  CertificateFacts,
  EvidenceKind,
  HeldCredential,
  InstalledSdk,
  PathBaseline,
  ResponseBaseline,
  TlsCodeFact,
  TlsEvidence,
  TlsFeatureFacts,
  TlsVersionSupport,
} from "../../src/evidence/kinds.ts";
import type { Observation, ObservationKey, ProbeId } from "../../src/evidence/observation.ts";
import { type RawEvidence, redact } from "../../src/evidence/redact.ts";
import { codeRanges } from "../../src/model/code-ranges.ts";
import { integrationIdentity } from "../../src/model/fingerprint.ts";
import type { HeadFacts } from "../../src/model/head-facts.ts";
import { DAY, HOUR } from "../../src/model/instant.ts";
import type { Endpoint, Integration } from "../../src/model/integration.ts";
import type { PublishedKey } from "../../src/model/key-set.ts";
import type { CorsFacts, ErrorPageFacts, SecurityTxtFacts } from "../../src/model/posture.ts";
import type { UnobservedReason } from "../../src/model/reason.ts";
import type { MetadataWords, ServerMetadataFacts } from "../../src/model/server-metadata.ts";
import type { TlsVersion } from "../../src/model/tls.ts";
import type { OpaqueToken, TokenClaims } from "../../src/model/token.ts";

/** The judge's clock in every test that does not say otherwise. */
export const NOW = Date.UTC(2026, 10, 23, 12);
export const ORIGIN = "https://api.acme.example";
export const SECOND_ORIGIN = "https://eu.acme.example:8443";

export function anIntegration(overrides: Partial<Integration> = {}): Integration {
  return {
    id: "acme-payments",
    uid: integrationIdentity("acme-payments", []),
    previousIds: [],
    name: "Acme payments",
    adHoc: false,
    owner: "payments-team",
    criticality: "high",
    environment: "production",
    dataClasses: [],
    tags: [],
    network: "public",
    baseUrl: `${ORIGIN}/v1`,
    additionalUrls: [],
    headers: {},
    auth: { scheme: "bearer", credential: "env:ACME_TOKEN", neededScopes: [] },
    authProof: { level: "none" },
    budget: {},
    endpoints: [anEndpoint()],
    waivers: [],
    ...overrides,
  };
}

export function anEndpoint(overrides: Partial<Endpoint> = {}): Endpoint {
  return { id: "list", method: "GET", path: "/list", safe: false, everyMs: DAY, cost: "free", expect: {}, ...overrides };
}

export const TWO_URLS: Partial<Integration> = { additionalUrls: [{ url: `${SECOND_ORIGIN}/v1` }] };

/** Some of it, and some of it left out. */
type Without<T> = { readonly [K in keyof T]?: T[K] | undefined };

type Where = Partial<ObservationKey> & { readonly carried?: boolean };

export function session(raw: Partial<RawEvidence["tls-session"]> = {}, where: Where = {}): Observation {
  const address = where.address ?? "192.0.2.1";
  const evidence = {
    address,
    version: "TLS 1.3" as TlsVersion,
    cipherSuite: { name: "TLS_AES_128_GCM_SHA256", code: "0x1301" },
    trusted: true,
    chain: [aCertificate()],
    chainSource: "node" as const,
    ...raw,
  };
  return seen("tls-session", evidence, { address, ...where });
}

export function aCertificate(overrides: Partial<CertificateFacts> = {}): CertificateFacts {
  return {
    der: "",
    sha256: "ab".repeat(32),
    subject: "CN=api.acme.example",
    issuer: "CN=Test CA",
    dnsNames: ["api.acme.example"],
    notBefore: NOW - 20 * DAY,
    notAfter: NOW + 70 * DAY,
    selfIssued: false,
    ...overrides,
  };
}

/** What one address said of each version, and nothing of their parameters; versions that are not listed were refused. */
export function hellos(said: Partial<Record<TlsVersion, Partial<TlsVersionSupport>>> = {}, where: Where = {}): Observation {
  const asked = new Set<TlsVersion>(["SSL 3.0", "TLS 1.0", "TLS 1.1", "TLS 1.2", "TLS 1.3", ...(Object.keys(said) as TlsVersion[])]);
  const versions = [...asked].map((version) => ({ ...REFUSED, version, complete: false, ...said[version] }));
  return parameters({ versions, groups: [], signatureSchemes: [], certificates: [], features: {} }, where);
}

const REFUSED = { support: "refused", cipherSuites: [], preference: "unknown", complete: true } as const;

/** All that one address accepts, asked at depth full; what is not said is as good as it gets today. */
export function parameters(found: Partial<TlsEvidence> = {}, where: Where = {}): Observation {
  const address = where.address ?? "192.0.2.1";
  const older = (["SSL 2.0", "SSL 3.0", "TLS 1.0", "TLS 1.1"] as const).map((version) => ({ ...REFUSED, version }));
  const evidence: TlsEvidence = {
    address,
    depth: "full",
    versions: [...older, accepting("TLS 1.2", GOOD_12), accepting("TLS 1.3", GOOD_13)],
    groups: [group("X25519MLKEM768", "TLS 1.3"), group("x25519", "TLS 1.3", "TLS 1.2"), group("secp256r1", "TLS 1.3", "TLS 1.2")],
    signatureSchemes: [scheme("rsa_pss_rsae_sha256", "TLS 1.2"), scheme("rsa_pkcs1_sha256", "TLS 1.2")],
    certificates: [{ sha256: "ab".repeat(32), key: "rsa" }],
    chains: [],
    served: [],
    features: GOOD_FEATURES,
    quirks: [],
    ...found,
  };
  return seen("tls", evidence, { address, ...where });
}

/** A version with these suites, by name, and nothing else: all others were refused, but those of `unknown`. */
export function accepting(
  version: TlsVersion,
  suites: readonly string[],
  more: Partial<TlsVersionSupport> & { readonly unknown?: readonly string[] } = {},
): TlsVersionSupport {
  const { unknown = [], ...rest } = more;
  const undecided = new Set([...suites, ...unknown]);
  return {
    version,
    support: "accepted",
    seen: "server-hello",
    cipherSuites: suites.map((name) => ({ code: cipherSuiteCodeText(cipherSuiteByName(name)?.code ?? 0), name })),
    preference: "server",
    complete: unknown.length === 0,
    refused: codeRanges(cipherSuites().flatMap(({ code, name }) => (undecided.has(name) ? [] : [code]))),
    refusedGroups: codeRanges(namedGroups().map(({ code }) => code)),
    refusedSchemes: codeRanges(signatureSchemes().map(({ code }) => code)),
    ...rest,
  };
}

/** The same, where no suite was seen this time but these. */
export function remembering(found: TlsVersionSupport, ...seenNow: readonly string[]): TlsVersionSupport {
  return { ...found, cipherSuites: found.cipherSuites.map((fact) => (seenNow.includes(fact.name) ? fact : { ...fact, remembered: true })) };
}

export function group(name: string, ...versions: readonly TlsVersion[]): TlsCodeFact {
  return codeFact(namedGroups(), name, versions);
}

export function scheme(name: string, ...versions: readonly TlsVersion[]): TlsCodeFact {
  return codeFact(signatureSchemes(), name, versions);
}

function codeFact(
  rows: readonly { readonly code: number; readonly name: string }[],
  name: string,
  versions: readonly TlsVersion[],
): TlsCodeFact {
  const code = rows.find((row) => row.name === name)?.code;
  if (code === undefined) throw new Error(`nothing is called ${name}`);
  return { code: cipherSuiteCodeText(code), name, versions };
}

export const GOOD_12: readonly string[] = ["TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"];
export const GOOD_13: readonly string[] = ["TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256"];
export const GOOD_FEATURES: TlsFeatureFacts = {
  secureRenegotiation: true,
  extendedMasterSecret: true,
  compression: false,
  sessionTickets: true,
  stapling: false,
  scts: false,
  clientCertificate: { requested: false, authorities: [], count: 0 },
  ephemeralReuse: false,
};

/** A head of which there is nothing to say. */
export const QUIET_HEAD: HeadFacts = {
  wire: { conflicting: [], odd: [] },
  leaks: [],
  cache: { lastModified: false, expires: "none" },
  notices: [],
};

export type Answer = Partial<Omit<RawEvidence["http-response"], "headers" | "body">> & {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Partial<BodyFacts>;
};

export function response({ headers = {}, body = {}, ...raw }: Answer = {}, where: Where = {}): Observation {
  const endpoint = where.endpoint ?? "list";
  const origin = where.origin ?? ORIGIN;
  const evidence = {
    endpoint,
    request: { method: "GET", origin, path: "/v1/list", digest: "0123456789abcdef" },
    credential: { state: "sent" as const, in: "header" },
    status: 200,
    httpVersion: "1.1",
    trusted: true,
    headers: Object.entries(headers),
    body: { ...READ_BODY, ...body },
    echo: [],
    head: QUIET_HEAD,
    ...raw,
  };
  return seen("http-response", evidence, { endpoint, ...where });
}

const READ_BODY: BodyFacts = {
  state: "classified",
  format: "json",
  records: 1,
  shape: [],
  classes: [],
  maps: [],
  hazards: [],
  duplicateKeys: [],
};

/** What the endpoint answered before, in many a run; by paths, which were filled in all of them unless it is said otherwise. */
export function answeredBefore(
  paths: readonly (string | ({ readonly path: string } & Partial<PathBaseline>))[] = [],
  more: Partial<ResponseBaseline> = {},
  where: Where = {},
): Observation {
  const endpoint = where.endpoint ?? "list";
  const known = paths.map((path) => ({ types: ["string"], runs: 3, filled: true, ...(typeof path === "string" ? { path } : path) }));
  const baseline = {
    ...{ status: 2, mediaType: "", credential: "sent" as const, since: NOW - 60 * DAY },
    ...{ runs: 3, records: [1, 1, 1], subjects: [], paths: known },
    ...more,
  };
  return seen("response-history", { endpoint, digest: "0123456789abcdef", classifier: 1, baselines: [baseline] }, { endpoint, ...where });
}

/** What a description beside the inventory says of the endpoint. */
export function describedAs(paths: readonly string[], more: Partial<RawEvidence["api-description"]> = {}, where: Where = {}): Observation {
  const endpoint = where.endpoint ?? "list";
  const evidence = { endpoint, file: "acme.yaml", state: "described" as const, paths, unread: [], ...more };
  return seen("api-description", evidence, { endpoint, ...where });
}

/** Nobody asked before. */
export function neverBefore(where: Where = {}): Observation {
  const endpoint = where.endpoint ?? "list";
  return seen("response-history", { endpoint, digest: "0123456789abcdef", classifier: 1, baselines: [] }, { endpoint, ...where });
}

export function withoutCredential(raw: Partial<RawEvidence["http-unauthenticated"]> = {}, where: Where = {}): Observation {
  const endpoint = where.endpoint ?? "list";
  return seen("http-unauthenticated", { endpoint, level: "shape", status: 401, headers: [], ...raw }, { endpoint, ...where });
}

/** With a credential that is nobody's. */
export function withGarbage(raw: Partial<RawEvidence["http-invalid-credential"]> = {}, where: Where = {}): Observation {
  const endpoint = where.endpoint ?? "list";
  const evidence = { endpoint, digest: "0123456789abcdef", status: 401, headers: [], ...raw };
  return seen("http-invalid-credential", evidence, { endpoint, ...where });
}

export function queries(raw: Partial<RawEvidence["http-query-credential"]> = {}, where: Where = {}): Observation {
  const endpoint = where.endpoint ?? "list";
  const evidence = { endpoint, digest: "0123456789abcdef", state: "compared" as const, tried: ["api_key", "key"], read: [], ...raw };
  return seen("http-query-credential", evidence, { endpoint, ...where });
}

export function twin(raw: Partial<RawEvidence["http-plaintext"]> = {}, where: Where = {}): Observation {
  return seen("http-plaintext", { origin: "http://api.acme.example", state: "answered", status: 400, headers: [], ...raw }, where);
}

/** What authorities said of a certificate when they were asked. */
export function askedAuthorities(raw: RawEvidence["revocation"], where: Where = {}): Observation {
  return seen("revocation", raw, { address: "192.0.2.1", ...where });
}

/** What DNS says of the host: two name servers of an operator of its own, no alias, no CAA, and nothing that was different before. */
export function domain(raw: Partial<RawEvidence["domain"]> = {}, where: Where = {}): Observation {
  const names = ["ns1.dns.example", "ns2.dns.example"];
  const evidence: RawEvidence["domain"] = {
    host: "api.acme.example",
    zone: "acme.example",
    cnames: [],
    hosting: "acme.example",
    ns: names,
    caa: { state: "none" },
    seen: {
      ns: [{ names, domains: ["dns.example"], since: NOW - 90 * DAY }],
      hosting: [{ domain: "acme.example", since: NOW - 90 * DAY }],
    },
    ...raw,
  };
  return seen("domain", evidence, where);
}

/** What the registry says of the domain: with one registrar for ever, locked, and registered for another year. */
export function registration(raw: Partial<RawEvidence["registration"]> = {}, where: Where = {}, observedAt = NOW): Observation {
  const registrar = { name: "Registrar of Acme, Inc.", ianaId: "292" };
  const evidence: RawEvidence["registration"] = {
    zone: "acme.example",
    registrar,
    expiresAt: NOW + 365 * DAY,
    registeredAt: NOW - 3650 * DAY,
    changedAt: NOW - 30 * DAY,
    statuses: ["client transfer prohibited"],
    seen: [{ ...registrar, since: NOW - 90 * DAY }],
    ...raw,
  };
  return { ...seen("registration", evidence, where), observedAt };
}

/** What our clients show, as good as it gets; its key alone is not looked at. */
export function clientCertificate(raw: Partial<RawEvidence["client-certificate"]> = {}): Observation {
  return seen("client-certificate", { origin: ORIGIN, chain: [aCertificate()], keyMatches: "yes", keyMode: "private", ...raw }, {});
}

/** One client library, as the lock file beside the inventory has it. */
export function installedSdk(more: Partial<InstalledSdk> = {}): Observation {
  const sdk = { ecosystem: "npm", package: "acme-node", file: "package-lock.json", versions: ["4.1.0"], unversioned: 0, ...more };
  return seen("sdk", { packages: [sdk] }, {});
}

/** The clients' credential, in a variable, seen for the first time ten days ago, and nobody else's. */
export function heldCredential(more: Partial<HeldCredential> = {}, origin: string = ORIGIN): Observation {
  return seen("credential", { origin, held: [aHeldCredential(more)] }, { origin });
}

export function aHeldCredential(more: Partial<HeldCredential> = {}): HeldCredential {
  const fingerprint = { keyId: "0a1b2c3d", value: "00112233445566778899aabbccddeeff" };
  return {
    role: "clients",
    from: "env",
    fingerprint,
    shared: { elsewhere: 0, acrossEnvironments: 0, compared: 3, uncompared: 0 },
    seen: { keyId: fingerprint.keyId, fingerprints: [{ value: fingerprint.value, since: NOW - 10 * DAY }] },
    ...more,
  };
}

/** A token was given, as clients log in. */
export function tokenResponse(raw: Partial<RawEvidence["token-response"]> = {}): Observation {
  const origin = "https://auth.acme.example";
  const evidence: RawEvidence["token-response"] = {
    origin,
    grant: "client_credentials",
    status: 200,
    issued: true,
    tokenType: "bearer",
    expiresIn: 3600,
    refreshToken: false,
    noStore: true,
    ...raw,
  };
  return seen("token-response", evidence, { origin });
}

/** An hour's worth of access to us and nobody else, signed with an elliptic curve. */
export function token(raw: Without<RawEvidence["token"]> = {}, claims: Without<TokenClaims> = {}): Observation {
  const evidence = {
    format: "jws",
    header: { alg: "ES256", typ: "at+jwt", kid: "safe", keys: [] },
    signatureBytes: 64,
    claims: {
      iat: NOW - HOUR / 2,
      exp: NOW + HOUR / 2,
      audience: { services: 1, any: false, match: "ours" },
      scopes: ["orders:read"],
      names: ["aud", "exp", "iat", "iss", "scope"],
      unlisted: 0,
      malformed: [],
      ofIdToken: [],
      sensitive: [],
      ...claims,
    },
    ...raw,
  };
  return seen("token", evidence as RawEvidence["token"], {});
}

/** A token that is no JWT. */
export function opaqueToken(raw: Partial<OpaqueToken> = {}): Observation {
  return seen("token", { format: "opaque", opaque: { length: 43, atMostBits: 258, shape: "unknown", ...raw } }, {});
}

/** One key that signs. */
export function publishedKey(overrides: Without<PublishedKey> = {}): PublishedKey {
  const key = {
    kty: "RSA",
    use: "sig",
    alg: "RS256",
    misfit: false,
    kid: "unique",
    bits: 2048,
    exponent: 65537,
    privateMembers: [],
    ...overrides,
  };
  return key as PublishedKey;
}

export function keySet(keys: readonly PublishedKey[], raw: Partial<RawEvidence["jwks"]> = {}, where: Where = {}): Observation {
  return seen("jwks", { keys, unread: 0, ...raw }, where);
}

/** A server that offers what is good today, and says so. */
export function serverMetadata(
  {
    lists,
    ...raw
  }: Partial<Omit<RawEvidence["oauth-metadata"], "lists">> & { readonly lists?: Without<ServerMetadataFacts["lists"]> } = {},
  where: Where = {},
): Observation {
  const evidence: RawEvidence["oauth-metadata"] = {
    document: "openid",
    identifier: "same",
    endpoints: [{ name: "token_endpoint", scheme: "https", domain: "same" }],
    flags: ["tls_client_certificate_bound_access_tokens"],
    ...raw,
    lists: { ...GOOD_LISTS, ...lists } as ServerMetadataFacts["lists"],
  };
  return seen("oauth-metadata", evidence, where);
}

export const words = (...known: readonly string[]): MetadataWords => ({ known, others: 0 });
export const GOOD_LISTS = {
  grant_types_supported: words("authorization_code", "client_credentials"),
  response_types_supported: words("code"),
  code_challenge_methods_supported: words("S256"),
  token_endpoint_auth_methods_supported: words("private_key_jwt"),
  id_token_signing_alg_values_supported: words("ES256"),
};

const NO_CORS: CorsFacts = { allowOrigin: "none", credentials: false, varies: false, unsafeMethods: [] };

/** Refused in JSON, with nothing to say of it. */
export function notFound(
  {
    cors,
    page,
    ...raw
  }: Partial<Omit<RawEvidence["http-not-found"], "cors" | "page">> & { cors?: Partial<CorsFacts>; page?: Partial<ErrorPageFacts> } = {},
  where: Where = {},
): Observation {
  const evidence = { origin: ORIGIN, status: 404, headers: [], head: QUIET_HEAD, ...raw } as Omit<RawEvidence["http-not-found"], "cors">;
  return seen("http-not-found", { ...evidence, cors: { ...NO_CORS, ...cors }, page: { format: "json", signatures: [], ...page } }, where);
}

export function preflight(
  { cors, ...raw }: Partial<Omit<RawEvidence["http-preflight"], "cors">> & { cors?: Partial<CorsFacts> } = {},
  where: Where = {},
): Observation {
  return seen("http-preflight", { origin: ORIGIN, status: 204, headers: [], ...raw, cors: { ...NO_CORS, ...cors } }, where);
}

/** Without facts: there is none. */
export function securityTxt(facts?: Partial<SecurityTxtFacts>, where: Where = {}): Observation {
  const found = facts === undefined ? {} : { at: "host" as const, facts: { contacts: 1, expires: "2999-01-01", flaws: [], ...facts } };
  return seen("security-txt", { origin: ORIGIN, ...found }, where);
}

/** An observation that saw nothing. */
export function unseen(
  kind: EvidenceKind,
  reason: UnobservedReason,
  where: Where = {},
  outcome: "refused" | "unreachable" | "timed-out" | "skipped" | "failed" = "unreachable",
): Observation {
  const { carried, ...key } = where;
  return {
    probe: PROBE_OF[kind],
    kind,
    key: { origin: ORIGIN, ...key },
    observedAt: NOW,
    durationMs: 1,
    outcome,
    failure: { reason, phase: "connect", retriable: false },
    ...(carried === undefined ? {} : { carried }),
  } as Observation;
}

function seen<K extends EvidenceKind>(kind: K, raw: RawEvidence[K], { carried, ...key }: Where): Observation {
  return {
    probe: PROBE_OF[kind],
    kind,
    key: { origin: ORIGIN, ...key },
    observedAt: NOW,
    durationMs: 1,
    outcome: "observed",
    evidence: redact(kind, raw, (text) => text),
    ...(carried === undefined ? {} : { carried }),
  } as unknown as Observation;
}

const PROBE_OF: Readonly<Record<EvidenceKind, ProbeId>> = {
  "tls-session": "tls-session",
  tls: "tls-parameters",
  "http-response": "http-response",
  "http-unauthenticated": "http-unauthenticated",
  "http-invalid-credential": "http-invalid-credential",
  "http-query-credential": "http-query-credential",
  "http-plaintext": "http-plaintext",
  revocation: "revocation",
  domain: "domain",
  registration: "registration",
  "client-certificate": "client-certificate",
  credential: "credential",
  "token-response": "token-request",
  token: "token",
  jwks: "jwks",
  "oauth-metadata": "oauth-metadata",
  "http-not-found": "http-not-found",
  "http-preflight": "http-preflight",
  "security-txt": "security-txt",
  sdk: "sdk",
  "response-history": "response-history",
  "api-description": "api-description",
};
