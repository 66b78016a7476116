import {
  type CredentialEvidence,
  DECLARED_KINDS,
  type DomainEvidence,
  type EvidenceKind,
  LOCAL_KINDS,
  NAME_KINDS,
  type TlsEvidence,
} from "../evidence/kinds.ts";
import type { Observation, ProbeId } from "../evidence/observation.ts";
import { RULES } from "../judge/rules/registry.ts";
import type { Depth } from "../model/depth.ts";
import type { IntegrationKnowledge } from "../model/history-store.ts";
import { isPublicName } from "../model/host-name.ts";
import { DAY, type Instant } from "../model/instant.ts";
import type { Endpoint, Integration, Policy } from "../model/integration.ts";
import type { SentCounters } from "../model/net-port.ts";
import { type DeclaredCredential, declaredCredentials, showsToken } from "../model/own-credential.ts";
import type { UnobservedReason } from "../model/reason.ts";
import { requestDigest } from "../model/request-digest.ts";
import type { RuleFamily } from "../model/rule.ts";
import { comparedSdks, type DeclaredSdk } from "../model/sdk.ts";
import { type Target, targetOf } from "../model/target.ts";
import type { ClientCertificateQuestion } from "../observe/probes/client-certificate.ts";
import { httpResponseProbe } from "../observe/probes/http-response.ts";
import { httpUnauthenticatedProbe } from "../observe/probes/http-unauthenticated.ts";
import { PROBES } from "../observe/probes/registry.ts";
import type { SessionBefore } from "../observe/probes/tls-replaced.ts";
import { logsIn } from "../observe/probes/token-request.ts";
import { isFresh, lastAnswer, lastObservation } from "./last-answers.ts";
import { type PlannedPosture, POSTURE_REQUESTS, type PostureKind, plannedPosture } from "./plan-posture.ts";
import { type PlannedProof, type ProofKind, plannedProofs, requestsOfDue, requestsOfProofs } from "./plan-proofs.ts";
import { type PlannedPublished, PUBLISHED_REQUESTS, plannedPublished } from "./plan-published.ts";
import { type PlannedRegistration, plannedRegistrations, type RegistryOf } from "./plan-registrations.ts";

/** Everything that one integration's audit is going to ask, and the most that it may send: the unit of work of a run, and of a fleet. */
export interface AuditPlan {
  readonly integration: Integration;
  readonly depth: Depth;
  /** Primary origin first. */
  readonly targets: readonly Target[];
  readonly addressesPerTarget: number;
  readonly kinds: readonly EvidenceKind[];
  readonly endpoints: readonly PlannedEndpoint[];
  /** What is asked beside, of some endpoints, where the inventory lets us. */
  readonly proofs: readonly PlannedProof[];
  readonly plaintext: PlannedPlaintext;
  readonly published: PlannedPublished;
  readonly posture: readonly PlannedPosture[];
  readonly registrations: readonly PlannedRegistration[];
  /** Looked at whatever becomes of the network. */
  readonly clientCertificate?: ClientCertificateQuestion;
  /** The same of what our clients log in with; none where the families that were asked for have no question about it. */
  readonly credentials: readonly DeclaredCredential[];
  /** What they show is a token, or a text that goes in its place. */
  readonly token: boolean;
  /** Client libraries whose installed versions are held against a range. */
  readonly sdks: readonly DeclaredSdk[];
  /** What the provider describes is held against what came. */
  readonly described: boolean;
  /** Nobody is asked at all, for this reason. */
  readonly skipped?: UnobservedReason;
  readonly bound: PlanBound;
  readonly lanes: number;
  /** Absolute, milliseconds from the start of the audit. */
  readonly deadlineMs: number;
}

/** `not-due`: the answers of the last time stand in. */
export type PlannedEndpoint =
  | { readonly endpoint: Endpoint; readonly state: "due" | "budget_exhausted" }
  | { readonly endpoint: Endpoint; readonly state: "not-due"; readonly carried: readonly Observation[] };

export type PlannedPlaintext = { readonly state: "due" | "not-planned" } | { readonly state: "not-due"; readonly carried: Observation };

