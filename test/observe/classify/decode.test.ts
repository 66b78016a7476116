import { describe, expect, it } from "vitest";
import { decoderOf, guardIn } from "../../../src/observe/classify/decode.ts";

const utf16 = (text: string, littleEndian: boolean, mark = false) => {
  const bytes = Buffer.from((mark ? "\ufeff" : "") + text, "utf16le");
  return littleEndian ? bytes : bytes.swap16();
};

function decodeText(bytes: Uint8Array, charset: string | undefined, size = bytes.length) {
  const decoder = decoderOf(bytes, charset);
  if (!decoder.ok) return decoder;
  let text = "";
  for (let at = 0; at < bytes.length; at += size) text += decoder.value.decode(bytes.subarray(at, at + size));
  return { ok: true, value: text };
}

describe("decoderOf", () => {
  it.each([
    ["UTF-8", Buffer.from('{"a":"é"}'), undefined],
    ["UTF-8 with a mark", Buffer.from('\ufeff{"a":"é"}'), undefined],
    ["UTF-8 with a mark against its parameter", Buffer.from('\ufeff{"a":"é"}'), "iso-8859-1"],
    ["UTF-16LE with a mark", utf16('{"a":"é"}', true, true), undefined],
    ["UTF-16BE with a mark", utf16('{"a":"é"}', false, true), "utf-8"],
    ["UTF-16LE without", utf16('{"a":"é"}', true), undefined],
    ["UTF-16BE without", utf16('{"a":"é"}', false), undefined],
    ["latin1", Buffer.from('{"a":"é"}', "latin1"), "iso-8859-1"],
    ["an unknown charset's own name", Buffer.from('{"a":"é"}'), "utf8"],
  ])("reads %s", (_name, bytes, charset) => {
    expect(decodeText(bytes, charset)).toEqual({ ok: true, value: '{"a":"é"}' });
    expect(decodeText(bytes, charset, 1)).toEqual({ ok: true, value: '{"a":"é"}' });
  });

  it("leaves out the half of a character at the cut", () => {
    expect(decodeText(Buffer.from('"aé').subarray(0, 3), undefined)).toEqual({ ok: true, value: '"a' });
  });

  it.each([
    ["UTF-16LE", utf16("a,b\n1,2", true), undefined],
    ["UTF-16BE with a mark", utf16("a,b\n1,2", false, true), undefined],
    ["UTF-8", Buffer.from("a,b\n1,é"), undefined],
  ])("knows that %s ends inside of a character, whatever its parts", (_what, bytes, charset) => {
    for (const [octets, isInside] of [[bytes, false] as const, [bytes.subarray(0, -1), true] as const]) {
      for (const size of [1, 3, 4, octets.length]) {
        const decoder = decoderOf(octets, charset);
        if (!decoder.ok) throw new Error(decoder.error);
        for (let at = 0; at < octets.length; at += size) decoder.value.decode(octets.subarray(at, at + size));
        expect(decoder.value.isInside).toBe(isInside);
      }
    }
  });

  it("says what it cannot read", () => {
    expect(decodeText(Buffer.from([0xff, 0xfe, 0, 0, 65, 0, 0, 0]), undefined)).toEqual({ ok: false, error: "charset" });
    expect(decodeText(Buffer.from("{}"), "klingon")).toEqual({ ok: false, error: "charset" });
    expect(decodeText(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]), undefined)).toEqual({
      ok: false,
      error: "binary",
    });
  });
});

describe("guardIn", () => {
  it.each([
    [")]}',\n{}", "prefix"],
    [")]}'\n{}", "prefix"],
    ["for(;;);{}", "prefix"],
    ["while(1);{}", "prefix"],
    ["{}&&{}", "prefix"],
    ["cb({});", "jsonp"],
    ["/**/my.app.cb_1 ({})", "jsonp"],
    ['cb({"a":1,"b', "jsonp"],
  ])("finds what stands before the JSON text in %j", (text, guard) => {
    const found = guardIn(text);
    expect(found?.guard).toBe(guard);
    expect(text.slice(found?.length)).toMatch(/^\{/);
  });

  it.each(["hello(world)", "for(;;);", "cb(1)", "[1]", " {} "])("finds nothing in %j", (text) => {
    expect(guardIn(text)).toBeUndefined();
  });
});
