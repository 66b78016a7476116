import { describe, expect, it } from "vitest";
import type { Backtest } from "../../src/app/backtest.ts";
import type { ComparedRuns } from "../../src/app/compare-runs.ts";
import type { ReplayedRun } from "../../src/app/replay.ts";
import { integrationIdentity } from "../../src/model/fingerprint.ts";
import type { Report } from "../../src/model/report.ts";
import { runCli } from "../lab/support/run-cli.ts";
import { type TemporaryFolder, temporaryFolder } from "../lab/support/temporary-folder.ts";
import { reportProblems } from "../support/report-schema.ts";

describe("history of the demo estate, judged and told again by the program", () => {
  it("says the same with the same rules, blames nobody for a policy, and reports what the audit printed", async () => {
    const folder = await temporaryFolder();
    const printed = JSON.parse((await apirisk(folder, 1, "demo", "--json")).stdout) as Report;

    const replayed = await json<{ counts: ReplayedRun["counts"]; runs: readonly ReplayedRun[] }>(
      folder,
      0,
      "run",
      "replay",
      "--from",
      "2020-01-01",
    );
    expect(replayed.runs).toHaveLength(2);
    expect(replayed.counts).toEqual({ judged: replayed.counts.judged, equal: replayed.counts.judged, different: 0, unobserved: 0 });
    expect(replayed.counts.judged).toBeGreaterThan(300);
    expect((await json<typeof replayed>(folder, 0, "run", "replay", "--integration", "clearvat-lookup")).counts.judged).toBeGreaterThan(10);

    const same = await json<Backtest>(folder, 0, "rule", "backtest");
    expect(same.counts).toMatchObject({ opens: 0, changes: 0, closes: 0, drops: 0, cannotTell: 0 });
    await folder.write("policy.yaml", policyFor(printed));
    const tried = await json<Backtest>(folder, 0, "rule", "backtest", "--inventory", "policy.yaml");
    expect(tried.counts.changes).toBeGreaterThan(0);
    expect(tried.counts.drops).toBeGreaterThan(0);
    expect(new Set(tried.differences.map(({ why }) => why))).toEqual(new Set(["config"]));
    const text = (await apirisk(folder, 0, "rule", "backtest", "--inventory", "policy.yaml")).stdout;
    expect(text.replaceAll(/\s+/g, " ")).toContain(`Would open 0, change ${tried.counts.changes}, close 0`);

    const told = await json<Report>(folder, 1, "report", "--fail-on", "open");
    expect(reportProblems(told)).toEqual([]);
    expect(comparable(told)).toEqual(comparable(printed));
    expect((await apirisk(folder, 0, "report")).stdout).toContain("Gate off");
    await apirisk(folder, 0, "report", "--json", "--output", "told.json");
    expect([...(await folder.contents()).keys()].some((file) => file.endsWith("told.json"))).toBe(true);
  }, 240_000);

  it("names a run, and lets a pipeline compare with it", async () => {
    const folder = await temporaryFolder();
    await apirisk(folder, 1, "demo", "--json");
    await apirisk(folder, 0, "baseline", "set", "q3", "--run", "previous", "--by", "ada", "--reason", "signed off");
    const { baselines } = await json<{ baselines: readonly { name: string; run: string }[] }>(folder, 0, "baseline", "list");
    expect(baselines).toMatchObject([{ name: "q3", by: "ada", reason: "signed off" }]);
    expect((await json<Report>(folder, 0, "report", "--run", "q3")).run).toMatchObject({ id: baselines[0]?.run, first: true });
    expect((await json<{ run: { ulid: string } }>(folder, 0, "run", "show", "q3")).run.ulid).toBe(baselines[0]?.run);

    const compared = await json<ComparedRuns>(folder, 0, "run", "compare", "q3", "latest");
    expect(compared.changes.length).toBeGreaterThan(2);
    expect(new Set(compared.changes.map(({ cause }) => cause))).toEqual(new Set(["target"]));
    await apirisk(folder, 1, "run", "compare", "q3", "latest", "--fail-on", "regression");
    await apirisk(folder, 0, "run", "compare", "latest", "latest", "--fail-on", "newly-detected", "--severity", "info");
    const { stderr } = await apirisk(folder, 2, "baseline", "set", "Q3", "--by", "ada");
    expect(stderr).toContain("lower-case");
    expect((await apirisk(folder, 2, "baseline", "set", "latest", "--by", "ada")).stderr).toContain("none of");
    expect((await apirisk(folder, 2, "baseline", "set", "q4", "--run", "q5", "--by", "ada")).stderr).toContain('"q5"');
  }, 240_000);

  it("answers without a history, and makes none", async () => {
    const folder = await temporaryFolder();
    const answers = (code: number, ...args: readonly string[]) => answersWith(code, args, { home: folder.path });
    expect((await answers(0, "run", "replay")).stdout).toContain("No runs");
    expect((await answers(0, "rule", "backtest")).stdout).toContain("No evidence");
    expect((await answers(0, "baseline", "list")).stdout).toContain("No baselines");
    await answers(2, "report");
    await answers(2, "rule", "backtest", "certificate/expird");
    await answers(2, "run", "replay", "01KAS3");
    expect((await folder.contents()).size).toBe(0);
  }, 60_000);
});

async function apirisk(folder: TemporaryFolder, code: number, ...args: readonly string[]) {
  return answersWith(code, [...args, "--db", `${folder.path}/history.db`], { home: folder.path });
}

async function answersWith(code: number, args: readonly string[], options: { readonly home: string }) {
  const result = await runCli(args, options);
  expect({ args, code: result.code, stderr: result.code === code ? "" : result.stderr }).toEqual({ args, code, stderr: "" });
  return result;
}

async function json<T>(folder: TemporaryFolder, code: number, ...args: readonly string[]): Promise<T> {
  return JSON.parse((await apirisk(folder, code, ...args, "--json")).stdout) as T;
}

/** The same integrations under another policy: identity is that of the id. */
function policyFor({ integrations }: Report): string {
  const entries = integrations.map(({ id, url }) => ({ id, baseUrl: url, network: "internal" }));
  expect(entries.every(({ id }) => integrationIdentity(id, []).length === 36)).toBe(true);
  const rules = { "certificate/expired": { severity: "medium" }, "header/version-disclosure": "off" };
  return JSON.stringify({ version: 1, policy: { rules }, integrations: entries });
}

/** What an audit alone knows is left out: the bound, its notices, the order of its inventory. */
function comparable(report: Report) {
  const { bound: _bound, finishedAt: _finished, ...run } = report.run;
  const { notices: _notices, ...rest } = report;
  const byId = (a: { readonly id: string }, b: { readonly id: string }) => (a.id < b.id ? -1 : 1);
  const byPlace = (a: { readonly rule: string; readonly subject: string }, b: typeof a) =>
    `${a.rule} ${a.subject}` < `${b.rule} ${b.subject}` ? -1 : 1;
  const integrations = report.integrations.map((each) => ({ ...each, findings: [...each.findings].sort(byPlace) })).sort(byId);
  const changes = [...report.changes].sort((a, b) =>
    `${a.integration} ${a.rule} ${a.subject}` < `${b.integration} ${b.rule} ${b.subject}` ? -1 : 1,
  );
  return { ...rest, run, integrations, changes };
}
