import fc from "fast-check";
import { type EvidenceKind, TOKEN_ERRORS } from "../../src/evidence/kinds.ts";
import { type RawEvidence, redact } from "../../src/evidence/redact.ts";
import { DATA_CLASSES } from "../../src/model/data-class.ts";
import { UNOBSERVED_REASONS } from "../../src/model/reason.ts";
import { REGISTRATION_STATUSES } from "../../src/model/registration.ts";
import { TLS_VERSIONS } from "../../src/model/tls.ts";
import { CREDENTIAL_CLASSES } from "../../src/model/token.ts";

/** Raw evidence of every kind, with text as hostile as it may come. */
const text = fc.string({ unit: "binary", maxLength: 40 });
const headers = fc.array(fc.tuple(fc.oneof(text, fc.constantFrom("server", "link", "www-authenticate", "content-type", "via")), text));
const status = fc.integer({ min: 200, max: 599 });

const certificate = fc.record({
  der: fc.base64String(),
  sha256: text,
  subject: text,
  issuer: text,
  dnsNames: fc.array(text, { maxLength: 3 }),
  notBefore: fc.integer(),
  notAfter: fc.integer(),
  selfIssued: fc.boolean(),
});

const body = fc.record({
  state: fc.constantFrom("classified" as const, "truncated" as const),
  mediaType: text,
  format: fc.constantFrom("json" as const, "ndjson" as const, "xml" as const, "csv" as const),
  records: fc.nat(),
  octets: fc.nat(),
  total: fc.nat(),
  subjects: fc.nat(),
  guard: fc.constantFrom("prefix" as const, "jsonp" as const),
  shape: fc.array(fc.record({ path: text, types: fc.array(text, { maxLength: 2 }), filled: fc.nat(), octets: fc.nat() }), { maxLength: 3 }),
  classes: fc.array(
    fc.record({
      path: text,
      class: fc.constantFrom(...DATA_CLASSES),
      confidence: fc.double({ min: 0, max: 1, noNaN: true }),
      count: fc.nat(),
      masked: fc.boolean(),
      sample: fc.boolean(),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
      length: fc.constantFrom("1-8" as const, "257+" as const),
    }),
    { maxLength: 3 },
  ),
  maps: fc.array(text, { maxLength: 2 }),
  hazards: fc.array(fc.record({ path: text, kind: fc.constantFrom("script" as const, "prototype-key" as const), count: fc.nat() }), {
    maxLength: 2,
  }),
  duplicateKeys: fc.array(text, { maxLength: 2 }),
});

const codeFact = fc.record({ code: text, name: text, versions: fc.array(fc.constantFrom(...TLS_VERSIONS), { maxLength: 2 }) });

const cors = fc.record({
  allowOrigin: fc.constantFrom("none" as const, "echoed" as const),
  credentials: fc.boolean(),
  varies: fc.boolean(),
  unsafeMethods: fc.array(text, { maxLength: 2 }),
});

const head = fc.record({
  wire: fc.record({ conflicting: fc.array(text, { maxLength: 2 }), odd: fc.constant([]) }),
  leaks: fc.array(fc.record({ field: text, what: fc.constant("secret" as const) }), { maxLength: 2 }),
  cache: fc.record({ lastModified: fc.boolean(), expires: fc.constant("none" as const) }),
  notices: fc.array(fc.record({ field: text, what: fc.constant("deprecated" as const) }), { maxLength: 2 }),
});

