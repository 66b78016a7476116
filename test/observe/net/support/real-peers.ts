import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { onTestFinished } from "vitest";
import { createAuthority } from "../../../../src/demo/certificates.ts";
import { DAY } from "../../../../src/model/instant.ts";

/** A program of somebody else that listens on loopback; gone when the test is. */
export interface RealPeer {
  readonly port: number;
  /** DER of what it has on disk, in the order of the file. */
  readonly chain: readonly Uint8Array[];
}

/** A sentence for the name of a test that is skipped, or undefined where the program is there. */
export function missing(program: string, versionFlag: string): string | undefined {
  return spawnSync(program, [versionFlag]).status === 0 ? undefined : ` (skipped: ${program} is not installed)`;
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

/** OpenJDK's JSSE with its limits cleared: SSL 3.0, EXPORT, DES, RC4, NULL and anonymous suites. */
export async function jssePeer(keyType: KeyType): Promise<RealPeer> {
  const all = credentialsOf(keyType);
  const [files] = all;
  const source = join(files.folder, "Peer.java");
  writeFileSync(source, JSSE);
  return { port: Number((await said(started("java", [source, ...all.map(keyStore)]), /PORT (\d+)/))[1]), chain: files.chain };
}

function keyStore(files: ReturnType<typeof credentials>): string {
  const store = join(files.folder, "store.p12");
  const secret = ["-passout", "pass:changeit"];
  execFileSync("openssl", ["pkcs12", "-export", "-inkey", files.key, "-in", files.leaf, "-certfile", files.rest, "-out", store, ...secret]);
  return store;
}

const SUITES_13 =
  "TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256:TLS_AES_128_CCM_SHA256:TLS_AES_128_CCM_8_SHA256";

const JSSE = `
import java.io.*; import java.net.*; import java.security.*; import javax.net.ssl.*;
public class Peer {
  public static void main(String[] args) throws Exception {
    for (String limit : new String[] { "jdk.tls.disabledAlgorithms", "jdk.tls.legacyAlgorithms", "jdk.certpath.disabledAlgorithms" })
      Security.setProperty(limit, "");
    char[] secret = "changeit".toCharArray();
    KeyStore all = KeyStore.getInstance("PKCS12");
    all.load(null, secret);
    for (String file : args) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(new FileInputStream(file), secret);
      String alias = store.aliases().nextElement();
      all.setKeyEntry(file, store.getKey(alias, secret), secret, store.getCertificateChain(alias));
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509");
    keys.init(all, secret);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    SSLServerSocket server = (SSLServerSocket) context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    server.setEnabledProtocols(new String[] { "SSLv3", "TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3" });
    server.setEnabledCipherSuites(server.getSupportedCipherSuites());
    System.out.println("PORT " + server.getLocalPort());
    while (true) {
      SSLSocket socket = (SSLSocket) server.accept();
      new Thread(() -> { try (socket) { socket.startHandshake(); } catch (IOException gone) { } }).start();
    }
  }
}
`;

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
