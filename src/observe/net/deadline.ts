import { setMaxListeners } from "node:events";
import type { Failure, FailurePhase } from "../../model/failure.ts";
import { failureFrom, NetFailure } from "./failure.ts";

/** Most milliseconds of each phase, from its start, whatever arrives meanwhile: a drip extends nothing. */
export interface PhaseTimeouts {
  readonly resolve: number;
  /** TCP, and the proxy's consent. */
  readonly connect: number;
  readonly tls: number;
  readonly hello: number;
  readonly headers: number;
  readonly body: number;
}

export const DEFAULT_TIMEOUTS: PhaseTimeouts = {
  resolve: 10_000,
  connect: 10_000,
  tls: 10_000,
  hello: 10_000,
  headers: 15_000,
  body: 20_000,
};

/** The life of a scope: ends at its absolute deadline, when the run is interrupted, or when it is closed. */
export class ScopeLife {
  readonly #controller = new AbortController();
  readonly #outer: AbortSignal;
  readonly #timer: NodeJS.Timeout;
  readonly #interrupt = () => this.#end("interrupted");

  constructor(deadlineMs: number, outer: AbortSignal) {
    this.#outer = outer;
    // Whatever waits or runs in a scope listens to its end, and every scope to the run's: many listeners are no leak here.
    setMaxListeners(0, this.signal, outer);
    this.#timer = setTimeout(() => this.#end("deadline_exceeded"), Math.max(0, deadlineMs));
    if (outer.aborted) this.#end("interrupted");
    else outer.addEventListener("abort", this.#interrupt, { once: true });
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  close(): void {
    this.#end("interrupted");
  }

  #end(reason: "interrupted" | "deadline_exceeded"): void {
    clearTimeout(this.#timer);
    this.#outer.removeEventListener("abort", this.#interrupt);
    this.#controller.abort(new NetFailure({ reason, phase: "plan", retriable: false }));
  }
}

/**
 * Runs one phase under its own absolute limit and the life of its scope. `work` gets the signal that ends it, to clean up;
 * nobody waits for that. Whatever it throws comes out as a `NetFailure`.
 */
export async function inPhase<T>(
  life: AbortSignal,
  limit: { readonly phase: FailurePhase; readonly ms: number; readonly late: Failure["reason"] },
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const ended = new Promise<never>((_resolve, reject) => {
    controller.signal.addEventListener("abort", () => reject(controller.signal.reason), { once: true });
  });
  const outlived = () => controller.abort(life.reason);
  const timer = setTimeout(() => controller.abort(new NetFailure(lateFailure(limit))), limit.ms);
  life.addEventListener("abort", outlived, { once: true });
  try {
    life.throwIfAborted();
    return await Promise.race([work(controller.signal), ended]);
  } catch (error) {
    throw new NetFailure(failureFrom(controller.signal.aborted ? controller.signal.reason : error, limit.phase));
  } finally {
    clearTimeout(timer);
    life.removeEventListener("abort", outlived);
  }
}

function lateFailure(limit: { readonly phase: FailurePhase; readonly late: Failure["reason"] }): Failure {
  return { reason: limit.late, phase: limit.phase, code: "deadline", retriable: true };
}
