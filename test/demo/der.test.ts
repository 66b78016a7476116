import { describe, expect, test } from "vitest";
import {
  bitString,
  boolean,
  explicit,
  implicit,
  integer,
  nothing,
  objectIdentifier,
  octetString,
  sequence,
  set,
  time,
  utf8String,
} from "../../src/demo/der.ts";

describe("DER", () => {
  test.each([
    ["zero keeps one byte", integer(Uint8Array.of(0, 0)), "020100"],
    ["a high bit gets a sign byte", integer(Uint8Array.of(0x80)), "02020080"],
    ["leading zeros are dropped", integer(Uint8Array.of(0, 0, 0x7f)), "02017f"],
    ["no bytes are zero", integer(new Uint8Array()), "020100"],
    ["true", boolean(true), "0101ff"],
    ["false", boolean(false), "010100"],
    ["null", nothing(), "0500"],
    ["a string in UTF-8", utf8String("é"), "0c02c3a9"],
    ["octets", octetString(Uint8Array.of(1, 2)), "04020102"],
    ["bits, two unused", bitString(Uint8Array.of(0xa0), 5), "030205a0"],
    ["a sequence", sequence(nothing(), nothing()), "300405000500"],
    ["a set", set(nothing()), "31020500"],
    ["an explicit tag", explicit(3, nothing()), "a3020500"],
    ["an implicit tag", implicit(2, Buffer.from("a")), "820161"],
    // X.690 section 8.19.5 and the arcs of RSA with long base-128 digits
    ["joint-iso-itu-t(2) 999 3", objectIdentifier("2.999.3"), "0603883703"],
    ["sha256WithRSAEncryption", objectIdentifier("1.2.840.113549.1.1.11"), "06092a864886f70d01010b"],
    ["UTCTime up to 2049", time(new Date("2049-12-31T23:59:59.900Z")), `170d${ascii("491231235959Z")}`],
    ["GeneralizedTime from 2050", time(new Date("2050-01-01T00:00:00Z")), `180f${ascii("20500101000000Z")}`],
    ["GeneralizedTime before 1950", time(new Date("1949-12-31T00:00:00Z")), `180f${ascii("19491231000000Z")}`],
  ])("%s", (_name, encoded, hex) => {
    expect(Buffer.from(encoded).toString("hex")).toBe(hex);
  });

  test.each([
    [127, "047f"],
    [128, "048180"],
    [255, "0481ff"],
    [256, "04820100"],
    [65_536, "0483010000"],
  ])("the length %i is written in its shortest form", (length, prefix) => {
    const encoded = Buffer.from(octetString(new Uint8Array(length)));
    expect(encoded.toString("hex", 0, prefix.length / 2)).toBe(prefix);
    expect(encoded.length).toBe(length + prefix.length / 2);
  });
});

function ascii(text: string): string {
  return Buffer.from(text, "latin1").toString("hex");
}
