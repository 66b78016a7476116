import { realpath } from "node:fs/promises";
import { join, parse, resolve } from "node:path";
import type { CredentialBinding, CredentialProblem } from "../model/credential-port.ts";
import type { FilePort } from "../model/file-port.ts";
import { type Instant, isoInstant, SECOND } from "../model/instant.ts";
import type { CredentialReference } from "../model/integration.ts";
import { err, ok, type Result } from "../model/result.ts";
import type { Secret } from "../model/secret.ts";
import type { TrustFile } from "./bindings.ts";
import { contains } from "./files.ts";
import { inTurn } from "./in-turn.ts";
import { runCommand, splitCommand } from "./run-command.ts";
import type { Scrubber } from "./scrub.ts";

export interface CredentialOptions {
  readonly trust: TrustFile;
  /** The environment, for `env:` and for the few variables that a command of `exec:` gets. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly files: FilePort;
  /** Where `~/` leads; absent where the system knows no home folder of this user. */
  readonly home?: string;
  /** Folder of the inventory: relative paths of `file:` start there. */
  readonly folder: string;
  /** Milliseconds; 10 seconds when left out. */
  readonly execTimeoutMs?: number;
  /** What fingerprints are made with; none are made when left out. */
  readonly fingerprintKey?: () => Promise<Secret | undefined>;
  /** Shared with whatever else hands secrets out; one of its own when left out. */
  readonly scrubber?: Scrubber;
}

/** Of the exact reference and the exact https origin. */
function bindingOf(trust: TrustFile, reference: CredentialReference, origin: string): CredentialBinding | undefined {
  const asked = URL.canParse(origin) ? new URL(origin) : undefined;
  if (asked?.protocol !== "https:" || asked.username !== "" || asked.password !== "") return undefined;
  return trust.bindings.find((binding) => binding.reference === reference && binding.origin === asked.origin);
}

export function isBound(trust: TrustFile, reference: CredentialReference, origin: string): boolean {
  return bindingOf(trust, reference, origin) !== undefined;
}

/** Why `reference` is not read for `origin`: it is not bound to it, or was before `trustedSince`. Undefined where it may be. */
export function refusalOf(
  trust: TrustFile,
  reference: CredentialReference,
  origin: string,
  trustedSince: Instant | undefined,
): CredentialProblem | undefined {
  const binding = bindingOf(trust, reference, origin);
  if (binding === undefined) return notBound(reference, origin);
  const isOlder = trustedSince !== undefined && !isTrustedSince(binding, trustedSince);
  return isOlder ? domainDoubted(reference, origin, trustedSince) : undefined;
}

/** Trust is dated to the second. */
function isTrustedSince({ trustedAt }: CredentialBinding, since: Instant): boolean {
  return Date.parse(trustedAt) + SECOND > since;
}

function notBound(reference: CredentialReference, origin: string): CredentialProblem {
  const shown = URL.canParse(origin) ? new URL(origin).origin : "this origin";
  if (shown.startsWith("http:")) {
    return {
      reason: "credential_not_bound",
      detail: `${nameOf(reference)} is not sent to ${shown}: credentials only go over https`,
      next: "Move the integration to https.",
    };
  }
  return { reason: "credential_not_bound", detail: `${nameOf(reference)} is not bound to ${shown}`, next: "apirisk credential trust" };
}

function domainDoubted(reference: CredentialReference, origin: string, since: Instant): CredentialProblem {
  return {
    reason: "domain_doubted",
    detail: `${nameOf(reference)} was bound to ${new URL(origin).origin} before its domain changed hands, as it looks (${isoInstant(since)})`,
    next: "Ask the provider, then bind it again: apirisk credential trust ID --again",
  };
}

/** What is no reference may be the secret itself. */
function nameOf(reference: string): string {
  return /^(?:env:|file:|exec:|op:\/\/|ref\+)/.test(reference) ? reference : "the credential";
}

export interface Unread {
  readonly detail: string;
  readonly next: string;
}

export function unavailable(reference: CredentialReference, { detail, next }: Unread): CredentialProblem {
  return { reason: "credential_unavailable", detail: `${nameOf(reference)} ${detail}`, next };
}

/** What a reference leads to. */
export interface Content {
  readonly bytes: Uint8Array;
  /** Of a file, without links. */
  readonly path?: string;
}

