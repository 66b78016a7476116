import { readdir, realpath, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { CredentialReference } from "../model/integration.ts";
import type { Whereabouts } from "../model/own-credential.ts";
import { keyModeOf } from "./key-mode.ts";
import { type CredentialOptions, passedOn, readReference } from "./reference.ts";
import { runCommand } from "./run-command.ts";

/**
 * Of the file that a reference names, or that assigns its variable; undefined where there is none, or it may not be read. Whoever calls this has found
 * the reference among the bindings.
 */
export async function whereaboutsOf(reference: CredentialReference, options: CredentialOptions): Promise<Whereabouts | undefined> {
  const colon = reference.indexOf(":");
  const place = reference.slice(colon + 1);
  switch (reference.slice(0, colon)) {
    case "file": {
      const content = await readReference(reference, options);
      return content.ok ? ofFile("own", content.value.path, options) : undefined;
    }
    case "env":
      return ofFile("env-file", await fileAssigning(place, options), options);
    default:
      return undefined;
  }
}

async function ofFile(file: Whereabouts["file"], path: string | undefined, options: CredentialOptions): Promise<Whereabouts | undefined> {
  if (path === undefined) return undefined;
  const [mode, folder, tracked] = await Promise.all([keyModeOf(path), folderOf(path), isTracked(path, options)]);
  return { file, mode, folder, tracked };
}

/** Files beside the inventory that shells and frameworks read variables from. Templates hold no secrets. */
async function fileAssigning(name: string, { folder, files }: CredentialOptions): Promise<string | undefined> {
  if (!/^\w+$/.test(name)) return undefined;
  const names = (await readdir(folder).catch(() => [])).filter((entry) => ENV_FILE.test(entry) && !TEMPLATE.test(entry)).sort();
  const assigns = new RegExp(`^[ \\t]*(?:export[ \\t]+)?${name}[ \\t]*=`, "m");
  for (const entry of names.slice(0, MOST_ENV_FILES)) {
    const text = await files.readText(join(folder, entry), MOST_ENV_BYTES);
    if (text.ok && assigns.test(text.value)) return realpath(join(folder, entry)).catch(() => undefined);
  }
  return undefined;
}

/** A sticky folder (/tmp) protects the files of their owner. POSIX only. */
async function folderOf(path: string): Promise<Whereabouts["folder"]> {
  if (process.getuid === undefined) return "unknown";
  try {
    const { mode } = await stat(dirname(path));
    return (mode & OTHERS_WRITE) !== 0 && (mode & STICKY) === 0 ? "others-write" : "private";
  } catch {
    return "unknown";
  }
}

/** What a repository configures of its own is not run: neither a monitor of its files nor hooks. */
async function isTracked(path: string, { env, execTimeoutMs = 10_000 }: CredentialOptions): Promise<Whereabouts["tracked"]> {
  const folder = dirname(path);
  if ((await repositoryAbove(folder)) === undefined) return "no";
  const listed = await runCommand(["git", ...UNCONFIGURED, "ls-files", "-z", "--", `:(literal)${basename(path)}`], {
    environment: { ...passedOn(env), GIT_CONFIG_NOSYSTEM: "1", GIT_OPTIONAL_LOCKS: "0", LC_ALL: "C" },
    folder,
    timeoutMs: execTimeoutMs,
    maxBytes: 64 * 1024,
  });
  if (!listed.ok) return "unknown";
  return listed.value.length > 0 ? "yes" : "no";
}

/** A folder, or a file in a work tree of its own. */
async function repositoryAbove(folder: string): Promise<string | undefined> {
  for (let at = folder; ; at = dirname(at)) {
    const found = await stat(join(at, ".git")).catch(() => undefined);
    if (found !== undefined) return at;
    if (dirname(at) === at) return undefined;
  }
}

const ENV_FILE = /^\.env(?:\.[\w.-]{1,64})?$/;
const TEMPLATE = /\.(?:example|sample|template|dist|defaults?)(?:\.|$)/;
const MOST_ENV_FILES = 16;
const MOST_ENV_BYTES = 256 * 1024;
const OTHERS_WRITE = 0o022;
const STICKY = 0o1000;
const UNCONFIGURED = ["-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null"];
