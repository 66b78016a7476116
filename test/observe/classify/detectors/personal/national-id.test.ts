import { describe, expect, it } from "vitest";
import { nationalId } from "../../../../../src/observe/classify/detectors/personal/national-id.ts";
import { NATIONAL_ID_KINDS } from "../../../../../src/observe/classify/detectors/personal/national-id-kinds.ts";
import { around, asker } from "../support.ts";

const ask = asker(nationalId);

/** Made up; the check digits are right. */
const BY_KIND: readonly (readonly [kind: string, key: string, text: string])[] = [
  ["us_ssn", "ssn", "278-81-4732"],
  ["us_itin", "itin", "978-73-7152"],
  ["uk_nino", "nationalInsuranceNumber", "JY 84 48 11 B"],
  ["uk_nhs", "nhs_number", "359 472 4883"],
  ["ca_sin", "sin", "866-054-562"],
  ["au_tfn", "tfn", "566 646 961"],
  ["br_cpf", "cpf", "209.774.988-75"],
  ["in_aadhaar", "aadhaarNumber", "5620 7131 7920"],
  ["in_pan", "pan", "AHXPM1468K"],
  ["es_nie", "nie", "Y7221395F"],
  ["es_dni", "dni", "15972605W"],
  ["it_cf", "codiceFiscale", "RTBRRM84T09C916F"],
  ["fr_nir", "nir", "1 94 05 13 962 089 74"],
  ["de_steuerid", "steuerId", "61187951611"],
  ["nl_bsn", "burger_service_nummer", "698351472"],
  ["pl_pesel", "pesel", "75042207827"],
  ["se_personnummer", "personnummer", "19680610-1991"],
  ["fi_hetu", "henkilotunnus", "140391-4459"],
  ["dk_cpr", "cprNummer", "150592-6702"],
  ["no_fnr", "fødselsnummer", "07076970151"],
  ["be_nn", "rijksregisternummer", "61.02.26-955.45"],
  ["pt_nif", "nif", "267718080"],
  ["ro_cnp", "cnp", "1910123424078"],
  ["za_id", "sa_id_number", "7002170736085"],
  ["kr_rrn", "residentRegistrationNumber", "870620-2498162"],
  ["cn_rid", "身份证号", "110105198312028686"],
  ["sg_nric", "nric", "S7073184C"],
  ["my_nric", "mykad", "830816-14-8022"],
  ["hk_id", "hkid", "V077768(4)"],
  ["th_id", "citizenId", "1-3052-40304-98-5"],
  ["tr_tckn", "tcKimlikNo", "82298753936"],
  ["mx_curp", "curp", "DUMC980505HNLGND11"],
  ["cl_rut", "rut", "12.531.909-2"],
  ["ar_dni", "dni", "28.330.628"],
  ["il_id", "teudat_zehut", "362115172"],
  ["jp_mynumber", "myNumber", "4858 4202 2286"],
  ["ch_ahv", "ahv", "756.2733.0805.59"],
  ["at_svnr", "svnr", "3291 060575"],
  ["cz_rc", "rodne_cislo", "620909/1669"],
  ["bg_egn", "egn", "8510205227"],
  ["gr_amka", "amka", "01036128393"],
  ["hr_oib", "oib", "59664626296"],
  ["ie_pps", "ppsn", "2293759HA"],
  ["is_kennitala", "kennitala", "190485-7069"],
  ["ee_ik", "isikukood", "46312107721"],
  ["lt_asmens", "asmens_kodas", "49201092503"],
];