/** Whoever calls this has found the reference among the bindings. */
export async function readReference(reference: CredentialReference, options: CredentialOptions): Promise<Result<Content, Unread>> {
  const colon = reference.indexOf(":");
  const place = reference.slice(colon + 1);
  switch (reference.slice(0, colon)) {
    case "env": {
      const text = readVariable(place, options);
      return text.ok ? ok({ bytes: Buffer.from(text.value, "utf8") }) : text;
    }
    case "file":
      return readFile(place, options);
    case "exec": {
      const argv = splitCommand(place);
      return argv === undefined ? err({ detail: "has an open quote", next: "Close the quote." }) : readOutput(argv, options);
    }
    default: {
      const adapter = ADAPTERS.find(({ form }) => form.test(reference));
      if (adapter !== undefined) return readOutput([...adapter.argv, reference], options);
      return err({ detail: "is no reference", next: "Write env:NAME, file:PATH, exec:COMMAND, op://... or ref+...://..." });
    }
  }
}

export function readVariable(name: string, { env }: Pick<CredentialOptions, "env">): Result<string, Unread> {
  const value = Object.hasOwn(env, name) ? env[name] : undefined;
  return value === undefined ? err({ detail: "is not set", next: `Set ${name} in the environment.` }) : ok(value);
}

/** Links are resolved first, so that neither they nor ".." lead out of the folders that the user trusts. */
async function readFile(path: string, { trust, files, home, folder }: CredentialOptions): Promise<Result<Content, Unread>> {
  const fromHome = path.startsWith("~/");
  if (fromHome && home === undefined) {
    return err({ detail: "starts in the home folder, and there is none", next: "Set HOME, or write the whole path." });
  }
  const asked = fromHome && home !== undefined ? join(home, path.slice(2)) : resolve(folder, path);
  const folders = await Promise.all(trust.folders.map((trusted) => realpath(trusted).catch(() => undefined)));
  const real = await realpath(asked).catch(() => asked);
  if (!folders.some((trusted) => trusted !== undefined && contains(trusted, real))) {
    return err({ detail: "lies outside the folders that file: may read", next: "apirisk credential trust --folder FOLDER" });
  }
  const bytes = await files.readBytes(real, MAX_BYTES);
  return bytes.ok
    ? ok({ bytes: bytes.value, path: real })
    : err({ detail: bytes.error.detail, next: "Check the file and its permissions." });
}

async function readOutput(argv: readonly string[], options: CredentialOptions): Promise<Result<Content, Unread>> {
  if (!options.trust.exec) {
    return err({ detail: "is not run: exec: is not enabled on this machine", next: "apirisk credential trust --exec" });
  }
  const printed = await program(() =>
    runCommand(argv, {
      environment: passedOn(options.env),
      // never the folder of the inventory: what lies there may change what a command does
      folder: options.home ?? parse(options.folder).root,
      timeoutMs: options.execTimeoutMs ?? 10_000,
      maxBytes: MAX_BYTES,
    }),
  );
  if (!printed.ok) return err({ detail: `gave no secret: ${printed.error}`, next: "Run the command yourself to see why." });
  return ok({ bytes: printed.value });
}

/** What a program that we start sees of our environment. */
export function passedOn(env: CredentialOptions["env"]): Readonly<Record<string, string>> {
  return Object.fromEntries(PASSED_ON.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name] ?? ""]])));
}

/** One trailing line break is how files and programs end, not part of the secret. */
export function decode(bytes: Uint8Array): Result<string, Unread> {
  try {
    return ok(new TextDecoder("utf-8", { fatal: true }).decode(bytes).replace(/\r?\n$/, ""));
  } catch {
    return err({ detail: "is not UTF-8 text", next: "Store the secret as text." });
  }
}

/** An inventory may have a thousand of them, and stores of secrets count who comes. */
const program = inTurn(4);
/** Of the tools that these forms belong to: 1Password's own, and helmfile's vals, which reads some twenty stores. */
const ADAPTERS: readonly { readonly form: RegExp; readonly argv: readonly string[] }[] = [
  { form: /^op:\/\//, argv: ["op", "read"] },
  { form: /^ref\+[a-z0-9]+:\/\//, argv: ["vals", "get"] },
];
export const MAX_BYTES = 64 * 1024;
/** Enough to find programs, a home and a session; none of the other secrets in our environment. */
const PASSED_ON = [
  "PATH",
  "HOME",
  "USER",
  "LANG",
  "TMPDIR",
  "XDG_RUNTIME_DIR",
  "SYSTEMROOT",
  "USERPROFILE",
  "APPDATA",
  "LOCALAPPDATA",
  "PATHEXT",
];
