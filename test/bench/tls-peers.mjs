// How many connections, and how much time, it takes to see what a server accepts: apirisk beside nmap, sslscan and testssl, all through
// the same relay that delays both ways. Part of npm run bench; says so where a program is missing.
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
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
const JSSE = fileURLToPath(new URL("../observe/net/support/Peer.java", import.meta.url));

/** Rows of Markdown. */
export async function tlsRows() {
  const folder = mkdtempSync(join(tmpdir(), "apirisk-bench-tls-"));
  const servers = [];
  try {
    const rows = [];
    for (const [name, program, start] of PEERS) {
      if (spawnSync("which", [program]).status !== 0) {
        rows.push(`| ${name} | not measured: ${program} is not installed | | | |`);
        continue;
      }
      const port = await start(folder, servers);
      rows.push(...(await rowsOf(name, port, folder)));
    }
    return ["| server | program | connections | wall, median | seen |", "|---|---|---:|---:|---|", ...rows];
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
  const base = (relay) => [BIN, "audit", `localhost:${relay}`, "--only", "tls", "--allow-private", "--json", "--evidence"];
  const plain = (depth) => (relay) => [...base(relay), "--no-history", "--depth", depth];
  for (const depth of ["full", "quick", "standard"]) rows.push(await measured(port, RUNS, process.execPath, plain(depth)));
  // With a history the origin has to stay the same: one relay for both runs.
  rows.push(await again(port, (relay) => [...base(relay), "--db", db]));
  const names = ["apirisk full", "apirisk quick", "apirisk standard", "apirisk standard, nothing changed"];
  const ours = rows.map(
    (row, index) => `| ${server} | ${names[index]} | ${row.connections} | ${seconds(row.wall)} | ${seenBy(row.stdout)} |`,
  );
  const theirs = [];
  for (const [program, name, args, runs] of OTHERS) {
    if (spawnSync("which", [program]).status !== 0) theirs.push(`| ${server} | ${name} | | | not installed |`);
    else {
      const { connections, wall } = await measured(port, runs, program, args);
      theirs.push(`| ${server} | ${name} | ${connections} | ${seconds(wall)} | |`);
    }
  }
  return [...ours, ...theirs];
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
    const child = spawn(program, args, { stdio: ["ignore", "pipe", "ignore"], env: { ...process.env, HOME: tmpdir() } });
    const parts = [];
    child.stdout.on("data", (part) => parts.push(part));
    child.once("error", reject);
    child.once("close", () => resolve({ wall: performance.now() - begun, stdout: Buffer.concat(parts).toString("utf8") }));
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
