import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { clientsDocument } from "../../src/app/clients-document.ts";
import { policiesDocument } from "../../src/app/policies-document.ts";

test.each([
  ["docs/policies.md", policiesDocument],
  ["docs/clients.md", clientsDocument],
])("%s says what the data says", (file, text) => {
  expect(readFileSync(file, "utf8")).toBe(text());
});
