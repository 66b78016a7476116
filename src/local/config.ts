import { join } from "node:path";
import type { FilePort } from "../model/file-port.ts";
import { err, ok, type Result } from "../model/result.ts";

/** What decides where a user's files stand; the values of the environment are passed in. */
export interface UserPlace {
  readonly platform: NodeJS.Platform;
  readonly home: string;
  readonly xdgConfigHome?: string;
  readonly xdgDataHome?: string;
  readonly appData?: string;
  readonly localAppData?: string;
}

/** Bindings and preferences: XDG Base Directory, ~/Library on macOS, %APPDATA% on Windows. */
export function userConfigFolder(place: UserPlace): string {
  if (place.platform === "win32") return join(place.appData ?? join(place.home, "AppData", "Roaming"), "apirisk");
  if (place.platform === "darwin") return join(place.home, "Library", "Application Support", "apirisk");
  return join(absolute(place.xdgConfigHome) ?? join(place.home, ".config"), "apirisk");
}

/** History: beside the configuration on macOS, apart elsewhere. */
export function userDataFolder(place: UserPlace): string {
  if (place.platform === "win32") return join(place.localAppData ?? join(place.home, "AppData", "Local"), "apirisk");
  if (place.platform === "darwin") return userConfigFolder(place);
  return join(absolute(place.xdgDataHome) ?? join(place.home, ".local", "share"), "apirisk");
}

export type Preference = string | number | boolean;

/** The user's own defaults of flags: a flat JSON object by flag name; empty where there is no file. Which names exist, the command line knows. */
export async function readUserConfig(files: FilePort, file: string): Promise<Result<Readonly<Record<string, Preference>>, string>> {
  const text = await files.readText(file, MAX_BYTES);
  if (!text.ok) return text.error.kind === "not-found" ? ok({}) : err(`${file} ${text.error.detail}.`);
  const preferences = parseObject(text.value);
  if (preferences === undefined)
    return err(`${file} must be a JSON object of flag names and plain values, for example {"severity": "medium"}.`);
  return ok(preferences);
}

function parseObject(text: string): Readonly<Record<string, Preference>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
    const entries = Object.entries(value);
    return entries.every(([, inner]) => ["string", "number", "boolean"].includes(typeof inner))
      ? Object.fromEntries(entries as [string, Preference][])
      : undefined;
  } catch {
    return undefined;
  }
}

/** XDG Base Directory: a relative path is invalid and ignored. */
function absolute(path: string | undefined): string | undefined {
  return path?.startsWith("/") ? path : undefined;
}

const MAX_BYTES = 64 * 1024;
