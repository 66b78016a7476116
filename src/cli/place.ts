import { homedir } from "node:os";
import { isAbsolute, parse } from "node:path";
import { type UserFolders, userFolders } from "../app/folders.ts";

/** Where this process stands on the machine. */
export interface ProcessPlace {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Absent where the folder that it was started in was removed. */
  readonly cwd?: string;
  readonly home?: string;
  readonly folders: UserFolders;
}

/** As it was when this was first called. */
export function processPlace(): ProcessPlace {
  place ??= findPlace();
  return place;
}

/**
 * Lets oclif and threads start where a machine has no home folder, no account for this user, or no working folder: they ask for all
 * three before any command runs, and fail. What they make of the answers is not used: `processPlace` found ours before.
 */
export function standSomewhere(): void {
  const { cwd, home } = processPlace();
  if (cwd === undefined) process.chdir(parse(process.execPath).root);
  if (home === undefined) process.env["HOME"] = NO_HOME;
  process.env["SHELL"] ??= NO_SHELL;
}

function findPlace(): ProcessPlace {
  const { env, pid, platform } = process;
  const home = homeFolder(env);
  const cwd = workingFolder();
  return {
    env,
    ...(cwd === undefined ? {} : { cwd }),
    ...(home === undefined ? {} : { home }),
    folders: userFolders({ env, pid, home, windows: platform === "win32" }),
  };
}

/** HOME, else what the system's accounts say; they may know no such user, as in a container that runs as a bare number. */
function homeFolder(env: ProcessPlace["env"]): string | undefined {
  try {
    const home = env["HOME"] || homedir();
    return isAbsolute(home) ? home : undefined;
  } catch {
    return undefined;
  }
}

function workingFolder(): string | undefined {
  try {
    return process.cwd();
  } catch {
    return undefined;
  }
}

/** State of the process, of which there is one. */
let place: ProcessPlace | undefined;
/** The home of users who have none (Debian Policy 9.2.3), and the shell of those who may not log in. */
const NO_HOME = "/nonexistent";
const NO_SHELL = "/usr/sbin/nologin";
