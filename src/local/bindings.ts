import { constants } from "node:fs";
import { mkdir, open, realpath, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import type { CredentialBinding } from "../model/credential-port.ts";
import type { FilePort } from "../model/file-port.ts";
import { type Instant, isoInstant } from "../model/instant.ts";
import type { CredentialReference } from "../model/integration.ts";
import { err, ok, type Result } from "../model/result.ts";

/** What the user trusts, kept outside every project: which secret may go where, which folders `file:` may read, whether `exec:` may run. */
export interface TrustFile {
  readonly version: 1;
  readonly bindings: readonly CredentialBinding[];
  /** Absolute paths. */
  readonly folders: readonly string[];
  readonly exec: boolean;
}

export interface TrustProblem {
  readonly file: string;
  readonly detail: string;
  readonly next: string;
}

export interface BindingPair {
  readonly reference: CredentialReference;
  /** https origin. */
  readonly origin: string;
}

export const NO_TRUST: TrustFile = { version: 1, bindings: [], folders: [], exec: false };

/** The user's trust, nothing at all where the file is missing. A file that others may write is refused: they could send our secrets anywhere. */
export async function readTrust(files: FilePort, file: string): Promise<Result<TrustFile, TrustProblem>> {
  const writable = await writableByOthers(file);
  if (writable !== undefined) {
    const next = `chmod ${writable === file ? "600" : "go-w"} ${writable}`;
    return err({ file, detail: `${writable} may be written by other users, so what it says is not trusted`, next });
  }
  const text = await files.readText(file, MAX_BYTES);
  if (!text.ok) {
    if (text.error.kind === "not-found") return ok(NO_TRUST);
    return err({
      file,
      detail: `${file} ${text.error.detail}`,
      next: `Make ${file} readable, or remove it and run apirisk credential trust.`,
    });
  }
  const { trustFile } = await import("./trust-schema.ts");
  const trust = trustFile.safeParse(parseJson(text.value));
  if (trust.success) return ok(trust.data);
  const place = trust.error.issues[0]?.path.join(".") ?? "";
  return err({
    file,
    detail: `${file} is no trust file (${place || "not a JSON object"})`,
    next: `Remove ${file} and run apirisk credential trust.`,
  });
}

/** With the pairs bound as of now; one that was bound already is bound again. */
export function addBindings(trust: TrustFile, pairs: readonly BindingPair[], now: Instant): TrustFile {
  const bound = pairs.filter((pair, index) => !pairs.slice(0, index).some((other) => samePair(pair, other)));
  const kept = trust.bindings.filter((binding) => !bound.some((pair) => samePair(binding, pair)));
  const bindings = [...kept, ...bound.map(({ reference, origin }) => ({ reference, origin, trustedAt: isoInstant(now) }))];
  return { ...trust, bindings };
}

/** With the folders added, as absolute paths. */
export function addFolders(trust: TrustFile, folders: readonly string[]): TrustFile {
  return { ...trust, folders: [...new Set([...trust.folders, ...folders.map((folder) => resolve(folder))])] };
}

/** Without the pairs of that reference (all origins where none is given). */
export function revokeBindings(trust: TrustFile, reference: CredentialReference, origin?: string): TrustFile {
  const bindings = trust.bindings.filter(
    (binding) => binding.reference !== reference || (origin !== undefined && binding.origin !== origin),
  );
  return { ...trust, bindings };
}

/** Written whole or not at all, 0600 in a folder of 0700. */
export async function writeTrust(files: FilePort, file: string, trust: TrustFile): Promise<Result<void, TrustProblem>> {
  const next = `Make ${dirname(file)} a folder that you may write.`;
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  } catch {
    return err({ file, detail: `The folder of ${file} could not be made`, next });
  }
  const written = await files.writeWhole(file, `${JSON.stringify(trust, null, 2)}\n`, 0o600);
  return written.ok ? written : err({ file, detail: `${file} ${written.error.detail}`, next });
}

/** The file or its folder, whichever others may write; a sticky folder (/tmp) protects the files of their owner. POSIX only. */
export async function writableByOthers(file: string): Promise<string | undefined> {
  const own = process.getuid?.();
  if (own === undefined) return undefined;
  const handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK).catch(() => undefined);
  if (handle === undefined) return undefined;
  try {
    const { mode, uid } = await handle.stat();
    if ((mode & OTHERS_WRITE) !== 0 || (uid !== own && uid !== 0)) return file;
  } finally {
    await handle.close();
  }
  for (const folder of new Set([dirname(file), dirname(await realpath(file))])) {
    const { mode } = await stat(folder);
    if ((mode & OTHERS_WRITE) !== 0 && (mode & STICKY) === 0) return folder;
  }
  return undefined;
}

function samePair(a: BindingPair, b: BindingPair): boolean {
  return a.reference === b.reference && a.origin === b.origin;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
const OTHERS_WRITE = 0o022;
const STICKY = 0o1000;
const MAX_BYTES = 16 * 1024 * 1024;
