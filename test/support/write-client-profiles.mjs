// Writes into data/client-profiles.json what clients of runtimes say in their ClientHello, heard on a loopback socket and decoded by our own
// wire room (needs dist), and how short a Diffie-Hellman prime they take from `openssl s_server`:
//
//   node test/support/write-client-profiles.mjs node-22 /path/to/node test/support/client-profiles/connect.mjs
//
// A row of the file has to be there: it says what the profile is called and where the runtime came from. The command gets a port as its last
// argument and connects with everything at its default.
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { cipherSuiteByCode, cipherSuiteCodeText } from "../../dist/src/catalog/cipher-suites.js";
import { namedGroupByCode } from "../../dist/src/catalog/named-groups.js";
import { signatureSchemeByCode } from "../../dist/src/catalog/signature-schemes.js";
import { decodeClientHello } from "../../dist/src/observe/wire/client-hello.js";
import { EXTENSION, findExtension } from "../../dist/src/observe/wire/extension.js";
import { decodeHandshake } from "../../dist/src/observe/wire/handshake.js";
import { ByteReader } from "../../dist/src/observe/wire/reader.js";
import { decodeRecord } from "../../dist/src/observe/wire/record.js";

const FILE = new URL("../../data/client-profiles.json", import.meta.url);
const VERSIONS = { 769: "TLS 1.0", 770: "TLS 1.1", 771: "TLS 1.2", 772: "TLS 1.3" };
const DH_BITS = [512, 768, 1024, 2048];
/** Of today's OpenSSL: without it, it would not serve short primes. */
const NO_LEVEL = `openssl_conf = init
[init]
ssl_conf = ssl
[ssl]
system_default = all
[all]
CipherString = ALL:@SECLEVEL=0
`;

const [name, program, ...args] = process.argv.slice(2);
const facts = JSON.parse(readFileSync(FILE, "utf8"));
const row = facts.profiles.find((profile) => profile.name === name);
if (row === undefined || program === undefined) throw new Error("usage: write-client-profiles.mjs NAME PROGRAM [ARGUMENT...]");

const heard = profileOf(decodeHello(await firstBytes((port) => run(port))));
const dhBits = heard.cipherSuites.some((suite) => suite.includes("_DHE_")) ? await leastPrime() : undefined;
Object.assign(row, heard, dhBits === undefined ? {} : { dhBits });
writeFileSync(FILE, layout(facts));

/** Exit code of the client. */
function run(port) {
  const child = spawn(program, [...args, String(port)], { stdio: ["ignore", "ignore", "inherit"] });
  return new Promise((resolve, reject) => child.on("error", reject).on("exit", resolve));
}

/** What comes before anything was answered. */
async function firstBytes(start) {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const bytes = new Promise((resolve) => {
    server.on("connection", async (socket) => {
      const chunks = [];
      socket.on("error", () => undefined).on("data", (chunk) => chunks.push(chunk));
      await wait(500);
      socket.destroy();
      resolve(Buffer.concat(chunks));
    });
  });
  const nothing = start(server.address().port).then(() => wait(2000, Buffer.alloc(0)));
  const heardBytes = await Promise.race([bytes, nothing]);
  server.close();
  return heardBytes;
}

/** A hello may take more than one record. */
function decodeHello(bytes) {
  const reader = new ByteReader(bytes, "records");
  const parts = [];
  while (reader.remaining > 0) parts.push(decodeRecord(reader).payload);
  return decodeClientHello(decodeHandshake(new ByteReader(Buffer.concat(parts), "hello"), 1).body);
}

function profileOf(hello) {
  const versions = list(hello, EXTENSION.supportedVersions, 1).flatMap((code) => VERSIONS[code] ?? []);
  const spoken = versions.length === 0 ? [VERSIONS[hello.version]] : versions;
  const suites = hello.cipherSuites.map((code) => cipherSuiteByCode(code) ?? { name: cipherSuiteCodeText(code), code });
  return {
    versions: Object.values(VERSIONS).filter((version) => spoken.includes(version)),
    cipherSuites: suites.filter(({ code, signalling }) => signalling !== true && !isGrease(code)).map((suite) => suite.name),
    groups: named(list(hello, EXTENSION.supportedGroups, 2), namedGroupByCode),
    signatureSchemes: named(list(hello, EXTENSION.signatureAlgorithms, 2), signatureSchemeByCode),
  };
}

function list(hello, type, width) {
  const extension = findExtension(hello.extensions, type);
  if (extension === undefined) return [];
  const codes = new ByteReader(extension.data, "extension").vector(width, "list");
  const found = [];
  while (codes.remaining > 0) found.push(codes.uint(2, "code"));
  return found;
}

function named(codes, byCode) {
  return codes.filter((code) => !isGrease(code)).map((code) => byCode(code)?.name ?? cipherSuiteCodeText(code));
}

/** RFC 8701. */
function isGrease(code) {
  return (code & 0x0f0f) === 0x0a0a && code >> 8 === (code & 0xff);
}

/** Bits of the shortest prime that the client takes, of those that were tried. */
async function leastPrime() {
  const folder = mkdtempSync(join(tmpdir(), "apirisk-dh-"));
  const key = join(folder, "key.pem");
  openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", join(folder, "crt.pem"), "-subj", "/CN=localhost");
  try {
    for (const bits of DH_BITS) {
      const parameters = join(folder, `${bits}.pem`);
      if (bits < 2048) openssl("dhparam", "-out", parameters, String(bits));
      if (await connectsTo(folder, bits < 2048 ? ["-dhparam", parameters] : [])) return bits;
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  throw new Error(`${name} offers DHE and takes no prime of ${DH_BITS.join(", ")} bits`);
}

/** Without parameters of its own OpenSSL serves a prime as long as its RSA key. */
async function connectsTo(folder, parameters) {
  const port = 20_000 + Math.floor(Math.random() * 20_000);
  const options = ["-accept", `127.0.0.1:${port}`, "-cert", join(folder, "crt.pem"), "-key", join(folder, "key.pem"), "-quiet"];
  const suites = ["-tls1_2", "-cipher", "DHE:@SECLEVEL=0", ...parameters];
  const anything = join(folder, "openssl.cnf");
  writeFileSync(anything, NO_LEVEL);
  const env = { ...process.env, OPENSSL_CONF: anything };
  const server = spawn("openssl", ["s_server", ...options, ...suites], { stdio: "ignore", env });
  try {
    await wait(500);
    return (await run(port)) === 0;
  } finally {
    server.kill();
  }
}

function openssl(...words) {
  const { status, stderr } = spawnSync("openssl", words);
  if (status !== 0) throw new Error(String(stderr));
}

function layout(document) {
  return `${JSON.stringify(document, null, 2)}\n`;
}
