import { type ChildProcessByStdio, spawn } from "node:child_process";
import type { Readable, Writable } from "node:stream";
import { err, ok, type Result } from "../model/result.ts";

export interface CommandOptions {
  readonly environment: Readonly<Record<string, string>>;
  readonly folder: string;
  readonly timeoutMs: number;
  readonly maxBytes: number;
  /** What the program reads; nothing when left out. It may end without reading it. */
  readonly input?: string;
}

/**
 * What a program prints, run without a shell. The error is a sentence about the command, never its output:
 * standard error is thrown away, because tools print secrets there too.
 */
export async function runCommand(argv: readonly string[], options: CommandOptions): Promise<Result<Uint8Array, string>> {
  const [program, ...parameters] = argv;
  if (program === undefined) return err("the command is empty");
  try {
    return await outputOf(start(program, parameters, options), options);
  } catch (error) {
    return err(`the command could not be started (${codeOf(error)})`);
  }
}

function start(
  program: string,
  parameters: readonly string[],
  { environment, folder, input }: CommandOptions,
): ChildProcessByStdio<Writable | null, Readable, null> {
  const child = spawn(program, parameters, {
    shell: false,
    env: { ...environment },
    cwd: folder,
    stdio: [input === undefined ? "ignore" : "pipe", "pipe", "ignore"],
    windowsHide: true,
    detached: OWN_GROUP,
  }) as ChildProcessByStdio<Writable | null, Readable, null>;
  child.stdin?.on("error", () => undefined);
  child.stdin?.end(input);
  return child;
}

function outputOf(child: ReturnType<typeof start>, { timeoutMs, maxBytes }: CommandOptions): Promise<Result<Uint8Array, string>> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    let length = 0;
    const giveUp = (why: string): void => {
      clearTimeout(timer);
      killGroup(child.pid);
      child.stdout.destroy();
      resolve(err(why));
    };
    const timer = setTimeout(() => giveUp(`the command took longer than ${timeoutMs / 1000} s`), timeoutMs);
    child.stdout.on("data", (chunk: Uint8Array) => {
      length += chunk.length;
      if (length > maxBytes) giveUp(`the command printed more than ${maxBytes} bytes`);
      else chunks.push(chunk);
    });
    child.on("error", (error) => {
      clearTimeout(timer);
      reject(error);
    });
    child.on("close", (code, signal) => {
      clearTimeout(timer);
      resolve(code === 0 ? ok(Buffer.concat(chunks)) : err(`the command ended with ${code ?? signal}`));
    });
  });
}

/** Words of a command line: spaces separate, single or double quotes keep together, nothing else has a meaning. Undefined for an open quote. */
export function splitCommand(command: string): readonly string[] | undefined {
  const words = command.match(/(?:[^\s"']|"[^"]*"|'[^']*')+/g) ?? [];
  if (/["']/.test(command.replace(/"[^"]*"|'[^']*'/g, ""))) return undefined;
  return words.map((word) =>
    word.replace(/"([^"]*)"|'([^']*)'/g, (_match, double: string | undefined, single: string | undefined) => double ?? single ?? ""),
  );
}

/** What a program started must not outlive it, or keep the pipe open. */
function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(OWN_GROUP ? -pid : pid, "SIGKILL");
  } catch {
    // it is gone
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "unknown error";
}

const OWN_GROUP = process.platform !== "win32";
