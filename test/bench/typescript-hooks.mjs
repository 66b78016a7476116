// Lets a measurement use the makers of test/lab as they are: types are stripped by swc, extensions of imports are already .ts.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { transformSync } from "@swc/core";

export async function load(url, context, next) {
  if (!url.endsWith(".ts")) return next(url, context);
  const options = { jsc: { parser: { syntax: "typescript" }, target: "es2022" }, module: { type: "es6" } };
  return { format: "module", shortCircuit: true, source: transformSync(readFileSync(fileURLToPath(url), "utf8"), options).code };
}
