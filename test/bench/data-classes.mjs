// Precision and recall of the classifier on labelled response bodies; real ones, own ones and those of test/fixtures/bodies apart:
//   node test/bench/data-classes.mjs [FOLDER...] [--looked-at | --only-measured] [--only TEXT] [--errors]
// FOLDER holds NAME.json or NAME.ndjson with NAME.labels.json: a list of {path, class, level: required | optional}.
// A prediction is a (path, class) pair. Optional labels count for neither side; only classes that a detector exists for are asked.
// bodies-split.json says which bodies are looked at and which are only measured: errors are printed of the former alone.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { classifyBody } from "../../dist/src/observe/classify/classify-body.js";
import { DETECTORS } from "../../dist/src/observe/classify/detectors/registry.js";

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
const split = JSON.parse(readFileSync(join(import.meta.dirname, "bodies-split.json"), "utf8"));
const fixtures = join(import.meta.dirname, "..", "fixtures", "bodies");
const asked = new Set(DETECTORS.map((detector) => detector.class));
const groups = new Map();
const sure = { right: 0, wrong: 0 };
const SURE = 0.9;

for (const folder of positionals.length > 0 ? positionals : [sharedBodies(import.meta.dirname), fixtures]) {
  if (!existsSync(folder)) continue;
  for (const file of readdirSync(folder).filter(isWanted)) {
    const labels = JSON.parse(readFileSync(join(folder, file.replace(/\.(?:nd)?json$/, ".labels.json")), "utf8"));
    const { classes, shape } = classifyBody(readFileSync(join(folder, file)), { contentType: undefined, truncated: false, knownMaps: [] });
    const group = folder === fixtures ? "fixtures" : file.startsWith("own-") ? "own" : "real";
    count(group, file, labels, classes);
    totals(group).leaves += shape.filter(({ types }) => types.some((type) => type !== "object" && type !== "array")).length;
  }
}
console.table(
  Object.fromEntries([...groups].flatMap(([group, { rows }]) => [...rows].sort().map(([name, row]) => [`${group} ${name}`, figures(row)]))),
);
for (const [group, { rows, leaves, clean, stillClean }] of groups) {
  const all = rows.get("all") ?? { wrong: 0 };
  console.log(
    `${group}: ${((1000 * all.wrong) / leaves).toFixed(2)} wrong per 1,000 leaf paths; ${stillClean} of ${clean} bodies without a label stay clean`,
  );
}
console.log(`reported at 0.9 and above: ${sure.right} right, ${sure.wrong} wrong`);

/** Beside this checkout, or beside a folder that holds it. */
function sharedBodies(start) {
  for (let folder = start; folder !== dirname(folder); folder = dirname(folder)) {
    const bodies = join(folder, "shared", "reference", "bodies");
    if (existsSync(bodies)) return bodies;
  }
  return join("..", "shared", "reference", "bodies");
}

function isWanted(file) {
  if (!/(?<!\.labels)\.(?:json|ndjson)$/.test(file) || !file.includes(flags.only)) return false;
  if (flags["looked-at"]) return !isOnlyMeasured(file);
  return flags["only-measured"] ? isOnlyMeasured(file) : true;
}

function isOnlyMeasured(file) {
  return split["only-measured"].some((beginning) => file.startsWith(beginning));
}

function count(group, file, labels, classes) {
  const shows = flags.errors && !isOnlyMeasured(file);
  const found = classes.filter((fact) => !(fact.masked && labels.some((label) => fits(label, fact) && label.level === "optional")));
  const required = labels.filter((label) => label.level === "required" && asked.has(label.class));
  const wrong = found.filter((fact) => isWrong(fact, labels));
  for (const label of required) {
    const hit = found.some((fact) => fact.class === label.class && fits(label, fact));
    add(group, label.class, hit ? "right" : "missed");
    if (!hit && shows) console.log(`missed ${file} ${label.path} ${label.class} ${label.note ?? ""}`);
  }
  for (const fact of found.filter(({ confidence }) => confidence >= SURE)) {
    if (labels.some((label) => label.level === "required" && label.class === fact.class && fits(label, fact))) sure.right += 1;
    else if (wrong.includes(fact)) sure.wrong += 1;
  }
  for (const fact of wrong) {
    add(group, fact.class, "wrong");
    if (shows) console.log(`wrong  ${file} ${fact.path} ${fact.class} ${fact.confidence}`);
  }
  if (labels.every((label) => label.level !== "required")) {
    totals(group).clean += 1;
    if (wrong.length === 0) totals(group).stillClean += 1;
  }
}

/** On a path without a label, or with another class on a path whose labels are all required. */
function isWrong(fact, labels) {
  const here = labels.filter((label) => fits(label, fact));
  return !here.some((label) => label.class === fact.class || label.level === "optional");
}

/** `{}` in either of the two matches any one key of the other. */
function fits(label, fact) {
  const [one, other] = [segments(label.path), segments(fact.path)];
  return (
    one.length === other.length &&
    one.every((part, index) => part === other[index] || isMapAndKey(part, other[index]) || isMapAndKey(other[index], part))
  );
}

function isMapAndKey(part, other) {
  return part === "{}" && other !== "[]";
}

function segments(path) {
  return path.match(/\[\]|\{\}|\.[A-Za-z_@$][\w@$-]*|\['(?:[^'\\]|\\.)*'\]/g) ?? [];
}

function totals(group) {
  if (!groups.has(group)) groups.set(group, { rows: new Map(), leaves: 0, clean: 0, stillClean: 0 });
  return groups.get(group);
}

function add(group, name, kind) {
  const { rows } = totals(group);
  for (const row of [name, "all"]) {
    if (!rows.has(row)) rows.set(row, { right: 0, missed: 0, wrong: 0 });
    rows.get(row)[kind] += 1;
  }
}

function figures({ right, missed, wrong }) {
  const share = (part, whole) => (whole === 0 ? "-" : (part / whole).toFixed(3));
  return { right, missed, wrong, precision: share(right, right + wrong), recall: share(right, right + missed) };
}
