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
    ["Harbour Lights", "name", ["results"], { first_name: "Harbour", last_name: "Lights" }],
    ["Lights, Harbour", "displayName", ["results"], { last_name: "Lights" }],
    ["Ana Clara", "name", ["results"], {}],
    ["Mr D User", "name", ["customer"], {}],
    ["Herr Test Kunde", "name", ["customer"], {}],
    ["Jane doe", "name", ["customer"], { email: "a@b.example" }],
    ["Bodil Strand", "name", ["repartidora"], {}],
    ["Bodil Strand", "name", ["asegurado"], {}],
    ["Bodil Strand", "name", ["responsavel"], {}],
    ["Bodil Strand", "name", ["locataire"], {}],
    ["Bodil Strand", "name", ["autista"], {}],
    ["Bodil Strand", "name", ["beifahrer"], {}],
    ["Bodil Strand", "name", ["verzekerde"], {}],
    ["Bodil Strand", "name", ["foresatt"], {}],
    ["Bodil Strand", "name", ["kierowca"], {}],
    ["Bodil Strand", "name", ["calisan"], {}],
    ["Bodil Strand", "name", ["officer_in_charge"], {}],
    ["Bodil Strand", "name", ["contact_on_file"], {}],
    ["Bodil Strand", "name", ["attorney_of_record"], {}],
    ["Bodil Strand", "name", ["nurses_on_duty"], {}],
    ["Thandiwe", "name", ["rider"], {}],
    ["Kelvo", "name", ["passengers"], {}],
    ["Thomas", "name", ["owner"], {}],
    ["Kelvo", "driver_name", [], {}],
    ["Thomas", "author_name", [], {}],
    ["Mercury0", "first_name", [], {}],
    ["Test User 1", "full_name", [], {}],
    ["Test User", "driver_name", [], {}],
    ["PETERSEN^ANKE", "patient_name", [], {}],
    ["PETERSEN^ANKE^^^", "patient_name", [], {}],
    ["Anke Petersen <anke@acme.com>", "author", [], {}],
    ["Anke Petersen <anke@acme.com>", "full_name", [], {}],
    ["Anke Petersen", "nickname", ["user"], { email: "a@b.example" }],
    ["Ms Petersen", "formal_salutation", ["contact"], { email: "a@b.example" }],
    ["Anke", "short_name", ["customer"], { first_name: "Anke" }],
    ["Kelvo", "known_by_name", ["employee"], { last_name: "Strand" }],
    ["Zadie Okonjo", "Name", ["Party"], { PartyType: "UK.OBIE.Individual" }],
    ["Zadie Okonjo", "Name", ["Party"], { PartyType: "UK.OBIE.Sole" }],
    ["Zadie Okonjo", "name", ["data"], { legal_structure: "sole_trader" }],
    ["Zadie Okonjo", "name", ["data"], { account_holder_type: "individual" }],
    ["Zadie", "name_first", [], {}],
    ["Okonjo", "last_name_spouse", [], {}],
    ["Zadie Okonjo", "Patientenname", [], {}],
    ["Zadie Okonjo", "nome_social", [], {}],
    ["Okonjo", "sn", [], { cn: "Zadie Okonjo" }],
    ["Hana Ito", "name", ["source"], { last4: "1111", exp_month: 4, cvv: "x" }],
    ["Bodil Strand", "customer_name", [], {}],
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
    ["Harbour Lights Ltd", "name", ["results"], { first_name: "Harbour" }],
    ["Santa Clara", "name", ["results"], {}],
    ["Saint George", "name", ["results"], {}],
    ["Port Vincent", "name", ["results"], {}],
    ["Lake Louise", "name", ["results"], {}],
    ["St. Thomas", "name", ["results"], {}],
    ["Dr Pepper", "name", ["products"], { sku: "1" }],
    ["Miss Saigon", "name", ["shows"], {}],
    ["Mr Price Group", "name", ["company"], {}],
    ["mr user name", "name", ["customer"], {}],
    ["Blue shirt", "name", ["customer"], { email: "a@b.example" }],
    ["Jane doe", "name", ["products"], {}],
    ["Harbour Lights", "name", ["tutorials"], {}],
    ["Harbour Lights", "name", ["citizenship"], {}],
    ["Harbour Lights", "name", ["lead_profile"], {}],
    ["Kelvo", "name", ["owner"], {}],
    ["KELVO", "name", ["rider"], {}],
    ["kelvo7", "name", ["rider"], {}],
    ["Kelvo", "author_name", [], {}],
    ["build 12", "full_name", ["project"], {}],
    ["^^^", "patient_name", [], {}],
    ["<anke@acme.com>", "author", [], {}],
    ["Acme Ltd <info@acme.com>", "author", [], {}],
    ["Zippy", "nickname", ["user"], { email: "a@b.example" }],
    ["Anke Petersen", "nickname", ["server"], {}],
    ["ACME", "short_name", ["company"], {}],
    ["Thomas", "short_name", ["customer"], {}],
    ["Zadie Okonjo", "Name", ["Party"], { PartyType: "UK.OBIE.Organisation" }],
    ["Zadie Okonjo", "name", ["data"], { legal_structure: "private_limited_company" }],
    ["Zadie Okonjo", "name", ["data"], { legal_form: "public limited company" }],
    ["Hana Ito", "name", ["source"], { expiry: "2030-01" }],
    ["Castellan Brokers", "customer_name", [], {}],
    ["Okonjo Farms", "buyer_name", [], {}],
    ["Moretti Winery", "payee_name", [], {}],
    ["Strand Realty", "customer_name", [], {}],
    ["Acme Petersen", "customer_name", [], {}],
  ])("leaves %j under %s of %j beside %j", (value, key, above, record) => {
    expect(ask(value, key, above, [], { ...record, [key]: value })?.confidence ?? 0).toBeLessThan(0.6);
  });

  it("knows what documentation calls people", () => {
    expect(ask("John Doe", "full_name")).toMatchObject({ sample: true });
    expect(ask("Anke Petersen", "full_name")).toMatchObject({ sample: false });
  });

  it("takes the people that tests number for samples, and those of DICOM for none", () => {
    expect(ask("Mercury0", "first_name")).toMatchObject({ sample: true });
    expect(ask("Petersen 12", "last_name")).toMatchObject({ sample: true });
    expect(ask("PETERSEN^ANKE", "patient_name")).toMatchObject({ sample: false });
    expect(ask("PETERSEN^ANKE2", "patient_name")).toMatchObject({ sample: true });
    expect(ask("Anke Petersen <anke@acme.com>", "author")).toMatchObject({ sample: false });
  });

  it("is sure of a name of the parts beside it", () => {
    const beside = { first_name: "Harbour", last_name: "Lights" };
    expect(ask("Harbour Lights", "name", ["results"], [], beside)).toMatchObject({ confidence: 0.97, own: true });
  });
});
