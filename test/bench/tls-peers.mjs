// How many connections, and how much time, it takes to see what a server accepts: apirisk beside nmap, sslscan and testssl, all through
// the same relay that delays both ways. Part of npm run bench; says so where a program is missing.
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { createAuthority } from "../../dist/src/demo/certificates.js";
import { startRelay } from "../lab/support/relay.js";

const ROUND_TRIP_MS = 40;
const RUNS = 3;
const DAY = 86_400_000;
const BIN = fileURLToPath(new URL("../../dist/src/main.js", import.meta.url));
const MEMORY = new URL("./peak-memory.mjs", import.meta.url).href;
const JSSE = fileURLToPath(new URL("../observe/net/support/Peer.java", import.meta.url));

/** Rows of Markdown. */
export async function tlsRows() {
  const folder = mkdtempSync(join(tmpdir(), "apirisk-bench-tls-"));
  const servers = [];
  try {
    const rows = [];
    for (const [name, program, start] of PEERS) {
      process.stderr.write(`${name}\n`);
      if (spawnSync("which", [program]).status !== 0) {
        rows.push(`| ${name} | not measured: ${program} is not installed | | | | |`);
        continue;
      }
      const port = await start(folder, servers);
      rows.push(...(await rowsOf(name, port, folder)));
      if (program === "nginx") rows.push(...(await limitedRows(name, port)));
    }
    rows.push(await flooded(folder));
    return ["| server | program | connections | wall, median | peak memory | seen |", "|---|---|---:|---:|---:|---|", ...rows];
  } finally {
    for (const server of servers) server.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  }
}

const INTERMEDIATE =
  "ssl_protocols TLSv1.2 TLSv1.3; ssl_prefer_server_ciphers off; ssl_ciphers ECDHE-ECDSA-AES128-GCM-SHA256:" +
  "ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305;";

const PEERS = [
  ["nginx, intermediate, two certificates", "nginx", startNginx],
  ["OpenSSL, everything", "openssl", startOpenssl],
  ["JSSE without its limits", "java", startJsse],
];

const AUDIT = (port) => ["--import", MEMORY, BIN, "audit", `localhost:${port}`, "--only", "tls", "--allow-private", "--json", "--evidence"];

const OTHERS = [
  ["nmap", "nmap ssl-enum-ciphers", (port) => ["-Pn", "-n", "-p", `${port}`, "--script", "ssl-enum-ciphers", "127.0.0.1"], RUNS],
  ["sslscan", "sslscan", (port) => ["--no-colour", `127.0.0.1:${port}`], RUNS],
  [
    "testssl",
    "testssl, default but --ids-friendly",
    (port) => ["--quiet", "--color", "0", "--warnings", "batch", "--ids-friendly", "--ip", "one", `localhost:${port}`],
    1,
  ],
];

async function rowsOf(server, port, folder) {
  const rows = [];
  const db = join(folder, `${port}.db`);
  const plain = (depth) => (relay) => [...AUDIT(relay), "--no-history", "--depth", depth];
  for (const depth of ["full", "quick", "standard"]) rows.push(await measured(port, RUNS, process.execPath, plain(depth)));
  // With a history the origin has to stay the same: one relay for both runs.
  rows.push(await again(port, (relay) => [...AUDIT(relay), "--db", db]));
  const names = ["apirisk full", "apirisk quick", "apirisk standard", "apirisk standard, nothing changed"];
  const ours = rows.map((row, index) => ourRow(server, names[index], row));
  const theirs = [];
  for (const [program, name, args, runs] of OTHERS) {
    if (spawnSync("which", [program]).status !== 0) theirs.push(`| ${server} | ${name} | | | | not installed |`);
    else {
      const { connections, wall } = await measured(port, runs, program, args);
      theirs.push(`| ${server} | ${name} | ${connections} | ${seconds(wall)} | | |`);
    }
  }
  return [...ours, ...theirs];
}

function ourRow(server, name, { connections, wall, memory, stdout }) {
  return `| ${server} | ${name} | ${connections} | ${seconds(wall)} | ${Math.round(memory / 1024)} MB | ${seenBy(stdout)} |`;
}

