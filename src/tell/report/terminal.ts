import { VISIBILITIES } from "../../model/report.ts";
import { SEVERITIES } from "../../model/severity.ts";
import type { ReportView } from "../view/report-view.ts";
import { EVENT_WORDS, GATE_WORDS, VISIBILITY_WORDS } from "../view/words.ts";
import { renderChanges } from "./changes.ts";
import { renderIntegration, renderOverview } from "./findings.ts";
import { counted, listed, paragraph, percent } from "./prose.ts";
import { type Detail, type Style, symbol } from "./style.ts";
import { renderUnknowns } from "./unknowns.ts";

/** The report for people at a terminal: `brief` is the summary and the gate. Ends with a newline. */
export function renderReport(view: ReportView, style: Style, detail: Detail | "brief" = "normal"): string {
  const hasPolicies = view.integrations.some(({ integration }) => (integration.policies ?? []).length > 0);
  if (view.perfect && detail !== "full" && !hasPolicies)
    return `${[perfectLine(view, style), `Gate passed. ${sentSentence(view)}`].join("\n")}\n`;
  if (detail === "brief") return `${[summary(view, style), gateSentence(view, style)].join("\n")}\n`;
  const blocks = [
    summary(view, style),
    view.integrations.length > 1 ? overview(view, style, detail) : undefined,
    ...view.integrations.map((integration) => renderIntegration(integration, style, detail)),
    changes(view, style),
    events(view, style),
    unknowns(view, style, detail),
    [
      waived(view, style),
      notRequested(view, style, detail),
      gateSentence(view, style),
      paragraph(sentSentence(view), style),
      opinion(view, style),
    ]
      .filter(isText)
      .join("\n"),
    [...view.notices.map((notice) => paragraph(notice, style, { lead: "Notice: " })), next(view, style)].filter(isText).join("\n"),
  ];
  return `${blocks.filter(isText).join("\n\n")}\n`;
}

function perfectLine(view: ReportView, style: Style): string {
  const since = view.run.first ? "first run" : "nothing changed";
  const text = `${counted(view.counts.integrations, "integration")} audited: nothing found, all judged, ${since}.`;
  return paragraph(text, style, { lead: `${symbol("good", style)} `, tone: "good" });
}

function summary(view: ReportView, style: Style): string {
  const { counts, run } = view;
  const found = SEVERITIES.filter((severity) => counts.bySeverity[severity] > 0).map(
    (severity) => `${counts.bySeverity[severity]} ${severity}`,
  );
  const unseen = VISIBILITIES.filter((visibility) => visibility !== "observed" && counts.visibility[visibility] > 0);
  const sentences = [
    `${counted(counts.integrations, "integration")} audited: ${found.length === 0 ? "no open findings" : `${listed(found)}`}.`,
    ...(counts.unconfirmed > 0 ? [`${counts.unconfirmed} not confirmed yet.`] : []),
    ...(counts.clearing > 0 ? [`${counts.clearing} passed, to be seen once more.`] : []),
    ...(counts.unverified > 0 ? [`${counted(counts.unverified, "open finding was", "open findings were")} not seen this time.`] : []),
    ...unseen.map((visibility) => `${counted(counts.visibility[visibility], "integration")} ${VISIBILITY_WORDS[visibility]}.`),
    `Coverage ${percent(run.coverage)}.`,
    sinceLastRun(view),
    ...(run.status === "aborted" ? ["The run was interrupted: this is what was seen until then."] : []),
  ];
  return paragraph(sentences.join(" "), style, { tone: "strong" });
}

function sinceLastRun({ run, changes: all, counts }: ReportView): string {
  if (run.first) return "First run: nothing to compare with.";
  const lapsed = [
    ...(counts.lapsed > 0 ? [counted(counts.lapsed, "ended waiver")] : []),
    ...(counts.retired > 0
      ? [counted(counts.retired, "finding that is not asked about any more", "findings that are not asked about any more")]
      : []),
  ];
  if (all.length === 0) return lapsed.length === 0 ? "Nothing changed since the last run." : `Since the last run: ${listed(lapsed)}.`;
  const others = all.length - counts.regressions;
  if (counts.regressions === 0) return `Since the last run: ${listed([counted(others, "change"), ...lapsed])}, no regression.`;
  const parts = [counted(counts.regressions, "regression"), ...(others > 0 ? [counted(others, "other change")] : []), ...lapsed];
  return `Since the last run: ${listed(parts)}.`;
}

