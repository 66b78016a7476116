import { describe, expect, it } from "vitest";
import { dateOfBirth } from "../../../../../src/observe/classify/detectors/personal/date-of-birth.ts";
import { asker } from "../support.ts";

const ask = asker(dateOfBirth);

describe("date_of_birth", () => {
  it.each<[string | number, string, string[], Record<string, unknown>]>([
    ["1990-05-20", "birthDate", [], {}],
    ["03.09.1976", "geburtsdatum", [], {}],
    ["14/05/1988", "date-naissance", [], {}],
    ["4 March 1971", "dob", [], {}],
    [19840312, "birth_date", [], {}],
    [-86400000, "dateOfBirth", [], {}],
    [1992, "year", ["dob"], {}],
    ["--05-20", "bday", [], {}],
    ["1972-05-14", "born", [], {}],
    ["/Date(513216000000)/", "BirthDate", [], {}],
    ["/Date(-86400000+0100)/", "BirthDate", [], {}],
  ])("takes %j under %s of %j beside %j", (value, key, above, record) => {
    expect(ask(value, key, above, [], { ...record, [key]: value })?.confidence).toBeGreaterThanOrEqual(0.6);
  });

  it.each<[string | number, string, string[], Record<string, unknown>]>([
    ["2026-01-01", "created_at", [], {}],
    ["Geburtsdatum", "birthDate", [], {}],
    ["exact_match", "date_of_birth_match", [], {}],
    ["Ulm", "birth_place", [], {}],
    ["1990-05-20", "birth_date", ["properties"], { type: "string", required: true }],
    [2026, "year", ["period"], {}],
    ["DE", "birth_country", [], {}],
    ["/Date(99999999999999)/", "BirthDate", [], {}],
  ])("leaves %j under %s of %j beside %j", (value, key, above, record) => {
    expect(ask(value, key, above, [], { ...record, [key]: value })?.confidence ?? 0).toBeLessThan(0.6);
  });
});
