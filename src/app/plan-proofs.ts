import type { EvidenceKind } from "../evidence/kinds.ts";
import type { Observation } from "../evidence/observation.ts";
import type { IntegrationKnowledge } from "../model/history-store.ts";
import { DAY, type Instant } from "../model/instant.ts";
import type { Endpoint, Integration } from "../model/integration.ts";
import { requestDigest } from "../model/request-digest.ts";
import { httpInvalidCredentialProbe } from "../observe/probes/http-invalid-credential.ts";
import { httpQueryCredentialProbe } from "../observe/probes/http-query-credential.ts";
import { isFresh, lastObservation } from "./last-answers.ts";

export type ProofKind = "http-invalid-credential" | "http-query-credential";

/** A question without our credential that level `full` lets us ask of an endpoint. `not-due`: what came of it within the day stands in. */
export type PlannedProof = { readonly kind: ProofKind; readonly endpoint: string } & (
  | { readonly state: "due" | "budget_exhausted" }
  | { readonly state: "not-due"; readonly carried: Observation }
);

/** Whether an endpoint is asked with our credential. */
interface EndpointTurn {
  readonly endpoint: Endpoint;
  readonly state: "due" | "budget_exhausted" | "not-due";
}

interface ProofOptions {
  readonly kinds: readonly EvidenceKind[];
  readonly endpoints: readonly EndpointTurn[];
  /** That the month's budget leaves. */
  readonly requestsLeft: number;
  readonly now: Instant;
}

/** At most once a day, however often there is an audit: a wrong credential may be counted. Whether keys in the query are read is asked of one endpoint. */
export function plannedProofs(
  integration: Integration,
  knowledge: IntegrationKnowledge,
  { kinds, endpoints, requestsLeft, now }: ProofOptions,
): readonly PlannedProof[] {
  if (!provesFully(integration)) return [];
  let left = requestsLeft;
  const plan = (kind: ProofKind, { endpoint: { id: endpoint }, state, last }: Candidate): readonly PlannedProof[] => {
    if (last !== undefined && (state !== "due" || isFresh(last, DAY, now))) return [{ kind, endpoint, state: "not-due", carried: last }];
    if (state !== "due") return [];
    left -= BOUNDS[kind];
    return [{ kind, endpoint, state: left < 0 ? "budget_exhausted" : "due" }];
  };
  const candidates = (kind: ProofKind): readonly Candidate[] => {
    if (!kinds.includes(kind)) return [];
    const methods = endpoints.filter(({ endpoint }) => METHODS[kind].includes(endpoint.method.toUpperCase()));
    return methods.map(({ endpoint, state }) => ({ endpoint, state, last: lastAsked(kind, endpoint, integration, knowledge) }));
  };
  const queries = candidates("http-query-credential");
  const isAsked = ({ last }: Candidate) => last !== undefined && isFresh(last, DAY, now);
  const query = queries.find(isAsked) ?? queries.find(({ state }) => state === "due") ?? queries.find(({ last }) => last !== undefined);
  return [
    ...candidates("http-invalid-credential").flatMap((candidate) => plan("http-invalid-credential", candidate)),
    ...(query === undefined ? [] : plan("http-query-credential", query)),
  ];
}

interface Candidate extends EndpointTurn {
  readonly last: Observation | undefined;
}

/** Most that the proofs of one plan may send. */
export function requestsOfDue(proofs: readonly PlannedProof[]): number {
  return proofs.filter(({ state }) => state === "due").reduce((sum, { kind }) => sum + BOUNDS[kind], 0);
}

/** Most requests of one day. */
export function requestsOfProofs(integration: Integration, kinds: readonly EvidenceKind[]): number {
  if (!provesFully(integration)) return 0;
  const times = (kind: ProofKind) =>
    kinds.includes(kind) ? integration.endpoints.filter(({ method }) => METHODS[kind].includes(method.toUpperCase())).length : 0;
  return times("http-invalid-credential") + Math.min(1, times("http-query-credential")) * BOUNDS["http-query-credential"];
}

function provesFully({ auth, authProof }: Integration): boolean {
  return authProof.level === "full" && auth.scheme !== undefined && auth.scheme !== "none";
}

/** Whatever came of it, unless nothing was sent. To the very same request. */
function lastAsked(
  kind: ProofKind,
  endpoint: Endpoint,
  integration: Integration,
  knowledge: IntegrationKnowledge,
): Observation | undefined {
  const last = lastObservation(knowledge, kind, (key) => key.endpoint === endpoint.id);
  if (last === undefined || ["skipped", "refused", "unreachable"].includes(last.outcome)) return undefined;
  const { digest } = last.outcome === "observed" ? (last.evidence as { readonly digest?: string }) : {};
  return digest === undefined || digest === requestDigest(integration, endpoint) ? last : undefined;
}

const METHODS: Readonly<Record<ProofKind, readonly string[]>> = {
  "http-invalid-credential": ["GET", "HEAD"],
  "http-query-credential": ["GET"],
};
const BOUNDS: Readonly<Record<ProofKind, number>> = {
  "http-invalid-credential": httpInvalidCredentialProbe.bound("full").requests,
  "http-query-credential": httpQueryCredentialProbe.bound("full").requests,
};
