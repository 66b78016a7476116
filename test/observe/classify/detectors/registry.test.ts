import { describe, expect, it } from "vitest";
import { DETECTORS } from "../../../../src/observe/classify/detectors/registry.ts";
import { asker } from "./support.ts";

const LENGTH = 200_000;
/** Each has tempted a backtracking expression at some time. */
const ADVERSARIAL = [
  "a",
  "1",
  "1-",
  "1 ",
  "(",
  "+1 (",
  "a@",
  "a.",
  "x@a.",
  "eyJ.",
  "eyJhIjoxfQ.",
  "-----BEGIN ",
  "-----BEGIN A A A PRIVATE KEY-----\n",
  "sk_live_",
  "$2b$",
  "=",
  "*",
  "\u0000",
  "\ud800",
  "é",
  "https://a@",
  "https://a?token=b&",
  "postgres://a:b",
  "jdbc:a://b?c;",
  "at a.b(c ",
  "\n   at a.b(",
  "SELECT a ",
  "10.0.0.1 ",
  "from 10.0.0.",
  "::1,",
  "Cookie: a=b; ",
  "Bearer ",
  "Basic YTpi",
  "password=",
  "/var/www/",
  "/a",
  "C:\\a\\",
  "a.local ",
  "#0 ",
  "abandon ",
  "1.5,",
  "Ab ",
  "<",
  "P<UTO",
  "A^",
  ", ",
  "1/",
  " <a@",
];

const OTHER_NAMES = [
  "cookie",
  "session_id",
  "token",
  "secret",
  "totp_secret",
  "recovery_codes",
  "mnemonic",
  "security_answer",
  "ip",
  "host",
  "mac",
].concat(["imei", "user_agent", "ssid", "stack", "message", "path", "lat", "location", "tracking_number", "url"]);

/** Just below what most detectors stop reading at; the tails fit nothing, so that an expression has to try all ways. */
const BOUNDED = [90, 330];
const TAILS = ["!"];
const TEMPTING = [
  "a",
  "A",
  "a ",
  "Ab ",
  "A b ",
  "<",
  "<A",
  "P<",
  "^",
  "a^",
  ",",
  "a, ",
  "1/",
  "1 /",
  "1.",
  "1a ",
  "#1 ",
  " ",
  "\t ",
  ":1",
].concat(["tel:", "Mr ", "St ", "password", "::", " <a@", "1:"]);
const NAMES_OF_PEOPLE = [
  "name",
  "first_name",
  "patient_name",
  "author",
  "nickname",
  "short_name",
  "mrz",
  "passport_number",
  "nif",
  "state",
];
const NAMES_OF_THINGS = [
  "line2",
  "location",
  "weight",
  "reason",
  "rate",
  "account_number",
  "reg_no",
  "serial_number",
  "eui64",
  "latlng",
  "uid",
];

describe("detectors", () => {
  it("stand in order of their class, one for each", () => {
    const classes = DETECTORS.map((detector) => detector.class);
    expect(classes).toEqual([...new Set(classes)].sort());
  });

  it.each(DETECTORS)("$class stands long hostile values under every name", (detector) => {
    const ask = asker(detector);
    const names = ["", "password", "card_number", "phone", "email", "api_key", "private_key", "ssn", "iban", "d"].concat(OTHER_NAMES);
    for (const piece of ADVERSARIAL) {
      const text = piece.repeat(Math.ceil(LENGTH / piece.length));
      for (const name of names) expect(ask(text, name, ["phones"], ["kty"])?.confidence ?? 0).toBeLessThanOrEqual(1);
    }
  });

  it.each(DETECTORS)("$class tries no end of ways where only the tail fits nothing", (detector) => {
    const ask = asker(detector);
    const record = { first_name: "A", city: "A", type: "phone", birthday: "1990-05-20" };
    for (const piece of TEMPTING) {
      for (const length of BOUNDED) {
        for (const tail of TAILS) {
          const text = piece.repeat(length).slice(0, length - 1) + tail;
          for (const name of [...NAMES_OF_PEOPLE, ...NAMES_OF_THINGS])
            expect(ask(text, name, ["patient"], [], record)?.confidence ?? 0).toBeLessThanOrEqual(1);
        }
      }
    }
  });

  it.each(DETECTORS)("$class sees nothing in ordinary values", (detector) => {
    const ask = asker(detector);
    const values = [
      "Acme Ltd",
      "active",
      "2026-11-23T10:00:00Z",
      "3f0e7c0a-6a55-4a0f-9d8c-0d3f2b1c4e5a",
      "1184476621937885184",
      "10.0.0.0/8",
      "4.12.0-rc.2",
      "https://acme.com/a/b?c=d",
      "9780306406157",
    ];
    expect(values.filter((value) => (ask(value, "value")?.confidence ?? 0) >= 0.6)).toEqual([]);
  });
});
