import { existsSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createAuthority } from "../../src/demo/certificates.ts";
import { parseInventory } from "../../src/inventory/parse.ts";
import { addBindings, NO_TRUST } from "../../src/local/bindings.ts";
import { createFilePort } from "../../src/local/files.ts";
import { createCredentialPort } from "../../src/local/secrets.ts";
import { proposeBindings } from "../../src/local/trust-plan.ts";

/** What a pull request may change in an inventory, against what the user agreed to before. */

const CANARY = "c4n4ry-0123456789";
const AGREED = inventory("https://api.acme.example", "env:ACME_TOKEN");
let root: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "apirisk-security-")));
  writeFileSync(join(root, "token"), CANARY);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function inventory(baseUrl: string, credential: string): string {
  return JSON.stringify({ version: 1, integrations: [{ id: "acme", baseUrl, auth: { scheme: "bearer", credential } }] });
}

/** Asks for every pair that the inventory of the pull request wants, on a machine where the agreed one was trusted. */
async function attempt(pullRequest: string, agreed = AGREED) {
  const trust = { ...addBindings(NO_TRUST, proposeBindings(integrationsOf(agreed), NO_TRUST), 0), folders: [root], exec: true };
  const reads: string[] = [];
  const files = createFilePort();
  const env = new Proxy<Record<string, string>>(
    { ACME_TOKEN: CANARY, OTHER_TOKEN: CANARY },
    {
      get: (target, name) => {
        reads.push(String(name));
        return Reflect.get(target, name);
      },
    },
  );
  const counted = {
    ...files,
    readBytes: (path: string, maxBytes: number) => {
      reads.push(path);
      return files.readBytes(path, maxBytes);
    },
  };
  const port = createCredentialPort({ trust, env, files: counted, home: root, folder: root });
  const results = await Promise.all(
    integrationsOf(pullRequest).map(({ baseUrl, auth }) => port.resolve(auth.credential ?? "", new URL(baseUrl).origin)),
  );
  return { results, reads };
}

function integrationsOf(text: string) {
  const parsed = parseInventory(text, "apirisk.yaml");
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  return parsed.value.integrations;
}

test("what was agreed is handed out", async () => {
  const { results, reads } = await attempt(AGREED);
  expect(results.map((result) => result.ok && result.value.reveal())).toEqual([CANARY]);
  expect(reads).toEqual(["ACME_TOKEN"]);
});

describe("a changed baseUrl gets no credential and nothing is read", () => {
  test.each([
    "https://evil.example",
    "https://api.acme.example.evil.example",
    "https://acme.example",
    "https://sub.api.acme.example",
    "https://api.acme.example:8443",
    "http://api.acme.example",
    "https://api.acme.examp1e",
    "https://аpi.acme.example",
  ])("%s", async (baseUrl) => {
    const { results, reads } = await attempt(inventory(baseUrl, "env:ACME_TOKEN"));
    expect(results).toMatchObject([{ ok: false, error: { reason: "credential_not_bound" } }]);
    expect(reads).toEqual([]);
    expect(JSON.stringify(results)).not.toContain(CANARY);
  });
});

describe("a changed reference gets no credential and nothing is read", () => {
  test.each(["env:OTHER_TOKEN", "env:acme_token", "file:token", "op://vault/acme/token", "ref+file://token"])("%s", async (reference) => {
    const { results, reads } = await attempt(inventory("https://api.acme.example", reference));
    expect(results).toMatchObject([{ ok: false, error: { reason: "credential_not_bound" } }]);
    expect(reads).toEqual([]);
  });
});

test("a command that a pull request brings is not run", async () => {
  const marker = join(root, "ran");
  const reference = `exec:${process.execPath} -e "require('fs').writeFileSync('${marker}','')"`;
  const { results } = await attempt(inventory("https://api.acme.example", reference));
  expect(results).toMatchObject([{ ok: false, error: { reason: "credential_not_bound" } }]);
  expect(existsSync(marker)).toBe(false);
});

