import { Composer, type CST, type Document, isAlias, isMap, isScalar, isSeq, Lexer, LineCounter, type Node, Parser } from "yaml";
import { err, ok, type Result } from "../model/result.ts";

/** A YAML (or JSON) document as plain values, with the place of each in the text. */
export interface YamlTree {
  /** Strings, numbers, booleans, null, arrays and null-prototype records. Nothing in it is cyclic. */
  readonly value: unknown;
  /** Where the value at `path` stands, or its key; the nearest ancestor where the path does not exist. */
  locate(path: YamlPath, part: "key" | "value"): TextPosition;
}

export type YamlPath = readonly (string | number)[];

/** 1-based. */
export interface TextPosition {
  readonly line: number;
  readonly column: number;
}

/** Says nothing of the content: a scalar in the wrong place may be a secret. */
export interface YamlFault extends TextPosition {
  readonly path: YamlPath;
  readonly expected: string;
  readonly found: string;
}

/**
 * Reads one YAML 1.2 document from hostile text: string keys only, no custom tags, no merge keys.
 * Nesting is bounded before the composer recurses into it (it would exhaust the stack and end the process),
 * duplicate keys are looked for here (the library's search is quadratic), and an alias is paid for
 * with the size of what it stands for.
 */
export function readYaml(text: string): Result<YamlTree, readonly YamlFault[]> {
  const lines = new LineCounter();
  const at = (offset: number): TextPosition => positionAt(lines, offset);
  const tokens = tokenise(text, lines);
  if (!tokens.ok) return err([{ ...at(tokens.error), path: [], expected: `at most ${MAX_DEPTH} levels of nesting`, found: "more" }]);

  const composer = new Composer({ stringKeys: true, uniqueKeys: false, prettyErrors: false });
  const [document, second] = [...composer.compose(tokens.value, true, text.length)];
  if (document === undefined) return err([{ line: 1, column: 1, path: [], expected: "a document", found: "nothing" }]);
  if (second !== undefined) {
    return err([{ ...at(second.range[0]), path: [], expected: "one document in the file", found: "a second one" }]);
  }
  const faults = [...document.errors, ...document.warnings].map((fault) => ({ ...at(fault.pos[0]), path: [], ...wordsFor(fault.code) }));
  if (faults.length > 0) return err(faults);

  const converter = new Converter();
  const value = converter.convert(document.contents, [], 0).value;
  if (converter.faults.length > 0) {
    return err(converter.faults.map(({ offset, path, expected, found }) => ({ ...at(offset), path, expected, found })));
  }
  return ok({ value, locate: (path, part) => at(offsetOf(document, converter.targets, path, part)) });
}

function tokenise(text: string, lines: LineCounter): Result<CST.Token[], number> {
  const parser = new Parser(lines.addNewLine);
  lines.addNewLine(0);
  const tokens: CST.Token[] = [];
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) tokens.push(token);
    if (parser.stack.length > MAX_DEPTH) return err(parser.offset);
  }
  for (const token of parser.end()) tokens.push(token);
  return ok(tokens);
}

interface Converted {
  readonly value: unknown;
  /** Nodes that it stands for, aliases expanded. */
  readonly size: number;
}

class Converter {
  readonly faults: { offset: number; path: YamlPath; expected: string; found: string }[] = [];
  /** What each alias stands for. */
  readonly targets = new Map<Node, Node>();
  readonly #anchors = new Map<string, { readonly node: Node; readonly converted: Converted }>();
  #nodes = 0;

