import { describe, expect, it } from "vitest";
import { classifyBody } from "../../../src/observe/classify/classify-body.ts";

/** Whether `$.x` of each body is a map with dynamic keys (`{}`) or an object with fields. Written by hand, after what APIs send. */
function takesForMap(...values: readonly unknown[]): boolean {
  const body = values.length === 1 ? { x: values[0] } : values.map((x) => ({ x }));
  const facts = classifyBody(new TextEncoder().encode(JSON.stringify(body)), {
    contentType: "application/json",
    truncated: false,
    knownMaps: [],
  });
  return facts.maps.includes(values.length === 1 ? "$.x" : "$[].x");
}

const point = { x: 1, y: 2 };
const user = { name: "a", role: "b", active: true };
const price = { amount: 1, currency: "EUR" };
const letters = (count: number) =>
  Array.from({ length: count }, (_, at) => String.fromCharCode(97 + (at % 26)) + String.fromCharCode(97 + Math.floor(at / 26)));
const record = (keys: readonly string[], value: unknown) => Object.fromEntries(keys.map((key) => [key, value]));
const LANGUAGES =
  "aa ab af am ar az be bg bn bs ca cs cy da de el en eo es et eu fa fi fr ga gl gu he hi hr hu hy id is it ja ka kk km kn ko lt lv mk ml mn mr ms mt my nb ne nl nn pa pl ps pt ro ru si sk sl sq sr sv sw ta te th tl tr uk ur uz vi xh yi yo zh zu".split(
    " ",
  );
const COUNTRIES = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split(" ");

const MAPS: readonly (readonly [string, ...unknown[]])[] = [
  ["numbers as keys", { "17": "a", "18": "b" }],
  ["one number as a key", { "4711": user }],
  ["UUIDs", { "3f0e7c0a-6a55-4a0f-9d8c-0d3f2b1c4e5a": 1 }],
  ["ULIDs", { "01HZX3T8Q0N4T9E0J6K8V2W5YB": 1, "01HZX3T8Q0N4T9E0J6K8V2W5YC": 2 }],
  ["object ids", { "65f0c0ffee0123456789abcd": point }],
  ["hashes", { "2fd4e1c67a2d28fced849ee1bb76e7391b93eb12": "a.txt", de9f2c7fd25e1b3afad3e85a0bd17d9b100db4b3: "b.txt" }],
  ["e-mail addresses", { "jane@acme.com": user, "john@acme.com": user }],
  ["phone numbers", { "+14155550123": 1, "+442071838750": 1 }],
  ["days", { "2026-11-01": 5, "2026-11-02": 7 }],
  ["months", { "2026-10": 5, "2026-11": 7 }],
  ["instants", { "2026-11-01T10:00:00Z": 5, "2026-11-01T11:00:00Z": 7 }],
  ["times of day", { "09:00": true, "09:30": false }],
  ["addresses of hosts", { "10.0.0.1": "up", "10.0.0.2": "down" }],
  ["IPv6 addresses", { "2001:db8::1": "up" }],
  ["hardware addresses", { "00:1b:44:11:3a:b7": { name: "a" } }],
  ["links", { "https://acme.com/a": 200, "https://acme.com/b": 404 }],
  ["paths of an OpenAPI description", { "/users": { get: {} }, "/users/{id}": { get: {}, put: {} } }],
  ["paths of files", { "src/a.ts": { lines: 5 }, "src/b.ts": { lines: 7 } }],
  ["versions", { "1.0.0": "2020-01-01", "1.1.0": "2021-01-01" }],
  ["versions with a letter", { "v1.0": point, "v1.1": point }],
  ["versions before their release", { "1.0.0-beta.1": "a", "1.0.0": "b" }],
  ["names of people", { "Jane Doe": 3, "John Smith": 4 }],
  ["durations", { "1d": 1, "7d": 2, "30d": 3 }],
  ["durations with records", { "24h": point, "7d": point, "30d": point }],
  ["sizes of pictures", { "64w": "a.png", "128w": "b.png" }],
  ["currencies with rates", { EUR: 0.9, USD: 1.1, JPY: 160.2 }],
  ["currencies with prices", { EUR: price, USD: price, GBP: price }],
  ["countries with numbers", record(COUNTRIES, 20)],
  ["countries with records", record(COUNTRIES, { vat: 20, reduced: [5] })],
  ["locales", { en_US: "Hello", de_DE: "Hallo", "fr-FR": "Salut" }],
  ["locales with records", { "en-US": { title: "a", body: "b" }, "de-DE": { title: "a", body: "b" } }],
  ["a hundred languages with texts", record(LANGUAGES, "text")],
  ["a hundred languages with records", record(LANGUAGES, { name: "a", native: "b" })],
  ["numbered users", { user_1001: user, user_1002: user }],
  ["numbered users with a colon", { "user:1001": user, "user:1002": user }],
  ["tickets", { "PROJ-1041": "open", "PROJ-1042": "closed" }],
  ["identifiers with a prefix", { cus_NffrFeUfNV2Hib: user, cus_NeZwdNtLEOXuvB: user }],
  ["user names with records", { jdoe: user, asmith: user, mmuster: user, kbrown: user }],
  ["rooms with records", { kitchen: point, garage: point, attic: point }],
  [
    "packages with versions, many",
    record(
      letters(60).map((one) => `pkg-${one}`),
      "^1.0.0",
    ),
  ],
  ["words with counts, many", Object.fromEntries(letters(80).map((one, at) => [`term${one}`, at]))],
  ["tickers with records", { AAPL: { open: 1, close: 2 }, MSFT: { open: 1, close: 2 }, GOOG: { open: 1, close: 2 } }],
  ["names that need quotes", { "Living room": 20.5, "Guest room": 19 }],
  [
    "rooms that change from record to record",
    { kitchen: point, garage: point },
    { attic: point, cellar: point },
    { porch: point, barn: point },
  ],
  [
    "points of players that change from record to record",
    { okoye: 4, jansen: 7 },
    { mori: 4, raman: 7 },
    { vogel: 4, lee: 7 },
    { silva: 2, novak: 3 },
    { haas: 1, ito: 9 },
  ],
  ["numbers that change from record to record", { "1": 2 }, { "7": 1 }, {}],
  ["airports with records", record(["FRA", "LHR", "JFK", "SFO", "NRT"], { city: "a", terminals: 3 })],
  [
    "many names with alike records",
    record(
      letters(30).map((one) => `dept${one}`),
      { head: "a", staff: 4 },
    ),
  ],
  ["scores by long tokens", { AbCdEf1GhIjKl2MnOpQr3StU: 1, XbCdEf1GhIjKl2MnOpQr3StV: 2 }],
];

