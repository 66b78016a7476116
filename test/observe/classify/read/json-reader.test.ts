import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type DocumentNode, DocumentObject, NumberText } from "../../../../src/observe/classify/document.ts";
import { DocumentBuilder, type Piece } from "../../../../src/observe/classify/read/document-builder.ts";
import { JsonReader } from "../../../../src/observe/classify/read/json-reader.ts";

interface Read {
  readonly documents: readonly DocumentNode[];
  readonly pieces: readonly Piece[];
  readonly problem: string | undefined;
}

function read(text: string, { size = text.length || 1, isCut = false, isList = false, isCall = false } = {}): Read {
  const pieces: Piece[] = [];
  const builder = new DocumentBuilder((piece) => pieces.push(piece));
  if (isList) builder.makeList();
  const reader = new JsonReader(builder, { isCall });
  for (let at = 0; at < text.length; at += size) reader.write(text.slice(at, at + size));
  reader.end(isCut);
  return { documents: pieces.map(({ document }) => document), pieces, problem: reader.problem };
}

/** Of keys that came twice the last, as JSON.parse has it. */
function plain(node: DocumentNode | undefined): unknown {
  if (node instanceof NumberText) return Number(node.text);
  if (node instanceof DocumentObject) {
    const object: Record<string, unknown> = {};
    for (const [at, key] of node.keys.entries()) {
      Object.defineProperty(object, key, { value: plain(node.values[at]), enumerable: true, configurable: true, writable: true });
    }
    return object;
  }
  return Array.isArray(node) ? node.map(plain) : node;
}

