import type { Failure } from "../../model/failure.ts";
import { DAY, type Instant, SECOND } from "../../model/instant.ts";
import type { HostPace } from "../../model/net-port.ts";
import type { TlsAnswer } from "../../model/tls-offer.ts";
import { type AnswerHead, headerOf, namesFirewall, turnedAway } from "../../model/turned-away.ts";
import { NetFailure } from "./failure.ts";
import { Semaphore } from "./semaphore.ts";

/**
 * One host as all scopes see it: its lanes, and the signs that we are too much for it. The first sign leaves a single lane;
 * a block, or a limit that says how long it lasts, ends everything that would still be asked of it.
 */
export class HostPacer {
  readonly #lanes: Semaphore;
  readonly #now: () => Instant;
  #limited = false;
  #leaveAloneUntil: Instant | undefined;
  #resetsInARow = 0;
  #limitsInARow = 0;
  #closedFor: "rate_limited" | "blocked" | undefined;

  constructor(lanes: number, now: () => Instant) {
    this.#lanes = new Semaphore(lanes);
    this.#now = now;
  }

  get pace(): HostPace {
    const lanes = this.#lanes.capacity;
    if (this.#leaveAloneUntil === undefined) return { lanes, limited: this.#limited };
    return { lanes, limited: this.#limited, leaveAloneMs: Math.max(0, this.#leaveAloneUntil - this.#now()) };
  }

  /** A lane, and the function that gives it back. */
  takeLane(signal: AbortSignal): Promise<() => void> {
    return this.#lanes.take(signal);
  }

  /** Fewer lanes, where a scope knows the host for slower than others do. */
  narrowTo(lanes: number): void {
    this.#lanes.shrinkTo(lanes);
  }

  /** Throws a `NetFailure` once the host has turned us away: nothing more is sent to it. */
  mustBeOpen(): void {
    if (this.#closedFor !== undefined) throw new NetFailure({ reason: this.#closedFor, phase: "plan", retriable: false });
  }

  answered(): void {
    this.#resetsInARow = 0;
  }

  /** Of an offer's answers, resets count as those of other exchanges do, and what broke off is no sign of anything. */
  answeredOffer(answer: TlsAnswer): void {
    if (answer.type === "reset") this.failed({ reason: "connection_reset", phase: "tls", retriable: true });
    else if (answer.type !== "timeout" && !(answer.type === "close" && answer.midAnswer)) this.answered();
  }

  answeredHttp(answer: AnswerHead): void {
    this.answered();
    const turned = turnedAway(answer);
    this.#limitsInARow = turned === "rate_limited" ? this.#limitsInARow + 1 : 0;
    if (turned === undefined) return;
    const leaveAloneMs =
      turned === "blocked" ? (namesFirewall(answer) ? DAY : undefined) : retryAfterMs(headerOf(answer, "retry-after"), this.#now());
    this.#limit(leaveAloneMs);
    if (leaveAloneMs !== undefined || this.#limitsInARow >= LIMIT_BURST) this.#closedFor ??= turned;
  }

  /** The failure, marked where it is one reset too many. */
  failed(failure: Failure): Failure {
    if (failure.reason !== "connection_reset") return failure;
    this.#resetsInARow++;
    if (this.#resetsInARow < RESET_BURST) return failure;
    this.#limit(undefined);
    return { ...failure, limiting: true };
  }

  #limit(leaveAloneMs: number | undefined): void {
    this.#limited = true;
    this.#lanes.shrinkTo(1);
    if (leaveAloneMs === undefined) return;
    this.#leaveAloneUntil = Math.max(this.#leaveAloneUntil ?? 0, this.#now() + leaveAloneMs);
  }
}

/** Seconds or a date, at most a day: a vendor does not decide for longer than that (RFC 9110 section 10.2.3). */
function retryAfterMs(value: string | undefined, now: Instant): number | undefined {
  if (value === undefined) return undefined;
  const text = value.trim();
  const ms = /^\d+$/.test(text) ? Number(text) * SECOND : Date.parse(text) - now;
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 0), DAY);
}

/** One reset is weather, and an old protocol version is often refused by one; three without an answer between them are a fence. */
const RESET_BURST = 3;
/** Limits that do not say how long they last, without another answer between them. */
const LIMIT_BURST = 3;
