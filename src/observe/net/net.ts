import type { LookupFunction, Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import type { TLSSocket } from "node:tls";
import type { Failure } from "../../model/failure.ts";
import type { Clock } from "../../model/instant.ts";
import type {
  DnsAnswer,
  DnsType,
  HostPace,
  HttpAnswer,
  HttpRequest,
  NetPort,
  NetResult,
  NetScope,
  NetSession,
  OfferWant,
  Resolution,
  SentCounters,
  TlsSessionFacts,
} from "../../model/net-port.ts";
import { err, ok } from "../../model/result.ts";
import type { Target } from "../../model/target.ts";
import type { TlsAnswer, TlsOffer } from "../../model/tls-offer.ts";
import type { AnswerHead } from "../../model/turned-away.ts";
import { withAssertions } from "./assertion.ts";
import { Budget } from "./budget.ts";
import { DEFAULT_TIMEOUTS, type PhaseTimeouts, ScopeLife } from "./deadline.ts";
import { dial } from "./dial.ts";
import { askDns } from "./dns.ts";
import { failureFrom, NetFailure } from "./failure.ts";
import { handshake } from "./handshake.ts";
import { Hosts, hostOf } from "./hosts.ts";
import { exchangeHttp, loadHttpClient } from "./http.ts";
import { isLookedUpHere, lookUpTarget } from "./look-up.ts";
import { exchangeOffer, exchangeSsl2 } from "./offer-exchange.ts";
import type { HostPacer } from "./pace.ts";
import { carriesSecret, placeRequest } from "./placement.ts";
import { type HttpProxy, type Proxies, proxyFor } from "./proxy.ts";
import { withSignature } from "./request-signature.ts";
import { Semaphore } from "./semaphore.ts";
import { readTlsSession } from "./tls-session.ts";
import { createTrust, type Trust, trustErrorOf, untrusted } from "./trust.ts";

export interface NetOptions {
  readonly userAgent: string;
  /** Certificates in PEM that are trusted beside node's bundled roots. */
  readonly extraCa: readonly string[];
  readonly proxies: Proxies;
  readonly clock: Clock;
  /** Connections at the same time, over all scopes. */
  readonly globalConnections: number;
  /** Milliseconds; each one left out has its default. */
  readonly timeouts?: Partial<PhaseTimeouts>;
  /** Instead of a timer, for the rests between connections: ends after so many milliseconds, or rejects when the signal does. */
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Instead of getaddrinfo. */
  readonly lookup?: LookupFunction;
  /** Instead of the system's resolvers, for questions to DNS: addresses, with a port where it is not 53. */
  readonly dnsServers?: readonly string[];
}

/** The network. Throws where one of `extraCa` is not a certificate in PEM. */
export function createNet(options: NetOptions): NetPort {
  const shared: Shared = {
    options,
    timeouts: { ...DEFAULT_TIMEOUTS, ...options.timeouts },
    trust: createTrust(options.extraCa),
    places: new Semaphore(options.globalConnections),
    hosts: new Hosts(() => options.clock.now()),
  };
  return { open: (scope) => new Session(shared, scope) };
}

interface Shared {
  readonly options: NetOptions;
  readonly timeouts: PhaseTimeouts;
  readonly trust: Trust;
  readonly places: Semaphore;
  readonly hosts: Hosts;
}

class Session implements NetSession {
  readonly #shared: Shared;
  readonly #scope: NetScope;
  readonly #life: ScopeLife;
  readonly #budget: Budget;
  readonly #connectedTo = new Set<string>();
  /** node's verdict on what an address showed, by origin and address: whoever was not trusted is shown nothing afterwards. */
  readonly #trustErrors = new Map<string, string>();
  readonly #resolutions = new Map<string, Promise<NetResult<Resolution>>>();
  readonly #dnsAnswers = new Map<string, Promise<NetResult<DnsAnswer>>>();

  constructor(shared: Shared, scope: NetScope) {
    this.#shared = shared;
    this.#scope = scope;
    this.#life = new ScopeLife(scope.deadlineMs, scope.signal);
    this.#budget = new Budget(scope.budget);
  }

  resolve(target: Target): Promise<NetResult<Resolution>> {
    const key = `${target.scheme} ${target.host} ${target.port} ${target.publicOnly === true}`;
    const known = this.#resolutions.get(key);
    if (known !== undefined) return known;
    const resolution = settled(
      () => this.#lookUp(target),
      (error) => failureFrom(error, "resolve"),
    );
    this.#resolutions.set(key, resolution);
    return resolution;
  }

  dns<T extends DnsType>(target: Target, name: string, type: T): Promise<NetResult<DnsAnswer<T>>> {
    const key = `${target.scheme} ${target.host} ${target.port} ${type} ${name}`;
    const known = this.#dnsAnswers.get(key) as Promise<NetResult<DnsAnswer<T>>> | undefined;
    if (known !== undefined) return known;
    const answer = settled(
      () => this.#askDns(target, name, type),
      (error) => failureFrom(error, "resolve"),
    );
    this.#dnsAnswers.set(key, answer);
    return answer;
  }

  tlsSession(target: Target, address: string): Promise<NetResult<TlsSessionFacts>> {
    return this.#inLane(target, "tls", async (pacer) => {
      const settings = { life: this.#life.signal, timeoutMs: this.#shared.timeouts.tls };
      const facts = await readTlsSession(() => this.#dial(target, address), target, this.#shared.trust, settings);
      pacer.answered();
      this.#noteTrust(target, address, facts.trustError);
      return facts;
    });
  }

  exchangeOffer(target: Target, address: string, offer: TlsOffer, want: OfferWant): Promise<NetResult<TlsAnswer>> {
    return this.#inLane(target, "tls", async (pacer) => {
      const settings = { ...want, life: this.#life.signal, timeoutMs: this.#shared.timeouts.hello };
      const answer = await exchangeOffer(() => this.#dial(target, address), target, offer, settings);
      pacer.answeredOffer(answer);
      return answer;
    });
  }

  exchangeSsl2(target: Target, address: string): Promise<NetResult<TlsAnswer>> {
    return this.#inLane(target, "tls", async (pacer) => {
      const settings = { life: this.#life.signal, timeoutMs: this.#shared.timeouts.hello };
      const answer = await exchangeSsl2(() => this.#dial(target, address), settings);
      pacer.answeredOffer(answer);
      return answer;
    });
  }

  async pause(ms: number): Promise<void> {
    const { wait = timer } = this.#shared.options;
    await wait(ms, this.#life.signal).catch(() => undefined);
  }

  request(target: Target, address: string, asked: HttpRequest): Promise<NetResult<HttpAnswer>> {
    return this.#inLane(target, "request", async (pacer) => {
      const now = this.#shared.options.clock.now();
      const { request, made: assertions } = await withAssertions(asked, now);
      const unsigned = placeRequest(target, request, this.#shared.options.userAgent);
      const { placed, made: signatures } =
        request.signer === undefined ? { placed: unsigned, made: [] } : await withSignature(unsigned, request.method, request.signer, now);
      const made = [...assertions, ...signatures];
      this.#budget.mustAllowRequest();
      await loadHttpClient();
      const socket = await this.#connected(target, address, request);
      const trustError = isTls(socket) ? trustErrorOf(socket) : undefined;
      this.#noteTrust(target, address, trustError);
      try {
        if (carriesSecret(request) && trustError !== undefined) throw untrusted(trustError);
        this.#shared.hosts.mustBeOpen(target);
        this.#budget.countRequest();
      } catch (error) {
        socket.destroy();
        throw error;
      }
      const onHead = (head: AnswerHead) => pacer.answeredHttp(head);
      const monotonic = () => this.#shared.options.clock.monotonic();
      const settings = { life: this.#life.signal, timeouts: this.#shared.timeouts, onHead, monotonic };
      const answer = await exchangeHttp(socket, placed, request, settings);
      const all = made.length === 0 ? answer : { ...answer, made };
      return isTls(socket) ? { ...all, trusted: trustError === undefined } : all;
    });
  }

  sent(): SentCounters {
    return this.#budget.sent;
  }

  pace(): readonly { readonly host: string; readonly pace: HostPace }[] {
    return [...this.#connectedTo].flatMap((host) => {
      const pace = this.#shared.hosts.paceOf(host);
      return pace === undefined ? [] : [{ host, pace }];
    });
  }

  close(): void {
    this.#life.close();
  }

  #lookUp(target: Target): Promise<Resolution> {
    const { options, timeouts } = this.#shared;
    return lookUpTarget(target, this.#proxyFor(target), {
      allowPrivate: this.#scope.allowPrivate,
      timeoutMs: timeouts.resolve,
      life: this.#life.signal,
      ...(options.lookup === undefined ? {} : { lookup: options.lookup }),
    });
  }

  async #askDns<T extends DnsType>(target: Target, name: string, type: T): Promise<DnsAnswer<T>> {
    const { options, timeouts } = this.#shared;
    if (!isLookedUpHere(target, this.#proxyFor(target))) throw asksNoDns();
    const settings = { timeoutMs: timeouts.resolve, life: this.#life.signal };
    return askDns(name, type, options.dnsServers === undefined ? settings : { ...settings, servers: options.dnsServers });
  }

  #proxyFor(target: Target): HttpProxy | undefined {
    return proxyFor(target, this.#scope.proxy, this.#shared.options.proxies);
  }

  #dial(target: Target, address: string): Promise<Socket> {
    const { options, timeouts, trust } = this.#shared;
    const proxy = this.#proxyFor(target);
    return dial(target, address, {
      allowPrivate: this.#scope.allowPrivate,
      countConnection: () => this.#countConnection(target),
      life: this.#life.signal,
      timeoutMs: timeouts.connect,
      secureContext: trust.usual,
      ...(proxy === undefined ? {} : { proxy }),
      ...(options.lookup === undefined ? {} : { lookup: options.lookup }),
    });
  }

  #countConnection(target: Target): void {
    this.#shared.hosts.mustBeOpen(target);
    this.#budget.countConnection();
    this.#connectedTo.add(hostOf(target));
  }

  #noteTrust(target: Target, address: string, trustError: string | undefined): void {
    if (trustError !== undefined) this.#trustErrors.set(`${target.origin} ${address}`, trustError);
  }

  /** Ready for a request: over https, the handshake is done and its certificate was judged. */
  async #connected(target: Target, address: string, { clientCertificate: own }: HttpRequest): Promise<Socket> {
    const known = own === undefined ? undefined : this.#trustErrors.get(`${target.origin} ${address}`);
    if (known !== undefined) throw untrusted(known);
    const { trust } = this.#shared;
    const secureContext = own === undefined ? trust.usual : trust.showing(own);
    const raw = await this.#dial(target, address);
    if (target.scheme === "http") return raw;
    const settings = { life: this.#life.signal, timeoutMs: this.#shared.timeouts.tls };
    return handshake(raw, target, { ...settings, secureContext, alpn: ["http/1.1"], rejectUnauthorized: own !== undefined });
  }

  /** One lane of the host and one place of all, held for as long as the connection lives. */
  #inLane<T>(target: Target, phase: Failure["phase"], work: (pacer: HostPacer) => Promise<T>): Promise<NetResult<T>> {
    const pacer = this.#shared.hosts.pacerOf(target, this.#scope.lanes);
    const inLane = async () => {
      this.#shared.hosts.mustBeOpen(target);
      const leaveLane = await pacer.takeLane(this.#life.signal);
      try {
        const givePlaceBack = await this.#shared.places.take(this.#life.signal);
        try {
          return await work(pacer);
        } finally {
          givePlaceBack();
        }
      } finally {
        leaveLane();
      }
    };
    return settled(inLane, (error) => pacer.failed(failureFrom(error, phase)));
  }
}

async function settled<T>(work: () => Promise<T>, failure: (error: unknown) => Failure): Promise<NetResult<T>> {
  try {
    return ok(await work());
  } catch (error) {
    return err(failure(error));
  }
}

function timer(ms: number, signal: AbortSignal): Promise<void> {
  return delay(ms, undefined, { signal });
}

function isTls(socket: Socket): socket is TLSSocket {
  return "getProtocol" in socket;
}

/** Behind a proxy that looks names up, our own resolver may know nothing of them, or another world's. */
function asksNoDns(): NetFailure {
  return new NetFailure({ reason: "not_requested", phase: "plan", code: "proxy", retriable: false });
}
