import { RE2JS, RE2JSException, RE2JSSyntaxException } from "re2js";
import { err, ok, type Result } from "../../../model/result.ts";

/** A pattern of a consumer: matched in time linear in the length of the text, whatever either holds. */
export interface LinearPattern {
  /** The text as a whole; one of more than 128 characters is none. */
  readonly matches: (text: string) => boolean;
  /** What that costs at the worst: instructions by characters. */
  readonly steps: (text: string) => number;
}

/** `found` names an operator of the pattern, and nothing else of it, and says what to write instead. */
export interface PatternProblem {
  readonly expected: string;
  readonly found: string;
}

/** The pattern in the syntax of RE2 (re2js). Never throws. */
export function linearPattern(source: string): Result<LinearPattern, PatternProblem> {
  const unsupported = UNSUPPORTED.find(({ form }) => form.test(source));
  try {
    const compiled = RE2JS.compile(source);
    const size = compiled.programSize();
    if (size > MAX_PROGRAM) return err(TOO_LARGE);
    return ok({
      matches: (text) => text.length <= MAX_TEXT && compiled.testExact(text),
      steps: (text) => (text.length <= MAX_TEXT ? size * (text.length + 1) : 0),
    });
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error;
    if (unsupported !== undefined)
      return err({ ...NOT_A_PATTERN, found: `${unsupported.name}, which RE2 does not have: ${unsupported.instead}` });
    return err(error instanceof RE2JSSyntaxException ? syntaxProblem(error) : NOT_A_PATTERN);
  }
}

/** In words of ours: what the library says may quote the pattern. */
function syntaxProblem({ error }: RE2JSSyntaxException): PatternProblem {
  if (error === "invalid repeat count") return TOO_LARGE;
  const found = SAID[error];
  return found === undefined ? NOT_A_PATTERN : { ...NOT_A_PATTERN, found };
}

/** Longest value that is looked at. */
const MAX_TEXT = 128;
/** Instructions: more than an identifier needs. A character of a value costs as many steps at the most, and a file may be hostile. */
const MAX_PROGRAM = 300;
const NOT_A_PATTERN: PatternProblem = {
  expected: "a regular expression in the syntax of RE2, for example MEM-[0-9]{8}",
  found: "something that is none",
};
const TOO_LARGE: PatternProblem = {
  expected: `a smaller pattern: of at most ${MAX_PROGRAM} steps, repetitions counted`,
  found: "one that grows too large",
};

const LOOK_AROUND = "match what the value itself holds, and name under `not` what must not match";
const UNSUPPORTED: readonly { readonly form: RegExp; readonly name: string; readonly instead: string }[] = [
  { form: /\(\?<?=/, name: "lookahead or lookbehind", instead: LOOK_AROUND },
  { form: /\(\?<?!/, name: "negative lookahead or lookbehind", instead: LOOK_AROUND },
  { form: /\\(?:[1-9]|k[<{'])/, name: "backreference", instead: "write the part out once more" },
  { form: /\(\?>/, name: "atomic group", instead: "write (?:...), which cannot run away here" },
  { form: /[*+?}]\+/, name: "possessive quantifier", instead: "leave the second + out, nothing can run away here" },
  { form: /\(\?#/, name: "comment in a pattern", instead: "write it as a comment of the file" },
  { form: /\\u/, name: "\\u escape", instead: "write \\x{...}" },
];
const SAID: Readonly<Record<string, string>> = {
  "missing closing ]": "a [ without its ]",
  "missing closing )": "a ( without its )",
  "unexpected )": "a ) without its (",
  "missing argument to repetition operator": "a repetition of nothing",
  "invalid nested repetition operator": "a repetition of a repetition",
  "invalid character class range": "a range that runs backwards, or a class that is not known",
  "invalid escape sequence": "an escape that is not known",
  "trailing backslash at end of expression": "a backslash at the end",
  "invalid named capture": "a group whose name is none",
};
