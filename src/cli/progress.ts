import { sanitise } from "../tell/report/sanitise.ts";
import type { Style } from "../tell/report/style.ts";
import { cut } from "../tell/report/width.ts";
import type { Terminal } from "./terminal.ts";

/** Tells people who wait how far it is. */
export interface Progress {
  update(state: ProgressState): void;
  /** Takes the line away. Idempotent; call it before anything else is printed. */
  end(): void;
}

interface ProgressState {
  readonly done: number;
  readonly total: number;
  /** What is being done now; may come from outside. */
  readonly note?: string;
}

/** A line on a terminal's stderr; silent where nobody watches. */
export function progressFor(terminal: Terminal, write: (text: string) => void, silent: boolean): Progress {
  return silent || terminal.ci || terminal.dumb || !terminal.stderr.isTTY ? SILENT : lineProgress(terminal.stderr.style, write);
}

/** One line, repainted in place, that appears only when the work takes long enough to notice. */
export function lineProgress(style: Style, write: (text: string) => void): Progress {
  let latest: ProgressState | undefined;
  let painted = "";
  let timer: NodeJS.Timeout | undefined;
  let ended = false;

  const paint = () => {
    timer = setTimeout(paint, REPAINT_MS).unref();
    const line = latest === undefined ? "" : lineOf(latest, style);
    if (line === painted) return;
    painted = line;
    write(`${CLEAR_LINE}${line}`);
  };
  return {
    update(state) {
      latest = state;
      if (!ended) timer ??= setTimeout(paint, APPEAR_MS).unref();
    },
    end() {
      ended = true;
      clearTimeout(timer);
      if (painted !== "") write(CLEAR_LINE);
      painted = "";
    },
  };
}

function lineOf({ done, total, note }: ProgressState, style: Style): string {
  const separator = style.unicode ? " · " : " - ";
  const text = [`auditing ${done}/${total}`, ...(note === undefined ? [] : [sanitise(note, "terminal")])].join(separator);
  return cut(text, style.columns - 1, style.unicode ? "…" : "...");
}

const SILENT: Progress = { update() {}, end() {} };
const APPEAR_MS = 300;
const REPAINT_MS = 100;
/** Carriage return and erase to the end of the line (ECMA-48 8.3.41). */
const CLEAR_LINE = "\r\u001b[K";