function parsed(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

/** JSON text, and what is nearly that. */
const texts = fc.oneof(
  fc.json({ maxDepth: 6 }),
  fc.jsonValue({ maxDepth: 4 }).map((value) => JSON.stringify(value, null, "\t")),
  fc.tuple(fc.json(), fc.nat(), fc.constantFrom(...'{}[],:"\\ \n0-.eE+tfnu\u0000é')).map(([text, place, character]) => {
    const at = place % (text.length + 1);
    return text.slice(0, at) + character + text.slice(at);
  }),
  fc
    .tuple(fc.json(), fc.nat())
    .map(([text, place]) => text.slice(0, place % (text.length + 1)) + text.slice((place % (text.length + 1)) + 1)),
  fc
    .array(fc.constantFrom("{", "}", "[", "]", ",", ":", '"', '"a"', "\\", "1", "-", "0", ".5", "e1", "true", "null", " ", "\\u00e9"))
    .map((parts) => parts.join("")),
);

describe("JsonReader", () => {
  it("takes what JSON.parse takes, gives what JSON.parse gives, and says so of what it does not take, however the text is cut", () => {
    fc.assert(
      fc.property(texts, fc.integer({ min: 1, max: 7 }), (text, size) => {
        const expected = parsed(text);
        const { documents, problem } = read(text, { size });
        if (expected !== undefined) {
          expect(problem).toBeUndefined();
          expect(documents.map(plain)).toEqual([expected.value]);
        } else if (problem === undefined) {
          // Several documents behind each other are one list.
          expect(Array.isArray(documents[0])).toBe(true);
        }
      }),
      { numRuns: 3000 },
    );
  });

  it("gives the same pieces however the text comes", () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), fc.integer({ min: 1, max: 9 }), (text, size) => {
        const { documents, pieces, problem } = read(text, { size });
        const whole = read(text);
        expect({ documents, problem, pieces: pieces.length }).toEqual({ ...whole, pieces: whole.pieces.length });
      }),
      { numRuns: 500 },
    );
  });

  it("keeps what a double would lose", () => {
    const { documents } = read("[9007199254740993,0.1,1e400,1.0,100000000000000000000,-0,1e-400,4539148803436467,3.141592653589793238]");
    expect(documents[0]).toEqual([
      new NumberText("9007199254740993"),
      0.1,
      new NumberText("1e400"),
      1,
      100000000000000000000,
      -0,
      new NumberText("1e-400"),
      4539148803436467,
      new NumberText("3.141592653589793238"),
    ]);
  });

  it("sees a key that came twice, and the values of both", () => {
    const { pieces } = read('{"a":1,"b":{"c":1,"c":2},"a":3}');
    const [{ document, doubled }] = pieces as [Piece];
    expect(document).toMatchObject({ keys: ["a", "b", "a"], values: [1, { keys: ["c", "c"], values: [1, 2] }, 3] });
    expect(doubled.size).toBe(2);
    expect(read('{"a":1,"b":{"a":1}}').pieces[0]?.doubled.size).toBe(0);
  });

  it("sees a key that came twice among many", () => {
    const many = Array.from({ length: 300 }, (_, index) => `"k${index}":${index}`).join(",");
    expect(read(`{${many}}`).pieces[0]?.doubled.size).toBe(0);
    expect(read(`{${many},"k7":1}`).pieces[0]?.doubled.size).toBe(1);
  });

  it("takes __proto__ for a key like others", () => {
    const [document] = read('{"__proto__":{"a":1},"constructor":2}').documents;
    expect(document).toMatchObject({ keys: ["__proto__", "constructor"] });
  });

  it("decodes escapes and keeps lone surrogates", () => {
    expect(read('["\\ud83d\\ude00","\\ud800","\\u0000\\n\\/\\"","\\udc00x"]', { size: 1 }).documents[0]).toEqual([
      "😀",
      "\ud800",
      '\0\n/"',
      "\udc00x",
    ]);
  });

  it.each([
    ["NaN", '{"a":NaN,"b":-Infinity,"c":1}', { a: null, b: null, c: 1 }],
    ["a comma too many", '{"a":[1,2,],"b":2,}', { a: [1, 2], b: 2 }],
    ["a line feed in a text", '{"a":"x\ny","b":1}', { a: "x\ny", b: 1 }],
    ["an escape that nobody knows", '{"a":"\\x41","b":1}', { a: "\\x41", b: 1 }],
  ])("reads on behind %s, and says malformed", (_what, text, expected) => {
    const { documents, problem } = read(text);
    expect(documents.map(plain)).toEqual([expected]);
    expect(problem).toBe("malformed");
  });

  it.each([
    ["a bracket that closes another", '{"a":1,"b":[2}', { a: 1, b: [2] }],
    ["a single quote", "{\"a\":1,'b':2}", { a: 1 }],
    ["a text without end", '{"a":1,"b":"x', { a: 1 }],
    ["an end that is too early", '{"a":1', { a: 1 }],
    ["a word that nobody knows", "[1,nope,2]", [1]],
  ])("keeps what came before %s", (_what, text, expected) => {
    const { documents, problem } = read(text);
    expect(documents.map(plain)).toEqual([expected]);
    expect(problem).toBe("malformed");
  });

  it("has nothing to say against a text that was cut", () => {
    const whole = '{"a":[{"b":12,"c":"x"},{"b":13}],"d":true}';
    for (let length = 0; length < whole.length; length += 1) {
      expect(read(whole.slice(0, length), { isCut: true }).problem).toBeUndefined();
    }
    expect(read('{"a":1,"b":12', { isCut: true }).documents.map(plain)).toEqual([{ a: 1 }]);
  });

  it("stops below 200 levels, at once", () => {
    expect(read("[".repeat(200) + "]".repeat(200)).problem).toBeUndefined();
    const deep = read(`{"seen":1,"deep":${"[".repeat(1_000_000)}`);
    expect(deep.problem).toBe("too-deep");
    expect(plain(deep.documents[0])).toMatchObject({ seen: 1 });
  });

  it.each([
    ["lines", '{"a":1}\n{"a":2}\r\n'],
    ["a sequence", '\u001e{"a":1}\n\u001e{"a":2}\n'],
    ["nothing between", '{"a":1}{"a":2}'],
  ])("reads several documents: %s", (_what, text) => {
    for (const isList of [true, false]) {
      const { documents, problem } = read(text, { isList, size: 3 });
      if (!isList && text.startsWith("\u001e")) continue;
      expect(documents.map(plain)).toEqual([[{ a: 1 }, { a: 2 }]]);
      expect(problem).toBeUndefined();
    }
  });

  it("ends with the call that the document is the argument of", () => {
    expect(read('{"a":1});\n', { isCall: true })).toMatchObject({ problem: undefined });
    expect(read('{"a":1}', {}).problem).toBeUndefined();
    expect(read('{"a":1});').problem).toBe("malformed");
  });

  it("gives many records in pieces, with what stands around them", () => {
    const records = Array.from({ length: 20_000 }, (_, id) => ({ id, name: `n${id}` }));
    const { pieces } = read(JSON.stringify({ kind: "list", data: records, more: false }), { size: 5000 });
    expect(pieces.length).toBeGreaterThan(2);
    const data = pieces.flatMap(({ document }) => {
      const { data: some } = plain(document) as { data?: unknown[] };
      return some ?? [];
    });
    expect(data).toEqual(records);
    expect(pieces.map(({ document }) => (plain(document) as { kind?: unknown }).kind)).toEqual(pieces.map(() => "list"));
    expect(pieces.map(({ document }) => (document instanceof DocumentObject ? document.repeated : -1))).toEqual([
      0,
      ...pieces.slice(1).map(() => 1),
    ]);
    expect(pieces[1]?.continued.size).toBe(2);
  });

  it("keeps head and tail of a text of more than a megabyte", () => {
    const { documents, pieces, problem } = read(`["start${"x".repeat(3 * 1024 * 1024)}end"]`, { size: 65_536 });
    const [text] = documents[0] as [string];
    expect(problem).toBeUndefined();
    expect(text).toHaveLength(1024 * 1024);
    expect(text.startsWith("start") && text.endsWith("end")).toBe(true);
    expect(pieces[0]?.shortened.get(text)).toBe(2 * 1024 * 1024 + 8);
  });
});
