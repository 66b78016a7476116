import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ByteReader } from "../../../src/observe/wire/reader.ts";
import { WireError } from "../../../src/observe/wire/wire-error.ts";
import { ByteWriter } from "../../../src/observe/wire/writer.ts";

describe("writer and reader", () => {
  it("nests lengths", () => {
    const bytes = new ByteWriter().vector(2, (outer) => outer.uint(1, 7).vector(3, (inner) => inner.uint(3, 0x010203))).finish();
    expect(Buffer.from(bytes).toString("hex")).toBe("00070700000301" + "0203");
  });

  it("reads back what was written", () => {
    fc.assert(
      fc.property(fc.nat(0xff), fc.nat(0xffff), fc.nat(0xffffff), fc.uint8Array({ maxLength: 300 }), (a, b, c, content) => {
        const bytes = new ByteWriter()
          .uint(1, a)
          .uint(2, b)
          .uint(3, c)
          .vector(2, (v) => v.bytes(content))
          .finish();
        const reader = new ByteReader(bytes, "x");
        expect([reader.uint(1, "a"), reader.uint(2, "b"), reader.uint(3, "c")]).toEqual([a, b, c]);
        expect([...reader.vector(2, "content").rest()]).toEqual([...content]);
        reader.end();
      }),
    );
  });

  it("refuses to write what does not fit", () => {
    expect(() => new ByteWriter().uint(1, 256)).toThrow(RangeError);
    expect(() => new ByteWriter().vector(1, (v) => v.bytes(new Uint8Array(256)))).toThrow(RangeError);
  });

  it("is short at the end of the input, and malformed at the end of a vector", () => {
    const problem = (bytes: number[]) => {
      try {
        new ByteReader(Uint8Array.from(bytes), "m").vector(1, "list").uint(2, "item");
        return undefined;
      } catch (error) {
        return error instanceof WireError ? [error.kind, error.field] : error;
      }
    };
    expect(problem([])).toEqual(["short", "m.list"]);
    expect(problem([2, 0])).toEqual(["short", "m.list"]);
    expect(problem([1, 0])).toEqual(["malformed", "m.list.item"]);
    expect(problem([2, 0, 0])).toBeUndefined();
  });

  it("holds vectors to their bounds and to the end", () => {
    expect(() => new ByteReader(Uint8Array.of(3, 0, 0, 0), "m").vector(1, "id", { max: 2 })).toThrow("m.id: not well-formed");
    expect(() => new ByteReader(Uint8Array.of(0), "m").vector(1, "id", { min: 1 })).toThrow("m.id: not well-formed");
    expect(() => new ByteReader(Uint8Array.of(0), "m").end()).toThrow("m.trailing bytes: not well-formed");
  });
});
