import { describe, expect, it } from "vitest";
import { isAboutAnother, wordsOf } from "../../../src/observe/classify/names.ts";

describe("names", () => {
  it.each([
    ["cardNumber", "card number"],
    ["card_number", "card number"],
    ["card-number", "card number"],
    ["CardNumber2", "card number 2"],
    ["SSN", "ssn"],
    ["SSNNumber", "ssn number"],
    ["userSSN", "user ssn"],
    ["phoneNumbers", "phone number"],
    ["addresses", "address"],
    ["properties", "property"],
    ["status", "status"],
    ["prénom", "prenom"],
    ["e-mail", "e mail"],
    ["description", "description"],
    ["woonadres", "woonadres"],
    ["rijbewijs", "rijbewijs"],
    ["pays", "pays"],
    ["fodsels_nummer", "fodsels nummer"],
    ["DUNS", "duns"],
    ["species", "species"],
    ["payments", "payment"],
    ["expires", "expire"],
    ["fødselsnummer", "fodselsnummer"],
    ["Straße", "strasse"],
    ["성명", "성명"],
    ["パスポート番号", "パスポート番号"],
    ["电话", "电话"],
    ["", ""],
    ["___", ""],
  ])("reads %s as %j", (key, words) => {
    expect(wordsOf(key)).toBe(words);
  });

  it("reads the beginning of a hostile key only", () => {
    expect(wordsOf("a_".repeat(500_000)).length).toBe(127);
  });

  it.each([
    "email verified",
    "card id",
    "password policy",
    "phone type",
    "is phone",
    "has password",
    "token expire",
    "password encryption",
    "password hashing",
    "card storage",
  ])("sees that %s is about something else", (name) => {
    expect(isAboutAnother(name)).toBe(true);
  });

  it.each(["email", "phone number", "card number", "password", ""])("takes %j at its word", (name) => {
    expect(isAboutAnother(name)).toBe(false);
  });
});
