import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

export interface CliOptions {
  /** Stands for the user's home: configuration, history and working folder. Nothing outside it is touched. */
  readonly home: string;
  /** Folder that it is started in; `home` unless given. */
  readonly cwd?: string;
  /** Added to PATH and HOME; nothing else of this process's environment is passed on. */
  readonly env?: Readonly<Record<string, string>>;
  /** A program that starts it, with its own arguments: the command line of node follows them. */
  readonly through?: readonly string[];
  readonly stdin?: string;
  /** Killed with SIGKILL after this many milliseconds; 60 seconds unless given. */
  readonly timeoutMs?: number;
  /** main.js of another build; of this one unless given. */
  readonly build?: string;
}

export interface CliResult {
  /** Exit code; undefined when a signal ended it. */
  readonly code: number | undefined;
  readonly signal: NodeJS.Signals | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunningCli {
  readonly process: ChildProcessWithoutNullStreams;
  readonly finished: Promise<CliResult>;
}

/** Runs the built program, as a user does. */
export function runCli(args: readonly string[], options: CliOptions): Promise<CliResult> {
  return startCli(args, options).finished;
}

/** The same, for tests that interrupt it. */
export function startCli(args: readonly string[], options: CliOptions): RunningCli {
  const [program = process.execPath, ...rest] = [...(options.through ?? []), process.execPath, options.build ?? BIN, ...args];
  const child = spawn(program, rest, {
    cwd: options.cwd ?? options.home,
    env: { PATH: process.env.PATH ?? "", HOME: options.home, ...options.env },
    timeout: options.timeoutMs ?? 60_000,
    killSignal: "SIGKILL",
  });
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on("data", (part: Buffer) => stdout.push(part));
  child.stderr.on("data", (part: Buffer) => stderr.push(part));
  child.stdin.on("error", () => undefined); // It may end before it has read all.
  child.stdin.end(options.stdin ?? "");
  const finished = new Promise<CliResult>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) =>
      resolve({
        code: code ?? undefined,
        signal: signal ?? undefined,
        stdout: Buffer.concat(stdout).toString("utf8"),
        stderr: Buffer.concat(stderr).toString("utf8"),
      }),
    );
  });
  return { process: child, finished };
}

const BIN = fileURLToPath(new URL("../../../dist/src/main.js", import.meta.url));
