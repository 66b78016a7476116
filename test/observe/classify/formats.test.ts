import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bodyClassifier, type ClassifyOptions, classifyBody } from "../../../src/observe/classify/classify-body.ts";

const FILE: ClassifyOptions = { contentType: undefined, truncated: false, knownMaps: [] };
const bytes = (text: string) => new TextEncoder().encode(text);
const classify = (text: string, contentType?: string, options: Partial<ClassifyOptions> = {}) =>
  classifyBody(bytes(text), { ...FILE, contentType, ...options });
const paths = (text: string, contentType?: string) => classify(text, contentType).shape.map(({ path }) => path);

describe("formats by their type, and by their looks where nobody said", () => {
  it.each<readonly [string, string | undefined, string]>([
    ["json", "application/problem+json", '"x"'],
    ["json", undefined, '{"a":1}'],
    ["ndjson", "application/x-ndjson", '{"a":1}'],
    ["ndjson", undefined, '{"a":1}\n{"a":2}\n'],
    ["json-seq", undefined, '\u001e{"a":1}\n'],
    ["xml", "application/soap+xml; charset=utf-8", "<a/>"],
    ["xml", undefined, '<?xml version="1.0"?>\n<a/>'],
    ["xml", undefined, "<feed><entry/></feed>"],
    ["csv", "text/csv", "a,b\n1,2\n"],
    ["csv", undefined, "name,email\nJane,jane@acme.com\n"],
    ["csv", undefined, "name;email\nJane;jane@acme.com"],
    ["csv", "text/tab-separated-values", "name\temail\nJane\tjane@acme.com"],
    ["csv", undefined, "name|email\nJane|jane@acme.com\nJohn|john@acme.com\n"],
    ["csv", undefined, 'name;note\nJane;"first line;\nsecond line"\nJohn;x\n'],
    ["form", "application/x-www-form-urlencoded", "a=1"],
    ["form", undefined, "access_token=abc&scope=read"],
    ["sse", "text/event-stream", 'data: {"a":1}\n\n'],
    ["sse", undefined, "event: a\ndata: b\n\n"],
    ["text", undefined, "Dear Jane, hello."],
    ["text", undefined, "a, b\nand c"],
    ["text", undefined, "[2026-01-01] INFO started\n"],
    ["text", "text/plain", "name,email\nJane,jane@acme.com\n"],
  ])("%s (%s): %j", (format, contentType, text) => {
    expect(classify(text, contentType)).toMatchObject({ state: "classified", format });
  });

  it.each([
    ["a page for people", "application/json", "<!DOCTYPE html><html></html>"],
    ["a page for people in a file", undefined, "<html><body>x</body></html>"],
    ["Protocol Buffers", "application/x-protobuf", "\u0008\u0096\u0001"],
    ["a picture", "image/png", "\u0089PNG\r\n\u001a\n\u0000\u0000\u0000\rIHDR"],
    ["XML where JSON was promised", "application/json", "<a/>"],
  ])("%s is not inspected", (_what, contentType, text) => {
    expect(classify(text, contentType)).toMatchObject({ state: "unsupported", shape: [] });
  });

  it.each([
    ["prefix", ')]}\',\n{"email":"jane@acme.com"}', undefined],
    ["prefix", 'for(;;);{"email":"jane@acme.com"}', "application/json"],
    ["jsonp", '/**/cb({"email":"jane@acme.com"});', "application/javascript"],
  ])("sees the guard in front of JSON: %s", (guard, text, contentType) => {
    expect(classify(text, contentType)).toMatchObject({ state: "classified", guard, classes: [{ path: "$.email", class: "email" }] });
  });
});

it.each(['cb({"a":1}', 'cb({"a":1}\n;'])("a call that is not closed is not whole: %j", (text) => {
  expect(classify(text, "application/javascript")).toMatchObject({ state: "undecodable", guard: "jsonp" });
});

