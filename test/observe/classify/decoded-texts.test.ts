import { describe, expect, it } from "vitest";
import { decodedTexts } from "../../../src/observe/classify/decoded-texts.ts";

const base64 = (text: string) => Buffer.from(text).toString("base64");
const base64url = (text: string) => Buffer.from(text).toString("base64url");
const textsOf = (text: string) => decodedTexts(text).map((one) => one.text);

describe("decodedTexts", () => {
  it.each([
    ["base64", base64('{"email":"kim@example.com"}'), '{"email":"kim@example.com"}'],
    ["base64 without padding", base64("kim@example.com!").replace(/=+$/, ""), "kim@example.com!"],
    ["base64url", base64url("ÄÖÜ ñandú?>~ text"), "ÄÖÜ ñandú?>~ text"],
    [
      "base64 in lines",
      base64("a text that is long enough for two lines").replace(/(.{20})/g, "$1\r\n"),
      "a text that is long enough for two lines",
    ],
    ["credentials of the Basic scheme", `Basic ${base64("kim:violet-kettle")}`, "kim:violet-kettle"],
    ["a data URL", `data:application/json;base64,${base64('{"a":"text"}')}`, '{"a":"text"}'],
  ])("undoes %s", (_how, text, decoded) => {
    expect(decodedTexts(text)).toEqual([{ text: decoded, from: "base64", name: "" }]);
  });

  it("shows the claims of a JWT, with or without its scheme", () => {
    const token = `${base64url('{"alg":"none"}')}.${base64url('{"email":"kim@example.com"}')}.`;
    expect(decodedTexts(token)).toEqual([{ text: '{"email":"kim@example.com"}', from: "jwt", name: "" }]);
    expect(textsOf(`Bearer ${token}`)).toEqual(['{"email":"kim@example.com"}']);
  });

  it("gives the values of a query with the names of its parameters", () => {
    expect(decodedTexts("https://a.example/cb?user%5Bmail%5D=kim%40example.com&next=%2Fhome#t=1")).toEqual([
      { text: "kim@example.com", from: "query", name: "user[mail]" },
      { text: "/home", from: "query", name: "next" },
      { text: "1", from: "query", name: "t" },
    ]);
    expect(textsOf("a=1&b=two+words")).toEqual(["1", "two words"]);
  });

  it("goes two deep, outermost first", () => {
    const inner = base64(`a=1&mail=${encodeURIComponent("kim@example.com")}`);
    expect(textsOf(`https://a.example/?state=${encodeURIComponent(inner)}`)).toEqual([inner, "a=1&mail=kim%40example.com"]);
    expect(textsOf(base64(base64(base64("three times too many"))))).toHaveLength(2);
  });

  it.each([
    ["a digest", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"],
    ["a UUID", "3f0e7c0a-6a55-4a0f-9d8c-0d3f2b1c4e5a"],
    ["a random token", "q7Zp2LmX9vKd4RtBw8YnC3hF6sJ1"],
    ["a word", "administrations"],
    ["words", "send the invoice again"],
    ["a number", "12345678901234567890"],
    ["an image", `data:image/png;base64,${base64("text in an image")}`],
    ["bytes", Buffer.from([0, 1, 2, 3, 200, 201, 202, 203, 4, 5, 6, 7]).toString("base64")],
    ["a sum", "a = b"],
    ["a URL without a query", "https://a.example/path"],
    ["broken percent signs", "a=%zz&b=%f"],
    ["nothing", ""],
  ])("finds nothing in %s", (_what, text) => {
    expect(decodedTexts(text)).toEqual([]);
  });

  it("is bounded in size and number", () => {
    expect(decodedTexts("A".repeat(200_000))).toEqual([]);
    expect(decodedTexts(Array.from({ length: 5000 }, (_one, at) => `k${at}=v`).join("&")).length).toBeLessThanOrEqual(32);
    for (const piece of ["=", "&", "a=", "%", "ey.", "data:", "A=&"])
      expect(decodedTexts(piece.repeat(20_000)).length).toBeLessThanOrEqual(32);
  });
});
