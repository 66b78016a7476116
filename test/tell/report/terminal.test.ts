import { stripVTControlCharacters } from "node:util";
import { describe, expect, it } from "vitest";
import type { Report } from "../../../src/model/report.ts";
import type { Style } from "../../../src/tell/report/style.ts";
import { renderReport } from "../../../src/tell/report/terminal.ts";
import { textWidth } from "../../../src/tell/report/width.ts";
import { reportView } from "../../../src/tell/view/report-view.ts";
import { HIDDEN } from "../hidden.ts";
import { busyReport, sampleChange, sampleFinding, sampleIntegration, sampleReport } from "../sample-report.ts";

const plain: Style = { columns: 80, colour: false, unicode: true };
const print = (report: Report, style: Style = plain, detail?: "brief" | "normal" | "full") =>
  renderReport(reportView(report), style, detail);

describe("renderReport", () => {
  it("needs two lines for a perfect run", () => {
    expect(print(sampleReport())).toBe(
      "✔ 1 integration audited: nothing found, all judged, nothing changed.\nGate passed. Sent 14 connections and 3 requests (at most 30 and 9).\n",
    );
  });

  it("tells how an integration stands towards each policy, also where nothing was found", () => {
    const known = { violated: 0, unknown: 0, nextDate: null, nextRequirement: null };
    const policies = [
      { ...known, pack: "mozilla-6.0-modern", complies: false, violated: 2, unknown: 1 },
      { ...known, pack: "rfc-9325", complies: null, unknown: 3 },
      { ...known, pack: "bsi-tr-02102-2-2026-01", complies: true, nextDate: "2032-01-01", nextRequirement: "tls12-ends" },
    ];
    const printed = print(sampleReport({ integrations: [sampleIntegration({ findings: [], policies })] }), { ...plain, columns: 120 });
    expect(printed).toContain("  Policy mozilla-6.0-modern: does not comply: 2 violated, 1 could not be seen\n");
    expect(printed).toContain("  Policy rfc-9325: unknown, 3 could not be seen\n");
    expect(printed).toContain("  Policy bsi-tr-02102-2-2026-01: complies; from 2032-01-01 on not with tls12-ends\n");
  });

  it("tells a busy run from the summary to the next command", () => {
    expect(print(busyReport())).toBe(`3 integrations audited: 1 critical, 1 high, 1 low and 1 info. 1 not confirmed
yet. 1 passed, to be seen once more. 1 open finding was not seen this time. 1
integration unreachable. Coverage 91 %. Since the last run: 1 regression, 2
other changes and 1 ended waiver.

INTEGRATION    WORST       FINDINGS    SCORE  JUDGED  SEEN
acme-payments  ✖ CRITICAL         5       15    80 %  observed
weather        · INFO             1       97   100 %  observed
gone           unknown            0  unknown     0 %  unreachable

acme-payments
  Acme payments · https://api.acme.example · critical criticality ·
  payments-team
  observed · score 15 of 100 (critical risk) · 80 % judged · sent 14 connections
  and 3 requests
  Asked without the credential by permission: contract MSA-12, given by ciso,
  until 2027-01-01.
  1 rule failed inside apirisk, which is a bug: header/end-of-life-software.
  ✖ CRITICAL  certificate/expired  leaf  (new)
    The certificate expired on 2026-11-01, 22 days ago.
    Seen: notAfter 2026-11-01
    Do:   Ask the provider to renew the certificate. (with the provider, low
          effort)
    Risk: immediate, 85 of 100, due 2026-11-30
  ▲ HIGH  auth/unauthenticated-access  list-charges  (not seen this time, last
          seen 2026-11-23)
    The certificate expired on 2026-11-01, 22 days ago.
    Seen: notAfter 2026-11-01
    Do:   Ask the provider to renew the certificate. (with the provider, low
          effort)
    Risk: immediate, 85 of 100, due 2026-11-30
  ● MEDIUM  tls/deprecated-version-offered  tls1.0  (not confirmed yet)
    The certificate expired on 2026-11-01, 22 days ago.
    Seen: notAfter 2026-11-01
    Do:   Ask the provider to renew the certificate. (with the provider, low
          effort)
    Risk: immediate, 85 of 100, due 2026-11-30
  ○ LOW  header/version-disclosure  leaf  (passed once, to be seen again)
    The certificate expired on 2026-11-01, 22 days ago.
    Seen: notAfter 2026-11-01
    Do:   Ask the provider to renew the certificate. (with the provider, low
          effort)
    Risk: immediate, 85 of 100, due 2026-11-30
  ○ LOW  header/version-disclosure  server  (open)
    The server names its version.
    Seen: notAfter 2026-11-01
    Do:   Ask the provider to renew the certificate. (with the provider, low
          effort)
    Risk: immediate, 85 of 100, ask them by 2026-11-25, due 2026-11-30

weather
  https://api.acme.example · low criticality · no owner
  observed · score 97 of 100 · 100 % judged · sent 14 connections and 3 requests
  · INFO  header/version-disclosure  server  (open)
    The server names its version.

Changes since the last run
  ↑ new: acme-payments  certificate/expired  leaf
    The certificate has expired. Before: pass (valid); now: critical expired.
    Cause: time passed (time).
  ↓ resolved: weather  header/version-disclosure  server
    The certificate has expired. Before: low disclosed; now: pass. Cause: the
    provider changed (target).
  ? no longer seen: gone  certificate/expired  leaf
    The certificate has expired. Before: pass; now: the host did not answer in
    time. Cause: the provider changed (target).

Sight, waivers, decisions and what left the inventory
  · acme-payments  auth/key-in-query  charges: worse than what was accepted: it
    counts again
  · gone  tls/deprecated-version-offered  tls1.0: this waiver matches nothing
    for a week: take it out of the inventory

Could not be judged (3 questions): neither passed nor failed
  ? 2 questions: the credential is not trusted for this origin, so it was not
    sent
    acme-payments (data/secret-in-response and data/sensitive-field-undeclared)
    → look at the pair, then bind it: apirisk credential trust ID --dry-run
  ? 1 question: the host did not answer in time
    gone (certificate/expired)
    → check firewalls and the port; audit again later

1 finding is waived and not listed (apirisk finding list).
✖ Gate failed: expected no open finding of severity high or worse; found 1
               critical and 1 high finding.
Sent 52 connections and 11 requests (at most 80 and 20).
Risk order: expert opinion, for triage; not a measurement of loss.

Notice: The end-of-life table is 93 days old.
Next: apirisk credential trust acme-payments --dry-run
`);
  });

  it("is brief when asked", () => {
    expect(print(busyReport(), { ...plain, columns: 300 }, "brief").split("\n")).toEqual([
      expect.stringMatching(/^3 integrations audited: .* 2 other changes and 1 ended waiver\.$/),
      "✖ Gate failed: expected no open finding of severity high or worse; found 1 critical and 1 high finding.",
      "",
    ]);
  });

  it("shows where findings come from when asked, and integrations that are clean", () => {
    const report = sampleReport({ integrations: [sampleIntegration({ findings: [sampleFinding()] }), sampleIntegration({ id: "clean" })] });
    const full = print(report, { ...plain, columns: 200 }, "full");
    expect(full).toContain("    From: tls-session /chain/0\n");
    expect(full).toContain(
      "    See:  RFC 5280 4.1.2.5 <https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.5>, CWE-298, API8:2023, PCI-DSS 4.2.1\n",
    );
    expect(full).toContain(
      "fingerprint 0123456789abcdef0123456789abcdef, rule revision 1, confidence 99 %, L:5/I:4/S:critical -> 85 critical\n",
    );
    expect(full).toContain("\nclean\n");
    expect(print(report)).not.toContain("\nclean\n");
  });

  it("says that a first run has nothing to compare with, and that an interrupted one is not whole", () => {
    expect(print(sampleReport({ run: { ...sampleReport().run, first: true, status: "aborted" } }))).toMatch(
      /First run: nothing to\s+compare with\.\s+The run was\s+interrupted/,
    );
  });

  it("says unknown where there is no coverage, and never rounds up to 100 %", () => {
    expect(print(sampleReport({ run: { ...sampleReport().run, coverage: null }, notices: ["x"] }))).toContain("Coverage unknown.");
    expect(print(sampleReport({ run: { ...sampleReport().run, coverage: 0.9999 }, notices: ["x"] }))).toContain("Coverage 99 %.");
    expect(print(sampleReport({ run: { ...sampleReport().run, coverage: 0.29 }, notices: ["x"] }))).toContain("Coverage 29 %.");
  });

  it("says when the gate is off", () => {
    const gate = { passed: true, failOn: "none", severity: "high", reasons: [] } as const;
    expect(print(sampleReport({ gate, notices: ["x"] }))).toContain("\nGate off: nothing is expected.\n");
  });

  it("says when a run found nothing to audit", () => {
    expect(print(sampleReport({ integrations: [] }))).toContain("0 integrations audited: no open findings.");
  });

  it.each([40, 80, 200])("stays within %i columns", (columns) => {
    for (const detail of ["brief", "normal", "full"] as const) {
      const lines = print(hostileReport(), { ...plain, columns }, detail).split("\n");
      expect(lines.filter((line) => textWidth(line) > columns)).toEqual([]);
    }
  });

  it("says the same without colour as with it", () => {
    for (const detail of ["brief", "normal", "full"] as const) {
      const coloured = print(busyReport(), { ...plain, colour: true }, detail);
      expect(coloured).toContain("\u001b[1;31m");
      expect(stripVTControlCharacters(coloured)).toBe(print(busyReport(), plain, detail));
    }
  });

  it("uses nothing but ASCII where there is no Unicode", () => {
    expect(print(busyReport(), { ...plain, unicode: false }, "full")).toMatch(/^[\n\x20-\x7e]*$/);
  });

  it("lets nothing from outside reach the terminal raw", () => {
    for (const detail of ["brief", "normal", "full"] as const) {
      const text = print(hostileReport(), plain, detail);
      expect(text).not.toMatch(HIDDEN);
      expect(text).not.toMatch(/^\s*::error/m);
      expect(text).not.toContain("##[");
      const ours = stripVTControlCharacters(print(hostileReport(), { ...plain, colour: true }, detail));
      expect(ours).toBe(text);
    }
  });

  it("lists many integrations only when asked", () => {
    const integrations = Array.from({ length: 40 }, (_, index) => sampleIntegration({ id: `api-${String(index).padStart(2, "0")}` }));
    const report = sampleReport({ integrations, notices: ["x"] });
    expect(print(report)).toContain("api-24");
    expect(print(report)).not.toContain("api-25");
    expect(print(report)).toContain("and 15 more, none of them worse");
    expect(print(report, plain, "full")).toContain("api-39");
  });
});

/** The busy report with poison in every text that may come from outside. */
function hostileReport(): Report {
  const poison = `\u001b[2J\u202e::error::x ##[error]\r\n\u009b${"w".repeat(120)}世界`;
  const finding = sampleFinding({
    subject: poison,
    message: poison,
    title: poison,
    evidence: [{ kind: "tls-session", key: poison, pointer: `/${poison}`, summary: poison }],
    waiver: undefined as never,
  });
  return sampleReport({
    run: { ...sampleReport().run, vantage: `proxy:${poison}` },
    gate: { passed: false, failOn: "open", severity: "high", reasons: [poison] },
    integrations: [
      sampleIntegration({
        id: poison,
        name: poison,
        url: poison,
        owner: poison,
        findings: [finding],
        unobserved: [{ rule: "data/x", subject: poison, reason: "blocked" }],
        permission: { basis: poison, by: poison, until: poison },
      }),
      sampleIntegration({ id: `${poison}2` }),
    ],
    changes: [sampleChange({ integration: poison, subject: poison, title: poison, before: { verdict: "fail", outcome: poison } })],
    notices: [poison],
  });
}
