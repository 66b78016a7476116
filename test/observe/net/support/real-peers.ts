import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import { createAuthority } from "../../../../src/demo/certificates.ts";
import { DAY } from "../../../../src/model/instant.ts";

/** A program of somebody else that listens on loopback; gone when the test is. */
export interface RealPeer {
  readonly port: number;
  /** DER of what it has on disk, in the order of the file. */
  readonly chain: readonly Uint8Array[];
}

/** A sentence for the name of a test that is skipped, or undefined where the program is there: it answers `question` with exit code 0, or `code`. */
export function missing(program: string, question: string, code = 0): string | undefined {
  return program !== "" && spawnSync(program, question.split(" ")).status === code
    ? undefined
    : ` (skipped: ${program} ${question} is not installed)`;
}

/** "both": a second certificate beside that on P-256. `chain` is that of the first. */
export type KeyType = "ec" | "rsa" | "both";

/** `openssl s_server` with everything that it has. */
export async function opensslPeer(keyType: KeyType, more: readonly string[] = []): Promise<RealPeer> {
  const [files, second] = credentialsOf(keyType);
  const dual = second === undefined ? [] : ["-dkey", second.key, "-dcert", second.leaf, "-dcert_chain", second.rest];
  const suites = ["-cipher", "ALL:COMPLEMENTOFALL:@SECLEVEL=0", "-ciphersuites", SUITES_13, "-min_protocol", "TLSv1"];
  const own = ["-key", files.key, "-cert", files.leaf, "-cert_chain", files.rest, "-CAfile", files.rest];
  const child = started("openssl", ["s_server", "-www", "-accept", "127.0.0.1:0", ...own, ...dual, ...suites, ...more.map(files.place)]);
  return { port: Number((await said(child, /ACCEPT .*:(\d+)/))[1]), chain: files.chain };
}

/** GnuTLS with what it still has of old times. */
export async function gnutlsPeer(keyType: KeyType, priority: string): Promise<RealPeer> {
  const all = credentialsOf(keyType);
  const [files] = all;
  const port = await freePort();
  const own = all.flatMap(({ key, all: chain }) => ["--x509keyfile", key, "--x509certfile", chain]);
  started("gnutls-serv", ["-p", `${port}`, ...own, "--priority", priority, "--http"]);
  await untilListening(port);
  return { port, chain: files.chain };
}

/** GnuTLS with a key of RSA and one of Ed25519, which it has no use for below TLS 1.2. */
export async function gnutlsWithEd25519(): Promise<RealPeer> {
  const files = credentials("rsa");
  const port = await freePort();
  const [key, certificate] = ["ed25519.key", "ed25519.pem"].map((name) => join(files.folder, name)) as [string, string];
  const asked = ["-x509", "-newkey", "ed25519", "-nodes", "-subj", "/CN=localhost", "-days", "30", "-keyout", key, "-out", certificate];
  execFileSync("openssl", ["req", ...asked], { stdio: "ignore" });
  const keys = ["--x509keyfile", files.key, "--x509certfile", files.all, "--x509keyfile", key, "--x509certfile", certificate];
  started("gnutls-serv", ["-p", `${port}`, ...keys, "--http"]);
  await untilListening(port);
  return { port, chain: files.chain };
}

/** HAProxy with two certificates, of which it chooses one by what the client knows. */
export async function haproxyPeer(ciphers: string): Promise<RealPeer> {
  const [ecdsa, rsa] = [credentials("ec"), credentials("rsa")];
  const port = await freePort();
  const site = join(ecdsa.folder, "site.pem");
  for (const [suffix, { all, key }] of [
    ["ecdsa", ecdsa],
    ["rsa", rsa],
  ] as const)
    writeFileSync(`${site}.${suffix}`, readFileSync(all, "utf8") + readFileSync(key, "utf8"));
  const bind = `bind 127.0.0.1:${port} ssl crt ${site} ssl-min-ver TLSv1.2 ciphers ${ciphers}`;
  const timeouts = "timeout client 10s\n timeout connect 5s\n timeout server 10s";
  const file = join(ecdsa.folder, "haproxy.cfg");
  writeFileSync(file, `defaults\n mode http\n ${timeouts}\nfrontend peer\n ${bind}\n http-request return status 200\n`);
  started("haproxy", ["-f", file, "-db"]);
  await untilListening(port);
  return { port, chain: ecdsa.chain };
}

