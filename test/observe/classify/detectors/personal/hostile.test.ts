import { describe, expect, it } from "vitest";
import { PERSONAL_DETECTORS } from "../../../../../src/observe/classify/detectors/personal.ts";
import { asker } from "../support.ts";

const LENGTH = 200_000;
const PIECES = ["a ", "A. ", "1 ", "12 Street, ", "<span ", "<", "1-", "Ab", "’", "姓", "é", "http://", "data:image/png,"];
const KEYS = [
  "name",
  "first_name",
  "owner",
  "address",
  "street",
  "date_of_birth",
  "age",
  "gender",
  "marital_status",
  "nationality",
  "national_id",
  "ssn",
  "passport",
  "driver_license",
  "license_plate",
  "vin",
  "tax_id",
  "filing_status",
  "passport_expiry",
  "avatar_url",
  "signature",
  "city",
  "zip",
  "tracking_number",
  "notes",
  "username",
  "value",
];

describe("personal detectors", () => {
  it.each(PERSONAL_DETECTORS)("$class stands long hostile values under its own names", (detector) => {
    const ask = asker(detector);
    for (const piece of PIECES) {
      const text = piece.repeat(Math.ceil(LENGTH / piece.length));
      for (const key of KEYS) expect(ask(text, key, ["address"], [], { email: "a@b.example" })?.confidence ?? 0).toBeLessThanOrEqual(1);
    }
  });
});
