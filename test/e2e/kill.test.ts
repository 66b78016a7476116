import { describe, expect, it, onTestFinished } from "vitest";
import { startEstate } from "../../src/demo/estate.ts";
import type { Report } from "../../src/model/report.ts";
import { runCli, startCli } from "../lab/support/run-cli.ts";
import { temporaryFolder } from "../lab/support/temporary-folder.ts";

describe("kill -9 in the middle of a run", () => {
  it("leaves no lock, and the next run starts at once, with nothing opened or resolved by missing data", async () => {
    const folder = await temporaryFolder();
    const estate = await startEstate(new Date());
    onTestFinished(() => estate.close());
    await folder.write("ca.pem", estate.caPem);
    await folder.write("apirisk.yaml", estate.inventory);
    const trust = await folder.write("trust.json", JSON.stringify({ version: 1, bindings: estate.bindings, folders: [], exec: false }));
    const env = { ...estate.secrets, APIRISK_TRUST: trust };
    const audit = ["audit", "--ca", "ca.pem", "--db", "history.db", "--concurrency", "1"];
    const run = async (): Promise<Report> => JSON.parse((await runCli([...audit, "--json"], { home: folder.path, env })).stdout) as Report;

    const first = await run();
    expect(first.run.first).toBe(true);
    // What is remembered of a server spares the later runs connections.
    const usual = await run();
    for (const share of [0.1, 0.3, 0.6]) {
      const connections = () => [...estate.apis.values()].reduce((sum, api) => sum + api.counts().connections, 0);
      const enough = connections() + usual.run.connections * share;
      const killed = startCli(audit, { home: folder.path, env });
      while (connections() < enough && killed.process.exitCode === null) await new Promise((resolve) => setImmediate(resolve));
      killed.process.kill("SIGKILL");
      expect((await killed.finished).signal).toBe("SIGKILL");
    }
    const after = await run();
    expect(after.changes).toEqual([]);
    expect(fingerprints(after)).toEqual(fingerprints(first));
    const runs = JSON.parse((await runCli(["run", "list", "--db", "history.db", "--json"], { home: folder.path, env })).stdout) as {
      runs: { status: string }[];
    };
    expect(runs.runs.map(({ status }) => status)).toEqual([
      after.run.status,
      "crashed",
      "crashed",
      "crashed",
      usual.run.status,
      first.run.status,
    ]);
  }, 120_000);
});

function fingerprints(report: Report): readonly string[] {
  return report.integrations.flatMap(({ findings }) => findings.map(({ fingerprint }) => fingerprint)).sort();
}
