import type { EventEmitter } from "node:events";
import { EXIT } from "./exit-code.ts";

/** A run that can be stopped: the first signal asks it to end with what it has, the second ends it at once. */
export interface Interrupt {
  /** Aborted by the first signal. */
  readonly signal: AbortSignal;
  /** Of the signal that came, undefined when none did. */
  exitCode(): InterruptCode | undefined;
  /** Gives the signals back to whoever had them before. */
  release(): void;
}

type InterruptCode = typeof EXIT.interrupted | typeof EXIT.terminated;

/**
 * Listens for SIGINT, SIGTERM and SIGHUP on `signals`. `say` prints one line; `exitNow` ends the process without waiting:
 * not by the signal's own default, because that is ignored for the first process of a container.
 */
export function interruptible(signals: EventEmitter, say: (text: string) => void, exitNow: (code: InterruptCode) => void): Interrupt {
  const controller = new AbortController();
  let code: InterruptCode | undefined;
  const listeners = SIGNALS.map(([name, exitCode]) => {
    const listener = () => {
      if (code !== undefined) return exitNow(exitCode);
      code = exitCode;
      say("Stopping: the answers that are already here are kept. Once more to stop at once.");
      controller.abort(new Error("interrupted"));
    };
    signals.on(name, listener);
    return { name, listener };
  });
  return {
    signal: controller.signal,
    exitCode: () => code,
    release() {
      for (const { name, listener } of listeners) signals.removeListener(name, listener);
    },
  };
}

const SIGNALS = [
  ["SIGINT", EXIT.interrupted],
  ["SIGTERM", EXIT.terminated],
  // A terminal or a session that goes away asks for the same.
  ["SIGHUP", EXIT.terminated],
] as const;