  convert(node: unknown, path: YamlPath, depth: number): Converted {
    if (this.#nodes > MAX_NODES || depth > MAX_DEPTH) return NOTHING;
    if (isAlias(node)) return this.#expand(node, path);
    const converted = this.#plain(node, path, depth);
    if ((isMap(node) || isSeq(node) || isScalar(node)) && node.anchor !== undefined) this.#anchors.set(node.anchor, { node, converted });
    return converted;
  }

  #plain(node: unknown, path: YamlPath, depth: number): Converted {
    this.#count(1, node, path);
    if (isScalar(node)) return { value: node.value, size: 1 };
    let size = 1;
    if (isSeq(node)) {
      const value = node.items.map((item, index) => {
        const converted = this.convert(item, [...path, index], depth + 1);
        size += converted.size;
        return converted.value;
      });
      return { value, size };
    }
    if (!isMap(node)) return NOTHING;
    const value: Record<string, unknown> = Object.create(null);
    for (const { key, value: item } of node.items) {
      const name = isScalar(key) ? String(key.value) : "";
      if (Object.hasOwn(value, name)) this.#fault(key, [...path, name], "each key once in a mapping", "the same key again");
      if (UNSAFE_KEYS.has(name)) this.#fault(key, path, "a key that is not a property of every JavaScript object", "such a key");
      const converted = this.convert(item, [...path, name], depth + 1);
      size += converted.size;
      value[name] = converted.value;
    }
    return { value, size };
  }

  #expand(alias: Node & { readonly source: string }, path: YamlPath): Converted {
    const anchor = this.#anchors.get(alias.source);
    if (anchor === undefined) {
      this.#fault(alias, path, "an alias of something that stands, complete, further up", "an alias of something else");
      return NOTHING;
    }
    this.targets.set(alias, anchor.node);
    this.#count(anchor.converted.size, alias, path);
    return anchor.converted;
  }

  #count(size: number, node: unknown, path: YamlPath): void {
    const before = this.#nodes;
    this.#nodes += size;
    if (before <= MAX_NODES && this.#nodes > MAX_NODES) {
      this.#fault(node, path, `at most ${MAX_NODES} values once aliases are expanded`, "more");
    }
  }

  #fault(node: unknown, path: YamlPath, expected: string, found: string): void {
    this.faults.push({ offset: startOf(node) ?? 0, path, expected, found });
  }
}

function offsetOf(document: Document.Parsed, targets: ReadonlyMap<Node, Node>, path: YamlPath, part: "key" | "value"): number {
  let node: unknown = document.contents;
  let offset = startOf(node) ?? 0;
  for (const [depth, step] of path.entries()) {
    if (isAlias(node)) node = targets.get(node);
    if (isSeq(node)) {
      node = node.items[Number(step)];
    } else if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && key.value === step);
      if (part === "key" && depth === path.length - 1) return startOf(pair?.key) ?? offset;
      node = pair?.value;
    } else {
      return offset;
    }
    offset = startOf(node) ?? offset;
  }
  return offset;
}

function startOf(node: unknown): number | undefined {
  return isScalar(node) || isMap(node) || isSeq(node) || isAlias(node) ? node.range?.[0] : undefined;
}

function positionAt(lines: LineCounter, offset: number): TextPosition {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(line, 1), column: Math.max(col, 1) };
}

/** The library's own messages may quote the text. */
function wordsFor(code: string): { readonly expected: string; readonly found: string } {
  const [expected, found] = WORDS[code] ?? ["valid YAML", "something that is not (often a missing quote or a wrong indentation)"];
  return { expected, found };
}

const WORDS: Readonly<Record<string, readonly [expected: string, found: string]>> = {
  TAB_AS_INDENT: ["spaces as indentation", "a tab"],
  BAD_INDENT: ["the indentation of its neighbours", "another one"],
  MISSING_CHAR: ["a closing quote, bracket or colon", "none"],
  NON_STRING_KEY: ["a plain word as key", "a list or a mapping"],
  TAG_RESOLVE_FAILED: ["a plain value", "a YAML tag that is not supported"],
  BAD_SCALAR_START: ["a value in quotes", "a value that begins with a reserved character"],
  BLOCK_AS_IMPLICIT_KEY: ["a value in quotes, or a mapping on lines of its own", "a second colon on the line"],
  BAD_DQ_ESCAPE: ["a text with a backslash, as patterns have, in single quotes: '[0-9]+\\.5'", "an unknown escape in double quotes"],
  BAD_ALIAS: ["an alias name", "none"],
  MULTIPLE_DOCS: ["one document in the file", "several"],
};

const MAX_DEPTH = 64;
/** 10,000 integrations with 200 values each. */
const MAX_NODES = 2_000_000;
const NOTHING: Converted = { value: null, size: 1 };
/** Harmless here, but not for every later reader of these records (prototype pollution, CWE-1321). */
const UNSAFE_KEYS: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);
