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
    ["1990-05-20", "birth_dt", [], {}],
    [643161600, "birth_ts", [], {}],
    ["20/05/1990", "fec_nac", [], {}],
    ["20/05/1990", "fecha_nac", [], {}],
    ["20/05/1990", "f_nacimiento", [], {}],
    ["20/05/1990", "dt_nascimento", [], {}],
    ["20/05/1990", "dataNasc", [], {}],
    ["20/05/1990", "ddn", [], {}],
    ["20.05.1990", "gebDat", [], {}],
    ["20.05.1990", "geburt", [], {}],
    ["20-05-1990", "geboorte", [], {}],
    ["20/05/1990", "naissance", [], {}],
    ["1990-05-20", "born_on", [], {}],
    ["1990-05-20", "birthday_at", [], {}],
    ["1990-05-20", "date_of_birth_value", [], {}],
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
    ["Lyon", "lieu_naissance", [], {}],
    ["Berlin", "geburt", [], {}],
    ["2026-01-01", "geboorteplaats", [], {}],
    ["20/05/1990", "fec_alta", [], {}],
    ["2026-01-01", "reborn", [], {}],
  ])("leaves %j under %s of %j beside %j", (value, key, above, record) => {
    expect(ask(value, key, above, [], { ...record, [key]: value })?.confidence ?? 0).toBeLessThan(0.6);
  });
});
