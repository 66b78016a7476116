import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { recordedAnswers } from "../../src/app/recorded-answers.ts";

const read = (text: string) => recordedAnswers(Buffer.from(text, "latin1")).answers;

describe("recorded answers", () => {
  it("are one where fields stand alone, and keep order, case and duplicates", () => {
    const [answer, ...others] = read("Server: a\r\nX-One: 1\r\nserver: b\r\n");
    expect(others).toEqual([]);
    expect(answer?.status).toBe(200);
    expect(answer?.headers).toEqual([
      ["server", "a"],
      ["x-one", "1"],
      ["server", "b"],
    ]);
    expect(answer?.arrival?.fieldNames).toEqual(["Server", "X-One", "server"]);
  });

  it("are as many as there are empty lines between fields", () => {
    expect(read("server: a\n\nserver: b\n\n\nserver: c").map(({ headers }) => headers[0]?.[1])).toEqual(["a", "b", "c"]);
  });

  it("begin with a status line where there are some, with their content", () => {
    const answers = read('HTTP/1.1 301 Moved\nlocation: /a\n\nHTTP/2 200\ncontent-type: application/json\n\n{"a": 1}\n\n{"b": 2}\n');
    expect(answers.map(({ status, httpVersion }) => [status, httpVersion])).toEqual([
      [301, "1.1"],
      [200, "2"],
    ]);
    expect(Buffer.from(answers[1]?.body ?? []).toString()).toBe('{"a": 1}\n\n{"b": 2}\n');
  });

  it.each([
    [
      "what curl -v sent and says",
      "* Connected\n> GET / HTTP/1.1\n> Authorization: Bearer x\n>\n< HTTP/1.1 200 OK\n< Server: a\n<\n",
      [["server", "a"]],
    ],
    ["interim answers", "HTTP/1.1 100 Continue\nserver: b\n\nHTTP/1.1 200 OK\nserver: a\n\n", [["server", "a"]]],
    ["the tunnel of a proxy", "HTTP/1.1 200 Connection established\nvia: p\n\nHTTP/1.1 200 OK\nserver: a\n\n", [["server", "a"]]],
    ["folded lines", "server: a\n  and b\n\tc", [["server", "a and b c"]]],
    ["what is no field", 'GET / HTTP/1.1\nnonsense\nserver: a\n: b\nx(y): c\nhttps example.test: d\n"e": f', [["server", "a"]]],
    [
      "a field with a space before its colon",
      "Server : a\nX-One\t: b",
      [
        ["server", "a"],
        ["x-one", "b"],
      ],
    ],
  ])("know %s", (_, text, headers) => {
    expect(read(text).map((answer) => answer.headers)).toEqual([headers]);
  });

  it.each([
    ['{ "id": 1 }\n', '{ "id": 1 }\n'],
    ["* a\r\n> b\r\n", "* a\r\n> b\r\n"],
    ["a\n\n", "a"],
    ["a\r\n\r\n\n", "a"],
    [`a${"\n".repeat(400_000)}b`, `a${"\n".repeat(400_000)}b`],
  ])("keep content as it is: %j", (content, kept) => {
    expect(Buffer.from(read(`HTTP/1.1 200 OK\r\nserver: a\r\n\r\n${content}`)[0]?.body ?? []).toString()).toBe(kept);
  });

  it("have the status of a browser's list", () => {
    expect(read(":status: 429\nretry-after: 3")[0]).toMatchObject({ status: 429, headers: [["retry-after", "3"]] });
  });

  it("keep names as they were written, and those that are none", () => {
    expect(read('Server : a\nx(y): b\n"c": d\nhttps example.test: e')[0]?.arrival?.fieldNames).toEqual(["Server ", "x(y)"]);
    expect(read('"id": 1\nx(y): 2')).toEqual([]);
  });

  it.each([
    ["HTTP/1.1 999 x", 999],
    ["HTTP/1.1 600", 600],
    ["HTTP/1.1 099 x", 99],
    ["HTTP/1.1 2000 OK", 2000],
    ["HTTP/2  204", 204],
  ])("begin with %j as well", (line, status) => {
    const answers = read(`${line}\nserver: a\n\n`);
    expect(answers).toMatchObject([{ status, headers: [["server", "a"]] }]);
  });

  it("know what was asked where curl -v wrote it down, also over an interim answer, and not of the next one", () => {
    const saved =
      "> POST /a HTTP/1.1\r\n> Host: b\r\n> Bad Name: c\r\n>\r\n< HTTP/1.1 100 Continue\r\n<\r\n< HTTP/1.1 200 OK\r\n< x: 1\r\n<\r\n< HTTP/2 204\r\n< x: 2\r\n<\r\n";
    expect(read(saved).map(({ asked }) => asked)).toEqual([{ method: "POST", headers: [["host", "b"]] }, undefined]);
    expect(read("> GET / HTTP/1.1\n> a: b\n\nHTTP/1.1 200 OK\nx: 1\n\n").map(({ asked }) => asked)).toEqual([undefined]);
  });

  it("say that there were more than are read", () => {
    const { answers, isCut } = recordedAnswers(Buffer.from("a: b\n\n".repeat(10_001)));
    expect([answers.length, isCut]).toEqual([10_000, true]);
  });

  it("never throw, whatever stands there", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2000 }), (bytes) => {
        for (const { status } of recordedAnswers(bytes).answers) expect(status >= 200 || status < 100).toBe(true);
      }),
    );
  });
});
