import type { TlsFeatureFacts } from "../../evidence/kinds.ts";
import type { Depth } from "../../model/depth.ts";
import type { Failure } from "../../model/failure.ts";
import type { NetResult, NetSession, OfferWant } from "../../model/net-port.ts";
import type { UnobservedReason } from "../../model/reason.ts";
import { err, ok } from "../../model/result.ts";
import { DEPRECATED_TLS_VERSIONS } from "../../model/tls.ts";
import type { TlsAnswer, TlsOffer } from "../../model/tls-offer.ts";
import { REST_BEFORE_REPEAT } from "../enumerate/closes.ts";
import { Enumerator } from "../enumerate/enumerator.ts";
import { isTrouble, outcomeOf } from "../enumerate/outcome.ts";
import { type Negotiated, offerOf, type Remembered } from "../enumerate/request.ts";
import type { EnumerationResult, OfferVersion, State, VersionResult } from "../enumerate/result.ts";
import type { AddressQuestion } from "./probe.ts";
import { candidatesFor, SHAREABLE } from "./tls-candidates.ts";
import { ChainLog, type SeenChain } from "./tls-chains.ts";
import { Costumes } from "./tls-costumes.ts";
import { FeatureLog } from "./tls-feature-log.ts";

export interface EnumerationQuestion extends AddressQuestion {
  readonly depth: Depth;
  /** The most connections that may be opened. */
  readonly budget: number;
  /** The most connections at once; the session's own lanes hold as well. */
  readonly lanes: number;
  /** What the last enumeration of this address found. */
  readonly remembered?: Remembered;
  /** What our own connection of TLS 1.3 got of it. */
  readonly negotiated?: Negotiated;
}

/** What an enumeration needs of a session. */
export type EnumerationNet = Pick<NetSession, "exchangeOffer" | "exchangeSsl2" | "pause">;

export interface TlsFindings extends EnumerationResult {
  readonly features: TlsFeatureFacts;
  readonly chains: readonly SeenChain[];
  /** Why it was ended before its end, where it was. */
  readonly stoppedFor?: UnobservedReason;
  /** Undefined where it was not asked about. */
  readonly ssl2?: Ssl2Finding;
}

export interface Ssl2Finding {
  readonly support: State;
  /** 24 bits each. */
  readonly cipherKinds: readonly number[];
  readonly answer?: TlsAnswer;
}

/**
 * Finds out what one address accepts: SSL 3.0 to TLS 1.3, at depth full SSL 2.0 as well. Ends early where the budget, the session or the
 * server's patience does, and says so in what it found. Fails where the server never said a hello, of SSL 2.0 neither.
 */
export async function enumerateTls(question: EnumerationQuestion, net: EnumerationNet): Promise<NetResult<TlsFindings>> {
  const { depth, budget, lanes, remembered, negotiated } = question;
  const candidates = Object.fromEntries(VERSIONS.map((version) => [version, candidatesFor(version, depth)]));
  const known = { ...(remembered !== undefined && { remembered }), ...(negotiated !== undefined && { negotiated }) };
  const request = { depth, budget, lanes, candidates, shareable: SHAREABLE, ...known };
  return new Run(question, net, new Enumerator(request)).result();
}

const VERSIONS: readonly OfferVersion[] = ["TLS 1.3", "TLS 1.2", "TLS 1.1", "TLS 1.0", "SSL 3.0"];

class Run {
  readonly #question: EnumerationQuestion;
  readonly #net: EnumerationNet;
  readonly #enumerator: Enumerator;
  readonly #flights = new Set<Promise<void>>();
  readonly #log = new FeatureLog();
  readonly #chains = new ChainLog();
  readonly #costumes: Costumes | undefined;
  /** Whether it can be asked for features: wolfSSL, for one, may close without a word. */
  #features: "unproven" | "fine" | "harmful" = "unproven";
  #plainTrials = 0;
  #connections = 0;
  /** For the plain repeats of hellos in costume. */
  #reserved = 0;
  #stopped = false;
  #stoppedFor: UnobservedReason | undefined;
  /** The server said something, be it that it closes. */
  #answered = false;
  #lastAnswered: TlsOffer | undefined;
  /** A hello, of whatever it chose: who only ever refuses has refused nothing in particular. */
  #helloSeen = false;
  #failure: Failure | undefined;

  constructor(question: EnumerationQuestion, net: EnumerationNet, enumerator: Enumerator) {
    this.#question = question;
    this.#net = net;
    this.#enumerator = enumerator;
    if (question.depth === "full") this.#costumes = new Costumes(this.#log, question.target.serverName !== undefined);
  }

