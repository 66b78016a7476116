import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

const SCHEMA = JSON.parse(readFileSync(new URL("../../data/schemas/report.schema.json", import.meta.url), "utf8")) as object;
const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
const validate = ajv.compile(SCHEMA);

/** What the published schema has against a report; empty for a valid one. */
export function reportProblems(report: unknown): readonly unknown[] {
  return validate(report) ? [] : (validate.errors ?? []);
}