/** The same server behind a limiter that resets what is more than five connections a second. */
async function limitedRows(server, port) {
  const full = (relay) => [...AUDIT(relay), "--no-history", "--depth", "full"];
  const name = `${server}, 5 connections/s`;
  const ours = await once(await startLimiter(port), process.execPath, full);
  const rows = [ourRow(name, "apirisk full", ours)];
  for (const [program, label, args] of OTHERS.slice(0, 2)) {
    if (spawnSync("which", [program]).status !== 0) continue;
    const { connections, wall, stdout } = await once(await startLimiter(port), program, args);
    const suites = new Set(stdout.match(/TLS_[A-Z0-9_]+|ECDHE-[A-Z0-9-]+/g) ?? []).size;
    rows.push(`| ${name} | ${label} | ${connections} | ${seconds(wall)} | | ${suites} suites by name |`);
  }
  return rows;
}

/** Records without end, from a server that never comes to the point. */
async function flooded() {
  const record = Buffer.concat([Buffer.from([22, 3, 3, 0x40, 0]), Buffer.alloc(16_384)]);
  const server = await counting((socket) => {
    socket.once("data", () => {
      const more = () => {
        while (!socket.destroyed && socket.write(record));
      };
      socket.on("drain", more);
      more();
    });
  });
  const run = await once(server, process.execPath, (port) => [...AUDIT(port), "--no-history", "--depth", "full"]);
  return `| records without end | apirisk full | ${run.connections} | ${seconds(run.wall)} | ${Math.round(run.memory / 1024)} MB | nothing: no TLS |`;
}

async function startLimiter(port, perSecond = 5) {
  let tokens = perSecond;
  let last = performance.now();
  return counting((socket) => {
    const now = performance.now();
    tokens = Math.min(perSecond, tokens + ((now - last) / 1000) * perSecond);
    last = now;
    if (tokens < 1) {
      socket.resetAndDestroy();
      return;
    }
    tokens -= 1;
    const behind = connect(port, "127.0.0.1");
    behind.on("error", () => socket.destroy());
    socket.on("close", () => behind.destroy());
    socket.pipe(behind).pipe(socket);
  });
}

