import { describe, expect, it } from "vitest";
import { pin } from "../../../../../src/observe/classify/detectors/secret/pin.ts";
import { asker } from "../support.ts";

const ask = asker(pin);

describe("pin", () => {
  it.each(["pin", "PIN", "atmPin", "card_pin", "pin_code", "safe_pin", "puk1", "doorCode", "Geheimzahl", "passcode"])(
    "is known by the name %s",
    (key) => {
      expect(ask("4471", key)).toMatchObject({ confidence: 0.93, sample: false });
    },
  );

  it("takes a number, and marks those that count", () => {
    expect(ask(4471, "pin")).toMatchObject({ confidence: 0.93 });
    expect(ask("1234", "pin")).toMatchObject({ sample: true });
  });

  it("is no postal code", () => {
    expect(ask("560001", "pincode", [], ["city", "state"])).toBeUndefined();
    expect(ask("560001", "pin_code", [], ["door"])).toMatchObject({ confidence: 0.93 });
  });

  it.each([
    ["pinned", "4471"],
    ["pin_count", "4471"],
    ["gpio_pin", "1234"],
    ["pin_required", "4471"],
    ["pin", "12"],
    ["pin", "PIN code"],
    ["shipping", "4471"],
    ["pin_type", "4471"],
  ])("is not the value of %s: %s", (key, text) => {
    expect(ask(text, key)).toBeUndefined();
  });
});