describe("XML", () => {
  it("has paths of elements, attributes and the text of an element", () => {
    const text = '<p:Order xmlns:p="urn:x" id="7"><p:Mail lang="en">jane@acme.com</p:Mail><Note/><Sum currency="EUR">1.50</Sum></p:Order>';
    const { shape, classes } = classify(text, "application/xml");
    expect(shape.map(({ path, types }) => `${path} ${types}`)).toEqual([
      "$ object",
      "$.Order object",
      "$.Order.@id string",
      "$.Order.Mail object,string",
      "$.Order.Mail.@lang string",
      "$.Order.Note null",
      "$.Order.Sum object,string",
      "$.Order.Sum.@currency string",
    ]);
    expect(classes).toMatchObject([{ path: "$.Order.Mail", class: "email", count: 1 }]);
  });

  it("takes an element for one of a list where its like stands beside it, in any parent, and where its name says so", () => {
    expect(paths("<a><b><c>1</c></b><b><c>1</c><c>2</c></b></a>")).toEqual(["$", "$.a", "$.a.b[]", "$.a.b[].c[]"]);
    expect(paths("<Orders><Order><Id>1</Id></Order></Orders>")).toEqual(["$", "$.Orders", "$.Orders.Order[]", "$.Orders.Order[].Id"]);
    expect(paths("<r><OrderList><Order>1</Order></OrderList><item>2</item></r>")).toEqual([
      "$",
      "$.r",
      "$.r.OrderList",
      "$.r.OrderList.Order[]",
      "$.r.item[]",
    ]);
  });

  it("counts the elements of its main list as records", () => {
    expect(
      classify("<Envelope><Body><Answer><Orders><Order><a>1</a></Order><Order><a>2</a></Order></Orders></Answer></Body></Envelope>")
        .records,
    ).toBe(2);
  });

  it("decodes CDATA and the five entities of XML", () => {
    expect(classify("<a><b><![CDATA[<jane@acme.com>]]></b><c>j&#97;ne@acme.com</c></a>").classes).toMatchObject([
      { path: "$.a.c", class: "email" },
    ]);
  });

  it.each([
    ["a document type", '<!DOCTYPE a [<!ENTITY x "y">]><a><email>jane@acme.com</email></a>'],
    ["an entity of its own", "<a><email>jane@acme.com</email>&x;</a>"],
    ["tags that cross", "<a><email>jane@acme.com</email><b></a></b>"],
    ["an end that is too early", "<a><email>jane@acme.com</email>"],
  ])("is undecodable with %s", (_what, text) => {
    expect(classify(text, "application/xml")).toMatchObject({ state: "undecodable", format: "xml" });
  });

  it("stops at 200 levels, and stands a list of many", () => {
    expect(classify("<a>".repeat(5000), "application/xml").state).toBe("too-deep");
    const { records, shape, state } = classify(`<l>${"<r x='1'><email>jane@acme.com</email></r>".repeat(30_000)}</l>`, "application/xml");
    expect({ records, state }).toEqual({ records: 30_000, state: "classified" });
    expect(shape).toContainEqual({ path: "$.l.r[].email", types: ["string"], filled: 30_000, octets: 13 * 30_000 });
  });
});