describe("a client certificate that a pull request changes is not read, nor is its key", () => {
  const PAIR = { cert: "file:acme.crt", key: "file:acme.key" };
  const ask = async (origin: string, bound: readonly string[], declared = PAIR) => {
    const reads: string[] = [];
    const files = createFilePort();
    const counted = {
      ...files,
      readBytes: (path: string, maxBytes: number) => {
        reads.push(path.slice(root.length + 1));
        return files.readBytes(path, maxBytes);
      },
    };
    const bindings = bound.map((reference) => ({ reference, origin: "https://api.acme.example" }));
    const trust = { ...addBindings(NO_TRUST, bindings, 0), folders: [root], exec: true };
    const port = createCredentialPort({ trust, env: {}, files: counted, home: root, folder: root });
    return { held: await port.clientCertificate(declared, origin), reads };
  };
  beforeEach(() => {
    const { certificatePem, keyPem } = createAuthority().issue({ dnsNames: ["acme"], notBefore: new Date(0), notAfter: new Date() });
    writeFileSync(join(root, "acme.crt"), certificatePem);
    writeFileSync(join(root, "acme.key"), keyPem);
  });

  test("both are where both are bound", async () => {
    const { held, reads } = await ask("https://api.acme.example", [PAIR.cert, PAIR.key]);
    expect(held).toMatchObject({ ok: true, value: { key: { matches: "yes" } } });
    expect(reads).toEqual(["acme.crt", "acme.key"]);
  });

  test.each([
    ["another origin", "https://evil.example", [PAIR.cert, PAIR.key], PAIR],
    ["http", "http://api.acme.example", [PAIR.cert, PAIR.key], PAIR],
    ["another certificate", "https://api.acme.example", [PAIR.cert, PAIR.key], { ...PAIR, cert: "file:acme.key.old" }],
    ["a key that alone is bound", "https://api.acme.example", [PAIR.key], PAIR],
    ["nothing bound", "https://api.acme.example", [], PAIR],
  ])("%s", async (_name, origin, bound, declared) => {
    const { held, reads } = await ask(origin, bound, declared);
    expect(held).toMatchObject({ ok: false, error: { reason: "credential_not_bound" } });
    expect(reads).toEqual([]);
  });

  test("another key: the certificate alone is read", async () => {
    const { held, reads } = await ask("https://api.acme.example", [PAIR.cert, PAIR.key], { ...PAIR, key: "file:other.key" });
    expect(held).toMatchObject({ ok: true, value: { key: { matches: "unknown", mode: "unknown", reason: "credential_not_bound" } } });
    expect(reads).toEqual(["acme.crt"]);
  });
});

test("the same origin in another spelling is the same origin", async () => {
  const { results } = await attempt(inventory("https://API.acme.example:443/v2", "env:ACME_TOKEN"));
  expect(results.map(({ ok }) => ok)).toEqual([true]);
});

test("an http origin gets nothing even when the trust file names it", async () => {
  const trust = addBindings(NO_TRUST, [{ reference: "env:ACME_TOKEN", origin: "http://api.acme.example" }], 0);
  const port = createCredentialPort({ trust, env: { ACME_TOKEN: CANARY }, files: createFilePort(), home: root, folder: root });
  expect(await port.resolve("env:ACME_TOKEN", "http://api.acme.example")).toEqual({
    ok: false,
    error: {
      reason: "credential_not_bound",
      detail: "env:ACME_TOKEN is not sent to http://api.acme.example: credentials only go over https",
      next: "Move the integration to https.",
    },
  });
});

test.each(["", "api.acme.example", "https://user@api.acme.example", "javascript:1", "null"])(
  "the origin %j is bound to nothing",
  async (origin) => {
    const trust = addBindings(NO_TRUST, [{ reference: "env:ACME_TOKEN", origin }], 0);
    const port = createCredentialPort({ trust, env: { ACME_TOKEN: CANARY }, files: createFilePort(), home: root, folder: root });
    expect(await port.resolve("env:ACME_TOKEN", origin)).toMatchObject({ ok: false, error: { reason: "credential_not_bound" } });
  },
);
