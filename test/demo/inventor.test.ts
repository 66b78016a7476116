import { isValidIBAN } from "ibantools";
import { isValidPhoneNumber } from "libphonenumber-js";
import { describe, expect, test } from "vitest";
import { createInventor } from "../../src/demo/inventor.ts";

const MANY = Array.from({ length: 500 });

describe("made-up values", () => {
  test("bank accounts have the right check digits", () => {
    const inventor = createInventor();
    expect(MANY.map(() => inventor.iban()).filter((iban) => !isValidIBAN(iban))).toEqual([]);
  });

  test("telephone numbers are possible ones", () => {
    const inventor = createInventor();
    expect(MANY.map(() => inventor.phone()).filter((phone) => !isValidPhoneNumber(phone))).toEqual([]);
  });

  test("social security numbers are of issued areas, and none is a well-known sample", () => {
    const inventor = createInventor();
    for (const number of MANY.map(() => inventor.socialSecurityNumber())) {
      expect(number).toMatch(/^[1-6]\d\d-[1-9]\d-[1-9]\d{3}$/);
      expect(Number(number.slice(0, 3))).toBeLessThan(666);
    }
  });

  test("secrets carry their prefix and are long", () => {
    expect(createInventor().secret("sk_live_")).toMatch(/^sk_live_[A-Za-z0-9]{32}$/);
  });

  test("all of them are remembered, and differ", () => {
    const inventor = createInventor();
    const made = [inventor.secret(), inventor.email("ada"), inventor.phone(), inventor.iban(), inventor.socialSecurityNumber()];
    expect(inventor.inventions()).toEqual(made);
    expect(made[1]).toMatch(/^ada@[0-9a-f]{8}-mail\.net$/);
    expect(createInventor().secret()).not.toBe(made[0]);
  });
});
