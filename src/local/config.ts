import type { FilePort } from "../model/file-port.ts";
import { err, ok, type Result } from "../model/result.ts";

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

const MAX_BYTES = 64 * 1024;
