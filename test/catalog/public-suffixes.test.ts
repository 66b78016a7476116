import { describe, expect, it } from "vitest";
import { publicSuffix, publicSuffixesRelease, registeredLabel } from "../../src/catalog/public-suffixes.ts";

describe("public suffixes", () => {
  it.each([
    ["co.uk", "registry"],
    ["com", "registry"],
    ["cloudfront.net", "private"],
    ["azurewebsites.net", "private"],
    ["acme.com", undefined],
    ["api.acme.co.uk", undefined],
    // In no list, so a suffix by the default rule alone.
    ["internal", undefined],
    ["", undefined],
    ["..", undefined],
  ])("%j: %s", (name, kind) => {
    expect(publicSuffix(name)?.kind).toBe(kind);
  });
});

describe("what somebody registered", () => {
  it.each([
    ["api.acme.co.uk", "acme"],
    ["acme.com", "acme"],
    // What strangers have there belongs to one company all the same.
    ["d111.cloudfront.net", "cloudfront"],
    ["api.acme.example", "acme"],
    ["co.uk", undefined],
    ["localhost", undefined],
    ["192.0.2.1", undefined],
    ["", undefined],
  ])("%j: %s", (name, label) => {
    expect(registeredLabel(name)).toBe(label);
  });
});

it("the list has a release", () => {
  expect(publicSuffixesRelease()).toMatch(/^\d+\.\d+\.\d+$/);
});
