import { describe, expect, it } from "vitest";
import { storedReport } from "../../src/app/stored-report.ts";
import type { HistoryStore } from "../../src/model/history-store.ts";
import { DAY } from "../../src/model/instant.ts";
import type { Report } from "../../src/model/report.ts";
import { reportProblems } from "../support/report-schema.ts";
import { cleanEntry, LAB_SECRET, startLab } from "./support/lab.ts";

describe("a report from history", () => {
  it("is what each audit printed, of the newest run and of every run before", async () => {
    const lab = await startLab();
    const api = await lab.start({ headers: { server: "nginx/1.18.0" }, certificate: "expiring" });
    const other = await lab.start();
    const permission = { basis: "contract", reference: "MSA-12", by: "ciso", until: "2099-01-01" };
    const entries = [
      cleanEntry(other, { id: "other", authProof: { level: "shape", permission } }),
      cleanEntry(api, {
        tags: ["pci"],
        waivers: [{ rule: "header/version-disclosure", until: "2099-01-01", reason: "known", by: "ciso", kind: "accepted" }],
      }),
    ];
    const printed: Report[] = [];
    const audit = async () => {
      printed.push((await lab.audit(entries)).report);
      lab.clock.advance(DAY);
    };
    await audit();
    await other.change({ headers: { server: "Apache/2.2.3" } });
    await audit();
    await api.change({ listens: false });
    for (const days of [4, 4, 4]) {
      await audit();
      lab.clock.advance(days * DAY);
    }
    await api.change({ listens: true, certificate: "valid" });
    await other.change({ headers: {} });
    await audit();
    await other.change({ headers: { server: "Apache/2.2.3" } });
    await audit();

    for (const [night, report] of printed.entries()) {
      const again = await reportOf(lab.history, report.run.id);
      expect(reportProblems(again)).toEqual([]);
      expect({ night, ...comparable(again, night) }).toEqual({ night, ...comparable(report, night) });
    }
    const kinds = new Set(printed.flatMap(({ changes }) => changes.map(({ kind }) => kind)));
    for (const kind of ["new", "lost-sight", "regained-sight"]) expect(kinds).toContain(kind);
    expect(JSON.stringify(await reportOf(lab.history, printed[0]?.run.id ?? ""))).not.toContain(LAB_SECRET);

    /** Of an earlier run what was due is known only where it has not moved since. */
    function comparable(report: Report, night: number) {
      const isNewest = night === printed.length - 1;
      return {
        ...report,
        changes: [...report.changes].sort(byText),
        integrations: report.integrations
          .map((integration) => ({
            ...integration,
            findings: integration.findings
              .map(({ dueAt, contactBy, message, ...finding }) => ({ ...finding, ...(isNewest ? { dueAt, contactBy, message } : {}) }))
              .sort(byText),
          }))
          .sort(byText),
      };
    }
  }, 60_000);

  it("tells the part of a run that was audited before it was interrupted", async () => {
    const lab = await startLab();
    const api = await lab.start();
    const { report } = await lab.audit([cleanEntry(api)]);
    const [stored] = await lab.history.runs(1);
    if (stored === undefined) throw new Error("no run");
    const { finishedAt: _never, ...unfinished } = stored;
    const again = await storedReport(lab.history, { ...unfinished, status: "crashed" }, { failOn: "open", severity: "high" });
    expect(again.run.status).toBe("aborted");
    expect(again.run.finishedAt >= again.run.startedAt).toBe(true);
    expect(again.integrations).toEqual(report.integrations);
  }, 60_000);
});

async function reportOf(history: HistoryStore, id: string): Promise<Report> {
  const run = await history.run(id);
  if (run === undefined) throw new Error(`no run ${id}`);
  return storedReport(history, run, { failOn: "open", severity: "high" });
}

function byText(a: object, b: object): number {
  const [left, right] = [a, b].map((one) => JSON.stringify({ ...one, evidence: undefined }));
  return (left ?? "") < (right ?? "") ? -1 : 1;
}
