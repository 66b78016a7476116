import { type Change, isRegression, PUT_ASIDE } from "../../model/finding.ts";
import type { FailOn, Finding, GateVerdict } from "../../model/report.ts";
import { atLeast, SEVERITIES, type Severity } from "../../model/severity.ts";

export interface GateInput {
  readonly findings: readonly Pick<Finding, "fingerprint" | "severity" | "state" | "waiver">[];
  readonly changes: readonly Pick<Change, "kind" | "cause" | "after" | "fingerprint">[];
  /** Fingerprints of findings that are waived or accepted: their changes are nobody's alarm. */
  readonly waived: ReadonlySet<string>;
  /** Fingerprints of findings whose waiver or acceptance ended since the last run: nobody accepts them any more. */
  readonly lapsed: ReadonlySet<string>;
  readonly failOn: FailOn;
  readonly severity: Severity;
}

/** Whether the run lets a pipeline pass, with what was found where it does not. */
export function gateVerdict(input: GateInput): GateVerdict {
  const { failOn, severity } = input;
  const reasons = reasonsOf(input);
  return { passed: reasons.length === 0, failOn, severity, reasons };
}

function reasonsOf(input: GateInput): readonly string[] {
  const { failOn, severity, findings } = input;
  switch (failOn) {
    case "none":
      return [];
    case "open":
      return perSeverity(
        findings.filter((finding) => isOpen(finding) && atLeast(finding.severity, severity)).map((finding) => finding.severity),
        "open finding",
      );
    case "regression":
      return ofChanges(input, isRegression, "regression");
    case "newly-detected":
      return ofChanges(input, (change) => isRegression(change) || change.kind === "newly-detected", "new or newly detected finding");
  }
}

/** What is accepted no longer is news as much as what was not there. */
function ofChanges(
  { changes, findings, severity, waived, lapsed }: GateInput,
  counts: (change: GateInput["changes"][number]) => boolean,
  what: string,
): readonly string[] {
  const news = changes.filter(
    (change) => counts(change) && !waived.has(change.fingerprint) && atLeast(change.after.severity ?? "info", severity),
  );
  const told = new Set(news.map(({ fingerprint }) => fingerprint));
  const ended = findings.filter(
    (finding) =>
      lapsed.has(finding.fingerprint) && !told.has(finding.fingerprint) && isOpen(finding) && atLeast(finding.severity, severity),
  );
  return [
    ...perSeverity(
      news.map(({ after }) => after.severity ?? "info"),
      what,
    ),
    ...perSeverity(
      ended.map((finding) => finding.severity),
      "finding with an ended waiver",
      "findings with an ended waiver",
    ),
  ];
}

/** Seen or unverified alike: what could not be looked at today is still open. What passed today is not, though it has to pass once more. */
function isOpen({ state, waiver }: GateInput["findings"][number]): boolean {
  return state.presence === "open" && waiver === undefined && !PUT_ASIDE.has(state.triage);
}

/** "2 high open findings", worst first. */
function perSeverity(found: readonly Severity[], what: string, several = `${what}s`): readonly string[] {
  return SEVERITIES.flatMap((severity) => {
    const count = found.filter((other) => other === severity).length;
    return count === 0 ? [] : [`${count} ${severity} ${count === 1 ? what : several}`];
  });
}