/** nginx with one server, of the directives given. */
export async function nginxPeer(keyType: KeyType, directives: string): Promise<RealPeer> {
  const all = credentialsOf(keyType);
  const [files] = all;
  const port = await freePort();
  const certificate = all.map((own) => `ssl_certificate ${own.all}; ssl_certificate_key ${own.key};`).join(" ");
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    .map((kind) => `${kind}_temp_path ${files.folder}/${kind};`)
    .join(" ");
  const server = `server { listen 127.0.0.1:${port} ssl; ${certificate} ${directives} }`;
  const configuration = `pid ${files.folder}/pid; error_log stderr; events {} http { access_log off; ${temporary} ${server} }`;
  writeFileSync(join(files.folder, "nginx.conf"), configuration);
  started("nginx", ["-p", files.folder, "-c", join(files.folder, "nginx.conf"), "-g", "daemon off; master_process off;"]);
  await untilListening(port);
  return { port, chain: files.chain };
}

/** A node of another version, with the OpenSSL that it brings. `options`: JavaScript of an object with options of its TLS server. */
export async function nodePeer(binary: string, keyType: KeyType, options = "{}"): Promise<RealPeer> {
  const [files] = credentialsOf(keyType);
  const script = `const fs = require("fs"); const read = (name) => fs.readFileSync(name);
    const server = require("tls").createServer({ key: read(process.argv[1]), cert: read(process.argv[2]), ...(${options}) }, (socket) => socket.end());
    server.on("tlsClientError", () => {}).listen(0, "127.0.0.1", () => console.log("PORT " + server.address().port));`;
  const child = started(binary, ["-e", script, files.key, files.all]);
  return { port: Number((await said(child, /PORT (\d+)/))[1]), chain: files.chain };
}

/** OpenJDK's JSSE with its limits cleared: SSL 3.0, EXPORT, DES, RC4, NULL and anonymous suites. */
export async function jssePeer(keyType: KeyType): Promise<RealPeer> {
  const all = credentialsOf(keyType);
  const [files] = all;
  return { port: Number((await said(started("java", [JSSE, ...all.map(keyStore)]), /PORT (\d+)/))[1]), chain: files.chain };
}

function keyStore(files: ReturnType<typeof credentials>): string {
  const store = join(files.folder, "store.p12");
  const secret = ["-passout", "pass:changeit"];
  execFileSync("openssl", ["pkcs12", "-export", "-inkey", files.key, "-in", files.leaf, "-certfile", files.rest, "-out", store, ...secret]);
  return store;
}

const JSSE = fileURLToPath(new URL("./Peer.java", import.meta.url));

const SUITES_13 =
  "TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256:TLS_AES_128_CCM_SHA256:TLS_AES_128_CCM_8_SHA256";

function credentialsOf(keyType: KeyType): [ReturnType<typeof credentials>, ...ReturnType<typeof credentials>[]] {
  return keyType === "both" ? [credentials("ec"), credentials("rsa")] : [credentials(keyType)];
}

