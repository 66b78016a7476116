// What the classifier finds, misses and mistakes in labelled bodies, while detectors are written:
//   node test/bench/data-classes.mjs [FOLDER...] [--looked-at | --only-measured] [--only TEXT] [--errors]
// Errors are printed of bodies that are looked at alone: bodies-split.json says which.
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import {
  FIXTURES,
  isOnlyMeasured,
  isOnlyMeasuredRare,
  precision,
  RARE,
  recall,
  rowsOf,
  scoredBodies,
  sharedBodies,
} from "./label-scores.mjs";

const { values: flags, positionals } = parseArgs({
  options: {
    errors: { type: "boolean" },
    "looked-at": { type: "boolean" },
    "only-measured": { type: "boolean" },
    /** Bodies whose name has this in it. */
    only: { type: "string", default: "" },
  },
  allowPositionals: true,
});
const folders =
  positionals.length > 0 ? positionals : [sharedBodies(), FIXTURES].filter((folder) => folder !== undefined && existsSync(folder));
const groups = new Map();
for (const folder of folders) {
  const isMeasured = resolve(folder) === RARE ? isOnlyMeasuredRare : isOnlyMeasured;
  for (const body of scoredBodies(folder).filter(({ file }) => isWanted(file, isMeasured(file)))) {
    const name = folder === FIXTURES ? "fixtures" : body.file.startsWith("own-") ? "own" : "real";
    groups.set(name, [...(groups.get(name) ?? []), body]);
    if (flags.errors && !isMeasured(body.file)) printErrors(body);
  }
}
console.table(
  Object.fromEntries(
    [...groups].flatMap(([group, bodies]) => [...rowsOf(bodies)].sort().map(([name, row]) => [`${group} ${name}`, figures(row)])),
  ),
);
for (const [group, bodies] of groups) {
  const wrong = bodies.reduce((sum, body) => sum + body.wrong.length, 0);
  const leaves = bodies.reduce((sum, body) => sum + body.leaves, 0);
  const clean = bodies.filter(({ isClean }) => isClean);
  const judged = bodies.flatMap((body) => body.judged).filter(({ fact }) => fact.confidence >= 0.9);
  console.log(
    `${group}: ${((1000 * wrong) / leaves).toFixed(2)} wrong per 1,000 leaf paths; ${clean.filter((body) => body.wrong.length === 0).length} of ${clean.length} bodies without a label stay clean; ` +
      `at 0.9 and above ${judged.filter(({ isRight }) => isRight).length} of ${judged.length} right`,
  );
}

function isWanted(file, isMeasured) {
  if (!file.includes(flags.only)) return false;
  if (flags["looked-at"]) return !isMeasured;
  return flags["only-measured"] ? isMeasured : true;
}

function printErrors({ file, missed, wrong }) {
  for (const label of missed) console.log(`missed ${file} ${label.path} ${label.class} ${label.note ?? ""}`);
  for (const fact of wrong) console.log(`wrong  ${file} ${fact.path} ${fact.class} ${fact.confidence}`);
}

function figures(row) {
  const share = (part) => part?.toFixed(3) ?? "-";
  return { ...row, precision: share(precision(row)), recall: share(recall(row)) };
}
