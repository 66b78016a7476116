import type { Finding } from "../../model/report.ts";
import type { IntegrationView } from "../view/report-view.ts";
import { LABEL_WORDS, VISIBILITY_WORDS } from "../view/words.ts";
import { counted, firstOf, paragraph, percent } from "./prose.ts";
import { type Detail, type Style, severityMark, symbol } from "./style.ts";
import { type Cell, renderTable } from "./table.ts";

/** One line for each integration, worst first. */
export function renderOverview(integrations: readonly IntegrationView[], style: Style): string {
  return renderTable(
    [
      { title: "INTEGRATION", flexible: true },
      { title: "WORST" },
      { title: "FINDINGS", align: "right" },
      { title: "SCORE", align: "right", priority: 1 },
      { title: "JUDGED", align: "right" },
      { title: "SEEN", priority: 2 },
    ],
    integrations.map(({ integration, findings, worst }): readonly Cell[] => [
      integration.id,
      worst === null ? (integration.visibility === "observed" ? "none" : "unknown") : { text: severityMark(worst, style), tone: worst },
      String(findings.length),
      integration.score === null ? "unknown" : String(integration.score),
      percent(integration.coverage),
      VISIBILITY_WORDS[integration.visibility],
    ]),
    style,
  );
}

/** An integration and its findings; undefined when there is nothing to say of it. */
export function renderIntegration(view: IntegrationView, style: Style, detail: Detail): string | undefined {
  const { integration, findings } = view;
  const hasNews = findings.length > 0 || integration.errors.length > 0 || integration.permission !== undefined;
  if (!hasNews && (integration.policies ?? []).length === 0 && detail !== "full") return undefined;
  const blocks = [renderHeading(view, style), ...findings.map((finding) => renderFinding(finding, style, detail))];
  return blocks.join("\n");
}

function renderFinding(finding: Finding, style: Style, detail: Detail): string {
  const lines = [
    paragraph(`${finding.rule}  ${finding.subject}  (${labelOf(finding)})`, style, {
      indent: 2,
      lead: `${severityMark(finding.severity, style)}  `,
      leadTone: finding.severity,
    }),
    paragraph(finding.message, style, { indent: 4 }),
  ];
  if (finding.severity === "info" && detail === "normal") return lines.join("\n");
  const seen = finding.evidence.map((reference) => reference.summary).filter((summary) => summary !== "");
  if (seen.length > 0) lines.push(paragraph(firstOf(seen, detail === "full" ? seen.length : 2), style, { indent: 4, lead: "Seen: " }));
  lines.push(paragraph(remedyOf(finding), style, { indent: 4, lead: "Do:   " }));
  lines.push(paragraph(riskOf(finding), style, { indent: 4, lead: "Risk: " }));
  if (detail === "full") lines.push(...renderOrigin(finding, style));
  return lines.join("\n");
}

function renderHeading({ integration }: IntegrationView, style: Style): string {
  const dot = ` ${symbol("dot", style)} `;
  const lines = [
    paragraph(integration.id, style, { tone: "strong" }),
    paragraph(
      [
        ...(integration.name === integration.id ? [] : [integration.name]),
        ...(integration.url === integration.id ? [] : [integration.url]),
        `${integration.criticality} criticality`,
        integration.owner ?? "no owner",
      ].join(dot),
      style,
      { indent: 2, tone: "faint" },
    ),
    paragraph(
      [
        VISIBILITY_WORDS[integration.visibility],
        integration.score === null
          ? "score unknown"
          : `score ${integration.score} of 100${integration.band === null ? "" : ` (${integration.band} risk)`}`,
        `${percent(integration.coverage)} judged`,
        `sent ${counted(integration.connections, "connection")} and ${counted(integration.requests, "request")}`,
      ].join(dot),
      style,
      { indent: 2, tone: "faint" },
    ),
  ];
  lines.push(...policyLines(integration, style));
  const { permission } = integration;
  if (permission !== undefined) {
    const reference = permission.reference === undefined ? "" : ` ${permission.reference}`;
    const text = `Asked without the credential by permission: ${permission.basis}${reference}, given by ${permission.by}, until ${permission.until}.`;
    lines.push(paragraph(text, style, { indent: 2 }));
  }
  if (integration.errors.length > 0) {
    const rules = firstOf([...new Set(integration.errors.map((error) => error.rule))], 3);
    lines.push(
      paragraph(`${counted(integration.errors.length, "rule")} failed inside apirisk, which is a bug: ${rules}.`, style, { indent: 2 }),
    );
  }
  return lines.join("\n");
}

/** "mozilla-6.0-intermediate: complies; not any more from 2032-01-01 (tls12-ends)". */
function policyLines({ policies = [] }: IntegrationView["integration"], style: Style): readonly string[] {
  return policies.map(({ pack, complies, violated, unknown, nextDate, nextRequirement }) => {
    const unseen = unknown === 0 ? "" : `, ${unknown} could not be seen`;
    const state =
      complies === true ? "complies" : complies === null ? `unknown${unseen}` : `does not comply: ${violated} violated${unseen}`;
    const next = nextDate === null ? "" : `; from ${nextDate} on not with ${nextRequirement}`;
    return paragraph(`${state}${next}`, style, { indent: 2, lead: `Policy ${pack}: ` });
  });
}

function renderOrigin(finding: Finding, style: Style): readonly string[] {
  const references = [...finding.citations.map(({ id, url }) => `${id} <${url}>`), ...finding.cwe, ...finding.owasp, ...finding.controls];
  return [
    ...finding.evidence.map(({ kind, pointer }) => paragraph(`${kind} ${pointer}`, style, { indent: 4, lead: "From: ", tone: "faint" })),
    paragraph(references.join(", "), style, { indent: 4, lead: "See:  ", tone: "faint" }),
    paragraph(
      `fingerprint ${finding.fingerprint}, rule revision ${finding.ruleRevision}, confidence ${percent(finding.confidence)}, ${finding.risk.vector}`,
      style,
      { indent: 4, lead: "Id:   ", tone: "faint" },
    ),
  ];
}

function labelOf(finding: Finding): string {
  const words = LABEL_WORDS[finding.state.label];
  const dated = finding.state.label === "unverified" ? `${words}, last seen ${day(finding.lastSeenAt)}` : words;
  return finding.waiver === undefined ? dated : `${finding.waiver.kind} until ${finding.waiver.until} by ${finding.waiver.by}`;
}

function remedyOf({ remediation }: Finding): string {
  return `${remediation.text} (${remediation.alone ? "without the provider" : "with the provider"}, ${remediation.effort} effort)`;
}

function riskOf({ risk, contactBy, dueAt }: Finding): string {
  const ask = contactBy === null ? "" : `, ask them by ${day(contactBy)}`;
  return `${risk.action}, ${risk.score} of 100${ask}${dueAt === null ? "" : `, due ${day(dueAt)}`}`;
}

function day(instant: string): string {
  return instant.slice(0, 10);
}