const RAW: { readonly [K in EvidenceKind]: fc.Arbitrary<RawEvidence[K]> } = {
  "tls-session": fc.record({
    address: text,
    version: fc.constantFrom(...TLS_VERSIONS),
    cipherSuite: fc.record({ name: text, code: text }),
    trusted: fc.boolean(),
    chain: fc.array(certificate, { maxLength: 2 }),
    chainSource: fc.constantFrom("node" as const, "served" as const),
  }),
  tls: fc.record({
    address: text,
    versions: fc.array(
      fc.record({
        version: fc.constantFrom(...TLS_VERSIONS),
        support: fc.constantFrom("accepted" as const, "refused" as const, "unknown" as const),
        reason: fc.constantFrom(...UNOBSERVED_REASONS),
        cipherSuites: fc.array(fc.record({ code: text, name: text }), { maxLength: 2 }),
        preference: fc.constant("unknown" as const),
        complete: fc.boolean(),
      }),
      { maxLength: 3 },
    ),
    groups: fc.array(codeFact, { maxLength: 2 }),
    signatureSchemes: fc.array(codeFact, { maxLength: 2 }),
    certificates: fc.array(fc.record({ sha256: text, key: text }), { maxLength: 2 }),
    chains: fc.array(fc.record({ named: fc.boolean(), certificates: fc.array(text, { maxLength: 2 }) }), { maxLength: 2 }),
    served: fc.array(fc.record({ sha256: text, der: text }), { maxLength: 2 }),
    features: fc.record({
      compression: fc.boolean(),
      alpn: fc.array(text, { maxLength: 2 }),
      clientCertificate: fc.record({ requested: fc.boolean(), authorities: fc.array(text, { maxLength: 2 }), count: fc.nat(9) }),
    }),
    quirks: fc.array(text, { maxLength: 2 }),
  }),
  "http-response": fc.record({
    endpoint: text,
    request: fc.record({ method: text, origin: text, path: text, digest: text }),
    credential: fc.record({ state: fc.constantFrom("none" as const, "sent" as const), in: text }),
    status,
    httpVersion: text,
    trusted: fc.boolean(),
    headers,
    head,
    body,
  }),
  "http-unauthenticated": fc.record({ endpoint: text, level: fc.constantFrom("headers" as const, "shape" as const), status, headers }),
  "http-invalid-credential": fc.record({ endpoint: text, digest: text, status, headers }),
  "http-query-credential": fc.record({
    endpoint: text,
    digest: text,
    state: fc.constantFrom("compared" as const, "ambiguous" as const, "not-refused" as const),
    tried: fc.array(text, { maxLength: 2 }),
    read: fc.array(text, { maxLength: 2 }),
  }),
  revocation: fc.record({
    leaf: text,
    source: fc.constantFrom("ocsp" as const, "crl" as const),
    host: text,
    responseDer: fc.base64String(),
  }),
  "http-plaintext": fc.record({ origin: text, state: fc.constantFrom("answered" as const, "closed" as const), status, headers }),
  domain: fc.record({
    host: text,
    zone: text,
    cnames: fc.array(text, { maxLength: 2 }),
    hosting: text,
    dangling: fc.record({ name: text, owner: fc.constantFrom("same" as const, "other" as const) }),
    ns: fc.array(text, { maxLength: 2 }),
    caa: fc.record({
      state: fc.constant("records" as const),
      at: text,
      records: fc.array(fc.record({ critical: fc.boolean(), tag: text, value: text }), { maxLength: 2 }),
    }),
    seen: fc.record({
      ns: fc.array(fc.record({ names: fc.array(text, { maxLength: 2 }), domains: fc.array(text, { maxLength: 2 }), since: fc.nat() }), {
        maxLength: 2,
      }),
      hosting: fc.array(fc.record({ domain: text, since: fc.nat() }), { maxLength: 2 }),
    }),
  }),
  registration: fc.record({
    zone: text,
    registrar: fc.record({ name: text, ianaId: fc.constantFrom("292", "1x") }),
    expiresAt: fc.nat(),
    registeredAt: fc.nat(),
    changedAt: fc.nat(),
    statuses: fc.subarray([...REGISTRATION_STATUSES]),
    seen: fc.array(fc.record({ name: text, ianaId: text, since: fc.nat() }), { maxLength: 2 }),
  }),
  "client-certificate": fc.record({
    origin: text,
    chain: fc.array(certificate, { maxLength: 2 }),
    keyMatches: fc.constantFrom("yes" as const, "no" as const, "unknown" as const),
    keyMode: fc.constantFrom("private" as const, "others" as const),
    keyReason: fc.constantFrom(...UNOBSERVED_REASONS),
  }),
  credential: fc.record({
    origin: text,
    held: fc.array(
      fc.record({
        role: fc.constantFrom("clients" as const, "audit" as const),
        from: fc.constantFrom("env" as const, "file" as const, "exec" as const, "adapter" as const),
        reason: fc.constantFrom(...UNOBSERVED_REASONS),
        fingerprint: fc.record({ keyId: text, value: text }),
        known: fc.record({ provider: text, prefix: text, class: fc.constantFrom(...CREDENTIAL_CLASSES) }),
        issuedAt: fc.nat(),
        endsAt: fc.nat(),
        lies: fc.record({
          file: fc.constantFrom("own" as const, "env-file" as const),
          mode: fc.constantFrom("private" as const, "unknown" as const),
          folder: fc.constantFrom("private" as const, "others-write" as const),
          tracked: fc.constantFrom("yes" as const, "no" as const),
        }),
        shared: fc.record({
          elsewhere: fc.nat(),
          acrossEnvironments: fc.nat(),
          compared: fc.nat(),
          uncompared: fc.nat(),
          because: fc.constantFrom(...UNOBSERVED_REASONS),
        }),
        seen: fc.record({ keyId: text, fingerprints: fc.array(fc.record({ value: text, since: fc.nat() }), { maxLength: 2 }) }),
      }),
      { maxLength: 2 },
    ),
  }),
  "token-response": fc.record({
    origin: text,
    grant: fc.constantFrom("client_credentials" as const, "refresh_token" as const, "jwt_bearer" as const),
    status: fc.nat(),
    issued: fc.boolean(),
    error: fc.constantFrom(...TOKEN_ERRORS),
    tokenType: fc.constantFrom("bearer" as const, "dpop" as const, "other" as const),
    expiresIn: fc.nat(),
    scopes: fc.array(text, { maxLength: 3 }),
    refreshToken: fc.boolean(),
    noStore: fc.boolean(),
  }),
  token: fc.record({
    format: fc.constantFrom("jws" as const, "jwe" as const, "opaque" as const),
    claims: fc.record({
      audience: fc.record({ services: fc.nat(3), any: fc.boolean(), match: fc.constant("ours" as const) }),
      scopes: fc.array(text, { maxLength: 2 }),
      names: fc.array(text, { maxLength: 2 }),
      unlisted: fc.nat(3),
      malformed: fc.constant([]),
      ofIdToken: fc.constant([]),
      sensitive: fc.array(fc.record({ name: text, class: text, by: fc.constant("name" as const) }), { maxLength: 2 }),
    }),
  }),
  jwks: fc.record({
    keys: fc.array(
      fc.record({
        kty: fc.constantFrom("RSA" as const, "oct" as const),
        use: fc.constant("absent" as const),
        misfit: fc.boolean(),
        kid: fc.constant("unique" as const),
        kidHash: text,
        privateMembers: fc.array(text, { maxLength: 2 }),
        thumbprint: text,
      }),
      { maxLength: 2 },
    ),
    unread: fc.nat(3),
  }),
  "oauth-metadata": fc.record({
    document: fc.constant("openid" as const),
    identifier: fc.constant("same" as const),
    endpoints: fc.array(fc.record({ name: text, scheme: fc.constant("https" as const), domain: fc.constant("same" as const) }), {
      maxLength: 2,
    }),
    lists: fc.record({ grant_types_supported: fc.record({ known: fc.array(text, { maxLength: 2 }), others: fc.nat(3) }) }),
    flags: fc.constant([]),
  }),
  "http-not-found": fc.record({
    origin: text,
    status,
    headers,
    head,
    cors,
    page: fc.record({ format: fc.constant("page" as const), signatures: fc.array(text, { maxLength: 2 }) }),
  }),
  "http-preflight": fc.record({ origin: text, status, headers, cors }),
  sdk: fc.record({
    packages: fc.array(
      fc.record({
        ecosystem: text,
        package: text,
        reason: fc.constantFrom(...UNOBSERVED_REASONS),
        problem: text,
        file: text,
        versions: fc.array(text, { maxLength: 2 }),
        unversioned: fc.nat(),
        isPart: fc.constant(true as const),
      }),
      { maxLength: 2 },
    ),
  }),
  "security-txt": fc.record({
    origin: text,
    at: fc.constant("host" as const),
    facts: fc.record({ contacts: fc.nat(3), expires: text, flaws: fc.constant([]) }),
  }),
  "api-description": fc.record({
    endpoint: text,
    file: text,
    state: fc.constantFrom("described" as const, "not-described" as const, "unavailable" as const),
    paths: fc.array(text, { maxLength: 3 }),
    unread: fc.array(text, { maxLength: 2 }),
    problem: text,
  }),
  "response-history": fc.record({
    endpoint: text,
    digest: text,
    classifier: fc.nat(),
    baselines: fc.array(
      fc.record({
        status: fc.integer({ min: 1, max: 5 }),
        mediaType: text,
        credential: fc.constantFrom("none" as const, "sent" as const),
        since: fc.nat(),
        runs: fc.nat(3),
        records: fc.array(fc.nat(), { maxLength: 3 }),
        subjects: fc.array(fc.nat(), { maxLength: 3 }),
        cut: fc.constant(true as const),
        fitted: fc.nat(5),
        paths: fc.array(
          fc.record({
            path: text,
            types: fc.array(text, { maxLength: 2 }),
            runs: fc.nat(3),
            filled: fc.boolean(),
            classes: fc.array(
              fc.record({
                class: fc.constantFrom(...DATA_CLASSES),
                masked: fc.boolean(),
                came: fc.record({ how: fc.constantFrom("new-field" as const, "unmasked" as const), since: fc.nat() }),
              }),
              { maxLength: 2 },
            ),
          }),
          { maxLength: 3 },
        ),
      }),
      { maxLength: 2 },
    ),
  }),
};

export const EVIDENCE_KINDS = Object.keys(RAW) as readonly EvidenceKind[];

export function rawEvidence<K extends EvidenceKind>(kind: K): fc.Arbitrary<RawEvidence[K]> {
  return RAW[kind];
}

export function redactedEvidence<K extends EvidenceKind>(kind: K) {
  return RAW[kind].map((raw) => redact(kind, raw, (unscrubbed) => unscrubbed));
}
