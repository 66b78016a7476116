import type { Failure } from "../../model/failure.ts";
import { DAY, type Instant, SECOND } from "../../model/instant.ts";
import type { HostPace, HttpAnswer } from "../../model/net-port.ts";
import type { Semaphore } from "./semaphore.ts";

/** Watches one host for signs that we are too much for it, and drops to a single lane at the first. */
export class PaceKeeper {
  readonly #lanes: Semaphore;
  readonly #now: () => Instant;
  #limited = false;
  #leaveAloneUntil: Instant | undefined;
  #resetsInARow = 0;

  constructor(lanes: Semaphore, now: () => Instant) {
    this.#lanes = lanes;
    this.#now = now;
  }

  get pace(): HostPace {
    const lanes = this.#lanes.capacity;
    if (this.#leaveAloneUntil === undefined) return { lanes, limited: this.#limited };
    return { lanes, limited: this.#limited, leaveAloneMs: Math.max(0, this.#leaveAloneUntil - this.#now()) };
  }

  answered(): void {
    this.#resetsInARow = 0;
  }

  /** An HTTP answer: 429, 503 with Retry-After (RFC 6585 section 4, RFC 9110 section 15.6.4) or a challenge page. */
  answeredHttp(answer: Pick<HttpAnswer, "status" | "headers">): void {
    this.answered();
    const retryAfter = answer.headers.find(([name]) => name === "retry-after")?.[1];
    if (answer.status === 429 || (answer.status === 503 && retryAfter !== undefined)) {
      this.#limit(retryAfterMs(retryAfter, this.#now()));
    } else if (answer.status >= 400 && answer.headers.some(isChallenge)) {
      this.#limit(DAY);
    }
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
  const ms = /^\d{1,10}$/.test(text) ? Number(text) * SECOND : Date.parse(text) - now;
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 0), DAY);
}

/** Headers by which Cloudflare, DataDome and AWS WAF mark a page that is not the API speaking. */
function isChallenge([name, value]: readonly [string, string]): boolean {
  return (name === "cf-mitigated" && value === "challenge") || name === "x-datadome" || name === "x-amzn-waf-action";
}

/** One reset is weather, and an old protocol version is often refused by one; three without an answer between them are a fence. */
const RESET_BURST = 3;
