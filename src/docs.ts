import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { clientsDocument } from "./app/clients-document.ts";
import { policiesDocument } from "./app/policies-document.ts";
import { rulesDocument } from "./app/rules-document.ts";
import { inventoryJsonSchema } from "./inventory/schema.ts";

/** What is printed from code. Writes the files; with `--check` it only says which ones are not current, with exit code 1. */
const GENERATED = [
  { file: "docs/rules.md", text: rulesDocument() },
  { file: "docs/policies.md", text: policiesDocument() },
  { file: "docs/clients.md", text: clientsDocument() },
  { file: "data/schemas/inventory.schema.json", text: `${JSON.stringify(inventoryJsonSchema(), null, 2)}\n` },
];

for (const { file, text } of GENERATED) {
  const path = fileURLToPath(new URL(`../../${file}`, import.meta.url));
  if (!process.argv.includes("--check")) {
    writeFileSync(path, text);
  } else if (written(path) !== text) {
    process.stderr.write(`${file} does not say what the code says. Run \`npm run docs\` and commit the result.\n`);
    process.exitCode = 1;
  }
}

function written(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
