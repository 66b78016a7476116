import { EventEmitter } from "node:events";
import { describe, expect, it } from "vitest";
import { interruptible } from "../../src/cli/interrupt.ts";

function setUp() {
  const signals = new EventEmitter();
  const said: string[] = [];
  const exits: number[] = [];
  const interrupt = interruptible(
    signals,
    (text) => said.push(text),
    (code) => exits.push(code),
  );
  return { signals, said, exits, interrupt };
}

describe("interruptible", () => {
  it("does nothing until a signal comes", () => {
    const { interrupt, said, exits } = setUp();
    expect([interrupt.signal.aborted, interrupt.exitCode(), said, exits]).toEqual([false, undefined, [], []]);
  });

  it("aborts at the first signal and exits at the second", () => {
    const { signals, interrupt, said, exits } = setUp();
    signals.emit("SIGINT");
    expect([interrupt.signal.aborted, interrupt.exitCode(), said.length, exits]).toEqual([true, 130, 1, []]);
    signals.emit("SIGTERM");
    expect([interrupt.exitCode(), said.length, exits]).toEqual([130, 1, [143]]);
  });

  it("takes the end of its terminal for SIGTERM", () => {
    const { signals, interrupt } = setUp();
    signals.emit("SIGHUP");
    expect([interrupt.signal.aborted, interrupt.exitCode()]).toEqual([true, 143]);
  });

  it("gives the signals back", () => {
    const { signals, interrupt } = setUp();
    interrupt.release();
    expect(signals.eventNames()).toEqual([]);
    expect(interrupt.signal.aborted).toBe(false);
  });
});
