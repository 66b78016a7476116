import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** Built modules of the store, for scripts that run in a process of their own. */
export function built(name: string): string {
  return new URL(`../../../dist/src/remember/store/${name}.js`, import.meta.url).href;
}

export interface Child {
  readonly process: ChildProcess;
  /** Resolves with the first line it prints. */
  readonly firstLine: Promise<string>;
  /** Resolves with everything it printed, when it has ended. */
  readonly output: Promise<string>;
}

/** Runs a module script. As somebody who is bound by file permissions, if `unprivileged` and the tests run as root. */
export function runChild(script: string, args: readonly string[], { unprivileged = false } = {}): Child {
  const user = unprivileged && process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
  const child = spawn(process.execPath, ["--input-type=module", "--eval", script, "--", ...args], {
    stdio: ["ignore", "pipe", "inherit"],
    cwd: fileURLToPath(new URL("../../..", import.meta.url)),
    ...user,
  });
  let text = "";
  let tellLine: (line: string) => void = () => {};
  const firstLine = new Promise<string>((resolve) => {
    tellLine = resolve;
  });
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    text += chunk;
    const end = text.indexOf("\n");
    if (end >= 0) tellLine(text.slice(0, end));
  });
  return { process: child, firstLine, output: once(child, "close").then(() => text) };
}

export const NOBODY = 65_534;
