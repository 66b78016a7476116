import type { HttpResponseEvidence } from "../evidence/kinds.ts";
import type { Observation, ObservationKey } from "../evidence/observation.ts";
import type { CredentialPort } from "../model/credential-port.ts";
import { declaredMaps } from "../model/declared-path.ts";
import type { Failure } from "../model/failure.ts";
import type { IntegrationKnowledge } from "../model/history-store.ts";
import type { Clock } from "../model/instant.ts";
import type { Endpoint } from "../model/integration.ts";
import type { LockFilePort } from "../model/lock-file-port.ts";
import type { HostPace, NetPort, NetSession, SentCounters } from "../model/net-port.ts";
import type { RunMemo } from "../model/run-memo.ts";
import type { Target } from "../model/target.ts";
import { httpInvalidCredentialProbe } from "../observe/probes/http-invalid-credential.ts";
import { httpPlaintextProbe } from "../observe/probes/http-plaintext.ts";
import { httpQueryCredentialProbe } from "../observe/probes/http-query-credential.ts";
import { httpResponseProbe } from "../observe/probes/http-response.ts";
import { httpUnauthenticatedProbe } from "../observe/probes/http-unauthenticated.ts";
import type { AddressQuestion, ProbeContext, ProofQuestion, SharingContext } from "../observe/probes/probe.ts";
import { tlsParametersProbe } from "../observe/probes/tls-parameters.ts";
import { tlsSessionProbe } from "../observe/probes/tls-session.ts";
import type { ApiDescriptions } from "./api-descriptions.ts";
import { doubtingDomains } from "./doubted-domains.ts";
import { lastAnswer } from "./last-answers.ts";
import { loginOf } from "./login.ts";
import { observeDescriptions } from "./observe-descriptions.ts";
import { observeDomains } from "./observe-domains.ts";
import { observeHistories } from "./observe-histories.ts";
import { observeOwn } from "./observe-own.ts";
import { observePosture } from "./observe-posture.ts";
import { observePublished, type ReachedApi } from "./observe-published.ts";
import { observeRegistrations } from "./observe-registrations.ts";
import { observeRevocation } from "./observe-revocation.ts";
import {
  type AuditPlan,
  asksNetwork,
  knownParameters,
  knownSession,
  needsSession,
  type PlannedEndpoint,
  provesAuthentication,
  sentToAuthorities,
  sentToProvider,
} from "./plan.ts";
import { postureRequests } from "./plan-posture.ts";
import type { PlannedProof } from "./plan-proofs.ts";
import { PUBLISHED_REQUESTS } from "./plan-published.ts";
import type { SharedCredentials } from "./shared-credentials.ts";
import { guarded, notAsked, type ProbeName, type UnseenObservation, type UnseenOutcome, unseen } from "./unseen.ts";

export interface ObservePorts {
  readonly net: NetPort;
  readonly credentials: CredentialPort;
  readonly clock: Clock;
  readonly lockFiles?: LockFilePort;
  /** One for the whole run, as the next two. Absent where no inventory lies on this machine. */
  readonly descriptions?: ApiDescriptions;
  readonly memo: RunMemo;
  readonly shared: SharedCredentials;
}

/** What one integration's audit saw. Plain data: the same on a laptop and in a worker of a fleet. */
export interface ObservedIntegration {
  readonly observations: readonly Observation[];
  readonly sent: SentCounters;
  readonly pace: readonly { readonly host: string; readonly pace: HostPace }[];
  readonly durationMs: number;
  /** Time of the servers' clocks minus ours, in milliseconds, by host: from Date headers over trusted connections (RFC 9110 6.6.1). */
  readonly clockOffsets: ReadonlyMap<string, number>;
}

/**
 * The unit of work: (integration, plan, what earlier runs know) to observations, free of store and terminal.
 * It never throws for what a provider does; a probe that crashes gives a `failed` observation.
 */
