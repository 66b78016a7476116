import { describe, expect, it } from "vitest";
import { sqlError } from "../../../../../src/observe/classify/detectors/infrastructure/sql-error.ts";
import { asker } from "../support.ts";

const ask = asker(sqlError);

describe("sql_error", () => {
  it.each([
    "SQLSTATE[42S22]: Column not found: 1054 Unknown column 'u.tier' in 'field list'",
    'ORA-01400: cannot insert NULL into ("SHOP"."ORDERS"."ID")',
    "You have an error in your SQL syntax; check the manual",
    'duplicate key value violates unique constraint "users_email_key"',
    'relation "orders" does not exist',
    "Incorrect syntax near the keyword 'from'.",
    'near "FORM": syntax error',
    "E11000 duplicate key error collection: shop.users",
    "UNIQUE constraint failed: users.email",
  ])("is %s", (text) => {
    expect(ask(text, "message")).toMatchObject({ confidence: 0.95 });
  });

  it("takes a statement in the report of a fault only", () => {
    const sql = "SELECT id, email FROM accounts WHERE tenant_id = 41";
    expect(ask(sql, "statement", ["meta", "errors"])).toMatchObject({ confidence: 0.85 });
    expect(ask(sql, "sql", [], ["exception"])).toMatchObject({ confidence: 0.85 });
    expect(ask(sql, "query", ["saved_queries"])).toBeUndefined();
  });

  it.each([
    ["message", "Please select a plan from the list"],
    ["error", "Select an option from the menu, then update it"],
    ["message", "Validation failed: name can't be blank"],
    ["code", "ORACLE-1"],
    ["message", "The user does not exist"],
  ])("is not the value of %s: %s", (key, text) => {
    expect(ask(text, key, ["errors"])).toBeUndefined();
  });
});
