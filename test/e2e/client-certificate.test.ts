import { chmod, mkdir } from "node:fs/promises";
import { describe, expect, it, onTestFinished } from "vitest";
import { stringify } from "yaml";
import { createAuthority } from "../../src/demo/certificates.ts";
import { startApi } from "../../src/demo/servers.ts";
import { DAY } from "../../src/model/instant.ts";
import { canariesIn } from "../lab/support/canary.ts";
import { EXTENSION, extendedKeyUsage } from "../lab/support/certificate-extensions.ts";
import { intermediate, type Made, rootAuthority, serverLeaf } from "../lab/support/certificate-factory.ts";
import { runCli } from "../lab/support/run-cli.ts";
import { temporaryFolder } from "../lab/support/temporary-folder.ts";
import { reportProblems } from "../support/report-schema.ts";

const ISSUER = intermediate(rootAuthority(), { subject: "Acme clients" });
const LEAF = serverLeaf(ISSUER, {
  subject: "acme client",
  notBefore: new Date(Date.now() - 355 * DAY),
  notAfter: new Date(Date.now() + 10 * DAY),
  with: [extendedKeyUsage(["clientAuth"])],
  without: [EXTENSION.certificatePolicies],
});

describe("a client certificate that is declared", () => {
  it("is judged from its files where they are trusted, without a connection, and its key is in no byte that we leave", async () => {
    const { run, folder, api } = await setting();
    expect((await run(["credential", "trust", "acme", "--folder", "keys"])).code).toBe(0);

    const audit = await run(["audit", "--ca", "ca.pem", "--db", "history.db", "--json", "--evidence", "--output", "report.json"]);
    expect(audit.code).toBe(1);
    expect(await saidBy(folder)).toEqual({
      "credential/client-certificate-expiring": "high",
      "credential/client-certificate-key-file": "high",
    });

    const before = api.counts().connections;
    const local = await run(["audit", "--only", "credential", "--ca", "ca.pem", "--db", "history.db", "--verbose"]);
    expect(local.stdout).toContain("credential/client-certificate-expiring");
    expect(api.counts().connections).toBe(before);
    const dry = await run(["audit", "--only", "credential", "--dry-run", "--json"]);
    expect(JSON.stringify(JSON.parse(dry.stdout))).toContain('"probe":"client-certificate"');

    const shown = [audit, local, dry].flatMap(({ stdout, stderr }) => [stdout, stderr].map((text) => Buffer.from(text)));
    const left = [...(await folder.contents())].filter(([file]) => !file.endsWith("acme.key")).map(([, bytes]) => bytes);
    for (const bytes of [...shown, ...left]) expect(secretsIn(bytes)).toEqual([]);
  }, 60_000);

  it("is not looked at where nobody trusted it, whatever it may be", async () => {
    const { run, folder } = await setting();
    await run(["audit", "--ca", "ca.pem", "--no-history", "--json", "--output", "report.json"]);
    const said = Object.values(await saidBy(folder));
    expect(said).toEqual(Array.from({ length: 7 }, () => "credential_not_bound"));
  }, 60_000);
});

async function setting() {
  const folder = await temporaryFolder();
  const authority = createAuthority();
  const api = await startApi({ authority, now: new Date() }, { auth: { in: "open" } });
  onTestFinished(() => api.close());
  await folder.write("ca.pem", authority.certificatePem);
  await mkdir(`${folder.path}/keys`);
  await folder.write("keys/acme.crt", `${LEAF.pem}${ISSUER.pem}`);
  await chmod(await folder.write("keys/acme.key", pkcs8(LEAF)), 0o644);
  const auth = { scheme: "mtls", clientCertificate: { cert: "file:keys/acme.crt", key: "file:keys/acme.key" } };
  const entry = { id: "acme", network: "internal", baseUrl: api.url, auth, endpoints: [] };
  await folder.write("apirisk.yaml", stringify({ version: 1, integrations: [entry] }));
  const env = { APIRISK_TRUST: `${folder.path}/trust.json`, DEBUG: "apirisk*" };
  return { folder, api, run: (args: readonly string[]) => runCli(args, { home: folder.path, env }) };
}

interface Told {
  readonly rule: string;
  readonly severity: string;
  readonly reason: string;
}

/** Of the rules about credentials, those that did not pass: the severity, or why it is not known. */
async function saidBy(folder: { contents(): Promise<ReadonlyMap<string, Buffer>> }): Promise<Readonly<Record<string, string>>> {
  const file = [...(await folder.contents())].find(([name]) => name.endsWith("report.json"))?.[1];
  const report = JSON.parse(String(file));
  expect(reportProblems(report)).toEqual([]);
  const [integration] = report.integrations;
  const findings = integration.findings.map(({ rule, severity }: Told) => [rule, severity]);
  const unobserved = integration.unobserved.map(({ rule, reason }: Told) => [rule, reason]);
  return Object.fromEntries([...unobserved, ...findings].filter(([rule]) => rule.startsWith("credential/")));
}

function pkcs8({ key }: Made): string {
  return key.privateKey?.export({ type: "pkcs8", format: "pem" }).toString() ?? "";
}

/** Lines of the key's file, and its number in every form. */
function secretsIn(bytes: Uint8Array): readonly unknown[] {
  const { d = "" } = LEAF.key.privateKey?.export({ format: "jwk" }) ?? {};
  const number = Buffer.from(d, "base64url");
  const forms = [number.toString("hex"), number.toString("base64").slice(0, 40), d.slice(0, 40), number.toString("latin1")];
  const lines = pkcs8(LEAF).split("\n").slice(1, 2);
  const text = Buffer.from(bytes).toString("latin1");
  return [...canariesIn(bytes, [...lines, d]), ...forms.filter((form) => text.includes(form))];
}
