import type {
  BodyFacts,
  CertificateFacts,
  ClassFact,
  EvidenceKind,
  EvidenceMap,
  HeaderFact,
  HttpPlaintextEvidence,
  HttpResponseEvidence,
  HttpUnauthenticatedEvidence,
  TlsEvidence,
  TlsSessionEvidence,
  TlsVersionSupport,
} from "../../src/evidence/kinds.ts";
import type { Observation, ObservationKey, ObservationOutcome } from "../../src/evidence/observation.ts";
import { redactedBefore } from "../../src/evidence/redact.ts";
import type { FailurePhase } from "../../src/model/failure.ts";
import { integrationIdentity } from "../../src/model/fingerprint.ts";
import { DAY } from "../../src/model/instant.ts";
import type { Endpoint, Integration } from "../../src/model/integration.ts";
import type { UnobservedReason } from "../../src/model/reason.ts";
import type { TlsVersion } from "../../src/model/tls.ts";

/** The moment that judges of tests live in. */
export const AS_OF = Date.UTC(2026, 10, 23, 12);
export const ORIGIN = "https://api.acme.example";
export const SECOND_ORIGIN = "https://eu.acme.example:8443";
export const ADDRESS = "192.0.2.10";

/** A well-declared integration with one endpoint, `list`, and a bearer token. */
export function integration(declared: Partial<Integration> = {}): Integration {
  return {
    id: "acme",
    uid: integrationIdentity("acme", []),
    previousIds: [],
    name: "Acme",
    adHoc: false,
    owner: "payments",
    criticality: "high",
    environment: "production",
    dataClasses: [],
    tags: [],
    network: "public",
    baseUrl: `${ORIGIN}/v1`,
    additionalUrls: [],
    headers: {},
    auth: { scheme: "bearer", in: "header", name: "authorization", credential: "env:ACME_TOKEN", neededScopes: [] },
    authProof: { level: "headers" },
    budget: {},
    endpoints: [endpoint()],
    waivers: [],
    ...declared,
  };
}

export function endpoint(declared: Partial<Endpoint> = {}): Endpoint {
  return { id: "list", method: "GET", path: "/list", safe: false, everyMs: DAY, cost: "free", expect: {}, ...declared };
}

/** The default integration with another way to authenticate. */
export function withAuth(auth: Partial<Integration["auth"]>, declared: Partial<Integration> = {}): Integration {
  return integration({ ...declared, auth: { neededScopes: [], ...auth } });
}

export function observed<K extends EvidenceKind>(
  kind: K,
  evidence: EvidenceMap[K],
  key: Partial<ObservationKey> = {},
  carried = false,
): Observation {
  const observation = {
    probe: probeOf(kind),
    kind,
    key: { ...keyOf(kind), ...key },
    observedAt: AS_OF,
    durationMs: 12,
    ...(carried ? { carried } : {}),
    outcome: "observed",
    evidence: redactedBefore(evidence),
  };
  return observation as unknown as Observation;
}

/** A probe that saw nothing, and why. */
export function unseen(
  kind: EvidenceKind,
  reason: UnobservedReason,
  { key = {}, outcome = "failed", phase = "connect" }: UnseenOptions = {},
): Observation {
  return {
    probe: probeOf(kind),
    kind,
    key: { ...keyOf(kind), ...key },
    observedAt: AS_OF,
    durationMs: 12,
    outcome,
    failure: { reason, phase, retriable: false },
  } as unknown as Observation;
}

interface UnseenOptions {
  readonly key?: Partial<ObservationKey>;
  readonly outcome?: Exclude<ObservationOutcome, "observed">;
  readonly phase?: FailurePhase;
}

export function session(seen: Partial<TlsSessionEvidence> = {}, key: Partial<ObservationKey> = {}): Observation {
  const address = key.address ?? ADDRESS;
  return observed(
    "tls-session",
    {
      address,
      version: "TLS 1.3",
      cipherSuite: { name: "TLS_AES_256_GCM_SHA384", code: "0x1302" },
      trusted: true,
      chain: [certificate()],
      chainSource: "node",
      ...seen,
    },
    { address, ...key },
  );
}

