import { z } from "zod";
import { readUrl, type UrlRule } from "./url.ts";

/**
 * The kinds of value that an inventory is made of. Each carries one sentence that says what is expected;
 * it is the whole text of an error, because what was found may be a secret and is never repeated.
 */

/** One line of text that people read: no control characters, so that it cannot act on a terminal or split a log line. */
export function line(expected: string, longest = 200) {
  return matching(expected, /^(?=.*\S)[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+$/u, longest);
}

export function matching(expected: string, pattern: RegExp, longest = 200) {
  return z.string({ error: expected }).max(longest, { error: expected, abort: true }).regex(pattern, { error: expected });
}

export function oneOf<const Words extends readonly [string, ...string[]]>(words: Words) {
  return z.enum(words, { error: `one of ${words.join(", ")}` });
}

/** Words among which are yes and no, which JSON and older YAML say as true and false. */
export function yesOrNo<const Words extends readonly ["no", ...string[]]>(words: Words) {
  return z.union([z.enum(words), z.boolean()], { error: `one of ${words.join(", ")}` });
}

export function wholeNumber(expected: string, least: number, most: number) {
  return z.int({ error: expected }).min(least, { error: expected }).max(most, { error: expected });
}

export function listOf<T extends z.ZodType>(element: T, expected: string, most: number) {
  return z.array(element, { error: expected }).max(most, { error: `${expected}, at most ${most}` });
}

/** A record whose keys the user chooses. */
export function mapOf<T extends z.ZodType>(keys: z.ZodString, values: T, expected: string) {
  return z.record(keys, values, { error: expected });
}

/** A mapping with a closed list of keys. Keys that begin with `x-` are the user's own, kept out of sight here and allowed in the JSON Schema. */
export function closed<Shape extends z.ZodRawShape>(shape: Shape) {
  const keys = Object.keys(shape);
  const error: z.core.$ZodErrorMap = (issue) =>
    issue.code === "unrecognized_keys" ? `one of ${keys.join(", ")}` : `a mapping with ${keys.join(", ")}`;
  return z.preprocess(withoutUserKeys, z.strictObject(shape, { error }));
}

/** A URL, canonical from here on. */
export function url(rule: UrlRule) {
  return z
    .string({ error: rule.expected })
    .refine((text) => readUrl(text, rule) !== undefined, { error: rule.expected })
    .overwrite((text) => readUrl(text, rule) ?? text)
    .meta({ format: "uri" });
}

/** ISO 8601 calendar day that exists. */
export function day() {
  const expected = "a day, for example 2027-01-31";
  return z.iso.date({ error: expected });
}

/** A number and a unit, as in 15m, 12h, 90d, 4w. */
export function duration() {
  return matching("a duration in m, h, d or w, for example 15m, 12h, 90d", /^[1-9]\d{0,4}[mhdw]$/);
}

/** A pointer to a secret. What it points at is not looked at here. */
export function reference() {
  return matching(
    EXPECTED_REFERENCE,
    /^(?!.*[\p{Cc}\p{Cf}\p{Zl}\p{Zp}])(?:env:[A-Za-z_]\w{0,127}|(?:file|exec):.{1,1000}|(?:op|ref\+[a-z0-9]{1,40}):\/\/\S{1,500})$/u,
    1024,
  );
}

export const EXPECTED_REFERENCE =
  "a reference to a secret: env:NAME, file:PATH, exec:COMMAND, op://... (read by op) or ref+...:// (read by vals)";

function withoutUserKeys(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => !key.startsWith("x-")));
}
