import { join, resolve } from "node:path";
import type { OwnSecretsPort } from "../model/credential-port.ts";
import type { CredentialReference } from "../model/integration.ts";
import { err, type Result } from "../model/result.ts";
import { type CredentialOptions, decode, MAX_BYTES, readVariable, type Unread, unavailable } from "./reference.ts";
import type { Scrubber } from "./scrub.ts";
import { usable } from "./secrets.ts";

export interface OwnSecretsOptions extends Pick<CredentialOptions, "env" | "files" | "home" | "folder"> {
  /** The one of the credentials: whatever is printed has both taken out. */
  readonly scrubber: Scrubber;
}

/** No binding and no list of folders stands between: whoever may write the file that names these could write those as well. */
export function createOwnSecrets(options: OwnSecretsOptions): OwnSecretsPort {
  return {
    async resolve(reference) {
      const text = await readOwn(reference, options);
      const secret = text.ok ? usable(reference, text.value) : err(unavailable(reference, text.error));
      if (secret.ok) for (const part of partsOf(secret.value.reveal())) options.scrubber.add(part);
      return secret;
    },
  };
}

async function readOwn(reference: CredentialReference, options: OwnSecretsOptions): Promise<Result<string, Unread>> {
  const { files, home, folder } = options;
  const place = reference.slice(reference.indexOf(":") + 1);
  if (reference.startsWith("env:")) return readVariable(place, options);
  if (!reference.startsWith("file:")) return err({ detail: "is not read here", next: "Write env:NAME or file:PATH." });
  if (place.startsWith("~/") && home === undefined) return err({ detail: "begins with ~, and there is no home folder", next: "Set HOME." });
  const path = place.startsWith("~/") ? join(home ?? "", place.slice(2)) : resolve(folder, place);
  const bytes = await files.readBytes(path, MAX_BYTES);
  return bytes.ok ? decode(bytes.value) : err({ detail: bytes.error.detail, next: "Check the file and its permissions." });
}

/** Of a URL also its path and query, and the long pieces of them: what quotes one may leave out the other. */
function partsOf(secret: string): readonly string[] {
  const url = URL.canParse(secret) ? new URL(secret) : undefined;
  if (url === undefined || url.host === "") return [secret];
  const tail = `${url.pathname}${url.search}`;
  return [secret, url.href, ...[tail, ...url.pathname.split("/"), ...url.searchParams.values()].filter(({ length }) => length >= SHORTEST)];
}

/** Shorter pieces of a URL are words that stand everywhere. */
const SHORTEST = 12;
