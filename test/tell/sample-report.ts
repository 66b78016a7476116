import type { Finding, Report, ReportChange, ReportIntegration } from "../../src/model/report.ts";

/** A valid report with one integration and nothing in it; tests say what differs. */
export function sampleReport(overrides: Partial<Report> = {}): Report {
  return {
    schemaVersion: "1.1.0",
    tool: { name: "apirisk", version: "0.1.0", ruleset: "a".repeat(64) },
    run: {
      id: "01KAS5V0Q0ABCDEFGHJKMNPQRS",
      startedAt: "2026-11-23T19:00:00Z",
      finishedAt: "2026-11-23T19:00:09Z",
      status: "complete",
      first: false,
      coverage: 1,
      connections: 14,
      requests: 3,
      vantage: "local",
      bound: { connections: 30, requests: 9 },
    },
    gate: { passed: true, failOn: "open", severity: "high", reasons: [] },
    integrations: [sampleIntegration()],
    changes: [],
    events: [],
    notices: [],
    ...overrides,
  };
}

export function sampleIntegration(overrides: Partial<ReportIntegration> = {}): ReportIntegration {
  return {
    id: "acme-payments",
    name: "Acme payments",
    url: "https://api.acme.example",
    owner: "payments-team",
    criticality: "critical",
    dataClasses: ["payment_card"],
    tags: ["pci"],
    visibility: "observed",
    score: 100,
    band: "very-low",
    coverage: 1,
    findings: [],
    unobserved: [],
    errors: [],
    connections: 14,
    requests: 3,
    ...overrides,
  };
}

export function sampleFinding(overrides: Partial<Finding> = {}): Finding {
  return {
    fingerprint: "0123456789abcdef0123456789abcdef",
    rule: "certificate/expired",
    ruleRevision: 1,
    subject: "leaf",
    severity: "critical",
    outcome: "expired",
    title: "The certificate has expired",
    message: "The certificate expired on 2026-11-01, 22 days ago.",
    confidence: 0.99,
    state: { presence: "open", triage: "none", label: "new" },
    firstSeenAt: "2026-11-20T19:00:00Z",
    openedAt: "2026-11-20T19:00:00Z",
    lastSeenAt: "2026-11-23T19:00:00Z",
    contactBy: null,
    dueAt: "2026-11-30T00:00:00Z",
    risk: {
      likelihood: 5,
      impact: 4,
      score: 85,
      band: "critical",
      action: "immediate",
      vector: "L:5/I:4/S:critical -> 85 critical",
    },
    evidence: [
      {
        kind: "tls-session",
        key: "https://api.acme.example|192.0.2.1|",
        pointer: "/chain/0",
        summary: "notAfter 2026-11-01",
        hash: "b".repeat(64),
      },
    ],
    remediation: { verb: "ask", alone: false, effort: "low", text: "Ask the provider to renew the certificate." },
    citations: [{ id: "RFC 5280 4.1.2.5", url: "https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.5" }],
    cwe: ["CWE-298"],
    owasp: ["API8:2023"],
    controls: ["PCI-DSS 4.2.1"],
    ...overrides,
  };
}

export function sampleChange(overrides: Partial<ReportChange> = {}): ReportChange {
  return {
    fingerprint: "0123456789abcdef0123456789abcdef",
    integration: "acme-payments",
    rule: "certificate/expired",
    subject: "leaf",
    kind: "new",
    cause: "time",
    before: { verdict: "pass", outcome: "valid" },
    after: { verdict: "fail", outcome: "expired", severity: "critical", presence: "open" },
    title: "The certificate has expired",
    ...overrides,
  };
}

/** Everything at once: findings of all severities, a waiver, unknowns, errors, changes, notices, a permission. */
export function busyReport(): Report {
  const withState = (label: Finding["state"]["label"], presence: Finding["state"]["presence"] = "open") =>
    ({ presence, triage: "none", label }) as const;
  const leaky = sampleFinding({
    rule: "header/version-disclosure",
    subject: "server",
    severity: "low",
    message: "The server names its version.",
    contactBy: "2026-11-25T00:00:00Z",
    state: withState("open"),
  });
  return sampleReport({
    run: {
      ...sampleReport().run,
      status: "partial",
      coverage: 0.919,
      connections: 52,
      requests: 11,
      bound: { connections: 80, requests: 20 },
    },
    gate: { passed: false, failOn: "open", severity: "high", reasons: ["1 critical and 1 high finding"] },
    integrations: [
      sampleIntegration({
        id: "weather",
        name: "weather",
        owner: null,
        criticality: "low",
        score: 97,
        band: null,
        findings: [{ ...leaky, severity: "info" }],
      }),
      sampleIntegration({
        score: 15,
        band: "critical",
        coverage: 0.8,
        findings: [
          leaky,
          sampleFinding(),
          sampleFinding({
            rule: "tls/deprecated-version-offered",
            subject: "tls1.0",
            severity: "medium",
            state: withState("unconfirmed", "suspect"),
          }),
          sampleFinding({ rule: "auth/unauthenticated-access", subject: "list-charges", severity: "high", state: withState("unverified") }),
          sampleFinding({
            rule: "auth/key-in-query",
            subject: "charges",
            severity: "high",
            state: { presence: "open", triage: "accepted", label: "accepted" },
            fingerprint: "fedcba9876543210fedcba9876543210",
            waiver: { kind: "accepted", until: "2027-01-01", reason: "moving in March", by: "ciso" },
          }),
          sampleFinding({ rule: "header/version-disclosure", severity: "low", state: withState("clearing", "clearing") }),
          sampleFinding({ rule: "lifecycle/sunset-near", state: withState("fixed", "resolved") }),
        ],
        unobserved: [
          { rule: "data/secret-in-response", subject: "list-charges", reason: "credential_not_bound" },
          { rule: "data/sensitive-field-undeclared", subject: "list-charges", reason: "credential_not_bound" },
        ],
        errors: [{ rule: "header/end-of-life-software", subject: "server" }],
        permission: { basis: "contract", reference: "MSA-12", by: "ciso", until: "2027-01-01" },
      }),
      sampleIntegration({
        id: "gone",
        name: "gone",
        visibility: "unreachable",
        score: null,
        band: null,
        coverage: 0,
        unobserved: [{ rule: "certificate/expired", subject: "leaf", reason: "connect_timeout" }],
      }),
    ],
    events: [
      { integration: "acme-payments", kind: "waiver-void", rule: "auth/key-in-query", subject: "charges", cause: "target" },
      { integration: "gone", kind: "waiver-unused", rule: "tls/deprecated-version-offered", subject: "tls1.0" },
    ],
    changes: [
      sampleChange({
        integration: "weather",
        rule: "header/version-disclosure",
        subject: "server",
        kind: "resolved",
        cause: "target",
        before: { verdict: "fail", outcome: "disclosed", severity: "low" },
        after: { verdict: "pass" },
      }),
      sampleChange(),
      sampleChange({
        integration: "gone",
        rule: "certificate/expired",
        kind: "lost-sight",
        cause: "target",
        before: { verdict: "pass" },
        after: { verdict: "unobserved", reason: "connect_timeout" },
      }),
    ],
    notices: ["The end-of-life table is 93 days old."],
  });
}