async function counting(onConnection) {
  let connections = 0;
  const sockets = new Set();
  const server = createServer((socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on("error", () => undefined);
    onConnection(socket);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  };
  return { port: server.address().port, counts: () => ({ connections }), close };
}

async function once(server, program, args) {
  const run = await timed(program, args(server.port));
  await server.close();
  return { ...run, connections: server.counts().connections };
}

async function measured(port, runs, program, args) {
  const walls = [];
  let last;
  for (let run = 0; run < runs; run += 1) {
    const relay = await startRelay({ host: "127.0.0.1", port }, { roundTripMs: ROUND_TRIP_MS });
    last = await timed(program, args(relay.port));
    last.connections = relay.counts().connections;
    walls.push(last.wall);
    await relay.close();
  }
  return { ...last, wall: median(walls) };
}

async function again(port, args) {
  const relay = await startRelay({ host: "127.0.0.1", port }, { roundTripMs: ROUND_TRIP_MS });
  const walls = [];
  await timed(process.execPath, args(relay.port));
  let last;
  for (let run = 0; run < RUNS; run += 1) {
    const before = relay.counts().connections;
    last = await timed(process.execPath, args(relay.port));
    last.connections = relay.counts().connections - before;
    walls.push(last.wall);
  }
  await relay.close();
  return { ...last, wall: median(walls) };
}

/** "9 suites, 10 groups": of all addresses together. */
function seenBy(stdout) {
  const [integration] = JSON.parse(stdout).integrations;
  const suites = integration.evidence.tls.flatMap(({ versions }) => versions.flatMap(({ cipherSuites }) => cipherSuites)).length;
  const groups = integration.evidence.tls.flatMap((entry) => entry.groups).length;
  const complete = integration.evidence.tls.every(({ versions }) => versions.every((version) => version.complete));
  return `${suites} suites, ${groups} groups${complete ? "" : ", not all was asked"}`;
}

function timed(program, args) {
  return new Promise((resolve, reject) => {
    const begun = performance.now();
    const memoryFile = join(tmpdir(), `apirisk-bench-memory-${process.pid}`);
    const env = { ...process.env, HOME: tmpdir(), PEAK_MEMORY_FILE: memoryFile };
    const child = spawn(program, args, { stdio: ["ignore", "pipe", "ignore"], env });
    const parts = [];
    child.stdout.on("data", (part) => parts.push(part));
    child.once("error", reject);
    child.once("close", () => {
      const wall = performance.now() - begun;
      const memory = existsSync(memoryFile) ? Number(readFileSync(memoryFile, "utf8")) : 0;
      rmSync(memoryFile, { force: true });
      resolve({ wall, memory, stdout: Buffer.concat(parts).toString("utf8") });
    });
  });
}

async function startNginx(folder, servers) {
  const port = await freePort();
  const certificates = ["ec", "rsa"].map((keyType) => {
    const { chain, key } = identity(folder, keyType);
    return `ssl_certificate ${chain}; ssl_certificate_key ${key};`;
  });
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((kind) => `${kind}_temp_path ${folder}/${kind};`).join(" ");
  const file = join(folder, "nginx.conf");
  writeFileSync(
    file,
    `pid ${folder}/pid; error_log stderr; events {} http { access_log off; ${temporary} server { listen 127.0.0.1:${port} ssl; ${certificates.join(" ")} ${INTERMEDIATE} } }`,
  );
  begun(servers, "nginx", ["-p", folder, "-c", file, "-g", "daemon off; master_process off;"]);
  return listening(port);
}

async function startOpenssl(folder, servers) {
  const port = await freePort();
  const { chain, key } = identity(folder, "rsa");
  const suites =
    "TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256:TLS_AES_128_CCM_SHA256:TLS_AES_128_CCM_8_SHA256";
  const all = ["-cipher", "ALL:COMPLEMENTOFALL:@SECLEVEL=0", "-ciphersuites", suites, "-min_protocol", "TLSv1"];
  begun(servers, "openssl", ["s_server", "-www", "-accept", `127.0.0.1:${port}`, "-key", key, "-cert", chain, ...all]);
  return listening(port);
}

async function startJsse(folder, servers) {
  const { chain, key } = identity(folder, "rsa");
  const store = join(folder, "store.p12");
  execFileSync("openssl", ["pkcs12", "-export", "-inkey", key, "-in", chain, "-out", store, "-passout", "pass:changeit"]);
  const child = begun(servers, "java", [JSSE, store]);
  return new Promise((resolve) => {
    child.stdout.on("data", (bytes) => {
      const found = /PORT (\d+)/.exec(bytes.toString());
      if (found !== null) resolve(Number(found[1]));
    });
  });
}

function identity(folder, keyType) {
  const period = { notBefore: new Date(Date.now() - DAY), notAfter: new Date(Date.now() + 30 * DAY) };
  const { chainPem, keyPem } = createAuthority().issue({ dnsNames: ["localhost"], ipAddresses: ["127.0.0.1"], keyType, ...period });
  const [chain, key] = [join(folder, `${keyType}.pem`), join(folder, `${keyType}.key`)];
  writeFileSync(chain, chainPem);
  writeFileSync(key, keyPem);
  return { chain, key };
}

function begun(servers, program, args) {
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "ignore"] });
  child.stdout.resume();
  servers.push(child);
  return child;
}

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function listening(port) {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const open = await new Promise((resolve) => {
      const socket = connect(port, "127.0.0.1");
      socket.once("connect", () => resolve(true));
      socket.once("error", () => resolve(false));
      socket.once("close", () => undefined);
      setTimeout(() => socket.destroy(), 50);
    });
    if (open) return port;
    await delay(100);
  }
  throw new Error(`nobody listens on ${port}`);
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

function seconds(ms) {
  return `${(ms / 1000).toFixed(2)} s`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.stdout.write(`${(await tlsRows()).join("\n")}\n`);
