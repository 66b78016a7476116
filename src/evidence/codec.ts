import { canonicalJson, sha256Hex } from "../model/digest.ts";
import { FAILURE_PHASES, type Failure } from "../model/failure.ts";
import type { StoredEvidence, StoredObservation } from "../model/history-store.ts";
import { UNOBSERVED_REASONS } from "../model/reason.ts";
import { err, ok, type Result } from "../model/result.ts";
import { type EvidenceKind, type EvidenceMap, KIND_VERSIONS } from "./kinds.ts";
import { FORMER_PROBE_IDS, type Observation, type ObservationKey, type ObservationOutcome, PROBE_IDS } from "./observation.ts";
import { type Redacted, redactedBefore } from "./redact.ts";
import { LINEAGE, type Lineage } from "./upcasters.ts";

export type CodecProblem =
  | "unknown-kind"
  /** Written by a newer apirisk. */
  | "newer-version"
  /** No way from its version to ours. */
  | "no-upcaster"
  /** The text is not what its hash says. */
  | "hash-mismatch"
  | "malformed";

export type DecodedEvidence = {
  readonly [K in EvidenceKind]: { readonly kind: K; readonly evidence: Redacted<EvidenceMap[K]> };
}[EvidenceKind];

/** Canonical JSON and its SHA-256 over `kind@version`, a line feed and the JSON: equal evidence is stored once. */
export function encodeEvidence<K extends EvidenceKind>(kind: K, evidence: Redacted<EvidenceMap[K]>): StoredEvidence {
  const version = KIND_VERSIONS[kind];
  const json = canonicalJson(evidence);
  return { hash: hashOf(kind, version, json), kind, version, json };
}

/** Evidence of this or of an earlier version, as the types of today. Never throws: a database may come from anywhere. */
export function decodeEvidence(stored: StoredEvidence, lineage: Lineage = LINEAGE): Result<DecodedEvidence, CodecProblem> {
  const { kind, version, json, hash } = stored;
  if (!isKind(kind)) return err("unknown-kind");
  if (version > lineage.versions[kind]) return err("newer-version");
  if (hashOf(kind, version, json) !== hash) return err("hash-mismatch");
  const content = parsedObject(json);
  if (content === undefined) return err("malformed");
  const current = upcast(kind, version, content, lineage);
  if (current === undefined) return err("no-upcaster");
  return hasFields(current, FIELDS[kind]) ? ok(decoded(kind, current)) : err("malformed");
}

/** The form that the store keeps. `carried` observations keep the time at which they were really made, and the form that they have there. */
export function encodeObservation(observation: Observation): StoredObservation {
  const { probe, kind, outcome, observedAt } = observation;
  const base = { probe, kind, key: storedKey(observation.key), outcome, observedAt, carried: observation.carried === true };
  if (observation.outcome !== "observed") return { ...base, failure: canonicalJson(observation.failure) };
  return { ...base, evidence: observation.storedAs ?? encodeEvidence(observation.kind, observation.evidence) };
}

/** An observation from the store, or undefined where it cannot be read (any more): the question is then open again. */
export function decodeObservation(
  stored: StoredObservation,
  { carried, lineage = LINEAGE }: { readonly carried: boolean; readonly lineage?: Lineage },
): Observation | undefined {
  const probe = [...PROBE_IDS, ...FORMER_PROBE_IDS].find((id) => id === stored.probe);
  if (probe === undefined || !isKind(stored.kind)) return undefined;
  const base = { probe, key: storedKey(stored.key), observedAt: stored.observedAt, durationMs: 0, ...(carried ? { carried } : {}) };
  if (stored.outcome === "observed") {
    const { evidence } = stored;
    const content = evidence === undefined ? undefined : decodeEvidence(evidence, lineage);
    if (evidence === undefined || content?.ok !== true || content.value.kind !== stored.kind) return undefined;
    const isOlder = evidence.version < lineage.versions[stored.kind];
    return { ...base, outcome: "observed", ...content.value, ...(isOlder ? { storedAs: evidence } : {}) };
  }
  const failure = failureFrom(stored.failure ?? "");
  const outcome = UNSEEN.find((word) => word === stored.outcome);
  return failure === undefined || outcome === undefined ? undefined : ({ ...base, kind: stored.kind, outcome, failure } as Observation);
}

/** SHA-256 in hex of what evidence is told apart by. */
export function hashOf(kind: string, version: number, json: string): string {
  return sha256Hex(`${kind}@${version}\n${json}`);
}

function isKind(kind: string): kind is EvidenceKind {
  return Object.hasOwn(KIND_VERSIONS, kind);
}