export async function observeIntegration(
  plan: AuditPlan,
  knowledge: IntegrationKnowledge,
  network: { readonly allowPrivate: boolean; readonly signal: AbortSignal },
  ports: ObservePorts,
): Promise<ObservedIntegration> {
  const started = ports.clock.monotonic();
  const scope = {
    integration: plan.integration.id,
    allowPrivate: network.allowPrivate || plan.integration.network === "internal",
    ...(plan.integration.proxy === undefined ? {} : { proxy: plan.integration.proxy }),
    lanes: plan.lanes,
    deadlineMs: plan.deadlineMs,
    signal: network.signal,
  };
  const net = ports.net.open({ ...scope, budget: sentToProvider(plan.bound) });
  // Authorities are not the provider: what they are asked comes out of no budget of his, and a certificate does not choose who is asked in our own network.
  const authorities = ports.net.open({ ...scope, allowPrivate: network.allowPrivate, budget: sentToAuthorities(plan.bound) });
  const clockOffsets = new Map<string, number>();
  try {
    const asked = hearingTheTime(net, ports.clock, clockOffsets);
    const { credentials, clock, memo } = ports;
    const described = await observeDescriptions(plan, ports.descriptions, { net: asked, credentials, clock });
    const histories = await observeHistories(plan, knowledge, { net: asked, credentials, clock });
    const toAuthorities = { net: authorities, credentials, clock, memo };
    const names = Promise.all([
      observeDomains(plan, knowledge, { net: asked, credentials, clock }),
      observeRegistrations(plan, toAuthorities),
    ]).then((said) => said.flat());
    const doubting = doubtingDomains(plan, knowledge, { net: asked, credentials, clock });
    const login = loginOf(plan.integration, { net: asked, credentials: doubting, clock });
    const audit = new IntegrationAudit(plan, knowledge, { net: asked, credentials: doubting, clock, memo, accessToken: login.accessToken });
    const answers = await Promise.all(plan.targets.map((target, index) => audit.observeTarget(target, index === 0)));
    const [parameters, revocation, named] = await Promise.all([
      audit.observeParameters(answers),
      plan.kinds.includes("revocation") ? observeRevocation(answers, toAuthorities) : [],
      names,
    ]);
    const published = await audit.observePublished(answers);
    const posture = await audit.observePosture(answers);
    const loggedIn = await login.observations();
    const own = await observeOwn(
      plan,
      knowledge,
      { shared: ports.shared, loggedIn: await login.token() },
      { net: asked, credentials, clock, ...(ports.lockFiles !== undefined && { lockFiles: ports.lockFiles }) },
    );
    return {
      observations: [
        ...loggedIn,
        ...answers.flatMap(({ observations }) => observations),
        ...parameters,
        ...revocation,
        ...published,
        ...posture,
        ...named,
        ...own,
        ...histories,
        ...described,
      ],
      sent: sumOf(net.sent(), authorities.sent()),
      pace: net.pace(),
      durationMs: ports.clock.monotonic() - started,
      clockOffsets,
    };
  } finally {
    net.close();
    authorities.close();
  }
}

function sumOf(a: SentCounters, b: SentCounters): SentCounters {
  return { connections: a.connections + b.connections, requests: a.requests + b.requests };
}

/** A session that notes what time each server believes it is. */
function hearingTheTime(net: NetSession, clock: Clock, offsets: Map<string, number>): NetSession {
  return {
    resolve: (target) => net.resolve(target),
    dns: (target, name, type) => net.dns(target, name, type),
    tlsSession: (target, address) => net.tlsSession(target, address),
    exchangeOffer: (target, address, offer, want) => net.exchangeOffer(target, address, offer, want),
    exchangeSsl2: (target, address) => net.exchangeSsl2(target, address),
    pause: (ms) => net.pause(ms),
    sent: () => net.sent(),
    pace: () => net.pace(),
    close: () => net.close(),
    async request(target, address, request) {
      const answer = await net.request(target, address, request);
      if (answer.ok && answer.value.trusted === true) {
        const date = Date.parse(answer.value.headers.find(([name]) => name === "date")?.[1] ?? "");
        if (!Number.isNaN(date)) offsets.set(`${target.host}:${target.port}`, date - clock.now());
      }
      return answer;
    },
  };
}

class IntegrationAudit {
  readonly #plan: AuditPlan;
  readonly #knowledge: IntegrationKnowledge;
  readonly #context: SharingContext;

  constructor(plan: AuditPlan, knowledge: IntegrationKnowledge, context: SharingContext) {
    this.#plan = plan;
    this.#knowledge = knowledge;
    this.#context = context;
  }

