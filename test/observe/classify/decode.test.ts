import { describe, expect, it } from "vitest";
import { decodeText, withoutGuards } from "../../../src/observe/classify/decode.ts";

const utf16 = (text: string, littleEndian: boolean, mark = false) => {
  const bytes = Buffer.from((mark ? "\ufeff" : "") + text, "utf16le");
  return littleEndian ? bytes : bytes.swap16();
};

describe("decodeText", () => {
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
  });

  it("leaves out the half of a character at the cut", () => {
    expect(decodeText(Buffer.from('"aé').subarray(0, 3), undefined)).toEqual({ ok: true, value: '"a' });
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

describe("withoutGuards", () => {
  it.each([")]}',\n{}", ")]}'\n{}", "for(;;);{}", "while(1);{}", "{}&&{}", "cb({});", "/**/my.app.cb_1 ({})", " {} "])(
    "finds the JSON text in %j",
    (text) => {
      expect(withoutGuards(text)).toBe("{}");
    },
  );

  it.each(["hello(world)", "for(;;);", "cb(1)", "[1]"])("leaves %j alone", (text) => {
    expect(withoutGuards(text)).toBe(text);
  });

  it("reads a JSONP call that was cut", () => {
    expect(withoutGuards('cb({"a":1,"b')).toBe('{"a":1,"b');
  });
});
