import { describe, expect, it } from "vitest";
import { wifiSsid } from "../../../../../src/observe/classify/detectors/infrastructure/wifi-ssid.ts";
import { asker } from "../support.ts";

const ask = asker(wifiSsid);

describe("wifi_ssid", () => {
  it.each([
    ["ssid", []],
    ["wifiSsid", []],
    ["wlan_ssid", []],
    ["wifi_name", []],
    ["name", ["wifi"]],
  ])("is known by the name %s", (key, above) => {
    expect(ask("Lagerhalle 5G", key, above)).toMatchObject({ confidence: 0.9 });
  });

  it.each([
    ["ssid", "hidden"],
    ["ssid", "a name of a network that is longer than 32 bytes"],
    ["name", "Lagerhalle 5G"],
    ["ssid_count", "Lagerhalle"],
    ["wifi_enabled", "yes"],
  ])("is not the value of %s: %s", (key, text) => {
    expect(ask(text, key)).toBeUndefined();
  });
});
