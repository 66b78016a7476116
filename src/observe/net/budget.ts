import type { SentCounters } from "../../model/net-port.ts";
import { NetFailure } from "./failure.ts";

/** Counts what leaves a scope, and stops it at its budget. What is counted was attempted, whatever came of it. */
export class Budget {
  readonly #limit: SentCounters;
  #connections = 0;
  #requests = 0;

  constructor(limit: SentCounters) {
    this.#limit = limit;
  }

  get sent(): SentCounters {
    return { connections: this.#connections, requests: this.#requests };
  }

  /** Called right before a TCP connection is attempted. */
  countConnection(): void {
    if (this.#connections >= this.#limit.connections) throw exhausted();
    this.#connections++;
  }

  /** Called right before the first byte of a request may leave. */
  countRequest(): void {
    this.mustAllowRequest();
    this.#requests++;
  }

  /** No connection is made for a request that may not follow. */
  mustAllowRequest(): void {
    if (this.#requests >= this.#limit.requests) throw exhausted();
  }
}

function exhausted(): NetFailure {
  return new NetFailure({ reason: "budget_exhausted", phase: "plan", retriable: false });
}