describe("CSV", () => {
  it("has a record for each line and a column for each name", () => {
    const { shape, records, classes } = classify(
      'name,"the mail",note\r\n"Doe, Jane",jane@acme.com,"says ""hi""\nand more"\r\nJohn,,x\r\n',
      "text/csv",
    );
    expect(records).toBe(2);
    expect(shape).toEqual([
      { path: "$", types: ["array"], filled: 1, octets: 0 },
      { path: "$[]", types: ["object"], filled: 2, octets: 0 },
      { path: "$[].name", types: ["string"], filled: 2, octets: 13 },
      { path: "$[].note", types: ["string"], filled: 2, octets: 19 },
      { path: "$[]['the mail']", types: ["null", "string"], filled: 1, octets: 13 },
    ]);
    expect(classes).toMatchObject([{ path: "$[]['the mail']", class: "email" }]);
  });

  it("has columns with titles as people write them", () => {
    const text =
      "First Name,Last Name,Phone Number,Home Address\nJane,Doe,+1 415 555 2671,14 Harrow Lane\nJohn,Roe,+1 415 555 2672,15 Harrow Lane\n";
    expect(classify(text, "text/csv").classes.map(({ path, class: dataClass }) => `${path} ${dataClass}`)).toEqual([
      "$[]['First Name'] person_name",
      "$[]['Home Address'] postal_address",
      "$[]['Last Name'] person_name",
      "$[]['Phone Number'] phone",
    ]);
  });

  it("hides what stands where a name should", () => {
    expect(paths("a\n1,2\n", "text/csv")).toEqual(["$", "$[]", "$[].a", "$[]{}"]);
  });

  it.each([
    ["an address", "jane@acme.com,blue,yes\njohn@acme.com,red,no\n"],
    ["a number", "17,blue\n18,red\n"],
    ["an amount", "$ 3.50;blue\n"],
    ["a day", "blue,2026-03-01\n"],
    ["an identifier", "blue,0e4b7f8a-3a43-4ad0-9dd2-3b0e2a7b1f11\n"],
    ["somebody's name", "Jane Doe,blue\n"],
    ["a given name", "jane,blue,yes\n"],
    ["nothing", "blue,,green\n"],
  ])("takes a first line with %s for a record: no value becomes a path", (_what, text) => {
    const { records, shape } = classify(text, "text/csv");
    expect(shape.map(({ path }) => path)).toEqual(["$", "$[]", "$[]{}"]);
    expect(records).toBe(text.trim().split("\n").length);
  });

  it.each([
    ["a column of row numbers", ",name,email\n1,x,jane@acme.com\n", "$[].email"],
    ["columns of several words", "First Name,City/State,email\nx,y,jane@acme.com\n", "$[].email"],
    ["an empty column at the end", "name,email,,\nx,jane@acme.com,,\n", "$[].email"],
    ["numbered columns", "line1,line2,email\nx,y,jane@acme.com\n", "$[].email"],
  ])("knows a header with %s", (_what, text, path) => {
    expect(classify(text, "text/csv")).toMatchObject({
      records: 1,
      classes: expect.arrayContaining([expect.objectContaining({ path, class: "email" })]),
    });
  });

  it("reads 4,096 columns, and says that there were more", () => {
    const line = (columns: number) => `${Array.from({ length: columns }, (_, at) => `c${String(at)}`).join(",")}\n`;
    expect(classify(`${line(4096)}${line(4096)}`, "text/csv").state).toBe("classified");
    expect(classify(`${line(4096)}${line(4097)}`, "text/csv")).toMatchObject({ state: "truncated", records: 1 });
    expect(classify(`a,b\n${",".repeat(3_000_000)}`, "text/csv")).toMatchObject({ state: "truncated", records: 1 });
  });

  it("says that a quote has no end", () => {
    expect(classify('a,b\n"x,1\n', "text/csv").state).toBe("truncated");
    expect(classify('a,b\n1,2\n"x,1\n', "text/csv", { truncated: true })).toMatchObject({ state: "truncated", records: 1 });
  });
});

describe("a key that comes twice", () => {
  it.each([
    ["json", "application/json", '{"a":1,"a":2}', ["$"]],
    ["form", "application/x-www-form-urlencoded", "a=1&a=2", []],
    ["csv", "text/csv", "a,a\n1,2\n", []],
    ["xml", "application/xml", "<l><a>1</a><a>2</a></l>", []],
  ])("is told of where the format has none: %s", (_what, contentType, text, told) => {
    expect(classify(text, contentType).duplicateKeys).toEqual(told);
  });
});

describe("a text of which the middle is not read", () => {
  const long = `${"a".repeat(700_000)} -----BEGIN PRIVATE KEY----- ${"b".repeat(700_000)}`;
  it.each([
    ["json", "application/json", JSON.stringify({ text: long })],
    ["a key of json", "application/json", JSON.stringify({ [long]: 1 })],
    ["ndjson", "application/x-ndjson", `${JSON.stringify({ text: long })}\n{"text":"x"}\n`],
    ["csv", "text/csv", `text,other\n${long},x\n`],
    ["form", "application/x-www-form-urlencoded", `text=${encodeURIComponent(long)}&other=x`],
    ["text", "text/plain", long],
    ["xml", "application/xml", `<a><text>${long}</text></a>`],
    ["an attribute of xml", "application/xml", `<a text="${long}"/>`],
    ["an event", "text/event-stream", `data: ${long}\n\n`],
    ["events of many lines", "text/event-stream", `${`data: ${"a".repeat(900_000)}\n`.repeat(10)}\n`],
  ])("is never called whole: %s", (_what, contentType, text) => {
    expect(classify(text, contentType)).toMatchObject({ state: "truncated", failure: { reason: "body_truncated" } });
  });

  it("is counted with all its octets", () => {
    const { shape } = classify(`<a b="${long}">${long}</a>`, "application/xml");
    expect(shape).toMatchObject([{ path: "$" }, { path: "$.a", octets: long.length }, { path: "$.a.@b", octets: long.length }]);
  });
});

