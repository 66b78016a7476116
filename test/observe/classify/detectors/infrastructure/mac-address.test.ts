import { describe, expect, it } from "vitest";
import { macAddress } from "../../../../../src/observe/classify/detectors/infrastructure/mac-address.ts";
import { asker } from "../support.ts";

const ask = asker(macAddress);

describe("mac_address", () => {
  it.each([
    ["mac", "3C:5A:B4:1E:22:9F", 0.97],
    ["bssid", "a4-2b-b0-c1-d2-e3", 0.97],
    ["MacAddress", "3C5AB41E22A0", 0.97],
    ["hwaddr", "3c5a.b41e.22a0", 0.97],
    ["value", "3c:5a:b4:1e:22:9f", 0.85],
    ["value", "3c-5a-b4-1e-22-9f", 0.7],
  ])("is the value of %s: %s", (key, text, confidence) => {
    expect(ask(text, key)).toMatchObject({ confidence });
  });

  it.each([
    ["value", "3C5AB41E22A0"],
    ["value", "10:20:30:40:50:60"],
    ["mac", "ff:ff:ff:ff:ff:ff"],
    ["mac", "00:00:00:00:00:00"],
    ["mac", "macOS"],
    ["fingerprint", "16:27:ac:a5:76:28"],
    ["fingerprint", "16:27:ac:a5:76:28:2d:36:63:1b:56:4d:eb:df:a6:48"],
    ["mac", "3C:5A-B4:1E-22:9F"],
    ["color", "3c5ab41e22a0"],
  ])("is not the value of %s: %s", (key, text) => {
    expect(ask(text, key)).toBeUndefined();
  });
});
