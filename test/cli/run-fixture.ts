import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

export interface Outcome {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The small program of test/fixtures/cli, on the built furniture, as a real process with an environment of its own. */
export function startFixture(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  return start("../fixtures/cli/bin.mjs", args, env);
}

export function runFixture(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Outcome> {
  return outcomeOf(startFixture(args, env));
}

/** The real program, as built. */
export function runMain(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Outcome> {
  return outcomeOf(start("../../dist/src/main.js", args, env));
}

export function outcomeOf(child: ReturnType<typeof startFixture>): Promise<Outcome> {
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) =>
      resolve({ code, signal, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() }),
    );
  });
}

const inherited: { readonly PATH?: string | undefined } = process.env;

function start(file: string, args: readonly string[], env: Readonly<Record<string, string>>) {
  return spawn(process.execPath, [fileURLToPath(new URL(file, import.meta.url)), ...args], {
    env: { PATH: inherited.PATH, HOME: "/nonexistent", LANG: "C.UTF-8", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
}