function credentials(keyType: "ec" | "rsa") {
  const folder = mkdtempSync(join(tmpdir(), "apirisk-peer-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const root = createAuthority();
  const { chainPem, keyPem } = root.issue({
    ...{ dnsNames: ["localhost"], ipAddresses: ["127.0.0.1"], keyType },
    ...{ notBefore: new Date(Date.now() - DAY), notAfter: new Date(Date.now() + 30 * DAY) },
  });
  const pems = [...chainPem.matchAll(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\n?/g)].map(([pem]) => pem);
  // A chain has a second certificate at least, so that the order can be seen.
  if (pems.length === 1) pems.push(root.certificatePem);
  const file = (name: string, content: string) => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  const [leaf = "", ...rest] = pems;
  return {
    folder,
    key: file("key.pem", keyPem),
    leaf: file("leaf.pem", leaf),
    rest: file("rest.pem", rest.join("")),
    all: file("all.pem", pems.join("")),
    chain: pems.map((pem) => new Uint8Array(new X509Certificate(pem).raw)),
    /** "file:NAME:BASE64" becomes the path of such a file. */
    place: (argument: string) => {
      const [, name, content] = /^file:(\w+):(.*)$/.exec(argument) ?? [];
      if (name === undefined || content === undefined) return argument;
      writeFileSync(join(folder, name), Buffer.from(content, "base64"));
      return join(folder, name);
    },
  };
}

function started(program: string, argv: readonly string[]): ChildProcess {
  const child = spawn(program, argv, { stdio: ["ignore", "pipe", "pipe"] });
  // Whose words nobody takes away stands still after 64 KB of them.
  child.stdout.resume();
  child.stderr.resume();
  onTestFinished(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    child.kill("SIGKILL");
    await gone;
  });
  return child;
}

/** What a program says when it is ready; an error with all that it said where it ends before. */
function said(child: ChildProcess, pattern: RegExp): Promise<RegExpExecArray> {
  return new Promise((resolve, reject) => {
    let output = "";
    const listen = (chunk: Buffer) => {
      output += chunk.toString();
      const found = pattern.exec(output);
      if (found !== null) resolve(found);
    };
    child.stdout?.on("data", listen);
    child.stderr?.on("data", listen);
    child.once("exit", () => reject(new Error(`it ended: ${output}`)));
  });
}

/** For programs that do not say which port they were given. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

async function untilListening(port: number): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const socket = connect(port, "127.0.0.1");
    const open = await Promise.race([once(socket, "connect").then(() => true), once(socket, "error").then(() => false)]).catch(() => false);
    socket.destroy();
    if (open) return;
    await delay(100);
  }
  throw new Error(`nobody listens on ${port}`);
}

/** Go's stack, in caddy. */
export async function caddyPeer(keyType: KeyType, protocols = "tls1.2 tls1.3"): Promise<RealPeer> {
  const [files] = credentialsOf(keyType);
  const port = await freePort();
  const site = `https://localhost:${port} {\n bind 127.0.0.1\n tls ${files.all} ${files.key} {\n  protocols ${protocols}\n }\n respond "{}"\n}`;
  writeFileSync(join(files.folder, "Caddyfile"), `{\n admin off\n auto_https disable_redirects\n}\n${site}\n`);
  started("caddy", ["run", "--config", join(files.folder, "Caddyfile"), "--adapter", "caddyfile"]);
  await untilListening(port);
  return { port, chain: files.chain };
}

/** lighttpd with one of its libraries: "wolfssl", "mbedtls". */
export async function lighttpdPeer(keyType: KeyType, library: string, more = ""): Promise<RealPeer> {
  const [files] = credentialsOf(keyType);
  const port = await freePort();
  const file = join(files.folder, "lighttpd.conf");
  writeFileSync(
    file,
    `server.modules = ("mod_${library}")\nserver.document-root = "${files.folder}"\nserver.port = ${port}\nserver.bind = "127.0.0.1"\n` +
      `ssl.engine = "enable"\nssl.pemfile = "${files.all}"\nssl.privkey = "${files.key}"\n${more}\n`,
  );
  started("lighttpd", ["-D", "-f", file]);
  await untilListening(port);
  return { port, chain: files.chain };
}

/** Botan's own server. */
export async function botanPeer(keyType: KeyType): Promise<RealPeer> {
  const [files] = credentialsOf(keyType);
  const port = await freePort();
  started("botan", ["tls_server", files.all, files.key, `--port=${port}`]);
  await untilListening(port);
  return { port, chain: files.chain };
}

/** NSS's selfserv with every version and suite that it has. */
export async function nssPeer(keyType: KeyType): Promise<RealPeer> {
  const [files] = credentialsOf(keyType);
  const port = await freePort();
  const store = keyStore(files);
  execFileSync("certutil", ["-N", "-d", `sql:${files.folder}`, "--empty-password"]);
  execFileSync("pk12util", ["-i", store, "-d", `sql:${files.folder}`, "-W", "changeit", "-K", ""]);
  const [nickname = ""] = /^(.*?)\s+u,u,u/m.exec(execFileSync("certutil", ["-L", "-d", `sql:${files.folder}`]).toString())?.slice(1) ?? [];
  started("selfserv", ["-n", nickname, "-p", `${port}`, "-d", `sql:${files.folder}`, "-V", "tls1.0:tls1.3"]);
  await untilListening(port);
  return { port, chain: files.chain };
}