/** An upper bound: what is really sent stands in the report, and never exceeds it. */
export interface PlanBound extends SentCounters {
  readonly probes: readonly (SentCounters & { readonly probe: ProbeId; readonly times: number })[];
  /** Requests a month if the audit ran once a day and nothing had to be asked again. */
  readonly requestsPerMonth: number;
}

export interface PlanOptions {
  readonly depth: Depth;
  /** Authorities are asked whether they revoked what the hosts serve. */
  readonly revocation: boolean;
  /** Registries are asked about the domains of the hosts. */
  readonly registration: boolean;
  /** Where the registry of a domain is asked, instead of what the catalog says. */
  readonly registryOf?: RegistryOf;
  readonly families: readonly RuleFamily[];
  /** Absent where nobody decided anything about rules. */
  readonly policy?: Policy;
  readonly deadlineMs: number;
  readonly now: Instant;
}

/** Decides what to ask, from what was declared and from what earlier runs know. Pure. */
export function planAudit(integration: Integration, knowledge: IntegrationKnowledge, options: PlanOptions): AuditPlan {
  const kinds = kindsNeededBy(options);
  const targets = targetsOf(integration);
  const endpoints = kinds.includes("http-response") ? plannedEndpoints(integration, knowledge, options) : [];
  const left = spare(integration, knowledge, endpoints, options);
  const proofs = plannedProofs(integration, knowledge, {
    kinds,
    endpoints,
    requestsLeft: left,
    now: options.now,
  });
  const plaintext = plannedPlaintext(kinds, targets, knowledge, options);
  const published = plannedDocuments(kinds, integration, left - requestsOfDue(proofs), knowledge, options);
  const posture = plannedPosture(integration, knowledge, {
    kinds,
    depth: options.depth,
    // What our own endpoints were refused is not spent on anything else.
    left: endpoints.some(({ state }) => state === "budget_exhausted")
      ? 0
      : left - requestsOfDue(proofs) - (published.state === "due" ? PUBLISHED_REQUESTS : 0),
    now: options.now,
  });
  const pace = paceOf(targets, knowledge);
  const skipped = asksNetwork({ kinds }) && pace.some((known) => (known.leaveAloneUntil ?? 0) > options.now) ? "blocked" : undefined;
  const addressesPerTarget = options.depth === "full" ? 8 : 2;
  const registrations = options.families.includes("domain") ? plannedRegistrations(targets, knowledge, options) : [];
  const own = {
    ...plannedCertificate(kinds, targets, integration),
    credentials: kinds.includes("credential") ? declaredCredentials(integration) : [],
    token: kinds.includes("token") && showsToken(integration),
    sdks: kinds.includes("sdk") ? comparedSdks(integration) : [],
    described: kinds.includes("api-description") && integration.openapi !== undefined,
  };
  const draft = {
    integration,
    depth: options.depth,
    targets,
    addressesPerTarget,
    kinds,
    endpoints,
    proofs,
    plaintext,
    published,
    posture,
    registrations,
    ...own,
  };
  return {
    ...draft,
    ...(skipped === undefined ? {} : { skipped }),
    bound: boundOf(draft, skipped),
    lanes: pace.some((known) => known.limited) ? 1 : LANES,
    deadlineMs: options.deadlineMs,
  };
}

type PlanDraft = Omit<AuditPlan, "bound" | "lanes" | "deadlineMs" | "skipped">;

/** What `--dry-run --json` prints of a plan. */
export function planDocument({ integration, depth, targets, endpoints, plaintext, published, posture, skipped, bound }: AuditPlan) {
  return {
    integration: { id: integration.id },
    depth,
    targets: targets.map(({ origin }) => ({ origin })),
    endpoints: endpoints.map(({ endpoint, state }) => ({ id: endpoint.id, state })),
    plaintext: plaintext.state,
    published: published.state,
    posture: posture.map(({ kind, state }) => ({ kind, state })),
    ...(skipped === undefined ? {} : { skipped }),
    bound,
  };
}

