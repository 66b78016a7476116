import { type Change, isRegression, PUT_ASIDE } from "../../model/finding.ts";
import type { FailOn, Finding, GateVerdict } from "../../model/report.ts";
import { atLeast, SEVERITIES, type Severity } from "../../model/severity.ts";

export interface GateInput {
  readonly findings: readonly Pick<Finding, "severity" | "state" | "waiver">[];
  readonly changes: readonly Pick<Change, "kind" | "cause" | "after" | "fingerprint">[];
  /** Fingerprints of findings that are waived or accepted: their changes are nobody's alarm. */
  readonly waived: ReadonlySet<string>;
  readonly failOn: FailOn;
  readonly severity: Severity;
}

/** Whether the run lets a pipeline pass, with what was found where it does not. */
export function gateVerdict(input: GateInput): GateVerdict {
  const { failOn, severity } = input;
  const reasons = reasonsOf(input);
  return { passed: reasons.length === 0, failOn, severity, reasons };
}

function reasonsOf({ failOn, severity, findings, changes, waived }: GateInput): readonly string[] {
  const counted = changes.filter(({ fingerprint, after }) => !waived.has(fingerprint) && atLeast(after.severity ?? "info", severity));
  switch (failOn) {
    case "none":
      return [];
    case "open":
      return perSeverity(
        findings.filter((finding) => isOpen(finding) && atLeast(finding.severity, severity)).map((finding) => finding.severity),
        "open finding",
      );
    case "regression":
      return perSeverity(
        counted.filter(isRegression).map(({ after }) => after.severity ?? "info"),
        "regression",
      );
    case "newly-detected":
      return perSeverity(
        counted.filter((change) => isRegression(change) || change.kind === "newly-detected").map(({ after }) => after.severity ?? "info"),
        "new or newly detected finding",
      );
  }
}

/** Seen or unverified alike: what could not be looked at today is still open. What passed today is not, though it has to pass once more. */
function isOpen({ state, waiver }: Pick<Finding, "state" | "waiver">): boolean {
  return state.presence === "open" && waiver === undefined && !PUT_ASIDE.has(state.triage);
}

/** "2 high open findings", worst first. */
function perSeverity(found: readonly Severity[], what: string): readonly string[] {
  return SEVERITIES.flatMap((severity) => {
    const count = found.filter((other) => other === severity).length;
    return count === 0 ? [] : [`${count} ${severity} ${what}${count === 1 ? "" : "s"}`];
  });
}
