import { describe, expect, it } from "vitest";
import { DocumentObject, documentOf } from "../../../src/observe/classify/document.ts";
import { isDynamicKey, isMap as isMapOfNodes } from "../../../src/observe/classify/maps.ts";

const isMap = (objects: readonly Record<string, unknown>[]) =>
  isMapOfNodes(
    objects.map(documentOf).filter((node) => node instanceof DocumentObject),
    "",
  );
const cell = { a: 1, b: 2 };

describe("keys that may be values", () => {
  it.each([
    "jane@acme.com",
    "3f0e7c0a-6a55-4a0f-9d8c-0d3f2b1c4e5a",
    "01HZX3T8Q0N4T9E0J6K8V2W5YB",
    "65f0c0ffee0123456789abcd",
    "42",
    "-1",
    "2026-11-23",
    "2026-11-23T10:00:00Z",
    "10.0.0.1",
    "2001:db8::1",
    "+1 415 555 0123",
    "https://acme.com/a",
    "/v1/users",
    "Jane Doe",
    "Zoë O'Brien-Smith",
    "Jan van der Berg",
    "María de la Cruz",
    "Doe, Jane",
    "O'NEIL, MARY ANN",
    "DE46 1005 0000 1234 5678 90",
    "CN=Jane Doe",
    "uid=jdoe,ou=people",
    "DE46100500001234567890",
    `sk_live_${"a1B2".repeat(6)}`,
    "AbCdEf1GhIjKl2MnOpQr3StU",
    "k".repeat(129),
    "a\u0007b",
    "a\u202eb",
    "\ud800",
    "",
  ])("takes %j for one", (key) => {
    expect(isDynamicKey(key)).toBe(true);
  });

  it.each([
    "id",
    "firstName",
    "address_line_1",
    "@odata.nextLink",
    "value@odata.type",
    "$ref",
    "postal code",
    "First Name",
    "Last Name",
    "Email Address",
    "Phone Number",
    "Date of Birth",
    "Código Postal",
    "Numéro Téléphone",
    "Account Number",
    "1. open",
    "7d",
    "ipv4",
    "sha256",
    "oauth2_client_id",
    "numberOfFailedAuthentications2024",
    "名前",
  ])("takes %j for a field", (key) => {
    expect(isDynamicKey(key)).toBe(false);
  });
});

describe("map or object", () => {
  it.each<readonly [string, readonly Record<string, unknown>[]]>([
    ["every key is an identifier", [{ "17": 1 }]],
    ["durations", [{ "1d": 1, "7d": 2, "30d": 3 }]],
    ["versions", [{ "1.0": "a", "1.1": "b", "v2.0.1": "c" }]],
    ["currencies with numbers", [{ USD: 1.1, EUR: 0.9 }]],
    ["numbered names", [{ user_1001: cell, user_1002: cell }]],
    ["records of one shape under words that no schema uses", [{ kitchen: cell, garage: cell, attic: cell }]],
    ["records of one shape under user names", [{ jdoe: cell, asmith: cell, mmuster: cell }]],
    ["keys that need quoting", [{ "Living room": 1, "Guest room": 2 }]],
    [
      "many scalars",
      [
        Object.fromEntries(
          Array.from({ length: 51 }, (_, index) => [`q${String.fromCharCode(97 + (index % 26)).repeat(1 + index)}`, index]),
        ),
      ],
    ],
    [
      "keys that change from record to record, over alike records",
      [
        { kitchen: cell, garage: cell },
        { attic: cell, cellar: cell },
        { porch: cell, barn: cell },
      ],
    ],
  ])("is a map: %s", (_why, objects) => {
    expect(isMap(objects)).toBe(true);
  });

  it.each<readonly [string, readonly Record<string, unknown>[]]>([
    ["empty", [{}]],
    ["one plain key", [{ total: 1 }]],
    ["values of several types", [{ id: 1, name: "a", tags: [] }]],
    ["schema words", [{ small: cell, medium: cell, large: cell }]],
    ["billing and shipping", [{ billing: cell, shipping: cell, mailing: cell }]],
    ["the same fields in many records", Array.from({ length: 5 }, () => ({ first: "a", second: "b", third: "c" }))],
    ["flags", [{ can_read: true, can_write: false, can_delete: false }]],
    ["languages with texts", [{ en: "Hello", de: "Hallo" }]],
    ["abbreviations with texts", [{ URL: "a", KEY: "b" }]],
    ["coordinates", [{ lat: 1.2, lng: 3.4 }]],
    ["two alike records", [{ northeast: cell, southwest: cell }]],
  ])("is an object: %s", (_why, objects) => {
    expect(isMap(objects)).toBe(false);
  });
});
