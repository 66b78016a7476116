import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import type { Made } from "./certificate-factory.ts";

/** What openssl says for an authority of ours. */
export interface OpensslAuthority {
  readonly folder: string;
  /** DER of the response about one certificate. */
  ocsp(of: Made, options?: readonly string[]): Uint8Array;
  /** DER. */
  crl(options?: readonly string[]): Uint8Array;
}

export interface Entry {
  readonly of: Made;
  readonly revoked?: { readonly at: Date; readonly reason: string };
}

/** Undefined where openssl is not at hand. The folder is gone when the file's tests are. */
export function opensslAuthority(authority: Made, entries: readonly Entry[]): OpensslAuthority | undefined {
  if (spawnSync("openssl", ["version"]).error !== undefined) return undefined;
  const folder = mkdtempSync(join(tmpdir(), "apirisk-authority-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  const write = (name: string, content: string) => writeFileSync(join(folder, name), content, { mode: 0o600 });
  write("ca.pem", authority.pem);
  write("ca.key", keyOf(authority));
  write("index.txt", entries.map(indexLine).join(""));
  write("crlnumber", "1000\n");
  write("ca.cnf", CONFIGURATION);
  const run = (...args: readonly string[]) => {
    const { status, stderr } = spawnSync("openssl", args, { cwd: folder, encoding: "utf8" });
    if (status !== 0) throw new Error(`openssl ${args[0]}: ${stderr}`);
  };
  return {
    folder,
    ocsp: (of, options = []) => {
      write("leaf.pem", of.pem);
      const signer = ["-index", "index.txt", "-CA", "ca.pem", "-rsigner", "ca.pem", "-rkey", "ca.key", "-ndays", "4"];
      run("ocsp", ...signer, ...options, "-issuer", "ca.pem", "-cert", "leaf.pem", "-noverify", "-respout", "response.der");
      return readFileSync(join(folder, "response.der"));
    },
    crl: (options = []) => {
      run("ca", "-gencrl", "-config", "ca.cnf", "-keyfile", "ca.key", "-cert", "ca.pem", "-out", "list.pem", "-crldays", "7", ...options);
      run("crl", "-in", "list.pem", "-outform", "DER", "-out", "list.der");
      return readFileSync(join(folder, "list.der"));
    },
  };
}

export function keyOf({ key }: Made): string {
  return key.privateKey?.export({ format: "pem", type: "pkcs8" }).toString() ?? "";
}

/** Of `openssl ca`: state, end, time and reason of the revocation, serial number, file, name. */
function indexLine({ of, revoked }: Entry): string {
  const serial = Buffer.from(of.serial).toString("hex").toUpperCase();
  const when = revoked === undefined ? "" : `${shortTime(revoked.at)},${revoked.reason}`;
  return [revoked === undefined ? "V" : "R", "360101000000Z", when, serial, "unknown", "/CN=api.acme.example\n"].join("\t");
}

function shortTime(at: Date): string {
  return `${at.toISOString().slice(2, 19).replace(/[-T:]/g, "")}Z`;
}

const CONFIGURATION = `[ca]
default_ca = authority
[authority]
database = index.txt
crlnumber = crlnumber
default_md = sha256
`;
