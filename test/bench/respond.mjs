// npm run bench:respond: the page about a breach, in a real process, over a thousand integrations and a year of nights. Writes docs/benchmarks.md.
//   node test/bench/respond.mjs [--integrations 1000] [--days 365] [--db FILE] [--dry]
// --db keeps the history in FILE, and goes on with one that is there; --dry prints and writes no documentation.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { canonicalJson, sha256Hex } from "../../dist/src/model/digest.js";
import { buildHistory, openOperations } from "./build-history.mjs";
import { median } from "./query-times.mjs";
import { replaceSection } from "./section.mjs";
import { startOf, syntheticWorld } from "./synthetic-world.mjs";

const { values: flags } = parseArgs({
  options: {
    integrations: { type: "string", default: "1000" },
    days: { type: "string", default: "365" },
    db: { type: "string" },
    dry: { type: "boolean" },
  },
});
const [count, days] = [Number(flags.integrations), Number(flags.days)];
const ROUNDS = 5;
const PROVIDERS = 50;
const ROTATION_DAYS = 90;
/** One credential of twenty is another's, too. */
const SHARING = 20;
const SPENT = new URL("./spent-time.mjs", import.meta.url).href;
const MAIN = new URL("../../dist/src/main.js", import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), "apirisk-bench-respond-"));
const env = { PATH: process.env.PATH, HOME: folder };
const file = flags.db ?? join(folder, "history.db");
try {
  const world = withCredentials(syntheticWorld(count));
  if (!existsSync(file)) await build(world);
  writeFileSync(
    join(folder, "inventory.json"),
    JSON.stringify({ version: 1, integrations: world.integrations.map(({ index }) => declared(index)) }),
  );
  const lines = tableOf();
  if (!flags.dry) replaceSection("respond", lines.join("\n"));
  process.stdout.write(`${lines.join("\n")}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function build(world) {
  const { db, operations } = await openOperations(file, { fast: true });
  buildHistory(operations, world, days, (day) => {
    if (day % 10 === 0) process.stderr.write(`day ${day}\n`);
  });
  db.pragma("wal_checkpoint(TRUNCATE)");
  db.close();
}

function tableOf() {
  const inventory = ["--inventory", join(folder, "inventory.json")];
  const words = ["respond", "--provider", "Provider 7", "--json"];
  const questions = {
    "respond, history alone": [MAIN, ...words, "--db", file],
    "respond, history and an inventory of all": [MAIN, ...words, "--db", file, ...inventory],
    "respond, an inventory of all alone": [MAIN, ...words, ...inventory],
    "inventory list of the same file": [MAIN, "inventory", "list", "--json", ...inventory],
    "certificate timeline of one that is not there": [MAIN, "certificate", "timeline"],
    "node -e 0": ["-e", "0"],
  };
  const times = new Map(Object.keys(questions).map((name) => [name, []]));
  for (let round = 0; round < ROUNDS; round += 1) for (const [name, words] of Object.entries(questions)) times.get(name).push(timed(words));
  const page = JSON.parse(execFileSync(process.execPath, questions["respond, history and an inventory of all"], { env, maxBuffer: 1e9 }));
  return [
    `Measured ${new Date().toISOString().slice(0, 10)} by \`npm run bench:respond\` on ${cpus().length} processors (${cpus()[0]?.model ?? "unknown"}, load ${loadavg()[0].toFixed(1)}), Node ${process.version}.`,
    "",
    `${count} integrations of ${PROVIDERS} providers, ${days} nights (${(statSync(file).size / 1e6).toFixed(1)} MB), credentials changed every ${ROTATION_DAYS} days, one of ${SHARING} shared;`,
    `without verdicts, which this page does not read. The page has ${page.hit.length} integrations, ${page.rotation.length} credentials. Whole processes in turn, from start to exit; aim: under a second.`,
    "",
    "| process | wall, median | min to max | processor time, median | beside node -e 0 |",
    "|---|---:|---:|---:|---:|",
    ...[...times].map(([name, all]) => rowOf(name, all, median(times.get("node -e 0").map(({ cpu }) => cpu)))),
  ];
}

function rowOf(name, all, bare) {
  const walls = all.map(({ wall }) => wall);
  const cpu = median(all.map((one) => one.cpu));
  return `| ${name} | ${ms(median(walls))} | ${ms(Math.min(...walls))} to ${ms(Math.max(...walls))} | ${ms(cpu)} | ${(cpu / bare).toFixed(1)} |`;
}

