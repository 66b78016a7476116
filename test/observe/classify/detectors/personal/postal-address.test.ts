import { describe, expect, it } from "vitest";
import { postalAddress } from "../../../../../src/observe/classify/detectors/personal/postal-address.ts";
import { asker } from "../support.ts";

const ask = asker(postalAddress);

describe("postal_address", () => {
  it.each<[string | number, string, string[], Record<string, unknown>]>([
    ["350 Main Street", "line1", ["billing_address"], { city: "Salem" }],
    ["Deichweg", "strasse", ["anschrift"], {}],
    ["18 rue des Tanneurs", "mailingStreet", [], {}],
    ["25 Spring Street, Blackburn, VIC 3130", "string", ["addresses"], { city: "x" }],
    ["Kungsgatan 4", "address", [], {}],
    ["Rua Augusta, 1500, ap 42", "endereco", [], {}],
    ["Via dei Mille 31", "indirizzo", [], {}],
    ["1600 Bannock Street, Denver, CO 80202", "formattedLocation", [], {}],
    ["2210 Alder Court", "line", ["address"], { city: "Salem" }],
    ["PO Box 4410", "AddressLine1", [], {}],
    ["東京都千代田区丸の内1丁目", "住所", [], {}],
    ['<span class="street-address">48 Pirrama Road</span>, <span class="locality">Pyrmont</span>', "adr_address", [], {}],
    ["Flat 5, 14 Pine Mews", "AddressLine", ["Address"], {}],
    ["Unit 408", "line2", ["address"], { city: "Salem" }],
    ["Apt 4B", "address_line_2", [], { zip: "1" }],
    ["#12", "street3", [], { city: "Salem" }],
    ["4B", "apartment", ["shipping_address"], {}],
    ["c/o Petersen", "addressLine2", [], { postcode: "1" }],
    ["Piso 3, Puerta B", "complemento", [], { cidade: "x" }],
    ["Hinterhaus, 2. Etage", "adresszusatz", [], { plz: "1" }],
    ["1600 Bannock Street, Denver, CO 80202", "location", [], {}],
    ["Kungsgatan 4, 111 43 Stockholm", "venue", [], {}],
    ["18 rue des Tanneurs, 75003 Paris", "lieu", [], {}],
    ["Kungsgatan 4", "addr", [], {}],
    ["18 rue des Tanneurs", "adresse1", [], {}],
    ["25 Spring Street, Blackburn", "long_form", ["address"], { city: "x" }],
    ["25 Spring Street, Blackburn", "one_line", ["address"], {}],
    ["14 Pine Street @ 3rd", "street", [], {}],
    ["Street 4", "street", [], {}],
  ])("takes %j under %s of %j beside %j", (value, key, above, record) => {
    expect(ask(value, key, above, [], { ...record, [key]: value })?.confidence).toBeGreaterThanOrEqual(0.6);
  });

  it.each<[string | number, string, string[], Record<string, unknown>]>([
    ["10.0.0.1", "address", [], {}],
    ["a@b.example", "address", [], {}],
    ["0x52908400098527886E0F7030069857D2E4169EE7", "address", ["wallet"], {}],
    ["+15005550100", "SimpleAddress", ["DeliveryAddress"], {}],
    ["Straße", "street", ["labels"], {}],
    ["Rue", "street", [], {}],
    ["Address must contain a house number.", "address", ["errors"], {}],
    ["no_match", "address_lines_match", [], {}],
    ["edge.example.com:8883", "address", ["server"], {}],
    ["billing", "address_type", [], {}],
    ["4", "street_view_count", [], {}],
    ["residential", "address", [], {}],
    ["Unit 408", "line2", [], {}],
    ["The second line of the poem", "line2", [], {}],
    ["Sales", "address_line_2", [], { zip: "1" }],
    ["kg", "unit", ["measurements"], {}],
    ["408", "unit", ["sensor"], {}],
    ["Room 4", "location", [], {}],
    ["Paris", "venue", [], {}],
    ["Main Street", "location", [], {}],
    ["Building 7", "place", [], {}],
    ["https://a.example/meet/12", "location", [], {}],
    ["eu-west-1", "location", [], {}],
    ["svc@10.0.0.4", "addr", [], {}],
    ["10.0.0.4:5432", "addr", [], {}],
  ])("leaves %j under %s of %j beside %j", (value, key, above, record) => {
    expect(ask(value, key, above, [], { ...record, [key]: value })?.confidence ?? 0).toBeLessThan(0.6);
  });
});
