import type { AppendFile, FilePort, FileProblem } from "../model/file-port.ts";
import { err, ok, type Result } from "../model/result.ts";
import type { RunLogEntry } from "../model/run-event.ts";
import { type LogStyle, logLine } from "../tell/report/log.ts";
import { aside } from "./present.ts";

/** What a run tells of itself while it runs. Nothing here throws: a log that cannot be written ends no run. */
export interface RunLog {
  write(entry: RunLogEntry): void;
  /** Waits for what was written; says what went wrong first, and how many lines were lost by it. */
  close(): Promise<Result<void, LostLines>>;
}

export interface LostLines {
  readonly problem: FileProblem;
  readonly lines: number;
}

export interface RunLogOptions extends LogStyle {
  readonly files: Pick<FilePort, "openAppend">;
  /** Where it goes; stderr when left out. */
  readonly file?: string;
  /** Takes handed-out secrets out of a line. */
  readonly scrub: (text: string) => string;
}

/** Fails only here, before the run, when its file cannot be opened. */
export async function openRunLog(options: RunLogOptions): Promise<Result<RunLog, FileProblem>> {
  const render = (entry: RunLogEntry) => logLine(scrubbed(entry, options.scrub), options);
  if (options.file === undefined) return ok({ write: (entry) => aside(render(entry)), close: async () => ok(undefined) });
  const opened = await options.files.openAppend(options.file);
  return opened.ok ? ok(fileLog(opened.value, render)) : opened;
}

/** Before a line is cut: half of a secret would not be found any more. */
function scrubbed(entry: RunLogEntry, scrub: (text: string) => string): RunLogEntry {
  const pairs = Object.entries(entry).map(([name, value]) => [name, typeof value === "string" ? scrub(value) : value]);
  return Object.fromEntries(pairs) as RunLogEntry;
}

/** The journal of systemd reads the stderr of the process that systemd itself started. */
export function wantsLevels(env: Readonly<Record<string, string | undefined>>, pid: number): boolean {
  return env["JOURNAL_STREAM"] !== undefined && env["SYSTEMD_EXEC_PID"] === String(pid);
}

/** Lines are written one after the other, so that they stand in the order of the events; the run does not wait for them. */
function fileLog(file: AppendFile, render: (entry: RunLogEntry) => string): RunLog {
  let lost: LostLines | undefined;
  const note = (result: Result<void, FileProblem>): void => {
    if (!result.ok) lost = { problem: lost?.problem ?? result.error, lines: (lost?.lines ?? 0) + 1 };
  };
  let done = Promise.resolve();
  return {
    write(entry) {
      const line = render(entry);
      done = done.then(async () => note(await file.append(line)));
    },
    async close() {
      await done;
      const closed = await file.close();
      if (lost !== undefined) return err(lost);
      return closed.ok ? closed : err({ problem: closed.error, lines: 0 });
    },
  };
}
