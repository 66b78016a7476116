// Predictions of the classifier against labelled bodies, as their ORIGIN.md says to score: a prediction is a (path, class) pair; a required
// label without it is missed; it is wrong on a path without a label, or with another class where all labels of the path are required.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { classifyBody } from "../../dist/src/observe/classify/classify-body.js";

export const FIXTURES = join(import.meta.dirname, "..", "fixtures", "bodies");
/** Written without a look at the detectors. */
export const BLIND = join(import.meta.dirname, "..", "fixtures", "blind-bodies");
/** For classes that examples seldom show, blind as well. */
export const RARE = join(import.meta.dirname, "..", "fixtures", "rare-bodies");
const split = JSON.parse(readFileSync(join(import.meta.dirname, "bodies-split.json"), "utf8"));

/** Beside this checkout, or beside a folder that holds it; undefined where there is none. */
export function sharedBodies(start = import.meta.dirname) {
  for (let folder = start; folder !== dirname(folder); folder = dirname(folder)) {
    const bodies = join(folder, "shared", "reference", "bodies");
    if (existsSync(bodies)) return bodies;
  }
  return undefined;
}

/** Every body of a folder with its labels, what was predicted, and what of it is right. */
export function scoredBodies(folder) {
  return readdirSync(folder)
    .filter((file) => BODY.test(file))
    .sort()
    .map((file) => scoredBody(folder, file));
}

/** Of which providers nobody looked at a body while the detectors were written. */
export function isOnlyMeasured(file) {
  return split["only-measured"].some((beginning) => file.startsWith(beginning));
}

/** The same of the bodies for rare classes. */
export function isOnlyMeasuredRare(file) {
  return !split.rare["looked-at"].includes(file.replace(BODY, ""));
}

/** Right, missed and wrong of each class and of `all`; `fold` gives the name that a class is counted under. */
export function rowsOf(bodies, fold = (name) => name) {
  const rows = new Map([["all", emptyRow()]]);
  const add = (name, kind) => {
    if (!rows.has(name)) rows.set(name, emptyRow());
    rows.get(name)[kind] += 1;
    rows.get("all")[kind] += 1;
  };
  for (const { right, missed, wrong } of bodies) {
    for (const label of right) add(fold(label.class), "right");
    for (const label of missed) add(fold(label.class), "missed");
    for (const fact of wrong) add(fold(fact.class), "wrong");
  }
  return rows;
}

export function precision({ right, wrong }) {
  return right + wrong === 0 ? undefined : right / (right + wrong);
}

export function recall({ right, missed }) {
  return right + missed === 0 ? undefined : right / (right + missed);
}

function scoredBody(folder, file) {
  const labels = JSON.parse(readFileSync(join(folder, file.replace(BODY, ".labels.json")), "utf8"));
  const { classes, shape } = classifyBody(readFileSync(join(folder, file)), { contentType: undefined, truncated: false, knownMaps: [] });
  const found = classes.filter((fact) => !(fact.masked && labels.some((label) => fits(label, fact) && label.level === "optional")));
  const required = labels.filter(({ level }) => level === "required");
  const isFound = (label) => found.some((fact) => fact.class === label.class && fits(label, fact));
  return {
    file,
    leaves: shape.filter(({ types }) => types.some((type) => type !== "object" && type !== "array")).length,
    isClean: required.length === 0,
    right: required.filter(isFound),
    missed: required.filter((label) => !isFound(label)),
    wrong: found.filter((fact) => isWrong(fact, labels)),
    /** What counts at all: neither masked nor on a path that is ambiguous. */
    judged: found.flatMap((fact) => {
      if (isWrong(fact, labels)) return [{ fact, isRight: false }];
      const isRequired = required.some((label) => label.class === fact.class && fits(label, fact));
      return isRequired ? [{ fact, isRight: true }] : [];
    }),
  };
}

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

function emptyRow() {
  return { right: 0, missed: 0, wrong: 0 };
}

const BODY = /(?<!\.labels|expect)\.(?:json|ndjson|csv|xml)$/;