function upcast(kind: EvidenceKind, version: number, content: JsonObject, lineage: Lineage): JsonObject | undefined {
  let current: JsonObject | undefined = content;
  for (let from = version; from < lineage.versions[kind] && current !== undefined; from += 1) {
    current = lineage.upcasters[kind]?.[from]?.(current);
  }
  return Number.isInteger(version) && version > 0 ? current : undefined;
}

function decoded(kind: EvidenceKind, content: JsonObject): DecodedEvidence {
  const evidence: unknown = content;
  return { kind, evidence: redactedBefore(evidence as EvidenceMap[EvidenceKind]) } as DecodedEvidence;
}

function failureFrom(json: string): Failure | undefined {
  const { reason, phase, retriable, code, limiting } = parsedObject(json) ?? {};
  const known = UNOBSERVED_REASONS.find((word) => word === reason);
  const where = FAILURE_PHASES.find((word) => word === phase);
  if (known === undefined || where === undefined || typeof retriable !== "boolean") return undefined;
  return {
    reason: known,
    phase: where,
    retriable,
    ...(typeof code === "string" ? { code } : {}),
    ...(typeof limiting === "boolean" ? { limiting } : {}),
  };
}

function storedKey({ origin, address, endpoint }: ObservationKey): ObservationKey {
  return { origin, ...(address === undefined ? {} : { address }), ...(endpoint === undefined ? {} : { endpoint }) };
}

type JsonObject = Readonly<Record<string, unknown>>;

function parsedObject(json: string): JsonObject | undefined {
  try {
    const parsed: unknown = JSON.parse(json);
    return typeof parsed === "object" && parsed !== null && !Array.isArray(parsed) ? (parsed as JsonObject) : undefined;
  } catch {
    return undefined;
  }
}

type FieldType = "string" | "number" | "boolean" | "object" | "array";

function hasFields(content: JsonObject, fields: Readonly<Record<string, FieldType>>): boolean {
  return Object.entries(fields).every(([name, type]) => {
    const value = content[name];
    if (type === "array") return Array.isArray(value);
    return typeof value === type && value !== null && !Array.isArray(value);
  });
}

/** The fields that a rule may rely on: everything that is not optional at the top of a kind. */
const FIELDS: { readonly [K in EvidenceKind]: Readonly<Record<string, FieldType>> } = {
  "tls-session": { address: "string", version: "string", cipherSuite: "object", trusted: "boolean", chain: "array", chainSource: "string" },
  tls: {
    address: "string",
    versions: "array",
    groups: "array",
    signatureSchemes: "array",
    certificates: "array",
    chains: "array",
    served: "array",
    features: "object",
    quirks: "array",
  },
  "http-response": {
    endpoint: "string",
    request: "object",
    credential: "object",
    status: "number",
    httpVersion: "string",
    headers: "array",
    body: "object",
  },
  "http-unauthenticated": { endpoint: "string", level: "string", status: "number", headers: "array" },
  "http-invalid-credential": { endpoint: "string", digest: "string", status: "number", headers: "array" },
  "http-query-credential": { endpoint: "string", digest: "string", state: "string", tried: "array", read: "array" },
  "http-plaintext": { origin: "string", state: "string", headers: "array" },
  revocation: { leaf: "string", source: "string", host: "string" },
  domain: { host: "string", cnames: "array", hosting: "string", ns: "array", caa: "object", seen: "object" },
  registration: { zone: "string", statuses: "array", seen: "array" },
  credential: { origin: "string", held: "array" },
  "client-certificate": { origin: "string", chain: "array", keyMatches: "string", keyMode: "string" },
  "token-response": { origin: "string", grant: "string", status: "number", issued: "boolean", refreshToken: "boolean", noStore: "boolean" },
  token: { format: "string" },
  jwks: { keys: "array", unread: "number" },
  "oauth-metadata": { document: "string", identifier: "string", endpoints: "array", lists: "object", flags: "array" },
  "http-not-found": { origin: "string", status: "number", headers: "array", head: "object", cors: "object" },
  "http-preflight": { origin: "string", status: "number", headers: "array", cors: "object" },
  "security-txt": { origin: "string" },
  sdk: { packages: "array" },
  "response-history": { endpoint: "string", digest: "string", classifier: "number", baselines: "array" },
  "api-description": { endpoint: "string", file: "string", state: "string", paths: "array", unread: "array" },
};

const UNSEEN: readonly Exclude<ObservationOutcome, "observed">[] = ["refused", "unreachable", "timed-out", "skipped", "failed"];
