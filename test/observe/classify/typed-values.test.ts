import { describe, expect, it } from "vitest";
import { classifyBody } from "../../../src/observe/classify/classify-body.ts";

function found(body: unknown): readonly string[] {
  const options = { contentType: "application/json", truncated: false, knownMaps: [] };
  const { classes } = classifyBody(new TextEncoder().encode(JSON.stringify(body)), options);
  return classes.map((fact) => `${fact.path} ${fact.class}`);
}

const person = (name: string, mail: string) => ({
  id: { S: "7Q" },
  lastName: { S: name },
  email: { S: mail },
  salary: { N: "61000" },
  address: { M: { street: { S: "12 Harbour Street" }, city: { S: "Leith" } } },
  phones: { L: [{ S: "+44 131 496 0123" }] },
});

describe("values in objects that say their type", () => {
  it("are called as those objects are, in the items of DynamoDB", () => {
    const items = [person("Okonkwo", "n.okonkwo@acme.com"), person("Berger", "tom.berger@acme.com")];
    expect(found({ Items: items, Count: 2 })).toEqual(
      expect.arrayContaining([
        "$.Items[].email.S email",
        "$.Items[].lastName.S person_name",
        "$.Items[].salary.N salary",
        "$.Items[].address.M.street.S postal_address",
        "$.Items[].phones.L[].S phone",
      ]),
    );
    expect(found({ Item: items[0] })).toContain("$.Item.lastName.S person_name");
  });

  it("are called so in MongoDB's extended JSON", () => {
    expect(found({ email: "n.okonkwo@acme.com", birthDate: { $date: "1980-02-03T00:00:00Z" } })).toContain(
      "$.birthDate.$date date_of_birth",
    );
  });

  it("leaves keys alone that stand beside others", () => {
    expect(found({ sizes: { S: "12", M: "14", L: "16" }, name: { S: "Blue", note: "x" } })).toEqual([]);
  });
});

describe("jCard (RFC 7095)", () => {
  const card = (kind: string, name: string) => [
    "vcard",
    [
      ["version", {}, "text", "4.0"],
      ["kind", {}, "text", kind],
      ["fn", {}, "text", name],
      ["bday", {}, "date", "1980-02-03"],
      ["tel", { type: ["voice"] }, "uri", "tel:+44-131-496-0123"],
      ["email", {}, "text", "n.okonkwo@acme.com"],
      ["adr", {}, "text", ["", "", "12 Harbour Street", "Leith", "", "EH6 6QR", "United Kingdom"]],
    ],
  ];

  it("is read property by property, at the paths that it has", () => {
    const facts = found({ entities: [{ roles: ["registrant"], vcardArray: card("individual", "Ngozi Okonkwo") }] });
    const path = "$.entities[].vcardArray[][]";
    expect(facts).toEqual(
      expect.arrayContaining([`${path}[] person_name`, `${path}[] email`, `${path}[] date_of_birth`, `${path}[][] postal_address`]),
    );
    expect(found(card("individual", "Ngozi Okonkwo"))).toContain("$[][][] person_name");
  });

  it("takes the name of an organisation for none of a person", () => {
    expect(found({ vcardArray: card("org", "Harbour Lights") })).not.toContain("$.vcardArray[][][] person_name");
  });

  it("leaves lists alone that only look so", () => {
    expect(
      found({
        rows: [
          ["fn", {}, "word", "Ngozi Okonkwo"],
          ["fn", "x", "text", "Berger"],
          ["fn", {}, "text"],
        ],
      }),
    ).toEqual([]);
  });
});
