import { readdir, realpath, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { CredentialReference } from "../model/integration.ts";
import type { Whereabouts } from "../model/own-credential.ts";
import { isTracked } from "./git-index.ts";
import { keyModeOf } from "./key-mode.ts";
import { type CredentialOptions, readReference } from "./reference.ts";

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
      return content.ok ? ofFile("own", content.value.path) : undefined;
    }
    case "env":
      return ofFile("env-file", await fileAssigning(place, options));
    default:
      return undefined;
  }
}

async function ofFile(file: Whereabouts["file"], path: string | undefined): Promise<Whereabouts | undefined> {
  if (path === undefined) return undefined;
  const [mode, folder, tracked] = await Promise.all([keyModeOf(path), folderOf(path), isTracked(path)]);
  return { file, mode: MOUNTED.test(path) ? "mounted" : mode, folder, tracked };
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

const ENV_FILE = /^\.env(?:\.[\w.-]{1,64})?$/;
const TEMPLATE = /\.(?:example|sample|template|dist|defaults?)(?:\.|$)/;
const MOST_ENV_FILES = 16;
const MOST_ENV_BYTES = 256 * 1024;
/** Whom a group consists of is not known: on most machines of its owner alone. */
const OTHERS_WRITE = 0o002;
const STICKY = 0o1000;
/** Secrets of Docker and of Kubernetes (whose folders have the date of their projection in their name): in memory, and for whoever runs in the container. */
const MOUNTED = /^\/run\/secrets\/|\/\.\.\d{4}_\d\d_\d\d_[^/]+\//;
