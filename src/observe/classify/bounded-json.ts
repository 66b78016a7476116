import { err, ok, type Result } from "../../model/result.ts";
import { DocumentBuilder } from "./read/document-builder.ts";
import { JsonReader } from "./read/json-reader.ts";
import type { ReadProblem } from "./read/reader.ts";

export type JsonObject = Readonly<Record<string, unknown>>;

/** Undefined for what is longer than `limit` characters, no JSON, or JSON of something else than an object. A byte order mark may be ignored (RFC 8259 section 8.1). */
export function jsonObject(text: string, limit: number): JsonObject | undefined {
  if (text.length > limit) return undefined;
  try {
    const parsed: unknown = JSON.parse(text.replace(/^\uFEFF/, ""));
    return isObject(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

/** JSON that nests no deeper than bodies may (200 levels). */
export function boundedJson(text: string): Result<unknown, ReadProblem> {
  const reader = new JsonReader(new DocumentBuilder(() => undefined));
  reader.write(text);
  reader.end(false);
  if (reader.problem !== undefined) return err(reader.problem);
  try {
    return ok(JSON.parse(text));
  } catch {
    return err("malformed");
  }
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The texts of a list, at most `limit` of them; a single text is a list of one. Undefined for anything else. */
export function textsOf(value: unknown, limit: number): readonly string[] | undefined {
  if (typeof value === "string") return [value];
  if (!Array.isArray(value)) return undefined;
  return value.slice(0, limit).filter((one) => typeof one === "string");
}