/** How often each probe is asked: the one place that knows, for the bound and for the audit itself. */
function timesAsked(plan: PlanDraft): Readonly<Record<ProbeId, number>> {
  const secure = plan.targets.filter((target) => target.scheme === "https");
  // A literal address has no others.
  const tlsAddresses = secure.reduce((sum, { serverName }) => sum + (serverName === undefined ? 1 : plan.addressesPerTarget), 0);
  const due = plan.endpoints.filter((planned) => planned.state === "due").length;
  const dueProofs = (kind: ProofKind) => plan.proofs.filter((proof) => proof.kind === kind && proof.state === "due").length;
  const duePosture = (kind: PostureKind) => plan.posture.filter((planned) => planned.kind === kind && planned.state === "due").length;
  const asked = (kind: EvidenceKind, times: number) => (plan.kinds.includes(kind) ? times : 0);
  return {
    "tls-session": needsSession(plan.kinds) ? tlsAddresses : 0,
    "tls-parameters": asked("tls", tlsAddresses),
    "http-response": asked("http-response", due),
    "http-unauthenticated": asked("http-unauthenticated", provesAuthentication(plan.integration) ? due : 0),
    "http-invalid-credential": dueProofs("http-invalid-credential"),
    "http-query-credential": dueProofs("http-query-credential"),
    "http-plaintext": plan.plaintext.state === "due" ? 1 : 0,
    // As many certificates as addresses, at the most.
    revocation: asked("revocation", tlsAddresses),
    domain: asked("domain", plan.targets.filter(({ host }) => isPublicName(host)).length),
    registration: plan.registrations.filter(({ state }) => state === "due").length,
    "client-certificate": plan.clientCertificate === undefined ? 0 : 1,
    credential: plan.credentials.length > 0 ? 1 : 0,
    token: plan.token ? 1 : 0,
    "token-request": due > 0 && logsIn(plan.integration) ? 1 : 0,
    "oauth-metadata": plan.published.state === "due" ? 1 : 0,
    jwks: plan.published.state === "due" ? 1 : 0,
    "http-not-found": duePosture("http-not-found"),
    "http-preflight": duePosture("http-preflight"),
    "security-txt": duePosture("security-txt"),
    sdk: plan.sdks.length > 0 ? 1 : 0,
    "response-history": asked("response-history", plan.endpoints.filter(({ state }) => state !== "not-due").length),
    "api-description": plan.described ? plan.integration.endpoints.length : 0,
  };
}

/** The session also tells which address answers, so every plan that talks https to the provider begins with it. */
export function needsSession(kinds: readonly EvidenceKind[]): boolean {
  return kinds.some((kind) => !NAME_KINDS.has(kind) && !LOCAL_KINDS.has(kind));
}

export function asksNetwork({ kinds }: Pick<AuditPlan, "kinds">): boolean {
  return kinds.some((kind) => !LOCAL_KINDS.has(kind));
}

/** For the first of the origins that speak TLS: it is the same file for all of them. */
function plannedCertificate(kinds: readonly EvidenceKind[], targets: readonly Target[], { auth }: Integration) {
  const target = targets.find(({ scheme }) => scheme === "https");
  const declared = kinds.includes("client-certificate") ? auth.clientCertificate : undefined;
  return target === undefined || declared === undefined ? {} : { clientCertificate: { target, declared } };
}

export function provesAuthentication(integration: Integration): boolean {
  return integration.authProof.level !== "none" && integration.auth.scheme !== undefined && integration.auth.scheme !== "none";
}

function boundOf(plan: PlanDraft, skipped: UnobservedReason | undefined): PlanBound {
  const times = timesAsked(plan);
  const probes = PROBES.map((probe) => {
    const each = probe.bound(plan.depth);
    const isLocal = each.connections === 0 && each.requests === 0;
    const asked = skipped === undefined || isLocal ? times[probe.id] : 0;
    return { probe: probe.id, times: asked, connections: asked * each.connections, requests: asked * each.requests };
  }).filter((probe) => probe.times > 0);
  const requests = probes.reduce((sum, probe) => sum + probe.requests, 0);
  const authorities = sentToAuthorities({ probes });
  const planned = probes.reduce((sum, probe) => sum + probe.connections, 0) - authorities.connections;
  const connections = Math.min(planned, plan.integration.budget.connectionsPerRun ?? planned) + authorities.connections;
  return { probes, connections, requests, requestsPerMonth: requestsPerMonth(plan) };
}

