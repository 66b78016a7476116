import { describe, expect, it } from "vitest";
import { headerTreatment } from "../../src/catalog/header-fields.ts";

describe("headerTreatment", () => {
  it.each([
    ["server", "banner"],
    ["sunset", "text"],
    ["api-supported-versions", "list"],
    ["content-type", "media-type"],
    ["cache-control", "directives"],
    ["www-authenticate", "challenge"],
    ["link", "link"],
    ["x-request-id", "volatile"],
    ["location", "volatile"],
    ["x-b3-traceid", "volatile"],
    ["x-ratelimit-remaining-tokens", "volatile"],
    ["set-cookie", "presence"],
    ["authorization", "presence"],
    ["x-never-heard-of", "presence"],
    ["constructor", "presence"],
  ])("of %s is %s", (name, treatment) => {
    expect(headerTreatment(name)).toBe(treatment);
  });
});
