import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { addBindings, NO_TRUST } from "../../src/local/bindings.ts";
import { createFilePort } from "../../src/local/files.ts";
import { createOwnSecrets } from "../../src/local/own-secrets.ts";
import { Scrubber } from "../../src/local/scrub.ts";
import { createCredentialPort } from "../../src/local/secrets.ts";

const URL_SECRET = "https://hooks.example/services/T012345678901/B012345678901?sig=c4n4ry-0123456789&v=1";
let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "apirisk-own-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function ports(env: Readonly<Record<string, string>>) {
  const scrubber = new Scrubber();
  const files = createFilePort();
  const own = createOwnSecrets({ env, files, home: root, folder: root, scrubber });
  const trust = addBindings(NO_TRUST, [{ reference: "env:TOKEN", origin: "https://api.acme.example" }], 0);
  return { own, credentials: createCredentialPort({ trust, env, files, home: root, folder: root, scrubber }) };
}

describe("secrets of the user's own configuration", () => {
  it("come from the environment and from files, without a binding", async () => {
    writeFileSync(join(root, "key"), "c4n4ry-0123456789\n");
    const { own } = ports({ KEY: "c4n4ry-0123456789" });
    for (const reference of ["env:KEY", "file:key", `file:${root}/key`, "file:~/key"]) {
      const secret = await own.resolve(reference);
      expect([reference, secret.ok && secret.value.reveal()]).toEqual([reference, "c4n4ry-0123456789"]);
    }
  });

  it.each([
    ["env:GONE", "env:GONE is not set"],
    ["env:EMPTY", "env:EMPTY is empty"],
    ["env:TWO", "env:TWO contains a line break or another control character"],
    ["file:gone", "file:gone does not exist"],
    ["exec:cat x", "exec:cat x is not read here"],
    ["c4n4ry-0123456789", "the credential is not read here"],
  ])("%s is told without its value", async (reference, detail) => {
    const { own } = ports({ EMPTY: "", TWO: "c4n4ry\nX: 1" });
    const secret = await own.resolve(reference);
    expect(secret).toMatchObject({ ok: false, error: { detail } });
    expect(JSON.stringify(secret)).not.toContain("c4n4ry");
  });

  it("are scrubbed by the credential port too, a URL in all its parts", async () => {
    const { own, credentials } = ports({ HOOK: URL_SECRET, TOKEN: "t0k3n-0123456789" });
    await own.resolve("env:HOOK");
    await credentials.resolve("env:TOKEN", "https://api.acme.example");
    for (const text of [
      URL_SECRET,
      `POST /services/T012345678901/B012345678901?sig=c4n4ry-0123456789&v=1 HTTP/1.1`,
      "sig is c4n4ry-0123456789",
      "the path had T012345678901 in it",
      Buffer.from(URL_SECRET).toString("base64"),
      "t0k3n-0123456789",
    ]) {
      expect(credentials.scrub(text)).not.toMatch(/c4n4ry|T0123|B0123|t0k3n|YzRuNHJ5/);
    }
    expect(credentials.scrub("POST to hooks.example/services failed")).toBe("POST to hooks.example/services failed");
  });
});
