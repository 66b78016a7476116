// npm run bench: measures the built program as whole processes and writes the figures into docs/benchmarks.md.
// Machines are shared and noisy: medians of several runs, beside something measured in the same run.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createAuthority } from "../../dist/src/demo/certificates.js";
import { startApi } from "../../dist/src/demo/servers.js";
import { startRelay } from "../lab/support/relay.js";
import { replaceSection } from "./section.mjs";
import { tlsRows } from "./tls-peers.mjs";

const ROUND_TRIP_MS = 40;
/** Lanes are per host: real inventories have many hosts, and one would measure its six lanes. */
const HOSTS = 25;
const SIZES = [1, 100, 500];
const RUNS = { 1: 5, 100: 3, 500: 3 };
const BIN = fileURLToPath(new URL("../../dist/src/main.js", import.meta.url));
const MEMORY = new URL("./peak-memory.mjs", import.meta.url).href;

const start = startUp();
const audits = await auditTable();
const lines = [
  `Measured ${new Date().toISOString().slice(0, 10)} by \`npm run bench\` on ${cpus().length} processors (${cpus()[0]?.model ?? "unknown"}), Node ${process.version}.`,
  "",
  "### Start-up",
  "",
  "| command | median | min to max |",
  "|---|---|---|",
  ...(await start).rows,
  "",
  `Ratio of the medians, measured in turn: **${(await start).ratio.toFixed(2)}** (aim: 3 or less).`,
  "",
  `### Audits of loopback integrations, ${ROUND_TRIP_MS} ms round trip`,
  "",
  `One clean API behind up to ${HOSTS} relays (hosts) that delay both ways; every integration has its own identity, one endpoint, a credential and authProof headers;`,
  "concurrency 8, a fresh database each run, the whole process from start to exit.",
  "",
  "| integrations | wall, median of runs | connections | bound | requests | peak memory |",
  "|---|---|---|---|---|---|",
  ...audits,
];
replaceSection("bench", lines.join("\n"));
process.stdout.write(`${lines.join("\n")}\n`);
const tls = await tlsRows();
replaceSection("tls-peers", [`Measured ${new Date().toISOString().slice(0, 10)}.`, "", ...tls].join("\n"));
process.stdout.write(`${tls.join("\n")}\n`);

async function startUp() {
  const ours = [];
  const bare = [];
  for (let round = 0; round < 15; round += 1) {
    ours.push((await timed([BIN, "--version"])).wall);
    bare.push((await timed(["-e", "0"])).wall);
  }
  const row = (name, walls) => `| ${name} | ${ms(median(walls))} | ${ms(Math.min(...walls))} to ${ms(Math.max(...walls))} |`;
  return { rows: [row("`apirisk --version`", ours), row("`node -e 0`", bare)], ratio: median(ours) / median(bare) };
}

async function auditTable() {
  await start;
  const rows = [];
  for (const size of SIZES) {
    const walls = [];
    let last;
    for (let run = 0; run < RUNS[size]; run += 1) {
      last = await auditOnce(size);
      walls.push(last.wall);
    }
    const { report, memory, counted } = last;
    if (report.run.connections !== counted)
      throw new Error(`the report says ${report.run.connections} connections, the relay counted ${counted}`);
    rows.push(
      `| ${size} | ${(median(walls) / 1000).toFixed(2)} s of ${RUNS[size]} | ${report.run.connections} | ${report.run.bound.connections} | ${report.run.requests} | ${Math.round(memory / 1024)} MB |`,
    );
  }
  return rows;
}

async function auditOnce(size) {
  const home = mkdtempSync(join(tmpdir(), "apirisk-bench-"));
  const authority = createAuthority();
  const api = await startApi({ authority, now: new Date() });
  const behind = { host: "127.0.0.1", port: api.port };
  const relays = await Promise.all(Array.from({ length: Math.min(size, HOSTS) }, () => startRelay(behind, { roundTripMs: ROUND_TRIP_MS })));
  try {
    const origins = relays.map(({ port }) => `https://127.0.0.1:${port}`);
    writeFileSync(join(home, "ca.pem"), authority.certificatePem);
    writeFileSync(join(home, "apirisk.yaml"), JSON.stringify({ version: 1, integrations: integrations(size, origins) }));
    const trust = {
      version: 1,
      bindings: origins.map((origin) => ({ reference: "env:KEY", origin, trustedAt: "2026-01-01T00:00:00Z" })),
      folders: [],
      exec: false,
    };
    writeFileSync(join(home, "trust.json"), JSON.stringify(trust), { mode: 0o600 });
    const env = { HOME: home, APIRISK_TRUST: join(home, "trust.json"), KEY: "clean-demo-key", PEAK_MEMORY_FILE: join(home, "memory") };
    const audit = ["--import", MEMORY, BIN, "audit", "--json", "--ca", "ca.pem", "--db", join(home, "history.db")];
    const { wall, stdout } = await timed(audit, { cwd: home, env });
    return {
      wall,
      report: JSON.parse(stdout),
      memory: Number(readFileSync(join(home, "memory"), "utf8")),
      counted: relays.reduce((sum, relay) => sum + relay.counts().connections, 0),
    };
  } finally {
    await Promise.all(relays.map((relay) => relay.close()));
    await api.close();
    rmSync(home, { recursive: true, force: true });
  }
}

function integrations(size, origins) {
  const fields = ["$.data[].id", "$.data[].status", "$.data[].items", "$.has_more"];
  return Array.from({ length: size }, (_, index) => ({
    id: `integration-${index}`,
    owner: "bench",
    network: "internal",
    baseUrl: origins[index % origins.length],
    auth: { scheme: "api-key", in: "header", name: "x-api-key", credential: "env:KEY" },
    authProof: { level: "headers" },
    endpoints: [{ id: "orders", request: "GET /v1/orders", expect: { fields } }],
  }));
}

function timed(args, { cwd = process.cwd(), env = {} } = {}) {
  return new Promise((resolve, reject) => {
    const begun = performance.now();
    const child = spawn(process.execPath, args, { cwd, env: { PATH: process.env.PATH, ...env }, stdio: ["ignore", "pipe", "inherit"] });
    const parts = [];
    child.stdout.on("data", (part) => parts.push(part));
    child.once("error", reject);
    child.once("close", () => resolve({ wall: performance.now() - begun, stdout: Buffer.concat(parts).toString("utf8") }));
  });
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

function ms(value) {
  return `${value.toFixed(0)} ms`;
}
