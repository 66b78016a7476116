import { readFile, writeFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import type { AuditResult } from "../../src/app/audit.ts";
import { createAuthority } from "../../src/demo/certificates.ts";
import { DAY } from "../../src/model/instant.ts";
import { CLIENT_ROOT, CLIENT_STANDING } from "./support/client-certificate-knobs.ts";
import { CLEAN_RESOURCE, cleanEntry, type InventoryEntry, type Lab, startLab } from "./support/lab.ts";
import { type Insistence, startMtlsApi } from "./support/mtls-api.ts";
import { MTLS_AUTH, MTLS_FILES } from "./support/mtls-knobs.ts";
import { hasNginx, runNginx } from "./support/nginx.ts";

const VERSIONS = ["TLSv1.2", "TLSv1.3"] as const;
const RULE = "auth/mtls-not-required";
const PERMISSION = { basis: "the lab's own server", by: "the lab", until: "2099-01-01" };

async function withCertificate(lab: Lab): Promise<Lab> {
  await writeFile(`${lab.folder}/client.crt`, CLIENT_STANDING.chain);
  await writeFile(`${lab.folder}/client.key`, CLIENT_STANDING.key, { mode: 0o600 });
  return lab;
}

function entryOf(url: string, changes: Readonly<Record<string, unknown>> = {}): InventoryEntry {
  return cleanEntry({ url }, { auth: MTLS_AUTH, authProof: { level: "shape", permission: PERMISSION }, ...changes });
}

/** What a rule says of the endpoint: open and how bad, why it is unobserved, or nothing. */
function said({ report }: AuditResult, asked = RULE): readonly string[] {
  const [integration] = report.integrations;
  const open = integration?.findings.filter(({ rule }) => rule === asked).map(({ severity }) => severity) ?? [];
  return [...open, ...(integration?.unobserved.filter(({ rule }) => rule === asked).map(({ reason }) => reason) ?? [])];
}

describe.each(VERSIONS)("an API that wants a client certificate, over %s", (version) => {
  it.each<[Insistence, readonly string[]]>([
    ["demanding", []],
    ["refusing", []],
    ["ignoring", ["high"]],
  ])("%s: shown to it with the request, and never without", async (insistence, verdict) => {
    const lab = await withCertificate(await startLab());
    const api = await startMtlsApi(lab.authority, { insistence, version });
    const result = await lab.audit([entryOf(api.url)], { boundFiles: MTLS_FILES, withEvidence: true });
    expect(said(result)).toEqual(verdict);
    // Who lets us in without it is asked once more.
    const without = { demanding: [], refusing: [undefined], ignoring: [undefined, undefined] }[insistence];
    expect(api.asked.map(({ shown }) => shown)).toEqual(["acme client", ...without]);
    expect(result.report.run.connections).toBeLessThanOrEqual(result.report.run.bound.connections);
    const traces = [JSON.stringify(result), (await readFile(lab.databaseFile)).toString("latin1")].join("\n");
    // The line that holds the private number; what follows is public, and stands in the certificate.
    expect(traces).not.toContain(CLIENT_STANDING.key.split("\n")[1]);
  });
});

describe("a client certificate of ours", () => {
  it("stays here, and nothing is asked in its place, where one half is not bound", async () => {
    const lab = await withCertificate(await startLab());
    const api = await startMtlsApi(lab.authority);
    const result = await lab.audit([entryOf(api.url)], { boundFiles: ["file:client.crt"], withEvidence: true });
    expect(said(result, "data/secret-in-response")).toEqual(["credential_not_bound"]);
    expect(api.asked.map(({ shown }) => shown)).toEqual([undefined]);
  });

  it("is not shown to a server that is not trusted", async () => {
    const lab = await withCertificate(await startLab());
    const api = await startMtlsApi(createAuthority(), { version: "TLSv1.2" });
    const result = await lab.audit([entryOf(api.url)], { boundFiles: MTLS_FILES, withEvidence: true });
    expect(said(result, "data/secret-in-response")).toEqual(["tls_untrusted"]);
    expect(api.asked.map(({ shown }) => shown)).toEqual([undefined]);
  });

  it("goes with another credential, and both are left out together", async () => {
    const lab = await withCertificate(await startLab());
    const api = await startMtlsApi(lab.authority);
    const auth = { ...MTLS_AUTH, scheme: "bearer", credential: "env:LAB_KEY" };
    const result = await lab.audit([entryOf(api.url, { auth })], { boundFiles: MTLS_FILES });
    // The others are for what is published, which nobody has to log in for.
    const seen = api.asked.map(({ shown, headers }) => [shown, headers["authorization"] !== undefined]);
    expect(seen[0]).toEqual(["acme client", true]);
    expect(seen.length).toBeGreaterThan(1);
    expect(new Set(seen.slice(1).map((one) => JSON.stringify(one)))).toEqual(new Set(["[null,false]"]));
    expect(said(result)).toEqual(["evidence_ambiguous"]);
  });
});

describe.skipIf(!hasNginx)(`a real nginx${hasNginx ? "" : " (skipped: nginx is not installed)"}`, () => {
  it.each(VERSIONS.flatMap((version) => [[version, "on", []] as const, [version, "optional", ["high"]] as const]))(
    "over %s with ssl_verify_client %s",
    async (version, verify, verdict) => {
      const lab = await withCertificate(await startLab());
      const url = await startNginx(lab, version, verify);
      const result = await lab.audit([entryOf(url)], { boundFiles: MTLS_FILES, withEvidence: true });
      expect(result.report.integrations[0]?.evidence?.["http-response"]?.[0]).toMatchObject({
        status: 200,
        credential: { state: "sent", certificate: true },
      });
      expect(said(result)).toEqual(verdict);
    },
  );
});

async function startNginx({ authority, folder }: Pick<Lab, "authority" | "folder">, version: string, verify: string): Promise<string> {
  const write = async (name: string, text: string) => {
    await writeFile(`${folder}/${name}`, text);
    return `${folder}/${name}`;
  };
  const validity = { notBefore: new Date(Date.now() - DAY), notAfter: new Date(Date.now() + 60 * DAY) };
  const served = authority.issue({ ipAddresses: ["127.0.0.1"], ...validity });
  const files = [
    await write("served.pem", served.chainPem),
    await write("served.key", served.keyPem),
    await write("root.pem", CLIENT_ROOT.pem),
  ];
  const [certificate, key, root] = files;
  const port = await runNginx(
    { path: folder, write },
    `ssl_protocols ${version}; ssl_certificate ${certificate}; ssl_certificate_key ${key};
     ssl_verify_client ${verify}; ssl_verify_depth 3; ssl_client_certificate ${root};
     location / { default_type application/json; return 200 '${JSON.stringify(CLEAN_RESOURCE)}'; }`,
  );
  return `https://127.0.0.1:${port}`;
}