describe("forms", () => {
  it("are an object", () => {
    expect(classify("email=jane%40acme.com&scope=a+b&empty=&odd=%zz", "application/x-www-form-urlencoded")).toMatchObject({
      state: "classified",
      shape: [{ path: "$" }, { path: "$.email" }, { path: "$.empty", filled: 0 }, { path: "$.odd" }, { path: "$.scope" }],
      classes: [{ path: "$.email", class: "email" }],
    });
  });
});

describe("event streams", () => {
  it("have a record for each event: its data, as JSON where it is JSON", () => {
    const text = ': hello\nevent: a\nid: 1\ndata: {"email":\ndata: "jane@acme.com"}\n\nretry: 5\n\ndata: [DONE]\n\ndata: {"cut":1}';
    expect(classify(text, "text/event-stream")).toMatchObject({
      state: "classified",
      format: "sse",
      records: 3,
      shape: [{ path: "$" }, { path: "$[]", types: ["object", "string"] }, { path: "$[].cut" }, { path: "$[].email" }],
    });
    expect(classify(text, "text/event-stream", { truncated: true })).toMatchObject({ state: "truncated", records: 2 });
  });
});

describe("bodies in parts", () => {
  const bodies: readonly (readonly [string, string | undefined])[] = [
    [JSON.stringify({ data: [{ id: 1, email: "jané@acme.com", tags: ["a", null] }], total: 7 }), "application/json"],
    ['{"a":"€"}\n{"a":"𐍈"}\n', undefined],
    ['<a><b c="1">é</b><b/></a>', "application/xml"],
    ['a;b\r\n"é;1";2\r\n3;4', "text/csv"],
    ["a=%C3%A9&b=2", "application/x-www-form-urlencoded"],
    ['data: {"a":1}\r\n\r\ndata: é\n\n', "text/event-stream"],
    ["plain text é", "text/plain"],
    [")]}'\n[1,2]", "application/json"],
    ["[INFO] not JSON", undefined],
  ];

  it("give the same facts however they come", () => {
    fc.assert(
      fc.property(fc.constantFrom(...bodies), fc.integer({ min: 1, max: 12 }), ([text, contentType], size) => {
        const classifier = bodyClassifier({ ...FILE, contentType });
        const whole = bytes(text);
        for (let at = 0; at < whole.length; at += size) classifier.write(whole.subarray(at, at + size));
        expect(classifier.end()).toEqual(classify(text, contentType));
      }),
      { numRuns: 300 },
    );
  });

  it("give the same facts of ten thousand records however they come", () => {
    const records = Array.from({ length: 10_000 }, (_, id) => ({
      id,
      email: `user.${id}@acme.com`,
      late: id > 9990 ? "4539148803436467" : null,
    }));
    const whole = bytes(JSON.stringify({ data: records, total_count: 12_000 }));
    const facts = classifyBody(whole, { ...FILE });
    expect(facts).toMatchObject({ state: "classified", records: 10_000, total: 12_000 });
    expect(Math.abs((facts.subjects ?? 0) / 10_000 - 1)).toBeLessThan(0.05);
    expect(facts.shape.find(({ path }) => path === "$.data[].late")).toEqual({
      path: "$.data[].late",
      types: ["null", "string"],
      filled: 9,
      octets: 144,
    });
    expect(facts.classes.map(({ path }) => path)).toContain("$.data[].email");
    for (const size of [777, 65_536, 100_000]) {
      const classifier = bodyClassifier(FILE);
      for (let at = 0; at < whole.length; at += size) classifier.write(whole.subarray(at, at + size));
      expect(classifier.end()).toEqual(facts);
    }
  });
});

