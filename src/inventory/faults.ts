import type { z } from "zod";
import type { InventoryProblem } from "../model/integration.ts";
import { nearest } from "../model/nearest.ts";
import { EXPECTED_REFERENCE } from "./fields.ts";
import { carriesSecret } from "./literal-secret.ts";
import type { TextPosition, YamlPath } from "./read-yaml.ts";

/** One thing wrong at one place of the tree, before it has a line. */
export interface Fault {
  readonly path: YamlPath;
  readonly part: "key" | "value";
  readonly expected: string;
  readonly found: string;
  readonly suggestion?: string;
}

/** Issues of the schema, in the words of the schema. `valueAt` looks up what stands there; only a mistyped word of ours is repeated. */
export function faultsOf(issues: readonly z.core.$ZodIssue[], valueAt: (path: YamlPath) => unknown): readonly Fault[] {
  return issues.flatMap((issue): readonly Fault[] => {
    const path = issue.path.map((step) => (typeof step === "number" ? step : String(step)));
    if (issue.code === "unrecognized_keys") {
      return issue.keys.map((key) => ({
        path: [...path, key],
        part: "key",
        expected: issue.message,
        ...mistyped(key, wordsOf(issue.message), "an unknown key"),
      }));
    }
    if (issue.code === "invalid_key") {
      return [{ path, part: "key", expected: issue.issues[0]?.message ?? issue.message, found: "another key" }];
    }
    const value = valueAt(path);
    const found = issue.message === EXPECTED_REFERENCE && value !== undefined && value !== null ? "a literal value" : describe(value);
    return [{ path, part: "value", expected: issue.message, ...mistyped(value, wordsOf(issue.message), found) }];
  });
}

/** Sorted by place, one per place and expectation, at most 50 and a last one that counts the rest. */
export function problemsOf(
  faults: readonly Fault[],
  file: string,
  locate: (path: YamlPath, part: "key" | "value") => TextPosition,
): readonly InventoryProblem[] {
  const problems = faults.map(({ path, part, ...words }) => ({ file, ...locate(path, part), path: pathText(path), ...words }));
  return bounded(problems.sort((a, b) => a.line - b.line || a.column - b.column));
}

export function bounded(problems: readonly InventoryProblem[]): readonly InventoryProblem[] {
  const next = problems[MOST_PROBLEMS];
  if (next === undefined) return problems;
  const rest = problems.length - MOST_PROBLEMS;
  return [
    ...problems.slice(0, MOST_PROBLEMS),
    { file: next.file, line: next.line, column: next.column, path: "", expected: "a file without problems", found: `${rest} more` },
  ];
}

/** integrations[0].auth.scheme. A key that is no plain word is not repeated: it may be a value that slipped. */
export function pathText(path: YamlPath): string {
  return path
    .map((step) => (typeof step === "number" ? `[${step}]` : PLAIN_KEY.test(step) && !carriesSecret(step) ? `.${step}` : ".(key)"))
    .join("")
    .replace(/^\./, "");
}

function mistyped(value: unknown, words: readonly string[], found: string): { readonly found: string; readonly suggestion?: string } {
  const suggestion = typeof value === "string" ? nearest(value, words) : undefined;
  return suggestion === undefined ? { found } : { found: `"${String(value)}"`, suggestion };
}

/** The closed list in an expectation such as "one of a, b, c". */
function wordsOf(expected: string): readonly string[] {
  return /^(?:one of|a mapping with) /.test(expected) ? expected.replace(/^(?:one of|a mapping with) /, "").split(", ") : [];
}

function describe(value: unknown): string {
  if (value === undefined || value === null) return "nothing";
  if (value === "") return "empty text";
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list";
  if (typeof value === "object") return "a mapping";
  return { string: "other text", number: "another number", boolean: "true or false" }[typeof value as string] ?? "something else";
}

const PLAIN_KEY = /^[A-Za-z][A-Za-z./_-]{0,63}$/;
const MOST_PROBLEMS = 50;
