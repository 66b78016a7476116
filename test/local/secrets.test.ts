import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { addBindings, NO_TRUST, type TrustFile } from "../../src/local/bindings.ts";
import { createFilePort } from "../../src/local/files.ts";
import type { CredentialOptions } from "../../src/local/reference.ts";
import { createCredentialPort } from "../../src/local/secrets.ts";
import { isoInstant } from "../../src/model/instant.ts";

const ORIGIN = "https://api.acme.example";
const CANARY = "c4n4ry-0123456789";
let root: string;
let folder: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "apirisk-secrets-")));
  folder = join(root, "secrets");
  mkdirSync(folder);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function port(references: readonly string[], changes: Partial<TrustFile> = {}, options: Partial<CredentialOptions> = {}) {
  const trust = {
    ...addBindings(
      NO_TRUST,
      references.map((reference) => ({ reference, origin: ORIGIN })),
      0,
    ),
    folders: [folder],
    exec: true,
    ...changes,
  };
  return createCredentialPort({ trust, env: { PATH: process.env["PATH"] }, files: createFilePort(), home: root, folder: root, ...options });
}

async function secretOf(reference: string, changes?: Partial<TrustFile>, options?: Partial<CredentialOptions>) {
  const result = await port([reference], changes, options).resolve(reference, ORIGIN);
  return result.ok ? result.value.reveal() : result.error;
}

function put(name: string, content: string | Uint8Array): string {
  writeFileSync(join(folder, name), content);
  return `file:secrets/${name}`;
}

const node = (script: string) => `exec:${process.execPath} -e "${script}"`;

describe("env:", () => {
  test("gives the value", async () => {
    expect(await secretOf("env:TOKEN", {}, { env: { TOKEN: CANARY } })).toBe(CANARY);
  });

  test("not set, empty, or a property of every object", async () => {
    expect(await secretOf("env:TOKEN")).toEqual({
      reason: "credential_unavailable",
      detail: "env:TOKEN is not set",
      next: "Set TOKEN in the environment.",
    });
    expect(await secretOf("env:TOKEN", {}, { env: { TOKEN: "" } })).toMatchObject({ detail: "env:TOKEN is empty" });
    expect(await secretOf("env:constructor")).toMatchObject({ detail: "env:constructor is not set" });
  });

  test.each(["a\r\nX-Evil: 1", "a\nb", "a\0b", "a\u0085b", "a\u007f"])("%j would be more than one header field", async (value) => {
    const problem = await secretOf("env:TOKEN", {}, { env: { TOKEN: value } });
    expect(problem).toMatchObject({
      reason: "credential_unavailable",
      detail: "env:TOKEN contains a line break or another control character",
    });
  });
});

describe("file:", () => {
  test("without its one trailing line break, from the inventory's folder, home or anywhere trusted", async () => {
    expect(await secretOf(put("a", `${CANARY}\n`))).toBe(CANARY);
    expect(await secretOf(put("b", `${CANARY}\r\n`))).toBe(CANARY);
    expect(await secretOf("file:~/secrets/a")).toBe(CANARY);
    expect(await secretOf(`file:${folder}/a`)).toBe(CANARY);
    expect(await secretOf(put("c", `${CANARY}\n\n`))).toMatchObject({ detail: expect.stringContaining("line break") });
  });

  test("outside of the trusted folders, whichever way leads out", async () => {
    writeFileSync(join(root, "outside"), CANARY);
    mkdirSync(join(root, "secrets-of-another"));
    writeFileSync(join(root, "secrets-of-another", "a"), CANARY);
    symlinkSync(join(root, "outside"), join(folder, "link"));
    symlinkSync(root, join(folder, "up"));
    for (const path of [
      "outside",
      "secrets/../outside",
      "secrets/link",
      "secrets/up/outside",
      "secrets-of-another/a",
      "secrets",
      "/etc/hostname",
    ]) {
      expect(await secretOf(`file:${path}`), path).toEqual({
        reason: "credential_unavailable",
        detail: `file:${path} lies outside the folders that file: may read`,
        next: "apirisk credential trust --folder FOLDER",
      });
    }
  });

  test("a link inside, and a trusted folder that is a link", async () => {
    put("a", CANARY);
    symlinkSync("a", join(folder, "link"));
    symlinkSync(folder, join(root, "linked"));
    expect(await secretOf("file:secrets/link")).toBe(CANARY);
    expect(await secretOf("file:linked/a", { folders: [join(root, "linked")] })).toBe(CANARY);
  });

  test("no folder is trusted until the user says so", async () => {
    expect(await secretOf(put("a", CANARY), { folders: [] })).toMatchObject({ detail: expect.stringContaining("outside the folders") });
  });

  test.each([
    ["missing", undefined, "does not exist"],
    ["large", "x".repeat(64 * 1024 + 1), "is larger than 64 KB"],
    ["binary", Uint8Array.of(0xff, 0xfe), "is not UTF-8 text"],
    ["empty", "\n", "is empty"],
  ])("%s", async (name, content, detail) => {
    const reference = content === undefined ? `file:secrets/${name}` : put(name, content);
    expect(await secretOf(reference)).toMatchObject({ reason: "credential_unavailable", detail: `${reference} ${detail}` });
  });

  test.skipIf(process.getuid?.() === 0)("without permission", async () => {
    const reference = put("a", CANARY);
    chmodSync(join(folder, "a"), 0);
    expect(await secretOf(reference)).toMatchObject({ detail: `${reference} permission denied` });
  });
});

