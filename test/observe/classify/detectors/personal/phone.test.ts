import { describe, expect, it } from "vitest";
import { phone } from "../../../../../src/observe/classify/detectors/personal/phone.ts";
import { asker } from "../support.ts";

const ask = asker(phone);

describe("phone", () => {
  it("is proved by a plus and a valid number, and surer with a name", () => {
    expect(ask("+14153608311")).toEqual({ confidence: 0.85, sample: false });
    expect(ask("+14153608311", "mobilePhone")).toEqual({ confidence: 0.97, sample: false });
    expect(ask("+47 406 55 123", "contact_mobile")).toEqual({ confidence: 0.97, sample: false });
  });

  it.each([
    ["(510) 867-5310", "national_format"],
    ["510-867-5310", "fax"],
    ["0044 20 7183 8750", "telephone"],
    ["6509241374", "phone"],
    ["415.867.5310 x123", "work_phone_number"],
  ])("takes %s under the name %s", (text, key) => {
    expect(ask(text, key)).toMatchObject({ confidence: 0.9 });
  });

  it("reads the name above where its own says little", () => {
    expect(ask("4085551234", "national_number", ["phones"])).toMatchObject({ confidence: 0.9 });
    expect(ask("4085551234", "national_number", ["taxes"])).toBeUndefined();
  });

  it("takes the ends of a call where they are written like numbers", () => {
    expect(ask("(305) 141-6799", "from_formatted")).toEqual({ confidence: 0.7, sample: false });
    expect(ask("442071838750", "from")).toEqual({ confidence: 0.7, sample: false });
    expect(ask("1767225600", "from")).toBeUndefined();
  });

  it.each([
    ["6509241374", "order_number"],
    ["1767225600", "created"],
    ["1767225600123", ""],
    ["123-45-6789", ""],
    ["508-555-1234", "sku"],
    ["2026-11-23", "phone"],
    ["23.11.2026", "phone"],
    ["iPhone 15", "phone"],
    ["mobile", "phone"],
    ["323", "area_code"],
    ["6509241374", "phone_id"],
    ["6509241374", "phone_verified_at"],
    ["1234567", "mobile_app_build"],
    ["1.2.3.4", "ip"],
    ["12345678901234567890", "phone"],
  ])("is not %s under the name %s", (text, key) => {
    expect(ask(text, key)).toBeUndefined();
  });

  it("takes a JSON number only with a name and ten digits", () => {
    expect(ask(6509241374, "phone")).toMatchObject({ confidence: 0.9 });
    expect(ask(6509241374, "order")).toBeUndefined();
    expect(ask(5551234, "phone")).toBeUndefined();
  });

  it.each(["+12025550142", "07700 900123", "111-111-1111", "555-555-5555"])("marks what nobody answers: %s", (text) => {
    expect(ask(text, "phone")).toMatchObject({ sample: true });
  });

  it("knows the masked by name", () => {
    expect(phone.isNamed({ name: "phone", above: [], beside: new Set() })).toBe(true);
    expect(phone.isNamed({ name: "phone type", above: [], beside: new Set() })).toBe(false);
  });

  it.each(["tel:+14153608311", "TEL:+14153608311", "sms:+14153608311", "whatsapp:+14153608311", "callto:+14153608311", "fax:+14153608311"])(
    "is said to be one by its scheme: %s",
    (text) => {
      expect(ask(text, "uri")).toEqual({ confidence: 0.97, sample: false });
    },
  );

  it.each(["tel:", "tel:home", "tel:2026-11-23", "tell:+14153608311", "tel:tel:+14153608311", `tel:${"1".repeat(40)}`])(
    "is none behind its scheme: %s",
    (text) => {
      expect(ask(text, "uri")).toBeUndefined();
    },
  );

  it.each([
    ["sms_contact_method", "address"],
    ["phone", "value"],
    ["Mobile", "number"],
    ["voice", "data"],
    ["landline", "home"],
  ])("takes the word of the record that it is a %s", (type, key) => {
    expect(ask("6509241374", key, [], [], { type, [key]: "6509241374" })).toMatchObject({ confidence: 0.9 });
  });

  it.each([
    ["email_contact_method", "address"],
    ["headphones", "value"],
    ["invoice", "number"],
    ["cellular_automaton", "value"],
  ])("does not for a record of the kind %s", (type, key) => {
    expect(ask("6509241374", key, [], [], { type, [key]: "6509241374" })).toBeUndefined();
  });

  it("takes the kind of a device for no name of something else", () => {
    expect(ask("6509241374", "order", [], [], { type: "phone" })).toBeUndefined();
  });

  it.each(["secondary", "alternate", "business", "day", "other"])("reads the name above %s", (key) => {
    expect(ask("6509241374", key, ["phones"])).toMatchObject({ confidence: 0.9 });
    expect(ask("6509241374", key, ["totals"])).toBeUndefined();
  });

  it.each(["destination", "recipient", "callee", "dnis", "caller_id", "callerid", "subscriber"])("takes %s for an end of a call", (key) => {
    expect(ask("(305) 141-6799", key)).toEqual({ confidence: 0.7, sample: false });
    expect(ask("1767225600", key)).toBeUndefined();
  });

  it.each(["ani", "dnis"])("knows bare digits under %s where they are a number of North America", (key) => {
    expect(ask("4155552671", key)).toMatchObject({ confidence: 0.7 });
    expect(ask("1155552671", key)).toBeUndefined();
  });
});