const OBJECTS: readonly (readonly [string, ...unknown[]])[] = [
  ["nothing", {}],
  ["one field", { total: 1 }],
  ["a person", { id: 7, name: "Jane", email: "jane@acme.com" }],
  ["an address", { street: "a", city: "b", zip: "c", country: "d" }],
  ["a card", { brand: "visa", last4: "4242", exp_month: 12, exp_year: 2030 }],
  ["coordinates", { lat: 1.2, lng: 3.4 }],
  ["a box", { northeast: point, southwest: point }],
  ["sizes in words", { small: point, medium: point, large: point }],
  ["addresses in words", { billing: user, shipping: user, mailing: user }],
  ["flags", { can_read: true, can_write: false, can_delete: false }],
  ["two languages with texts", { en: "Hello", de: "Hallo" }],
  ["six languages with texts", record(["en", "de", "fr", "es", "it", "nl"], "text")],
  ["links of HAL", { self: { href: "a" }, next: { href: "b" }, last: { href: "c" } }],
  ["links with a curie", { self: { href: "a" }, "ea:order": { href: "b" } }],
  ["states with numbers", { OPEN: 3, DONE: 4, WAITING: 1 }],
  ["events with several words", { user_emailAddressChanged: true, user_passwordResetRequested: false }],
  ["a page", { number: 1, size: 20, totalElements: 100, totalPages: 5 }],
  ["a money amount", { amount: 100, currency: "EUR" }],
  ["days of the week", record(["monday", "tuesday", "wednesday", "thursday", "friday"], { open: "9", close: "17" })],
  ["counts by state", { open: 3, closed: 4, pending: 1 }],
  ["annotations of OData", { "@odata.context": "a", "@odata.count": 2, value: [] }],
  ["the same fields in many records", ...Array.from({ length: 5 }, () => ({ first: "a", second: "b", third: "c" }))],
  ["optional fields", { id: 1, note: "a" }, { id: 2 }, { id: 3, tag: "b" }, { id: 4, note: "c" }],
  ["abbreviations with texts", { URL: "a", KEY: "b" }],
  ["a schema's properties of one kind", { name: { type: "string" }, email: { type: "string" }, age: { type: "integer" } }],
  ["methods of a path", { get: { summary: "a" }, post: { summary: "b" } }],
  ["a configuration of many texts", { host: "a", port: "b", user: "c", path: "d", scheme: "e" }],
  ["a form with titles", { "First Name": "Jane", "Last Name": "Doe", "Email Address": "jane@acme.com", "Home City": "Leeds" }],
  ["a keyed pair", { key: "a", value: "b" }],
  ["words for people", { owner: user, author: user, reviewer: user }],
  ["names with digits in them", { address_line_1: "a", address_line_2: "b" }],
  ["hashes by their names", { md5: "a", sha1: "b", sha256: "c" }],
  ["colours", { primary: "a", secondary: "b", background: "c" }],
  ["abbreviations of a report in numbers", { minValue: 1, maxValue: 2, avgValue: 3 }],
  ["statistics", { min: 1, max: 9, mean: 4, median: 4, p95: 8, p99: 9 }],
];

describe("map or object", () => {
  it.each(MAPS)("%s: a map", (_what, ...values) => {
    expect(takesForMap(...values)).toBe(true);
  });

  it.each(OBJECTS)("%s: an object", (_what, ...values) => {
    expect(takesForMap(...values)).toBe(false);
  });

  it("keeps what earlier runs took for a map, and what the first piece of a body was taken for", () => {
    const options = { contentType: "application/json", truncated: false };
    const one = new TextEncoder().encode('{"x":{"kitchen":1}}');
    expect(classifyBody(one, { ...options, knownMaps: [] }).maps).toEqual([]);
    expect(classifyBody(one, { ...options, knownMaps: ["$.x"] })).toMatchObject({ maps: ["$.x"], shape: [{}, {}, { path: "$.x{}" }] });
    const many = JSON.stringify({
      x: record(
        Array.from({ length: 40_000 }, (_, at) => `k${at}`),
        point,
      ),
      y: 1,
    });
    const { maps, shape } = classifyBody(new TextEncoder().encode(many), { ...options, knownMaps: [] });
    expect(maps).toEqual(["$.x"]);
    expect(shape.map(({ path }) => path)).toEqual(["$", "$.x", "$.x{}", "$.x{}.x", "$.x{}.y", "$.y"]);
  });
});