function overview(view: ReportView, style: Style, detail: Detail): string {
  const shown = detail === "full" ? view.integrations : view.integrations.slice(0, OVERVIEW_ROWS);
  const rest = view.integrations.length - shown.length;
  return [
    renderOverview(shown, style),
    ...(rest > 0 ? [paragraph(`and ${rest} more, none of them worse (--verbose shows all)`, style)] : []),
  ].join("\n");
}

function changes(view: ReportView, style: Style): string | undefined {
  if (view.changes.length === 0) return undefined;
  return `${title("Changes since the last run", style)}\n${renderChanges(view.changes, style)}`;
}

function events(view: ReportView, style: Style): string | undefined {
  if (view.events.length === 0) return undefined;
  const lines = view.events.map(({ integration, rule, subject, kind }) =>
    paragraph(
      `${[integration, rule, subject].filter((word) => word !== undefined && word !== "").join("  ")}: ${EVENT_WORDS[kind] ?? kind}`,
      style,
      {
        indent: 2,
        lead: `${symbol("dot", style)} `,
      },
    ),
  );
  return [title("Sight, waivers, decisions and what left the inventory", style), ...lines].join("\n");
}

function unknowns(view: ReportView, style: Style, detail: Detail): string | undefined {
  if (view.unknowns.length === 0) return undefined;
  const heading = `Could not be judged (${counted(view.counts.unobserved, "question")}): neither passed nor failed`;
  return `${title(heading, style)}\n${renderUnknowns(view.unknowns, style, detail)}`;
}

/** Not an unknown that anybody could mend by trying again; told to those who want to know everything. */
function notRequested({ counts }: ReportView, style: Style, detail: Detail): string | undefined {
  if (counts.notRequested === 0 || detail !== "full") return undefined;
  return paragraph(
    `${counted(counts.notRequested, "question was", "questions were")} not asked: authProof is none, no endpoint is declared, the depth leaves them out, or files alone tell (apirisk inspect).`,
    style,
  );
}

function waived({ counts }: ReportView, style: Style): string | undefined {
  if (counts.waived === 0) return undefined;
  return paragraph(`${counted(counts.waived, "finding is", "findings are")} waived and not listed (apirisk finding list).`, style);
}

/** Always with what was expected and what was found, so that nobody has to guess. */
function gateSentence({ gate }: ReportView, style: Style): string {
  const expected = GATE_WORDS[gate.failOn](gate.severity);
  const found = gate.reasons.length > 0 ? gate.reasons.join("; ") : gate.passed ? "none" : "no reason given";
  const text =
    gate.failOn === "none"
      ? `Gate off: nothing is expected. ${gate.reasons.join("; ")}`.trimEnd()
      : `expected ${expected}; found ${found}.`;
  const lead = gate.failOn === "none" ? "" : `${symbol(gate.passed ? "good" : "bad", style)} Gate ${gate.passed ? "passed" : "failed"}: `;
  return paragraph(text, style, { lead, tone: gate.passed ? "good" : "bad" });
}

function sentSentence({ run }: ReportView): string {
  const from = run.vantage === "local" ? "" : ` From: ${run.vantage}.`;
  const bound = `at most ${run.bound.connections} and ${run.bound.requests}`;
  return `Sent ${counted(run.connections, "connection")} and ${counted(run.requests, "request")} (${bound}).${from}`;
}

/** The order is a judgement of ours, and says so wherever it is printed. */
function opinion(view: ReportView, style: Style): string | undefined {
  if (view.integrations.every((integration) => integration.findings.length === 0)) return undefined;
  return paragraph("Risk order: expert opinion, for triage; not a measurement of loss.", style, { tone: "faint" });
}

function next(view: ReportView, style: Style): string | undefined {
  return view.next === null ? undefined : paragraph(view.next, style, { lead: "Next: ", tone: "strong" });
}

function title(text: string, style: Style): string {
  return paragraph(text, style, { tone: "strong" });
}

function isText(block: string | undefined): block is string {
  return block !== undefined && block !== "";
}

const OVERVIEW_ROWS = 25;