/** Valid from 20 days before to 70 days after `AS_OF`: 77 % of its lifetime are left. */
export function certificate(facts: Partial<CertificateFacts> = {}): CertificateFacts {
  return {
    der: "",
    sha256: "00",
    subject: "CN=api.acme.example",
    issuer: "CN=Example CA",
    dnsNames: ["api.acme.example"],
    notBefore: AS_OF - 20 * DAY,
    notAfter: AS_OF + 70 * DAY,
    selfIssued: false,
    ...facts,
  };
}

/** Answers to raw hellos: refused for every version that `support` does not name. */
export function hellos(
  support: Readonly<Partial<Record<TlsVersion, TlsVersionSupport["support"] | UnobservedReason>>>,
  key: Partial<ObservationKey> = {},
): Observation {
  const address = key.address ?? ADDRESS;
  const asked: readonly TlsVersion[] = ["SSL 3.0", "TLS 1.0", "TLS 1.1", "TLS 1.2", "TLS 1.3"];
  const versions = [...new Set([...asked, ...(Object.keys(support) as TlsVersion[])])].map((version) =>
    versionSupport(version, support[version] ?? "refused"),
  );
  const evidence: TlsEvidence = { address, versions };
  return observed("tls", evidence, { address, ...key });
}

function versionSupport(version: TlsVersion, support: TlsVersionSupport["support"] | UnobservedReason): TlsVersionSupport {
  const rest = { version, cipherSuites: [], preference: "unknown", complete: false } as const;
  return support === "accepted" || support === "refused" || support === "unknown"
    ? { ...rest, support }
    : { ...rest, support: "unknown", reason: support };
}

/** An ordinary answer of endpoint `list`: JSON, one record, nothing in it. */
export function response(seen: Partial<HttpResponseEvidence> = {}, key: Partial<ObservationKey> = {}, carried = false): Observation {
  const id = key.endpoint ?? "list";
  return observed(
    "http-response",
    {
      endpoint: id,
      request: { method: "GET", origin: ORIGIN, path: `/v1/${id}` },
      credential: { state: "sent", in: "header" },
      status: 200,
      httpVersion: "1.1",
      trusted: true,
      headers: [],
      body: body(),
      ...seen,
    },
    key,
    carried,
  );
}

/** An answer of endpoint `list` with these header fields. */
export function responseWith(headers: Readonly<Record<string, string>>, key: Partial<ObservationKey> = {}): Observation {
  return response({ headers: headerFields(headers) }, key);
}

export function headerFields(headers: Readonly<Record<string, string>>): readonly HeaderFact[] {
  return Object.entries(headers).map(([name, value]) => ({ name, value, count: 1 }));
}

export function body(facts: Partial<BodyFacts> = {}): BodyFacts {
  return {
    state: "classified",
    mediaType: "application/json",
    format: "json",
    records: 1,
    shape: [{ path: "$.data[].id", types: ["string"] }],
    classes: [],
    maps: [],
    ...facts,
  };
}

export function classFact(fact: Partial<ClassFact> & Pick<ClassFact, "path" | "class">): ClassFact {
  return { confidence: 0.95, count: 1, masked: false, sample: false, ...fact };
}

/** An answer of endpoint `list` in which these classes were seen. */
export function responseHolding(classes: readonly ClassFact[], facts: Partial<BodyFacts> = {}): Observation {
  return response({ body: body({ classes, ...facts }) });
}

export function unauthenticated(seen: Partial<HttpUnauthenticatedEvidence> = {}, key: Partial<ObservationKey> = {}): Observation {
  const id = key.endpoint ?? "list";
  return observed("http-unauthenticated", { endpoint: id, level: "headers", status: 401, headers: [], ...seen }, key);
}

export function plaintext(seen: Partial<HttpPlaintextEvidence> = {}, key: Partial<ObservationKey> = {}): Observation {
  return observed("http-plaintext", { origin: "http://api.acme.example", state: "closed", headers: [], ...seen }, key);
}

function keyOf(kind: EvidenceKind): ObservationKey {
  if (kind === "tls" || kind === "tls-session") return { origin: ORIGIN, address: ADDRESS };
  return kind === "http-plaintext" ? { origin: ORIGIN } : { origin: ORIGIN, endpoint: "list" };
}

function probeOf(kind: EvidenceKind): Observation["probe"] {
  return kind === "tls" ? "tls-versions" : kind;
}