  async result(): Promise<NetResult<TlsFindings>> {
    for (let next = this.#enumerator.next(); next !== undefined || this.#flights.size > 0; next = this.#enumerator.next()) {
      if (next === undefined) await Promise.race(this.#flights);
      else if ("waitMs" in next) await this.#net.pause(next.waitMs);
      else this.#send(next);
    }
    await this.#wearLeftovers();
    const found = this.#enumerator.result();
    const scsv = await this.#fallbackScsv(found.versions);
    const steady = !found.limited && !found.quirks.includes("random-close");
    const ssl2 = await this.#ssl2(steady);
    if (!this.#helloSeen && ssl2?.support !== "accepted" && this.#failure !== undefined) return err(this.#failure);
    const features = { ...this.#log.facts(), ...this.#costumes?.facts(steady), ...(scsv !== undefined && { fallbackScsv: scsv }) };
    const stoppedFor = this.#stoppedFor;
    return ok({
      ...found,
      connections: this.#connections,
      features,
      chains: this.#chains.chains(),
      ...(stoppedFor !== undefined && { stoppedFor }),
      ...(ssl2 !== undefined && { ssl2 }),
    });
  }

  #send(offer: TlsOffer): void {
    const flight = this.#ask(offer).finally(() => this.#flights.delete(flight));
    this.#flights.add(flight);
  }

  async #ask(offer: TlsOffer): Promise<void> {
    const usual = this.#usualWant(offer);
    const costume = this.#connections + this.#reserved + 2 > this.#question.budget ? undefined : this.#costumes?.take(offer);
    const want = { ...usual, ...costume?.want };
    if (costume !== undefined) this.#reserved += 1;
    const answer = await this.#exchange(offer, want);
    if (costume !== undefined) this.#reserved -= 1;
    if (costume === undefined || !answer.ok || costume.fits(offer, answer.value)) {
      if (answer.ok) costume?.settle(answer.value, undefined);
      if (costume === undefined && this.#mayBeForFeatures(want, answer)) await this.#withoutFeatures(offer, want, answer);
      else this.#take(offer, want, answer);
      return;
    }
    const plain = await this.#exchange(offer, usual);
    if (plain.ok) costume.settle(answer.value, plain.value);
    this.#take(offer, usual, plain);
  }

  /** Whoever answers a hello that asks for features minds none; a refusal of what was offered is none of them. */
  #mayBeForFeatures(want: OfferWant, answer: NetResult<TlsAnswer>): boolean {
    if (this.#features !== "unproven" || want.features !== true || !answer.ok || this.#plainTrials >= PLAIN_TRIALS || this.#over)
      return false;
    return answer.value.type !== "hello" && !(answer.value.type === "alert" && ABOUT_THE_OFFER.includes(answer.value.description));
  }

  async #withoutFeatures(offer: TlsOffer, want: OfferWant, answer: NetResult<TlsAnswer>): Promise<void> {
    this.#plainTrials += 1;
    const bare = { ...want, features: false };
    const plain = await this.#exchange(offer, bare);
    const isAnswered = plain.ok && plain.value.type === "hello";
    if (isAnswered) this.#features = "harmful";
    this.#take(offer, isAnswered ? bare : want, isAnswered ? plain : answer);
  }

  /** Compression and the rest are asked for wherever they may be: every flight then tells of them. */
  #usualWant({ version }: TlsOffer): OfferWant {
    const features = version !== "SSL 3.0" && this.#features !== "harmful";
    return { until: "flight", features, ...(version !== "TLS 1.3" && { deflate: true }) };
  }

