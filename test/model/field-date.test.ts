import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseFieldDate } from "../../src/model/field-date.ts";

const iso = (text: string) => {
  const instant = parseFieldDate(text);
  return instant === undefined ? undefined : new Date(instant).toISOString();
};

describe("dates in header fields", () => {
  test.each([
    ["Wed, 11 Nov 2026 23:59:59 GMT", "2026-11-11T23:59:59.000Z"],
    ["Wed, 1 Nov 2028 00:00:00 GMT", "2028-11-01T00:00:00.000Z"],
    ["11 Nov 2026 23:59:59 GMT", "2026-11-11T23:59:59.000Z"],
    ["Wed, 11 Nov 2026 23:59:59 UTC", "2026-11-11T23:59:59.000Z"],
    ["Wed, 11-Nov-2026 23:59:59 GMT", "2026-11-11T23:59:59.000Z"],
    ["Sunday, 06-Nov-94 08:49:37 GMT", "2094-11-06T08:49:37.000Z"],
    ["Sun Nov  6 08:49:37 2044", "2044-11-06T08:49:37.000Z"],
    ["@1688169599", "2023-06-30T23:59:59.000Z"],
    ["1688169599", "2023-06-30T23:59:59.000Z"],
    ["2027-06-30", "2027-06-30T00:00:00.000Z"],
    ["2027-06-30T12:00:00Z", "2027-06-30T12:00:00.000Z"],
    ["2027-06-30T12:00Z", "2027-06-30T12:00:00.000Z"],
    ["2027-06-30 12:00:00", "2027-06-30T12:00:00.000Z"],
    ["2027-06-30T12:00:00.123456789+02:00", "2027-06-30T10:00:00.123Z"],
    ["2027-06-30T12:00:00-0130", "2027-06-30T13:30:00.000Z"],
    ['"2027-06-30"', "2027-06-30T00:00:00.000Z"],
    ["  2028-02-29  ", "2028-02-29T00:00:00.000Z"],
    ["@946684800", "2000-01-01T00:00:00.000Z"],
  ])("%s", (text, expected) => {
    expect(iso(text)).toBe(expected);
  });
});

describe("what is no date", () => {
  test.each([
    "",
    "true",
    "next summer",
    "@",
    "@1",
    "@-1",
    "@946684799",
    "@7258118400",
    "@99999999999999",
    "2027-02-29",
    "2027-13-01",
    "2027-06-31",
    "2027-06-30T25:00:00Z",
    "Mon, 30 Feb 2026 00:00:00 GMT",
    "Mon, 32 Jan 2026 00:00:00 GMT",
    "Mon, 01 Foo 2026 00:00:00 GMT",
    "Wed, 11 Nov 2026 23:59:59 PST",
    "2026",
    "v1",
  ])("%j", (text) => {
    expect(iso(text)).toBeUndefined();
  });
});

test("every IMF-fixdate of two centuries is read as it was written", () => {
  fc.assert(
    fc.property(fc.date({ min: new Date("2000-01-01T00:00:00Z"), max: new Date("2199-12-31T23:59:59Z"), noInvalidDate: true }), (date) => {
      expect(parseFieldDate(date.toUTCString())).toBe(Math.floor(date.getTime() / 1000) * 1000);
    }),
  );
});
