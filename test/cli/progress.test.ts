import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { lineProgress, progressFor } from "../../src/cli/progress.ts";
import { detectTerminal } from "../../src/cli/terminal.ts";

const style = { columns: 40, colour: false, unicode: true };
let written: string[] = [];
const write = (text: string) => written.push(text);

beforeEach(() => {
  vi.useFakeTimers();
  written = [];
});
afterEach(() => vi.useRealTimers());

describe("lineProgress", () => {
  it("says nothing of work that ends before 300 ms", () => {
    const progress = lineProgress(style, write);
    progress.update({ done: 0, total: 2 });
    vi.advanceTimersByTime(299);
    progress.end();
    vi.advanceTimersByTime(1000);
    expect(written).toEqual([]);
  });

  it("repaints one line in place, only when it changed, and takes it away", () => {
    const progress = lineProgress(style, write);
    progress.update({ done: 0, total: 2 });
    vi.advanceTimersByTime(300);
    vi.advanceTimersByTime(500);
    progress.update({ done: 1, total: 2, note: "acme" });
    progress.update({ done: 2, total: 2, note: "acme" });
    vi.advanceTimersByTime(100);
    progress.end();
    progress.end();
    vi.advanceTimersByTime(1000);
    expect(written).toEqual(["\r\u001b[Kauditing 0/2", "\r\u001b[Kauditing 2/2 · acme", "\r\u001b[K"]);
  });

  it("stays on one line, whatever is audited", () => {
    const progress = lineProgress(style, write);
    progress.update({ done: 1, total: 9, note: `\u001b[2J\n${"世".repeat(60)}` });
    vi.advanceTimersByTime(300);
    expect(written).toEqual([`\r\u001b[Kauditing 1/9 · \\x1b[2J\\n${"世".repeat(7)}…`]);
  });

  it("says nothing after its end", () => {
    const progress = lineProgress(style, write);
    progress.end();
    progress.update({ done: 1, total: 2 });
    vi.advanceTimersByTime(1000);
    expect(written).toEqual([]);
  });
});

describe("progressFor", () => {
  const terminal = (stderr: object, env = {}) => detectTerminal({ env, argv: [], platform: "linux", stdout: {}, stderr });

  it.each([
    ["a terminal", terminal({ isTTY: true, columns: 80 }), false, 1],
    ["a pipe", terminal({}), false, 0],
    ["a CI system", terminal({ isTTY: true }, { CI: "1" }), false, 0],
    ["a terminal that cannot move its cursor", terminal({ isTTY: true }, { TERM: "dumb" }), false, 0],
    ["--quiet", terminal({ isTTY: true, columns: 80 }), true, 0],
  ])("on %s", (_, where, silent, lines) => {
    const progress = progressFor(where, write, silent);
    progress.update({ done: 0, total: 1 });
    vi.advanceTimersByTime(300);
    expect(written).toHaveLength(lines);
    progress.end();
  });
});