  async #wearLeftovers(): Promise<void> {
    for (const offer of this.#costumes?.leftovers() ?? []) {
      const costume = this.#over ? undefined : this.#costumes?.take(offer);
      if (costume === undefined) return;
      const usual = this.#usualWant(offer);
      const dressed = await this.#exchange(offer, { ...usual, ...costume.want });
      if (!dressed.ok) return;
      const fits = costume.fits(offer, dressed.value);
      const plain = fits || this.#over ? undefined : await this.#exchange(offer, usual);
      if (fits) costume.settle(dressed.value, undefined);
      else if (plain?.ok === true) costume.settle(dressed.value, plain.value);
    }
  }

  async #exchange(offer: TlsOffer, want: OfferWant): Promise<NetResult<TlsAnswer>> {
    this.#connections += 1;
    if (this.#spent) {
      this.#stoppedFor ??= "budget_exhausted";
      this.#stop();
    }
    const answer = await this.#net.exchangeOffer(this.#question.target, this.#question.address, offer, want);
    if (answer.ok) this.#chains.note(want, answer.value);
    return answer;
  }

  #take(offer: TlsOffer, want: OfferWant, answer: NetResult<TlsAnswer>): void {
    if (!answer.ok) {
      this.#failed(offer, answer.error);
      return;
    }
    this.#answered ||= answer.value.type !== "reset" && answer.value.type !== "timeout";
    if (answer.value.type === "hello") {
      this.#helloSeen = true;
      this.#lastAnswered = offer;
    }
    this.#failure ??= failureOf(answer.value);
    if (answer.value.type === "hello" && want.features === true) this.#features = "fine";
    // Without a name another host of the same certificate may have answered.
    if (want.sni !== false) {
      this.#log.note(want, answer.value);
      this.#costumes?.answered(offer, answer.value);
    }
    this.#enumerator.learn(offer, answer.value);
  }

  /** Who answered before, and now takes no connection, has had too many of us. */
  #failed(offer: TlsOffer, failure: Failure): void {
    this.#failure ??= failure;
    const lost = LOST[failure.reason];
    if (lost === undefined || !(this.#answered || failure.retriable)) {
      this.#stoppedFor ??= failure.reason;
      this.#stop();
    } else this.#enumerator.learn(offer, { type: lost });
  }

  /** Asked where there is something to fall back to that nobody should. */
  async #fallbackScsv(versions: readonly VersionResult[]): Promise<boolean | undefined> {
    const spoken = versions.filter(({ support }) => support === "accepted");
    const [best] = spoken;
    const fallback = spoken.find(({ version }) => DEPRECATED_TLS_VERSIONS.includes(version));
    if (this.#question.depth !== "full" || fallback === undefined || best === fallback || this.#over) return undefined;
    const accepted = fallback.suites.filter(({ state }) => state === "accepted").map(({ code }) => code);
    const { good, bad } = candidatesFor(fallback.version, "full").schemes;
    const groups = versions.flatMap((one) => one.groups.filter(({ state }) => state === "accepted").map(({ code }) => code));
    const offer = offerOf(fallback.version, {
      cipherSuites: [...accepted.slice(0, MOST_SUITES), FALLBACK_SCSV],
      groups: groups.length > 0 ? groups : SHAREABLE,
      signatureSchemes: [...good, ...bad],
    });
    const answer = await this.#exchange(offer, this.#usualWant(offer));
    if (!answer.ok) return undefined;
    if (answer.value.type === "alert" && answer.value.description === INAPPROPRIATE_FALLBACK) return true;
    return outcomeOf(offer, answer.value).kind === "hello" ? false : undefined;
  }

  async #ssl2(closesCount: boolean): Promise<Ssl2Finding | undefined> {
    if (this.#question.depth !== "full") return undefined;
    // Silence, and what is no TLS, is not going to be SSL 2.0; who only closes may know nothing newer.
    if (!this.#answered || this.#failure?.reason === "tls_protocol_error") return undefined;
    if (this.#over) return { support: "unknown", cipherKinds: [] };
    this.#connections += 1;
    const answer = await this.#net.exchangeSsl2(this.#question.target, this.#question.address);
    if (!answer.ok) return { support: "unknown", cipherKinds: [] };
    const first = ssl2Finding(answer.value);
    if (answer.value.type !== "close" || !closesCount || this.#over) return first;
    return this.#ssl2Again(first);
  }

  /** Many servers of today close on a hello of SSL 2.0: a refusal where it repeats after a rest, and another hello is still answered. */
  async #ssl2Again(first: Ssl2Finding): Promise<Ssl2Finding> {
    const control = this.#lastAnswered;
    if (control === undefined) return first;
    await this.#net.pause(REST_BEFORE_REPEAT);
    this.#connections += 1;
    const again = await this.#net.exchangeSsl2(this.#question.target, this.#question.address);
    if (!again.ok || again.value.type !== "close") return again.ok ? ssl2Finding(again.value) : first;
    const witness = this.#over ? undefined : await this.#exchange(control, this.#usualWant(control));
    return witness?.ok === true && witness.value.type === "hello" ? { ...first, support: "refused" } : first;
  }

  get #spent(): boolean {
    return this.#connections + this.#reserved >= this.#question.budget;
  }

  get #over(): boolean {
    return this.#stopped || this.#spent;
  }

  #stop(): void {
    this.#stopped = true;
    this.#enumerator.stop();
  }
}

function ssl2Finding(answer: TlsAnswer): Ssl2Finding {
  if (answer.type === "hello")
    return { support: answer.version === "SSL 2.0" ? "accepted" : "refused", cipherKinds: answer.cipherKinds ?? [], answer };
  const isRefusal = answer.type === "alert" && !isTrouble(answer.description);
  return { support: isRefusal ? "refused" : "unknown", cipherKinds: [], answer };
}

/** What it is called where no hello is ever answered with one. */
function failureOf(answer: TlsAnswer): Failure | undefined {
  if (answer.type === "hello") return undefined;
  const reason = REASONS[answer.type];
  const code = answer.type === "alert" ? { code: `alert ${answer.description}` } : {};
  return { reason, phase: "tls", retriable: reason !== "tls_protocol_error", ...code };
}

const REASONS = {
  alert: "tls_alert",
  close: "connection_closed",
  reset: "connection_reset",
  timeout: "tls_timeout",
  malformed: "tls_protocol_error",
} as const satisfies Readonly<Record<Exclude<TlsAnswer["type"], "hello">, Failure["reason"]>>;

/** How connections fail that are not made, where it may be for the moment. */
const LOST: Readonly<Partial<Record<Failure["reason"], "reset" | "timeout">>> = {
  connect_refused: "reset",
  connection_reset: "reset",
  connect_timeout: "timeout",
  network_unreachable: "timeout",
};

/** RFC 7507: the value, and the alert. */
const FALLBACK_SCSV = 0x5600;
const INAPPROPRIATE_FALLBACK = 86;
const MOST_SUITES = 100;
const PLAIN_TRIALS = 2;
/** handshake_failure, protocol_version, insufficient_security. */
const ABOUT_THE_OFFER: readonly number[] = [40, 70, 71];
