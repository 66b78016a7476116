import { describe, expect, it } from "vitest";
import { personName } from "../../../../../src/observe/classify/detectors/personal/person-name.ts";
import { asker } from "../support.ts";

const ask = asker(personName);

describe("person_name", () => {
  it.each<[string | number, string, string[], Record<string, unknown>]>([
    ["Ana", "first_name", [], {}],
    ["D.", "middleName", [], {}],
    ["Nguyễn", "lastName", [], {}],
    ["Erdoğan", "soyad", [], {}],
    ["王小明", "姓名", [], {}],
    ["김서연", "성명", [], {}],
    ["ジョン スミス", "authorized_representative_katakana", [], {}],
    ["Anke Petersen", "name", ["customer"], { email: "a@b.example" }],
    ["Anke Petersen", "name", [], { type: "User" }],
    ["Zadie Okonjo", "name", ["data"], { date_of_birth: "1990-01-01" }],
    ["Thandiwe", "given", ["name"], { family: "Mbeki" }],
    ["Thandiwe Mbeki", "text", ["name"], { family: "Mbeki" }],
    ["Bodil Strand", "formatted", ["name"], { familyName: "Strand" }],
    ["Dr Ivo Castellan", "display", ["subject"], { reference: "Practitioner/9" }],
    ["Priya Raman", "assignee", [], {}],
    ["Percival Odum", "created_by", [], {}],
    ["KOWALCZYK, Zbigniew", "name", ["officers"], { nationality: "Polish" }],
    ["Ellis Wiggins", "uploader_display_name", [], {}],
    ["Jedediah Fairweather", "name", ["billing_details"], { email: "a@b.example" }],
    ["L MORETTI", "cardholder_name", [], {}],
    ["Hana Ito", "name", ["card"], { last_digits: "1111", expiry: "2030-01" }],
    ["Anke Petersen", "name", ["shipping_info"], {}],
    ["Anke Petersen", "name", ["billing_information"], {}],
    ["Mr Kelvin Arkwright", "Name", ["Account"], { SchemeName: "IBAN" }],
    ["monalisa octocat", "name", ["user"], { email: "x@y.example", type: "User" }],
    ["Desmond Achebe", "legal_name", ["candidate"], { dob: "1988-07-19" }],
  ])("takes %j under %s of %j beside %j", (value, key, above, record) => {
    expect(ask(value, key, above, [], { ...record, [key]: value })?.confidence).toBeGreaterThanOrEqual(0.6);
  });

  it.each<[string | number, string, string[], Record<string, unknown>]>([
    ["Acme Ltd", "name", ["customer"], { email: "a@b.example" }],
    ["SpaceX", "name", ["data"], { first_name: "Ada", vat_number: "x" }],
    ["Example INC", "name", ["from"], { email: "a@b.example" }],
    ["Main Office", "name", ["addresses"], {}],
    ["Jordan Court Sneaker", "name", ["products"], { sku: "1" }],
    ["Victoria Station", "name", ["results"], { rating: 4 }],
    ["octocat/Hello-World", "full_name", [], {}],
    ["First name", "first_name", [], {}],
    ["Vorname", "firstName", [], {}],
    ["Prénom", "first_name", ["fr"], {}],
    ["Enter your first name", "first_name", [], {}],
    ["exact_match", "first_name_match", [], {}],
    ["jsmith", "created_by", [], {}],
    ["12345", "owner", [], {}],
    ["Full Stack Engineers", "name", ["team"], {}],
    ["Bug Task", "name", ["parent"], { resource_type: "task" }],
    ["Emma", "Name", ["Voices"], { LanguageCode: "en-GB" }],
    ["First Name", "first_name", ["properties"], { type: "string", required: true }],
    ["https://a.example", "name", ["user"], {}],
    ["Harbour Lights", "name", ["results"], {}],
    ["Emma Rivers", "name", ["artist"], {}],
    ["Emma Rivers", "author", [], { isbn: "9780306406157" }],
  ])("leaves %j under %s of %j beside %j", (value, key, above, record) => {
    expect(ask(value, key, above, [], { ...record, [key]: value })?.confidence ?? 0).toBeLessThan(0.6);
  });

  it("knows what documentation calls people", () => {
    expect(ask("John Doe", "full_name")).toMatchObject({ sample: true });
    expect(ask("Anke Petersen", "full_name")).toMatchObject({ sample: false });
  });
});