describe("exec:", () => {
  test("gives what the command prints", async () => {
    expect(await secretOf(node(`console.log('${CANARY}')`))).toBe(CANARY);
  });

  test("sees none of our other secrets", async () => {
    const env = { PATH: process.env["PATH"], ACME_TOKEN: CANARY, AWS_SECRET_ACCESS_KEY: CANARY };
    expect(await secretOf(node("console.log(Object.keys(process.env).sort().join())"), {}, { env })).toBe("PATH");
  });

  test("is not run where the user did not enable it", async () => {
    const marker = join(root, "ran");
    const reference = node(`require('fs').writeFileSync('${marker}', '1'); console.log('x')`);
    expect(await secretOf(reference, { exec: false })).toMatchObject({
      reason: "credential_unavailable",
      detail: `${reference} is not run: exec: is not enabled on this machine`,
      next: "apirisk credential trust --exec",
    });
    expect(() => realpathSync(marker)).toThrow();
  });

  test("a failure says neither what was printed nor where", async () => {
    const problem = await secretOf(node(`console.log('c4n4' + 'ry'); console.error('c4n4' + 'ry'); process.exit(2)`));
    expect(problem).toMatchObject({
      reason: "credential_unavailable",
      detail: expect.stringMatching(/gave no secret: the command ended with 2$/),
    });
    expect(JSON.stringify(problem)).not.toContain("c4n4ry");
  });

  test("a time limit, an open quote, nothing printed", async () => {
    const slow = await secretOf(node("setInterval(() => {}, 1000)"), {}, { execTimeoutMs: 300 });
    expect(slow).toMatchObject({ detail: expect.stringMatching(/took longer than 0\.3 s$/) });
    expect(await secretOf('exec:a "b')).toMatchObject({ detail: 'exec:a "b has an open quote' });
    expect(await secretOf(node("0"))).toMatchObject({ detail: expect.stringMatching(/ is empty$/) });
  });

  test("runs once for a whole run, however often it is asked for", async () => {
    const reference = node("console.log(process.hrtime.bigint() + 'x')");
    const credentials = port([reference]);
    const results = await Promise.all([credentials.resolve(reference, ORIGIN), credentials.resolve(reference, ORIGIN)]);
    results.push(await credentials.resolve(reference, ORIGIN));
    const values = new Set(results.map((result) => (result.ok ? result.value.reveal() : result.error.detail)));
    expect(values.size).toBe(1);
  });
});

test("a pair that was bound before its domain changed is not read; one that was bound in that second or later is", async () => {
  const bound = 1_790_000_000_000;
  const options = { env: { TOKEN: CANARY } };
  const bindings = [{ reference: "env:TOKEN", origin: ORIGIN, trustedAt: isoInstant(bound) }];
  const asked = async (trustedSince?: number) => (await port([], { bindings }, options).resolve("env:TOKEN", ORIGIN, trustedSince)).ok;
  expect(await Promise.all([asked(), asked(bound), asked(bound + 999), asked(bound + 1000)])).toEqual([true, true, true, false]);
  const undated = port([], { bindings: [{ ...bindings[0], trustedAt: "long ago" } as (typeof bindings)[0]] }, options);
  expect(await undated.resolve("env:TOKEN", ORIGIN, 0)).toMatchObject({ ok: false, error: { reason: "domain_doubted" } });
  const refused = await port([], { bindings }, options).resolve("env:TOKEN", ORIGIN, bound + 1000);
  expect(refused).toMatchObject({
    ok: false,
    error: { detail: expect.not.stringContaining(CANARY), next: expect.stringContaining("--again") },
  });
});

