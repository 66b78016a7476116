import { describe, expect, it } from "vitest";
import { reportView } from "../../../src/tell/view/report-view.ts";
import { busyReport, sampleChange, sampleFinding, sampleIntegration, sampleReport } from "../sample-report.ts";

describe("reportView", () => {
  it("puts the worst integration first, and what could not be seen before what is clean", () => {
    const clean = sampleIntegration({ id: "clean" });
    const blind = sampleIntegration({ id: "blind", visibility: "unreachable", score: null });
    const slightly = sampleIntegration({ id: "slightly", score: 95, findings: [sampleFinding({ severity: "info" })] });
    const bad = sampleIntegration({ id: "bad", score: 30, findings: [sampleFinding({ severity: "high" })] });
    const worse = sampleIntegration({ id: "worse", score: 25, findings: [sampleFinding({ severity: "high" })] });
    const view = reportView(sampleReport({ integrations: [clean, blind, slightly, bad, worse] }));
    expect(view.integrations.map(({ integration }) => integration.id)).toEqual(["worse", "bad", "slightly", "blind", "clean"]);
  });

  it("puts findings worst first, then by risk, then by name", () => {
    const of = (rule: string, severity: "low" | "high", score: number) =>
      sampleFinding({ rule, severity, risk: { ...sampleFinding().risk, score } });
    const findings = [of("tls/b", "high", 50), of("tls/c", "low", 90), of("tls/a", "high", 50), of("tls/d", "high", 60)];
    const view = reportView(sampleReport({ integrations: [sampleIntegration({ findings })] }));
    expect(view.integrations[0]?.findings.map(({ rule }) => rule)).toEqual(["tls/d", "tls/a", "tls/b", "tls/c"]);
  });

  it("counts open, unconfirmed, clearing, unverified, waived, unknown and failed apart, and resolved not at all", () => {
    expect(reportView(busyReport()).counts).toEqual({
      integrations: 3,
      visibility: { observed: 2, partial: 0, unreachable: 1, error: 0, skipped: 0 },
      open: 4,
      unconfirmed: 1,
      clearing: 1,
      bySeverity: { critical: 1, high: 1, medium: 0, low: 1, info: 1 },
      unverified: 1,
      waived: 1,
      lapsed: 1,
      retired: 0,
      unobserved: 3,
      notRequested: 0,
      errors: 1,
      regressions: 1,
    });
  });

  it("calls nothing a regression that somebody has accepted, and says so", () => {
    const finding = sampleFinding({ state: { presence: "open", triage: "accepted", label: "accepted" } });
    const report = sampleReport({
      integrations: [sampleIntegration({ findings: [finding] })],
      changes: [sampleChange({ kind: "worse", cause: "target" })],
    });
    const { changes, counts } = reportView(report);
    expect([changes.map(({ waived, regression }) => [waived, regression]), counts.regressions]).toEqual([[[true, false]], 0]);
  });

  it.each(["accepted", "false_positive", "not_applicable"] as const)("takes triage %s for waived", (triage) => {
    const finding = sampleFinding({ state: { presence: "open", triage, label: "accepted" } });
    const view = reportView(sampleReport({ integrations: [sampleIntegration({ findings: [finding] })] }));
    expect([view.counts.open, view.counts.waived]).toEqual([0, 1]);
  });

  it.each(["none", "acknowledged", "fixing"] as const)("takes triage %s for open", (triage) => {
    const finding = sampleFinding({ state: { presence: "open", triage, label: "open" } });
    const view = reportView(sampleReport({ integrations: [sampleIntegration({ findings: [finding] })] }));
    expect([view.counts.open, view.counts.waived]).toEqual([1, 0]);
  });

  it("groups unknowns by reason, the most frequent first", () => {
    expect(reportView(busyReport()).unknowns).toEqual([
      {
        reason: "credential_not_bound",
        count: 2,
        integrations: [{ id: "acme-payments", rules: ["data/secret-in-response", "data/sensitive-field-undeclared"] }],
      },
      { reason: "connect_timeout", count: 1, integrations: [{ id: "gone", rules: ["certificate/expired"] }] },
    ]);
  });

  it("puts regressions first among changes", () => {
    const { changes } = reportView(busyReport());
    expect(changes.map(({ kind, regression }) => [kind, regression])).toEqual([
      ["new", true],
      ["resolved", false],
      ["lost-sight", false],
    ]);
  });

  it("does not blame the provider for what our rules or configuration changed", () => {
    const changes = (["rules", "config", "tool"] as const).map((cause) => sampleChange({ cause }));
    expect(reportView(sampleReport({ changes })).counts.regressions).toBe(0);
  });

  it("is perfect only when all was judged, nothing found and nothing changed", () => {
    expect(reportView(sampleReport()).perfect).toBe(true);
    const flaws = [
      sampleReport({ integrations: [] }),
      sampleReport({ changes: [sampleChange()] }),
      sampleReport({ notices: ["x"] }),
      sampleReport({ gate: { passed: false, failOn: "open", severity: "high", reasons: ["coverage"] } }),
      sampleReport({ run: { ...sampleReport().run, status: "aborted" } }),
      sampleReport({ integrations: [sampleIntegration({ visibility: "partial" })] }),
      sampleReport({ integrations: [sampleIntegration({ findings: [sampleFinding({ severity: "info" })] })] }),
      sampleReport({ integrations: [sampleIntegration({ unobserved: [{ rule: "tls/x", subject: "y", reason: "not_due" }] })] }),
      sampleReport({ integrations: [sampleIntegration({ errors: [{ rule: "tls/x", subject: "y" }] })] }),
    ];
    expect(flaws.map((report) => reportView(report).perfect)).toEqual(flaws.map(() => false));
  });

  it("suggests binding a credential before anything else, then the worst rule, then nothing", () => {
    expect(reportView(busyReport()).next).toBe("apirisk credential trust acme-payments --dry-run");
    expect(reportView(sampleReport({ integrations: [sampleIntegration({ findings: [sampleFinding()] })] })).next).toBe(
      "apirisk rule explain certificate/expired",
    );
    expect(reportView(sampleReport()).next).toBeNull();
  });

  it("does not touch the report", () => {
    const report = busyReport();
    const before = JSON.stringify(report);
    reportView(report);
    expect(JSON.stringify(report)).toBe(before);
  });
});
