import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { rulesDocument } from "./app/rules-document.ts";

/** Writes docs/rules.md; with `--check` it only says whether the file is current, with exit code 1 where it is not. */
const file = fileURLToPath(new URL("../../docs/rules.md", import.meta.url));
const text = rulesDocument();

if (!process.argv.includes("--check")) {
  writeFileSync(file, text);
} else if (written(file) !== text) {
  process.stderr.write("docs/rules.md does not say what the rules say. Run `npm run docs` and commit the result.\n");
  process.exitCode = 1;
}

function written(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