/** The part of a bound that goes to authorities. The rest is the provider's, and so is a budget that was declared. */
export function sentToAuthorities({ probes }: Pick<PlanBound, "probes">): SentCounters {
  const asked = probes.filter(({ probe }) => probe === "revocation" || probe === "registration");
  return {
    connections: asked.reduce((sum, { connections }) => sum + connections, 0),
    requests: asked.reduce((sum, { requests }) => sum + requests, 0),
  };
}

export function sentToProvider(bound: PlanBound): SentCounters {
  const authorities = sentToAuthorities(bound);
  return { connections: bound.connections - authorities.connections, requests: bound.requests - authorities.requests };
}

function requestsPerMonth(plan: Pick<AuditPlan, "integration" | "kinds" | "published" | "posture" | "depth">): number {
  if (!plan.kinds.includes("http-response")) return 0;
  const perCall = provesAuthentication(plan.integration) ? 2 : 1;
  const proofs = 30 * requestsOfProofs(plan.integration, plan.kinds);
  const calls = plan.integration.endpoints.reduce((sum, endpoint) => sum + Math.min(30, (30 * DAY) / Math.max(endpoint.everyMs, DAY)), 0);
  const logins = calls > 0 && logsIn(plan.integration) ? 30 : 0;
  // At full depth nothing of last week stands in.
  const times = plan.depth === "full" ? 30 : WEEKS;
  const documents = plan.published.state === "not-planned" ? 0 : times * PUBLISHED_REQUESTS;
  const posture = times * plan.posture.reduce((sum, { kind }) => sum + POSTURE_REQUESTS[kind], 0);
  return Math.ceil(calls * perCall) + proofs + logins + documents + posture + (plan.kinds.includes("http-plaintext") ? times : 0);
}

function kindsNeededBy({ families, policy, revocation, registration }: PlanOptions): readonly EvidenceKind[] {
  const needed = RULES.filter((rule) => families.some((family) => rule.meta.id.startsWith(`${family}/`))).flatMap(({ meta, needs }) =>
    // What others are asked is remembered for the day on which the rule is wanted again; a file of ours can be read then.
    needs.filter((kind) => !DECLARED_KINDS.has(kind) || policy?.rules[meta.id]?.off !== true),
  );
  const kinds = new Set<EvidenceKind>(needed);
  if (kinds.has("http-unauthenticated")) kinds.add("http-response");
  if (revocation && families.includes("certificate")) kinds.add("revocation");
  if (!registration) kinds.delete("registration");
  return [...kinds].sort();
}

function targetsOf(integration: Integration): readonly Target[] {
  const urls = [
    { url: integration.baseUrl, environment: integration.environment },
    ...integration.additionalUrls.map(({ url, environment }) => ({ url, environment: environment ?? integration.environment })),
  ];
  const targets = urls.map(({ url, environment }) => targetOf(integration.id, environment, url));
  return targets.filter((target, index) => targets.findIndex((other) => other.origin === target.origin) === index);
}

function plannedEndpoints(
  integration: Integration,
  knowledge: IntegrationKnowledge,
  { now, depth }: PlanOptions,
): readonly PlannedEndpoint[] {
  let left = requestsLeft(integration, knowledge);
  return integration.endpoints.map((endpoint) => {
    const carried = carriedAnswers(integration, endpoint, knowledge, now);
    if (carried !== undefined) return { endpoint, state: "not-due", carried };
    left -= requestsFor(integration, depth);
    return { endpoint, state: left < 0 ? "budget_exhausted" : "due" };
  });
}

function requestsLeft({ budget }: Integration, knowledge: IntegrationKnowledge): number {
  return (budget.callsPerMonth ?? Number.POSITIVE_INFINITY) - knowledge.sentLast31Days.requests;
}

/** Repeats included: a budget is a promise to the provider. */
function requestsFor(integration: Integration, depth: Depth): number {
  const probes = provesAuthentication(integration) ? [httpResponseProbe, httpUnauthenticatedProbe] : [httpResponseProbe];
  return probes.reduce((sum, probe) => sum + probe.bound(depth).requests, 0);
}

