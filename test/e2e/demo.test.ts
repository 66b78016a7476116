import { describe, expect, it } from "vitest";
import { isRegression } from "../../src/model/finding.ts";
import type { Report } from "../../src/model/report.ts";
import { runCli } from "../lab/support/run-cli.ts";
import { temporaryFolder } from "../lab/support/temporary-folder.ts";
import { reportProblems } from "../support/report-schema.ts";

describe("apirisk demo", () => {
  it("shows the estate, at least two regressions that are the providers' doing, and exits with 1", async () => {
    const folder = await temporaryFolder();
    const { code, stdout, stderr } = await runCli(["demo", "--json"], { home: folder.path });
    expect(stderr).toBe("");
    expect(code).toBe(1);
    const report = JSON.parse(stdout) as Report;
    expect(report.integrations.length).toBeGreaterThanOrEqual(8);
    const families = new Set(report.integrations.flatMap(({ findings }) => findings.map(({ rule }) => rule.split("/")[0])));
    for (const family of ["tls", "certificate", "auth", "header", "data", "lifecycle"]) expect(families).toContain(family);
    expect(report.changes.filter((change) => isRegression(change) && change.cause === "target").length).toBeGreaterThanOrEqual(2);
    expect((await folder.contents()).size).toBe(0);
  }, 60_000);

  it("prints a report that its schema knows", async () => {
    const { path } = await temporaryFolder();
    const { stdout } = await runCli(["demo", "--json"], { home: path });
    expect(reportProblems(JSON.parse(stdout))).toEqual([]);
  }, 60_000);

  it("prints a page for people without a control character", async () => {
    const { path } = await temporaryFolder();
    const { stdout, code } = await runCli(["demo"], { home: path });
    expect(code).toBe(1);
    expect(stdout).toContain("Gate failed");
    expect([...stdout].filter((character) => character !== "\n" && (character < " " || character === "\u007f"))).toEqual([]);
  }, 60_000);
});
