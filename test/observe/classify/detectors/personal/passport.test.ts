import { describe, expect, it } from "vitest";
import { passport } from "../../../../../src/observe/classify/detectors/personal/passport.ts";
import { asker } from "../support.ts";

const ask = asker(passport);

describe("passport", () => {
  it.each<[string | number, string, string[], Record<string, unknown>]>([
    ["88104422", "passportNumber", [], {}],
    ["704212188", "document_number", [], { document_type: "PASSPORT" }],
    ["C03005988", "number", ["travel_document"], {}],
    ["YA4471203", "numero", ["documento"], { tipo: "passaporto" }],
    ["L01X00T47", "value", ["identifier"], { type: { coding: [{ code: "PPN" }] } }],
    ["P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "line", [], {}],
    ["P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10", "text", [], {}],
    ["P<D<<PETERSEN<<ANKE<<<<<<<<<<<<<<<<<<<<<<<<<", "line", [], {}],
    ["L898902C36UTO7408122F1204159ZE184226B<<<<<10", "mrz_line_2", [], {}],
    ["I<UTOD231458907<<<<<<<<<<<<<<<7408122F1204159UTO<<<<<<<<<<<6", "mrz", [], {}],
    ["L898902C36UTO7408122F1204159ZE184226B<<<<<10", "machineReadableZone", [], {}],
    ["ABCD12345678901234", "passport_number", [], {}],
    ["XK4471203", "document_number", [], { tipo_documento: "pasaporte" }],
    ["XK4471203", "numero_de_documento", [], { tipo_doc: "pasaporte" }],
    ["XK4471203", "ausweisnummer", [], { ausweisart: "Reisepass" }],
    ["XK4471203", "documentNumber", [], { documentType: "travel_doc" }],
  ])("takes %j under %s of %j beside %j", (value, key, above, record) => {
    expect(ask(value, key, above, [], { ...record, [key]: value })?.confidence).toBeGreaterThanOrEqual(0.6);
  });

  it.each<[string | number, string, string[], Record<string, unknown>]>([
    ["oauth2", "passport_strategy", [], {}],
    ["88104422", "number", ["invoice"], {}],
    ["88104422", "document_number", [], { document_type: "invoice" }],
    ["Reisepassnummer", "passportNumber", [], {}],
    ["L898902C36UTO7408122F1204159ZE184226B<<<<<10", "line", [], {}],
    ["PROD<<BUILD", "stage", [], {}],
    ["P<UTOERIKSSON<ANNA<MARIA", "line", [], {}],
    ["P<utoeriksson<<anna<maria<<<<<<<<<<<<<<<<<<<", "line", [], {}],
    ["ERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<<<<<", "mrz_line_1", [], {}],
    ["mrz line", "mrz", [], {}],
    ["ABCD12345678901234", "document_number", [], { document_type: "PASSPORT" }],
    ["XK4471203", "ausweisnummer", [], { ausweisart: "Firmenausweis" }],
  ])("leaves %j under %s of %j beside %j", (value, key, above, record) => {
    expect(ask(value, key, above, [], { ...record, [key]: value })?.confidence ?? 0).toBeLessThan(0.6);
  });
});
