// Do the tests notice? Breaks src/judge in one place at a time, in memory, and runs the tests that should care.
// `node test/mutate/run.mjs [part of a path]`: without an argument the score goes into docs/benchmarks.md.
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { createVitest } from "vitest/node";
import { replaceSection } from "../bench/section.mjs";
import { mutantsOf, mutated } from "./mutants.mjs";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const CONTRACT = "test/contract/completeness.test.ts";
const [only] = process.argv.slice(2);

/** What the next run gets to see instead of a source file. */
let broken = { file: "", code: "" };

const vitest = await createVitest(
  "test",
  { watch: false, config: `${ROOT}test/vitest.config.ts`, reporters: [{}], maxWorkers: 1, isolate: false },
  { plugins: [{ name: "mutant", enforce: "pre", transform: (_code, id) => (id === broken.file ? broken.code : undefined) }] },
);
const JUDGE = await vitest.globTestSpecifications(["test/judge"]);
try {
  await main();
} finally {
  await vitest.close();
}

async function main() {
  const files = readdirSync(`${ROOT}src/judge`, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts") && (only === undefined || path.includes(only)))
    .sort();
  const scores = [];
  for (const path of files) {
    const score = await scoreOf(path);
    if (score.mutants > 0) scores.push(score);
  }
  const constants = only === undefined ? await constantRules() : undefined;
  const report = table(scores, constants);
  process.stdout.write(`${report}\n`);
  if (only === undefined) replaceSection("mutate", report);
  // Failed tests are what was asked for; only a rule that could be replaced by a constant is bad news.
  process.exitCode = constants === undefined || constants.noticed === constants.mutants ? 0 : 1;
}

async function scoreOf(path) {
  const file = `${ROOT}src/judge/${path}`;
  const source = readFileSync(file, "utf8");
  const survivors = [];
  const mutants = mutantsOf(source);
  if (!(await passes(JUDGE))) throw new Error("The tests fail without any mutant: mend them first.");
  for (const mutant of mutants) {
    broken = { file, code: mutated(source, mutant) };
    vitest.invalidateFile(file);
    if (!(await isNoticed(path))) survivors.push(mutant);
  }
  broken = { file: "", code: "" };
  vitest.invalidateFile(file);
  process.stderr.write(`${path}: ${mutants.length - survivors.length} of ${mutants.length}\n`);
  for (const { line, what } of survivors) process.stderr.write(`  survived at ${path}:${line}: ${what}\n`);
  return { path, mutants: mutants.length, noticed: mutants.length - survivors.length };
}

/** By the tests of the file itself, which are quick to ask, or by any test of the judge. */
async function isNoticed(path) {
  const own = JUDGE.filter(({ moduleId }) => moduleId === `${ROOT}test/judge/${path.replace(/\.ts$/, ".test.ts")}`);
  return (own.length > 0 && !(await passes(own))) || !(await passes(JUDGE));
}

async function passes(specifications) {
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications(specifications);
  return unhandledErrors.length === 0 && testModules.every((module) => module.ok());
}

/** Rules that always say the same, as test/contract makes them: all of them have to be noticed. */
async function constantRules() {
  const { testModules } = await vitest.runTestSpecifications(await vitest.globTestSpecifications([CONTRACT]));
  const tests = testModules.flatMap((module) => [...module.children.allTests()]).filter(({ name }) => name.startsWith("a case notices"));
  return { mutants: tests.length, noticed: tests.filter((test) => test.result().state === "passed").length };
}

function table(scores, constants) {
  const rooms = ["facts", "rules", "risk"].map((room) => {
    const own = scores.filter(({ path }) => path.startsWith(`${room}/`));
    return { name: `judge/${room}`, mutants: sum(own, "mutants"), noticed: sum(own, "noticed") };
  });
  const rows = [
    ...(constants === undefined ? [] : [{ name: "rules that always give the same answer", ...constants }]),
    ...rooms.filter(({ mutants }) => mutants > 0),
    { name: "judge", mutants: sum(scores, "mutants"), noticed: sum(scores, "noticed") },
  ];
  return [
    `Measured on ${new Date().toISOString().slice(0, 10)} with Node ${process.versions.node}.`,
    "",
    "| what was broken | mutants | noticed | score |",
    "|---|---:|---:|---:|",
    ...rows.map(({ name, mutants, noticed }) => `| ${name} | ${mutants} | ${noticed} | ${((100 * noticed) / mutants).toFixed(1)} % |`),
  ].join("\n");
}

function sum(scores, field) {
  return scores.reduce((total, score) => total + score[field], 0);
}