describe("what ends early without a word of the transport", () => {
  it.each([
    ["a table inside of a quoted field", "text/csv", 'name,note\nJane,"first'],
    ["a table inside of a line", "text/csv", "name,note,place\nJane,a,b\nJohn,c"],
    ["an event inside of its JSON", "text/event-stream", 'data: {"a":1}\n\ndata: {"a":'],
    ["an event inside of its JSON, at the end of a line", "text/event-stream", 'data: {"a":1}\n\ndata: {"a":\n'],
    ["an event before its data", "text/event-stream", 'data: {"a":1}\n\nevent: upd'],
    ["an event inside of a text", "text/event-stream", "data: hello\n\ndata: hel"],
    ["a form behind a percent sign", "application/x-www-form-urlencoded", "a=1&b=x%"],
    ["a form inside of an escape", "application/x-www-form-urlencoded", "a=1&b=x%2"],
  ])("%s: truncated, with what was seen", (_what, contentType, text) => {
    expect(classify(text, contentType)).toMatchObject({ state: "truncated", failure: { reason: "body_truncated" } });
    expect(paths(text, contentType).length).toBeGreaterThan(1);
  });

  it.each([
    ["a table without a last line end", "text/csv", "name,note\nJane,a"],
    ["a table whose quoted field is closed", "text/csv", 'name,note\nJane,"a"'],
    ["a table whose lines are of several lengths", "text/csv", "name,note,place\nJane,a\nJohn,c"],
    ["a table whose last line is ended", "text/csv", "name,note,place\nJane,a,b\nJohn,c\n"],
    ["an event of whole JSON without its empty line", "text/event-stream", 'data: {"a":1}'],
    ["the mark at the end of a stream", "text/event-stream", 'data: {"a":1}\n\ndata: [DONE]'],
    ["a comment at the end of a stream", "text/event-stream", 'data: {"a":1}\n\n: keep'],
    ["an event of text whose line is ended", "text/event-stream", "data: hello\n"],
    ["a percent sign inside of a form", "application/x-www-form-urlencoded", "a=100%&b=1"],
    ["an escape at the end of a form", "application/x-www-form-urlencoded", "a=1&b=x%20"],
  ])("%s: whole", (_what, contentType, text) => {
    expect(classify(text, contentType).state).toBe("classified");
  });
});

describe("octets that are no text in their encoding", () => {
  const around = (...octets: readonly number[]) =>
    Buffer.concat([bytes(`{"email":"jane@acme.com","note":"${"x".repeat(80)}`), Buffer.from(octets), bytes('y"}')]);
  const stateOf = (body: Uint8Array, size: number, contentType = "application/json") => {
    const classifier = bodyClassifier({ ...FILE, contentType });
    for (let at = 0; at < body.length; at += size) classifier.write(body.subarray(at, at + size));
    return classifier.end();
  };

  it.each([
    ["a lone octet of Latin-1", around(0xe9)],
    ["a character that is not finished", around(0xe2, 0x82)],
    ["a surrogate", around(0xed, 0xa0, 0x80)],
    ["an overlong form", around(0xc0, 0xaf)],
    ["one beside U+FFFD that was sent", around(0xef, 0xbf, 0xbd, 0xff)],
    ["one far behind the head", Buffer.concat([bytes(`["${"a".repeat(70_000)}", "`), Buffer.from([0xff]), bytes('", "jane@acme.com"]')])],
  ])("%s: undecodable, with what was seen", (_what, body) => {
    for (const size of [body.length, 4097, ...(body.length < 200 ? [1] : [])]) {
      const facts = stateOf(body, size);
      expect(facts).toMatchObject({ state: "undecodable", failure: { reason: "body_undecodable" } });
      expect(facts.classes.map((fact) => fact.class)).toContain("email");
    }
  });

  it.each([
    [
      "Japanese that is no Shift_JIS",
      "text/csv; charset=shift_jis",
      Buffer.concat([bytes(`a,b\n${"x".repeat(80)},`), Buffer.from([0x81, 0x20, 0xff]), bytes("\n")]),
    ],
    ["half a pair in UTF-16", "application/json; charset=utf-16le", Buffer.from(`["${"a".repeat(80)}\ud800b"]`, "utf16le")],
  ])("%s: undecodable", (_what, contentType, body) => {
    expect(stateOf(body, body.length, contentType).state).toBe("undecodable");
  });

  it.each([
    ["U+FFFD that was sent", around(0xef, 0xbf, 0xbd)],
    ["characters of several octets", bytes('{"a":"é€😀"}')],
  ])("%s: classified, in parts of whatever size", (_what, body) => {
    for (const size of [1, 2, 3, 5, body.length]) expect(stateOf(body, size).state).toBe("classified");
  });

  it("calls a table in UTF-16 that ends inside of a character truncated", () => {
    const table = Buffer.from("name,note\nJane,ab\nJohn,cd\n", "utf16le");
    const stateOf = (bytes: Uint8Array) =>
      classifyBody(bytes, { contentType: "text/csv; charset=utf-16le", truncated: false, knownMaps: [] }).state;
    expect([stateOf(table), stateOf(table.subarray(0, -1))]).toEqual(["classified", "truncated"]);
  });

  it("calls a text that ends inside of a character truncated", () => {
    expect(stateOf(bytes("name,place\nJane,Köln").subarray(0, -3), 100, "text/csv").state).toBe("truncated");
  });
});
