// npm run bench:store: a thousand integrations audited every day for five years, through the operations of the store, on one thread;
// then the questions that commands ask of it; then how calm the main thread stays while the store is locked.
// Figures go into docs/benchmarks.md. Takes about half an hour of one processor; kept out of CI.
//   node test/bench/five-years.mjs [--integrations 1000] [--days 1826] [--db FILE] [--dry]
// --db keeps the history in FILE, and goes on with one that is there; --dry prints and writes no documentation.
import { existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { buildHistory, openOperations } from "./build-history.mjs";
import { lockedStoreDelay } from "./locked-store.mjs";
import { queryTimes } from "./query-times.mjs";
import { replaceSection } from "./section.mjs";
import { startOf, syntheticWorld, ulidOf } from "./synthetic-world.mjs";

const { values: flags } = parseArgs({
  options: {
    integrations: { type: "string", default: "1000" },
    days: { type: "string", default: "1826" },
    db: { type: "string" },
    dry: { type: "boolean" },
  },
});
const [integrations, days] = [Number(flags.integrations), Number(flags.days)];
const folder = mkdtempSync(join(tmpdir(), "apirisk-bench-store-"));
const file = flags.db ?? join(folder, "history.db");
try {
  const world = syntheticWorld(integrations);
  const built = await build(world);
  const lines = [...head(built), "", ...(await sizeAndQueries(world)), "", ...(await delayTable())];
  if (!flags.dry) replaceSection("store", lines.join("\n"));
  process.stdout.write(`${lines.join("\n")}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Undefined where a part was there: nothing is known of its time. */
async function build(world) {
  const isWhole = !existsSync(file);
  const { db, operations } = await openOperations(file, { fast: true });
  const [begun, cpu] = [performance.now(), process.cpuUsage()];
  buildHistory(operations, world, days, (day) => {
    if (day % 50 !== 0 && day !== days - 1) return;
    const seconds = (performance.now() - begun) / 1000;
    process.stderr.write(`day ${day}: ${seconds.toFixed(0)} s, ${megabytes(statSync(file).size)} MB\n`);
  });
  db.pragma("wal_checkpoint(TRUNCATE)");
  db.close();
  const used = process.cpuUsage(cpu);
  return isWhole ? { wall: performance.now() - begun, cpu: (used.user + used.system) / 1000 } : undefined;
}

function head(built) {
  const spentOnIt =
    built === undefined ? "" : ` Built in ${minutes(built.wall)} (${minutes(built.cpu)} of processor time), with \`synchronous\` off.`;
  return [
    `Measured ${new Date().toISOString().slice(0, 10)} by \`npm run bench:store\` on ${cpus().length} processors (${cpus()[0]?.model ?? "unknown"}), Node ${process.version}.`,
    "",
    `${integrations} integrations, ${days} daily runs, ${(integrations * days).toLocaleString("en")} audits: 6 observations and 20 to 60 verdicts each, 1 % of the nights`,
    "without an answer, evidence that changes on 0 to 3 % of the days by question, a tenth of those changes turning a verdict.",
    `What runs thin by themselves is thinned.${spentOnIt}`,
  ];
}

async function sizeAndQueries(world) {
  const { db, operations } = await openOperations(file);
  const sizes = db
    .prepare("SELECT name, sum(pgsize) AS bytes, sum(ncell) AS cells FROM dbstat GROUP BY name ORDER BY bytes DESC LIMIT 12")
    .all();
  const total = Number(db.pragma("page_count", { simple: true })) * 4096;
  const free = Number(db.pragma("freelist_count", { simple: true })) * 4096;
  const times = queryTimes(db, operations, {
    latest: ulidOf(days - 1),
    middle: keptNear(db, Math.floor(days / 2)),
    integration: world.integrations[3].uid,
    now: startOf(days),
  });
  db.close();
  return [
    "### Size",
    "",
    `**${megabytes(total)} MB** (aim: under 200), of which ${megabytes(free)} MB free pages.`,
    "",
    "| table or index | MB | cells |",
    "|---|---:|---:|",
    ...sizes.map(({ name, bytes, cells }) => `| ${name} | ${megabytes(bytes)} | ${cells.toLocaleString("en")} |`),
    "",
    "### Questions",
    "",
    "Medians of 7 in milliseconds, without the way between threads: time of the processor, and in brackets by the clock, which depends on who else uses the",
    "machine. Bare SQL fetches the rows on the same connection and makes nothing of them. Aim: 300 ms.",
    "",
    "| question | store | bare SQL | rows |",
    "|---|---:|---:|---:|",
    ...times.map(({ name, store, bare, rows }) => `| ${name} | ${spent(store)} | ${spent(bare)} | ${rows} |`),
  ];
}

/** A run near that day whose audits were not thinned. */
function keptNear(db, day) {
  return db.prepare("SELECT ulid FROM run WHERE detail <> 'thinned' AND ulid >= ? ORDER BY ulid LIMIT 1").pluck().get(ulidOf(day));
}

async function delayTable() {
  const { lockedMs, free, locked, waited } = await lockedStoreDelay(join(folder, "locked.db"));
  const row = (name, { max, p99, mean }) => `| ${name} | ${max.toFixed(1)} ms | ${p99.toFixed(1)} ms | ${mean.toFixed(1)} ms |`;
  return [
    "### The main thread while the store is locked",
    "",
    `Another process holds a write transaction for ${lockedMs / 1000} s while a process commits 50 audits and keeps 200 timers and eight loopback`,
    "requests going; `monitorEventLoopDelay` with a resolution of 1 ms. Aim: under 50 ms. The first row is the same process without the lock: what the machine does.",
    "",
    "| the store is | longest delay | p99 | mean |",
    "|---|---:|---:|---:|",
    row("free", free),
    row("locked", locked),
    "",
    `The first commit went through after ${(waited / 1000).toFixed(1)} s.`,
  ];
}

function spent({ wall, cpu }) {
  return `${cpu.toFixed(1)} (${wall.toFixed(1)})`;
}

function megabytes(bytes) {
  return (bytes / 1e6).toFixed(1);
}

function minutes(ms) {
  return `${(ms / 60_000).toFixed(1)} min`;
}
