import { describe, expect, it } from "vitest";
import { bankAccount } from "../../../../../src/observe/classify/detectors/financial/bank-account.ts";
import { asker } from "../support.ts";

const ask = asker(bankAccount);
const sure = (...question: Parameters<typeof ask>) => (ask(...question)?.confidence ?? 0) >= 0.6;

describe("bank_account", () => {
  it.each([
    ["12345678", "bankAccountNumber", [], []],
    ["0648489890", "kontonummer", [], []],
    ["123465", "account_number", [], ["bank_name"]],
    ["004401556712", "accountNumber", ["disbursement"], []],
    ["771204-5", "numero", ["conta"], ["agencia"]],
    ["06-0201-0441987-00", "account_number", ["bankAccounts"], []],
    [12345678, "accountNumber", ["details"], ["ifscCode"]],
    ["032180000118359719", "clabe", [], []],
    ["24550245", "number", ["data"], ["branchCode"]],
    ["4471209931", "account_number", ["loans"], ["loan_type"]],
    ["4471209931", "account_number", [], ["maturity_date"]],
    ["4471209931", "account_number", [], ["available_balance"]],
    ["4471209931", "account_number", ["payee"], []],
    ["4471209931", "account_number", ["wire_transfer"], []],
    ["4471209931", "account_number", ["payouts"], []],
    ["4471209931", "number", ["account"], ["bank_name"]],
  ] as const)("is %s under %s", (value, key, above, beside) => {
    expect(sure(value, key, above, beside)).toBe(true);
  });

  it.each([
    ["4000", "account_number", ["accounts"], ["classification"]],
    ["400010", "account_number", ["accounts"], ["classification"]],
    ["2210-99182-3", "account_number", [], ["meter"]],
    ["CUST-00912", "account_number", [], []],
    ["123456789012", "account", ["aws"], []],
    ["acme-prod", "account", [], ["bank_name"]],
    ["123", "account_number", [], ["bank_name"]],
    ["12345", "account_number", ["validation"], ["iban"]],
    ["1234.50", "account", [], ["iban"]],
    ["4471209931", "number", ["identity_document", "bank_account"], ["bank_name"]],
    ["4471209931", "number", ["passport", "account"], ["bank_name"]],
    ["4471209931", "numero", ["documento"], ["banco"]],
    ["4471209931", "account_number", ["library"], ["loan_count"]],
  ] as const)("is not %s under %s", (value, key, above, beside) => {
    expect(sure(value, key, above, beside)).toBe(false);
  });

  it("reads the scheme beside an identification, and a routing number beside an account", () => {
    expect(ask("80200110203345", "Identification", [], [], { SchemeName: "UK.OBIE.SortCodeAccountNumber" })).toMatchObject({ own: true });
    expect(ask("80200110203345", "Identification", [], [], { SchemeName: "UK.OBIE.PAN" })).toBeUndefined();
    expect(sure("9900009606", "account", [], [], { routing: "011401533" })).toBe(true);
    expect(sure("9900009606", "account", [], [], { routing: { key: "a" } })).toBe(false);
  });
});
