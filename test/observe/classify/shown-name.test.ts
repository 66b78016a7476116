import { expect, it } from "vitest";
import { MASKED_NAME, shownName } from "../../../src/observe/classify/shown-name.ts";

it.each([
  "sub",
  "https://acme.example/claims/roles",
  "https://www.googleapis.com/auth/drive.readonly",
  "orders:read",
  "user_repo",
  "x5t#S256",
  "repo:status",
  "a",
])("shows %s", (name) => {
  expect(shownName(name)).toBe(name);
});

it.each([
  "",
  "two words",
  "ada@lovelace.dev",
  "8f14e45fceea167a5a36dedd4bea2543",
  "user-8f14e45f-ceea-467a-9a36-dedd4bea2543",
  "customer:4929123456789012",
  "sk_live_aB3dE5fG7hJ9kL1mN3pQ",
  "tenant/kX9fQ2mZ7aLw4RbT8vYc1",
  "\u001b[2J",
  "\u202ereversed",
  "x".repeat(129),
])("masks %s", (name) => {
  expect(shownName(name)).toBe(MASKED_NAME);
});