  /** Everything but the enumeration, which asks most: whoever has had enough of us then has answered what matters more. */
  async observeTarget(target: Target, primary: boolean): Promise<TargetAnswers> {
    const unasked = (outcome: UnseenOutcome, failure: Failure): TargetAnswers => {
      const observations = asksNetwork(this.#plan) ? this.#notAsked(target, primary, outcome, failure) : [];
      return { target, sessions: [], reached: { outcome, failure }, observations };
    };
    if (!asksNetwork(this.#plan)) return unasked("skipped", notAsked("not_requested"));
    if (this.#plan.skipped !== undefined) return unasked("skipped", notAsked(this.#plan.skipped));
    const resolution = await this.#context.net.resolve(target);
    if (!resolution.ok) return unasked("unreachable", resolution.error);
    const addresses = sampled(resolution.value.addresses, this.#plan.addressesPerTarget, suspects(this.#knowledge));
    const sessions = await this.#observeSessions(target, addresses);
    const reached = reachedAt(target, addresses, sessions);
    const http = primary ? await this.#observeHttp(target, reached) : [];
    return { target, sessions, reached, observations: [...sessions, ...http] };
  }

  /** Last, because it matters least: a firewall that minds it has let everything else pass. */
  async observePublished([primary]: readonly TargetAnswers[]): Promise<readonly Observation[]> {
    return primary === undefined ? [] : observePublished(this.#plan, this.#knowledge, primary.reached, this.#context);
  }

  async observePosture([primary]: readonly TargetAnswers[]): Promise<readonly Observation[]> {
    return primary === undefined ? [] : observePosture(this.#plan, primary.reached, this.#context);
  }

  #observeSessions(target: Target, addresses: readonly string[]): Promise<readonly Observation[]> {
    if (target.scheme !== "https" || !needsSession(this.#plan.kinds)) return Promise.resolve([]);
    return Promise.all(
      addresses.map((address) => {
        const before = knownSession(this.#knowledge, target.origin, address);
        return this.#ask(tlsSessionProbe, { target, address, ...(before !== undefined && { before }) });
      }),
    );
  }

  /** Of all addresses of all targets: what is left of the budget is divided among those that answered. */
  async observeParameters(answers: readonly TargetAnswers[]): Promise<readonly Observation[]> {
    if (!this.#plan.kinds.includes("tls")) return [];
    const all = answers.flatMap(({ target, sessions }) => sessions.map((session) => ({ target, session })));
    const answering = all.filter(({ session }) => !cannotConnect(session)).length;
    const kept = (this.#plan.published.state === "due" ? PUBLISHED_REQUESTS : 0) + postureRequests(this.#plan.posture);
    const left = sentToProvider(this.#plan.bound).connections - this.#context.net.sent().connections - kept;
    const budget = Math.floor(Math.max(0, left) / Math.max(1, answering));
    return Promise.all(all.map(({ target, session }) => this.#observeAddress(target, session, budget)));
  }

  async #observeAddress(target: Target, session: Observation, budget: number): Promise<Observation> {
    const { address = target.host } = session.key;
    if (cannotConnect(session)) return this.#unseen(tlsParametersProbe, keyOf(target, address), session.outcome, session.failure);
    const before = knownParameters(this.#knowledge, target.origin, address);
    const { depth, lanes } = this.#plan;
    const own = session.kind === "tls-session" && session.outcome === "observed" ? { session: session.evidence } : {};
    const known = { ...(before !== undefined && { before }), ...own };
    return this.#ask(tlsParametersProbe, { target, address, depth, lanes, budget, ...known });
  }

  async #observeHttp(target: Target, reached: ReachedApi): Promise<readonly Observation[]> {
    if (!("address" in reached)) return this.#httpNotAsked(target, reached.outcome, reached.failure);
    const { address } = reached;
    const endpoints = await Promise.all(this.#plan.endpoints.map((planned) => this.#observeEndpoint(planned, { target, address })));
    return [...endpoints.flat(), ...(await this.#observePlaintext({ target, address }))];
  }

  async #observeEndpoint(planned: PlannedEndpoint, question: AddressQuestion): Promise<readonly Observation[]> {
    const { endpoint, state } = planned;
    if (state === "not-due") return [...planned.carried, ...this.#carriedProofs(planned)];
    if (state === "budget_exhausted") return this.#endpointUnseen(question.target, endpoint.id, "skipped", notAsked("budget_exhausted"));
    const remembered = this.#knowledge.maps.find((maps) => maps.endpoint === endpoint.id)?.paths ?? [];
    const knownMaps = [...declaredMaps(endpoint.expect.fields ?? []), ...remembered];
    const asked = { ...question, integration: this.#plan.integration, endpoint, knownMaps };
    const before = lastAnswer(
      this.#knowledge,
      "http-response",
      (key) => key.origin === question.target.origin && key.endpoint === endpoint.id,
    );
    const response = await this.#ask(httpResponseProbe, { ...asked, ...(before !== undefined && { before }) });
    const { level } = this.#plan.integration.authProof;
    if (!this.#plan.kinds.includes("http-unauthenticated") || !provesAuthentication(this.#plan.integration) || level === "none") {
      return [response];
    }
    const authenticated = response.outcome === "observed" ? { authenticated: response.evidence as HttpResponseEvidence } : {};
    const without = await this.#ask(httpUnauthenticatedProbe, { ...asked, level, ...authenticated });
    return [response, without, ...(await this.#observeProofs({ ...asked, ...authenticated }, without))];
  }

  /** One after the other: nobody is to take us for somebody who guesses. */
  async #observeProofs(question: ProofQuestion, without: Observation): Promise<readonly Observation[]> {
    const observed: Observation[] = [];
    for (const proof of this.#proofsOf(question.endpoint)) {
      if (proof.state !== "due" || (proof.kind === "http-invalid-credential" && !isRefused(without))) {
        observed.push(this.#proofUnasked(proof, question.target, "skipped", notAsked("not_requested")));
      } else {
        observed.push(await this.#ask(PROOF_PROBES[proof.kind], question));
      }
    }
    return observed;
  }

  #proofsOf({ id }: Endpoint): readonly PlannedProof[] {
    return this.#plan.proofs.filter(({ endpoint }) => endpoint === id);
  }

  #proofUnasked(proof: PlannedProof, target: Target, outcome: UnseenOutcome, failure: Failure): Observation {
    if (proof.state === "not-due") return proof.carried;
    const why = proof.state === "budget_exhausted" ? notAsked("budget_exhausted") : failure;
    return this.#unseen(PROOF_PROBES[proof.kind], { ...keyOf(target), endpoint: proof.endpoint }, outcome, why);
  }

  async #observePlaintext(question: AddressQuestion): Promise<readonly Observation[]> {
    const { plaintext } = this.#plan;
    if (plaintext.state === "not-planned") return [];
    return plaintext.state === "not-due"
      ? [plaintext.carried]
      : [await this.#ask(httpPlaintextProbe, { ...question, integration: this.#plan.integration })];
  }

  /** One failed look-up or one block stands for every question that was not asked because of it. */
  #notAsked(target: Target, primary: boolean, outcome: UnseenOutcome, failure: Failure): readonly Observation[] {
    const probes = this.#plan.kinds.includes("tls") ? [tlsSessionProbe, tlsParametersProbe] : [tlsSessionProbe];
    const tls =
      target.scheme === "https" && needsSession(this.#plan.kinds)
        ? probes.map((probe) => this.#unseen(probe, keyOf(target), outcome, failure))
        : [];
    return [...tls, ...(primary ? this.#httpNotAsked(target, outcome, failure) : [])];
  }

  /** What was not due anyway is still carried. */
  #httpNotAsked(target: Target, outcome: UnseenOutcome, failure: Failure): readonly Observation[] {
    const { endpoints, plaintext } = this.#plan;
    const answers = endpoints.flatMap((planned) =>
      planned.state === "not-due"
        ? [...planned.carried, ...this.#carriedProofs(planned)]
        : this.#endpointUnseen(target, planned.endpoint.id, outcome, failure),
    );
    if (plaintext.state === "not-planned") return answers;
    return [
      ...answers,
      plaintext.state === "not-due" ? plaintext.carried : this.#unseen(httpPlaintextProbe, keyOf(target), outcome, failure),
    ];
  }

  #carriedProofs({ endpoint }: PlannedEndpoint): readonly Observation[] {
    return this.#proofsOf(endpoint).flatMap((proof) => (proof.state === "not-due" ? [proof.carried] : []));
  }

  #endpointUnseen(target: Target, endpoint: string, outcome: UnseenOutcome, failure: Failure): readonly Observation[] {
    const probes = provesAuthentication(this.#plan.integration) ? [httpResponseProbe, httpUnauthenticatedProbe] : [httpResponseProbe];
    const proofs = this.#plan.proofs.filter((proof) => proof.endpoint === endpoint);
    return [
      ...probes
        .filter((probe) => this.#plan.kinds.includes(probe.kind))
        .map((probe) => this.#unseen(probe, { ...keyOf(target), endpoint }, outcome, failure)),
      ...proofs.map((proof) => this.#proofUnasked(proof, target, outcome, failure)),
    ];
  }

  #ask<Question>(
    probe: ProbeName & { observe(question: Question, context: ProbeContext): Promise<Observation> },
    question: Question & { readonly target: Target; readonly address?: string; readonly endpoint?: { readonly id: string } },
  ): Promise<Observation> {
    const { target, address, endpoint } = question;
    const key = endpoint === undefined ? keyOf(target, address) : { ...keyOf(target), endpoint: endpoint.id };
    return guarded(probe, key, this.#context.clock, () => probe.observe(question, this.#context));
  }

  #unseen(probe: ProbeName, key: ObservationKey, outcome: UnseenOutcome, failure: Failure): Observation {
    return unseen(probe, key, outcome, failure, this.#context.clock);
  }
}

/** Whoever answers without any credential as with ours says nothing by answering so with a wrong one. */
function isRefused(without: Observation): boolean {
  if (without.outcome !== "observed" || without.kind !== "http-unauthenticated") return false;
  return without.evidence.interference === undefined && without.evidence.sameShape !== true;
}

const PROOF_PROBES = {
  "http-invalid-credential": httpInvalidCredentialProbe,
  "http-query-credential": httpQueryCredentialProbe,
} as const;

/** `sessions` are among the observations. */
interface TargetAnswers {
  readonly target: Target;
  readonly sessions: readonly Observation[];
  readonly reached: ReachedApi;
  readonly observations: readonly Observation[];
}

/** Requests go to an address that spoke TLS; where no address can even be connected to, nothing is asked. */
function reachedAt(target: Target, addresses: readonly string[], sessions: readonly Observation[]): ReachedApi {
  const [first] = sessions;
  if (first !== undefined && sessions.every(cannotConnect) && cannotConnect(first)) {
    return { outcome: first.outcome, failure: first.failure };
  }
  const answering = sessions.find((session) => session.outcome === "observed")?.key.address;
  return { address: answering ?? addresses[0] ?? target.host };
}

/** Not even a TCP connection (or a tunnel): whatever else were asked of this address would fail alike. */
function cannotConnect(observation: Observation): observation is UnseenObservation {
  return observation.outcome !== "observed" && ["resolve", "connect", "proxy", "plan"].includes(observation.failure.phase);
}

/**
 * Up to `count` addresses, the same ones every time: those of open findings, so that another one's good answer cannot close them;
 * then one of each family.
 */
function sampled(addresses: readonly string[], count: number, suspected: ReadonlySet<string>): readonly string[] {
  const ordered = [...addresses].sort();
  const v4 = ordered.filter((address) => !address.includes(":"));
  const v6 = ordered.filter((address) => address.includes(":"));
  const interleaved = ordered.flatMap((_, index) => [v4[index], v6[index]].filter((address) => address !== undefined));
  const first = interleaved.filter((address) => suspected.has(address));
  return [...first, ...interleaved.filter((address) => !suspected.has(address))].slice(0, count);
}

/** Addresses on which failed verdicts rest. */
function suspects({ baseline }: IntegrationKnowledge): ReadonlySet<string> {
  const failed = (baseline?.verdicts ?? []).filter(({ verdict }) => verdict === "fail");
  return new Set(failed.flatMap(({ evidence }) => evidence.map(({ key }) => key.split("|")[1] ?? "")).filter((address) => address !== ""));
}

function keyOf(target: Target, address?: string): ObservationKey {
  return address === undefined ? { origin: target.origin } : { origin: target.origin, address };
}