function timed(words) {
  const begun = performance.now();
  const { status, stderr } = spawnSync(process.execPath, ["--import", SPENT, ...words], { env, cwd: folder, maxBuffer: 1e9 });
  const wall = performance.now() - begun;
  if (status !== 0) throw new Error(stderr.toString());
  return { wall, cpu: Number(/spent (\d+)/.exec(stderr.toString())?.[1]) / 1000 };
}

/** The same world, where each audit knows a declaration that can be read, and saw the credential and the name. */
function withCredentials(world) {
  const estate = world.integrations.map((identity, index) => ({ ...identity, index, ...evidenceOf(index) }));
  return {
    ...world,
    integrations: estate,
    *auditsOf(day) {
      let index = 0;
      for (const commit of world.auditsOf(day)) {
        const { configuration, fixed, credentialAt } = estate[index];
        const seen = [...fixed, credentialAt(day)].map((observation) => ({ ...observation, observedAt: commit.at, carried: false }));
        // No verdict and no milestone is read for this page, and writing them takes most of the time.
        yield { ...commit, configuration, observations: [...commit.observations, ...seen], verdicts: [], milestones: [] };
        index += 1;
      }
    },
  };
}

function evidenceOf(index) {
  const origin = `https://api.provider-${index}.example`;
  const json = canonicalJson({ integration: configured(index), policy: { packs: [], rules: {} } });
  const zone = `provider-${index}.example`;
  const name = {
    cnames: [],
    host: `api.${zone}`,
    hosting: zone,
    ns: [`ns1.${zone}`],
    zone,
    caa: { state: "none" },
    seen: { hosting: [], ns: [] },
  };
  const answer = {
    body: { classes: [], format: "json", maps: [], shape: [], state: "classified" },
    credential: { state: "sent" },
    endpoint: "orders",
    headers: [{ count: 1, name: "x-oauth-scopes", value: "read:orders, admin:org" }],
    httpVersion: "1.1",
    request: { digest: "0", method: "GET", origin, path: "/" },
    status: 200,
  };
  let known = [];
  const credentialAt = (day) => {
    const shift = index % ROTATION_DAYS;
    const value = sha256Hex(`${index % SHARING === 0 ? index % (SHARING * 5) : index} ${Math.floor((day + shift) / ROTATION_DAYS)}`).slice(
      0,
      32,
    );
    if (known.at(-1)?.value !== value) known = [...known, { value, since: startOf(day) }].slice(-8);
    const held = [
      { role: "clients", from: "env", fingerprint: { keyId: "0a1b2c3d", value }, seen: { keyId: "0a1b2c3d", fingerprints: known } },
    ];
    return observed("credential", 1, { held, origin }, { origin });
  };
  const fixed = [observed("domain", 2, name, { origin }), observed("http-response", 2, answer, { origin, endpoint: "orders-list" })];
  return { configuration: { hash: sha256Hex(json), json }, fixed, credentialAt };
}

function observed(kind, version, content, key) {
  const json = canonicalJson(content);
  const evidence = { hash: sha256Hex(`${kind}@${version}\n${json}`), kind, version, json };
  return { probe: kind, kind, key, outcome: "observed", evidence };
}

function declared(index) {
  return {
    id: `integration-${String(index).padStart(4, "0")}`,
    owner: `team-${index % 20}`,
    environment: index % 3 === 0 ? "staging" : "production",
    provider: { name: `Provider ${index % PROVIDERS}` },
    baseUrl: `https://api.provider-${index}.example`,
    auth: { scheme: "bearer", credential: `env:KEY_${index}` },
    endpoints: [{ id: "orders", request: "GET /orders" }],
  };
}

/** As an audit stores it. */
function configured(index) {
  const { endpoints: _requests, ...entry } = declared(index);
  return {
    ...entry,
    name: entry.id,
    uid: "of the store",
    criticality: "high",
    network: "public",
    adHoc: false,
    previousIds: [],
    dataClasses: ["email"],
    tags: ["bench"],
    additionalUrls: [],
    headers: [],
    waivers: [],
    budget: {},
    authProof: { level: "none" },
    auth: { ...entry.auth, neededScopes: [] },
    endpoints: [{ id: "orders", method: "GET", path: "/orders", safe: false, everyMs: 86_400_000, cost: "free", expect: {} }],
  };
}

function ms(value) {
  return `${value.toFixed(0)} ms`;
}
