import type { Detector } from "../detector.ts";

/** Where in a program a fault happened, frame by frame, as runtimes write it. A class of an exception alone is none. */
export const stackTrace: Detector = {
  class: "stack_trace",
  over: ["file_path", "free_text", "internal_host"],
  inText: false,
  isNamed: ({ name }) => NAMES.test(name),
  detect: ({ text, type }, { name }) => {
    if (type === "number") return undefined;
    const head = text.slice(0, MAX_LOOKED_AT);
    if (!FRAMES.some((frame) => frame.test(head)))
      return NAMES.test(name) && CHAIN.test(head) ? { confidence: 0.8, cues: ["shape"] } : undefined;
    if (NAMES.test(name)) return { confidence: 0.97, own: true, cues: ["shape"] };
    return { confidence: WRITTEN_BY_PEOPLE.test(name) ? 0.5 : 0.9, own: true, cues: ["shape"] };
  },
};

const MAX_LOOKED_AT = 32 * 1024;
const NAMES =
  /\b(?:stack|stacktrace|stack trace|trace|traceback|backtrace|exception stack|call stack|callstack|exception detail|debug|stack frame|frame|raw stacktrace|exception message)$/;
/** A pasted one is the author's own. */
const WRITTEN_BY_PEOPLE = /\b(?:body|description|comment|content|text|markdown|html|note|summary|question|snippet)$/;
const FRAMES: readonly RegExp[] = [
  /(?:^|\s)at [\w$.<>[\]` ,/~-]{1,200}\([^()\s]{0,300}:\d{1,7}(?::\d{1,7})?\)/, // JavaScript, Java
  /(?:^|\n)\s{0,40}at (?:async )?(?:file:\/\/|\/|[A-Za-z]:\\)[^\s()]{1,300}:\d{1,7}:\d{1,7}/,
  /(?:^|\n)\s{0,40}at [\w.$+<>`[\],]{3,200}\((?:[\w.`[\]&]{1,100}(?: \w{1,40})?(?:, [\w.`[\]&]{1,100}(?: \w{1,40})?){0,11})?\)(?: in [^\n]{1,300}:line \d{1,7})?(?:\r?\n\s{0,40}at |\s{0,40}$)/, // .NET
  / in (?:[A-Za-z]:\\|\/)[^\n]{1,300}:line \d/,
  /\bTraceback \(most recent call last\)/,
  /\bFile "[^"\n]{1,300}", line \d{1,7}, in /,
  /(?:^|\n)#\d{1,3} +(?:\/|[A-Za-z]:\\|\[internal function\]|\{main\})/, // PHP
  /\bgoroutine \d{1,9} \[[\w ,]{1,40}\]:/,
  /(?:^|[\n"'\s])[\w./-]{1,200}\.rb:\d{1,7}:in [`']/,
  /\bthread '[^'\n]{1,60}' panicked at /,
  /(?:^|\n)\s{0,40}at [\w.$]{3,200}\((?:Native Method|Unknown Source|<anonymous>)\)/,
];
/** "SomeException: text" and a cause. */
const CHAIN = /\b(?:[a-z][\w$]{0,60}\.){2,8}[A-Z][\w$]{0,80}(?:Exception|Error): [^\n]{1,400}\n/;