describe.each([
  ["op://vault/item/field", "op", "read"],
  ["ref+vault://path#/key", "vals", "get"],
])("%s", (reference, program, verb) => {
  test("is read by the program that it belongs to, where the user enabled programs", async () => {
    const folder = join(root, "bin");
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, program), `#!/bin/sh\n[ "$1" = ${verb} ] && [ "$2" = '${reference}' ] && [ $# = 2 ] && echo ${CANARY}\n`, {
      mode: 0o755,
    });
    const env = { PATH: `${folder}:${process.env["PATH"]}` };
    expect(await secretOf(reference, {}, { env })).toBe(CANARY);
    expect(await secretOf(reference, { exec: false }, { env })).toMatchObject({
      detail: `${reference} is not run: exec: is not enabled on this machine`,
      next: "apirisk credential trust --exec",
    });
  });

  test("says so where there is no such program", async () => {
    expect(await secretOf(reference, {}, { env: { PATH: join(root, "nothing") } })).toMatchObject({
      reason: "credential_unavailable",
      detail: expect.stringContaining(`${reference} gave no secret: the command could not be started`),
    });
  });
});

describe("what was handed out", () => {
  test("is scrubbed from then on, and prints as [secret]", async () => {
    const credentials = port(["env:TOKEN"], {}, { env: { TOKEN: CANARY } });
    expect(credentials.scrub(`x ${CANARY}`)).toBe(`x ${CANARY}`);
    const result = await credentials.resolve("env:TOKEN", ORIGIN);
    expect(credentials.scrub(`x ${CANARY} ${Buffer.from(CANARY).toString("hex")}`)).toBe("x [secret] [secret]");
    expect(JSON.stringify(result)).toBe('{"ok":true,"value":"[secret]"}');
  });

  test("a credential that is no reference is not named", async () => {
    expect(await secretOf(CANARY)).toMatchObject({ detail: expect.stringMatching(/^the credential is no reference/) });
    expect(JSON.stringify(await port([]).resolve(CANARY, ORIGIN))).not.toContain(CANARY);
  });
});

describe("on a machine without a home folder", () => {
  const homeless = (reference: string) => {
    const trust = { ...addBindings(NO_TRUST, [{ reference, origin: ORIGIN }], 0), folders: [folder], exec: true };
    const options = { trust, env: { PATH: process.env["PATH"] }, files: createFilePort(), folder };
    return createCredentialPort(options).resolve(reference, ORIGIN);
  };

  test("~/ leads nowhere, whole paths lead where they say", async () => {
    expect(await homeless("file:~/token")).toMatchObject({
      ok: false,
      error: { reason: "credential_unavailable", detail: "file:~/token starts in the home folder, and there is none" },
    });
    put("token", CANARY);
    expect(await homeless(`file:${folder}/token`)).toMatchObject({ ok: true });
  });

  test("a command does not run in the folder of the inventory", async () => {
    const result = await homeless(node("process.stdout.write(process.cwd())"));
    expect(result.ok && result.value.reveal()).toBe("/");
  });
});

describe("credentials that systemd hands over", () => {
  test("are files that nobody may write, in a folder of root's, named by their whole paths", async () => {
    const credentials = join(root, "credentials", "apirisk.service");
    mkdirSync(credentials, { recursive: true });
    writeFileSync(join(credentials, "acme"), `${CANARY}\n`, { mode: 0o400 });
    chmodSync(credentials, 0o500);
    expect(await secretOf(`file:${credentials}/acme`, { folders: [credentials] })).toBe(CANARY);
    expect(await secretOf(`file:${credentials}/acme`)).toMatchObject({ reason: "credential_unavailable" });
    chmodSync(credentials, 0o700);
  });
});
