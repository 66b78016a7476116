import { createServer } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { createAuthority } from "../../src/demo/certificates.ts";
import { DAY } from "../../src/model/instant.ts";
import type { Report } from "../../src/model/report.ts";
import { hasNginx, runNginx } from "../lab/support/nginx.ts";
import { runCli } from "../lab/support/run-cli.ts";
import { temporaryFolder } from "../lab/support/temporary-folder.ts";
import { reportProblems } from "../support/report-schema.ts";

/** A real nginx in three configurations, audited by the built program as a user would. */
describe.skipIf(!hasNginx)(`a real nginx${hasNginx ? "" : " (skipped: nginx is not installed)"}`, () => {
  it("well configured: observed, and nothing above information", async () => {
    const { home, port, ca } = await startNginx("server_tokens off; ssl_protocols TLSv1.2 TLSv1.3;");
    const { code, report } = await audit(home, [`https://localhost:${port}`, "--allow-private", "--ca", ca]);
    expect(code).toBe(0);
    expect(report.integrations[0]?.visibility).toBe("observed");
    expect(severities(report)).toEqual([]);
  });

  it("as Debian ships it, with old protocols on: findings with citations and remediation", async () => {
    const { home, port, ca } = await startNginx("ssl_protocols TLSv1 TLSv1.1 TLSv1.2 TLSv1.3; ssl_ciphers DEFAULT:@SECLEVEL=0;");
    const { code, report } = await audit(home, [`https://localhost:${port}`, "--allow-private", "--ca", ca, "--severity", "low"]);
    expect(code).toBe(1);
    const findings = report.integrations[0]?.findings ?? [];
    expect(findings.map(({ rule, subject }) => `${rule} ${subject}`)).toEqual(
      expect.arrayContaining([
        "tls/deprecated-version-offered tls1.0",
        "tls/deprecated-version-offered tls1.1",
        "header/version-disclosure header:server",
      ]),
    );
    for (const finding of findings) {
      expect(finding.citations.length).toBeGreaterThan(0);
      expect(finding.remediation.text.length).toBeGreaterThan(20);
    }
  });

  it("with a certificate that has expired: critical, exit 1", async () => {
    const { home, port, ca } = await startNginx("server_tokens off;", { days: [-100, -3] });
    const { code, report } = await audit(home, [`https://localhost:${port}`, "--allow-private", "--ca", ca]);
    expect(code).toBe(1);
    expect(report.integrations[0]?.findings.map(({ rule, severity }) => `${rule} ${severity}`)).toContain("certificate/expired critical");
  });

  it("without --allow-private: refused before any packet, exit 3, with a sentence that says why", async () => {
    const accepted: number[] = [];
    const server = createServer((socket) => {
      accepted.push(1);
      socket.destroy();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void server.close());
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const { path: home } = await temporaryFolder();
    const result = await runCli(["audit", `https://localhost:${port}`], { home });
    expect(result.code).toBe(3);
    expect(result.stdout).toMatch(/private|loopback/i);
    expect(result.stdout).toContain("--allow-private");
    const { code, report } = await audit(home, [`https://localhost:${port}`]);
    expect(code).toBe(3);
    expect(report.gate.passed).toBe(false);
    expect(report.notices.join()).toContain("refused before any packet");
    expect(report.run).toMatchObject({ connections: 0, requests: 0 });
    expect(accepted).toEqual([]);
  });
});

interface RunningNginx {
  readonly home: string;
  readonly port: number;
  readonly ca: string;
}

async function startNginx(
  directives: string,
  { days = [-10, 80] }: { readonly days?: readonly [number, number] } = {},
): Promise<RunningNginx> {
  const folder = await temporaryFolder();
  const authority = createAuthority();
  const now = Date.now();
  const issued = authority.issue({
    dnsNames: ["localhost"],
    ipAddresses: ["127.0.0.1"],
    notBefore: new Date(now + days[0] * DAY),
    notAfter: new Date(now + days[1] * DAY),
  });
  const ca = await folder.write("ca.pem", authority.certificatePem);
  const certificate = await folder.write("leaf.pem", issued.chainPem);
  const key = await folder.write("leaf.key", issued.keyPem);
  const port = await runNginx(
    folder,
    `server_name localhost; ssl_certificate ${certificate}; ssl_certificate_key ${key}; ${directives}
     location / { default_type application/json; return 200 '{"status":"ok"}'; }`,
  );
  return { home: folder.path, port, ca };
}

async function audit(home: string, args: readonly string[]): Promise<{ readonly code: number | undefined; readonly report: Report }> {
  const { code, stdout, stderr } = await runCli(["audit", ...args, "--json"], { home });
  if (!stdout.startsWith("{")) throw new Error(`no JSON on stdout; exit ${code}; stderr: ${stderr}`);
  const report = JSON.parse(stdout) as Report;
  expect(reportProblems(report)).toEqual([]);
  return { code, report };
}

function severities(report: Report): readonly string[] {
  return report.integrations
    .flatMap(({ findings }) => findings.map(({ severity, rule }) => `${severity} ${rule}`))
    .filter((line) => !line.startsWith("info"));
}