describe("national_id", () => {
  it.each(BY_KIND)("knows %s under %s", (kind, key, text) => {
    expect(ask(text, key)).toMatchObject({ confidence: 0.96, note: kind, sample: false });
  });

  it("has a case for every kind", () => {
    expect(BY_KIND.map(([kind]) => kind).sort()).toEqual(NATIONAL_ID_KINDS.map(({ kind }) => kind).sort());
  });

  it("trusts a number of the right form less where its check digit is wrong", () => {
    expect(ask("209.774.988-70", "cpf")).toMatchObject({ confidence: 0.8, note: "br_cpf", cues: ["shape"] });
  });

  it.each([
    ["523-45-6781", "identifier", "us_ssn"],
    ["209.774.988-75", "value", "br_cpf"],
    ["110105198312028686", "value", "cn_rid"],
    ["RTBRRM84T09C916F", "value", "it_cf"],
  ])("takes %s without a name, with less trust", (text, key, note) => {
    const hit = ask(text, key);
    expect(hit).toMatchObject({ note });
    expect(hit?.confidence).toBeLessThanOrEqual(0.7);
  });

  it.each([
    ["523456781", "identifier"],
    ["523-45-6781", "part_no"],
    ["61187951611", "value"],
    ["698351472", "id"],
    ["S7073184C", "serial"],
    ["209.774.988-70", "value"],
    ["110105198312028686", "order_id"],
    ["5620713179", "code"],
  ])("does not take %s for one under %s", (text, key) => {
    expect(ask(text, key)).toBeUndefined();
  });

  it("takes the word of the record", () => {
    expect(ask("278-81-4732", "value", ["identifier"], [], { system: "http://hl7.org/fhir/sid/us-ssn" })).toMatchObject({
      note: "us_ssn",
      own: true,
    });
    expect(ask("278814732", "number", [], [], { type: "ssn" })).toMatchObject({ own: true });
    expect(ask("278814732", "number", [], [], { type: "invoice" })).toBeUndefined();
  });

  it.each(["national_id", "identityCardNumber", "personalausweisnummer", "government_id"])(
    "takes a number under %s, whoever gave it",
    (key) => {
      expect(ask("L01X00T471", key)?.confidence).toBe(0.85);
    },
  );

  it("gives a JSON number its leading zeros back", () => {
    expect(ask(23456781, "ssn")).toMatchObject({ confidence: 0.96, note: "us_ssn" });
  });

  it.each(["000-45-6789", "666-45-6789", "523-00-6781", "523-45-0000"])("was never given out, and is of a sample: %s", (text) => {
    expect(ask(text, "ssn")).toMatchObject({ confidence: 0.8, sample: true });
    expect(ask(text, "identifier")).toBeUndefined();
  });

  it.each(["523-45-678", "52-345-6781"])("is not written like one: %s", (text) => {
    expect(ask(text, "ssn")).toBeUndefined();
  });

  it("asks for the check digit where the key means more", () => {
    expect(ask("7002170736080", "id_no")).toBeUndefined();
    expect(ask("S1234567A", "fin")).toBeUndefined();
    expect(ask("S1234567A", "nric")).toMatchObject({ note: "sg_nric" });
    expect(ask("QQ 12 34 56 C", "nino")).toMatchObject({ note: "uk_nino" });
  });

  it.each(["078-05-1120", "219-09-9999", "123-45-6789"])("marks the published ones: %s", (text) => {
    expect(ask(text, "ssn")).toMatchObject({ sample: true });
  });

  it.each(["ssn_verified", "ssn_last_4", "ssn_type", "national_id_country"])("does not ask for one under the name %s", (key) => {
    expect(ask("523456781", key)).toBeUndefined();
  });

  it.each([
    ["urn:oid:2.16.840.1.113883.2.4.6.3", "698351472"],
    ["urn:oid:1.2.752.129.2.1.3.1", "19680610-1991"],
    ["urn:oid:1.2.246.21", "140391-4459"],
    ["urn:oid:1.2.250.1.213.1.4.8", "1 94 05 13 962 089 74"],
  ])("knows the register %s of a health record", (system, text) => {
    expect(ask(text, "value", ["identifier"], [], { system, value: text })).toMatchObject({ own: true });
  });

  it.each(["urn:oid:1.2.246.21.4", "urn:oid:1.2.752.129.2.1.3.19", "urn:oid:1.2.246.210"])("knows none in %s", (system) => {
    expect(ask("698351472", "value", ["identifier"], [], { system, value: "698351472" })).toBeUndefined();
  });

  it.each([
    ["AHXPM****K", true],
    ["ABCDE••••F", true],
    ["XXXXX1234X", true],
    ["************4242", false],
    ["4539********6467", false],
  ])("says whether %s is a mask of its own under a name of two", (text, isMask) => {
    expect(nationalId.isMaskOf?.(text, around("pan"))).toBe(isMask);
    expect(nationalId.isMaskOf?.(text, around("ssn"))).toBe(true);
  });
});