/** What the endpoints that are due leave of the month. */
function spare(
  integration: Integration,
  knowledge: IntegrationKnowledge,
  endpoints: readonly PlannedEndpoint[],
  { depth }: PlanOptions,
): number {
  const due = endpoints.filter(({ state }) => state === "due").length;
  return requestsLeft(integration, knowledge) - due * requestsFor(integration, depth);
}

/**
 * What stands in for an endpoint that is not due: the last answer to the very same request, while it is fresh and was the API's own.
 * Undefined where there is none, or where part of what is wanted now was not asked then.
 */
function carriedAnswers(
  integration: Integration,
  endpoint: Endpoint,
  knowledge: IntegrationKnowledge,
  now: Instant,
): readonly Observation[] | undefined {
  const response = lastAnswer(knowledge, "http-response", (key) => key.endpoint === endpoint.id);
  if (response === undefined || !isFresh(response, endpoint.everyMs, now)) return undefined;
  const { request, interference } = response.evidence;
  if (interference !== undefined || request.digest !== requestDigest(integration, endpoint)) return undefined;
  if (!provesAuthentication(integration)) return [response];
  const without = lastAnswer(knowledge, "http-unauthenticated", (key) => key.endpoint === endpoint.id);
  if (without === undefined || !isFresh(without, endpoint.everyMs, now)) return undefined;
  const { level } = integration.authProof;
  return without.evidence.interference === undefined && without.evidence.level === level ? [response, without] : undefined;
}

function plannedPlaintext(
  kinds: readonly EvidenceKind[],
  targets: readonly Target[],
  knowledge: IntegrationKnowledge,
  options: PlanOptions,
): PlannedPlaintext {
  if (!kinds.includes("http-plaintext") || targets[0]?.scheme !== "https" || options.depth === "quick") return { state: "not-planned" };
  // Once a week whatever came of it: a port that closes on plain HTTP would else be tried every night.
  const last = lastObservation(knowledge, "http-plaintext", (key) => key.origin === targets[0]?.origin);
  const carries = options.depth !== "full" && last !== undefined && isFresh(last, PLAINTEXT_EVERY, options.now);
  return carries ? { state: "not-due", carried: last } : { state: "due" };
}

/** Endpoints and proofs come first: what is left of a month's budget may be too little for documents. */
function plannedDocuments(
  kinds: readonly EvidenceKind[],
  integration: Integration,
  left: number,
  knowledge: IntegrationKnowledge,
  { depth, now }: PlanOptions,
): PlannedPublished {
  if (!kinds.includes("oauth-metadata")) return { state: "not-planned" };
  return plannedPublished(integration, knowledge, { depth, left, now });
}

/** What is remembered of the hosts of this plan, and of no other. */
function paceOf(targets: readonly Target[], knowledge: IntegrationKnowledge): IntegrationKnowledge["pace"] {
  return knowledge.pace.filter(({ host }) => targets.some((target) => host === `${target.host}:${target.port}`));
}

/** What earlier runs found out about the parameters of one address. */
export function knownParameters(knowledge: IntegrationKnowledge, origin: string, address: string): TlsEvidence | undefined {
  return lastAnswer(knowledge, "tls", (key) => key.origin === origin && key.address === address)?.evidence;
}

/** What DNS said of an origin's host, the last time that there was an answer. */
export function knownDomain(knowledge: IntegrationKnowledge, origin: string): DomainEvidence | undefined {
  return lastAnswer(knowledge, "domain", (key) => key.origin === origin)?.evidence;
}

/** Our own connection to an address, the last time that there was one; to another address of the origin where this one is new. */
export function knownSession(knowledge: IntegrationKnowledge, origin: string, address: string): SessionBefore | undefined {
  const there = lastAnswer(knowledge, "tls-session", (key) => key.origin === origin && key.address === address);
  return there ?? lastAnswer(knowledge, "tls-session", (key) => key.origin === origin);
}

/** Credentials of ours, the last time that somebody looked at them where they go now. */
export function knownCredentials(knowledge: IntegrationKnowledge, origin: string): CredentialEvidence | undefined {
  return lastAnswer(knowledge, "credential", (key) => key.origin === origin)?.evidence;
}

/** Connections to one host at the same time (product.md section 6). */
const LANES = 6;
const PLAINTEXT_EVERY = 7 * DAY;
/** Of a month. */
const WEEKS = 4;
