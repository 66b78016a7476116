import type { CertificateRole, ServedCertificate, WithoutReason } from "../../model/certificate-timeline.ts";
import type { RenewalStanding } from "../../model/forecast.ts";
import { DAY, type Instant, isoDay, isoInstant, lastDayOf } from "../../model/instant.ts";
import type { CertificateRow, CertificateTimelineView } from "../view/certificate-timeline-view.ts";
import { axisGlyphs, drawBar, drawMarks, drawScale } from "./axis.ts";
import { durationWords } from "./forecasts.ts";
import { counted, listed, paragraph } from "./prose.ts";
import { paint, type Style, symbol, type Tone } from "./style.ts";
import { textWidth } from "./width.ts";

/** Two lines or more for each certificate: what is to be said of it, and its bar on the axis that all share. */
export function renderCertificateTimeline(view: CertificateTimelineView, style: Style): string {
  const parts = view.rows.length === 0 ? [paragraph("No certificate is known.", style)] : chart(view, style);
  return [...parts, withoutText(view, style)].filter((part) => part !== "").join("\n\n");
}

function chart(view: CertificateTimelineView, style: Style): readonly string[] {
  const lefts = view.rows.map(({ certificate }) => leftWords(certificate.notAfter - view.document.at));
  const leftWidth = Math.max(...lefts.map(({ length }) => length));
  const width = Math.max(NARROWEST_AXIS, style.columns - INDENT.length - 1 - GAP.length - DAY_WIDTH - GAP.length - leftWidth);
  const rows = view.rows.flatMap((row, index) => [
    wordsOf(row, style),
    `${INDENT}${paint(drawBar(row, view.marks, width, style).padEnd(width + 1), TONES[row.certificate.standing], style)}${GAP}${isoDay(row.certificate.notAfter)}${GAP}${lefts[index]}`,
  ]);
  return [headline(view, style), `${legend(style)}\n${limitsText(view, style)}`, [...scale(view, width, style), ...rows].join("\n")];
}

function headline({ document, rows, integrations, alarms }: CertificateTimelineView, style: Style): string {
  const whose = document.inventory === null ? "" : ` of ${document.inventory}`;
  const counts = alarms.map(({ standing, count }) => `${count} ${ALARM_WORDS[standing]}`);
  const what = `${counted(rows.length, "certificate")} of ${counted(integrations, "integration")}${whose}.`;
  return paragraph(counts.length === 0 ? what : `${what} ${listed(counts)}.`, style, { tone: "strong" });
}

function legend(style: Style): string {
  const { today, habit, prior, end, ended, beyond, mark, unseen, doubt } = axisGlyphs(style);
  const signs = [
    `${today} today`,
    `${habit} usually renewed`,
    `${prior} no habit yet: last third`,
    `${end} end`,
    `${beyond} ends later`,
    `${ended} has ended`,
    `${unseen}${doubt} not seen lately`,
    `${mark} limit shrinks`,
  ];
  return linesOf(signs, style.columns)
    .map((line) => paint(line, "faint", style))
    .join("\n");
}

/** No sign is parted from its meaning. */
function linesOf(signs: readonly string[], columns: number): readonly string[] {
  const lines: string[] = [];
  for (const sign of signs) {
    const longer = `${lines.at(-1)}${SEPARATOR}${sign}`;
    if (lines.length > 0 && textWidth(longer) <= columns) lines[lines.length - 1] = longer;
    else lines.push(sign);
  }
  return lines;
}

function limitsText({ limitNow, laterLimits }: CertificateTimelineView, style: Style): string {
  const now = limitNow === undefined ? [] : [`${counted(limitNow.maxDays, "day")} now`];
  const later = laterLimits.map(({ from, maxDays }) => `${maxDays} if issued from ${from} on`);
  return paragraph(`Public certificates may live at most: ${[...now, ...later].join(", ")}.`, style, { tone: "faint" });
}

function scale({ document: { axis }, marks }: CertificateTimelineView, width: number, style: Style): readonly string[] {
  const middle = (axis.from + axis.to) / 2;
  const isFine = axis.to - axis.from < SHORT && width > 2 * MINUTE_WIDTH;
  const labels = isFine ? [axis.from, middle, axis.to].map(minuteOf) : [isoDay(axis.from), isoDay(middle), lastDayOf(axis.to)];
  const [left = "", centre = "", right = ""] = labels;
  return [drawScale([left, centre, right], width + 1), drawMarks(marks, width, style)].map(
    (line) => `${INDENT}${paint(line, "faint", style)}`,
  );
}

function wordsOf({ certificate, host, issuer }: CertificateRow, style: Style): string {
  const { integration, keyType, standing } = certificate;
  const who = [integration, ...(host === undefined ? [] : [host]), `${keyType} by ${issuer}`].join(SEPARATOR);
  return paragraph(`${who}. ${[renewalWords(certificate), ...remarks(certificate)].join(" ")}`, style, {
    lead: standing.padEnd(LEAD_WIDTH),
    leadTone: TONES[standing],
  });
}

function renewalWords({ renewal: { basis, n, from, to }, notBefore, notAfter }: ServedCertificate): string {
  if (from === null || to === null) return `No habit yet (n ${n}), no window.`;
  const at = notAfter - notBefore < SHORT ? minuteOf : isoDay;
  if (basis === "prior") return `No habit yet (n ${n}); often renewed from ${at(from)} on.`;
  const [first, last] = [at(from), at(to)];
  return `Usually renewed ${first === last ? first : `${first} to ${last}`} (n ${n}).`;
}

function remarks({ standing, seenAt, trusted, nextMaxDays, renewal, role, addresses }: ServedCertificate): readonly string[] {
  const when = renewal.basis === "unknown" ? " and issued at the end of this one" : "";
  return [
    ...(role === "own" ? [] : [ROLE_WORDS[role]]),
    ...(addresses === null || addresses === 1 ? [] : [`At ${addresses} addresses.`]),
    ...(standing === "unseen" ? [`Last seen ${isoDay(seenAt)}: it may have been renewed since.`] : []),
    ...(trusted ? [] : ["Not trusted when it was seen."]),
    ...(nextMaxDays === null ? [] : [`Next one, if public${when}: at most ${counted(nextMaxDays, "day")}.`]),
  ];
}

function leftWords(left: number): string {
  const words = durationWords(left);
  return left <= 0 ? `${words} ago` : `in ${words}`;
}

function withoutText({ document: { without, elsewhere, inventory } }: CertificateTimelineView, style: Style): string {
  const lines = without.map(({ integration, reason }) =>
    paragraph(`${integration}: ${WITHOUT_WORDS[reason]}`, style, { indent: 2, lead: `${symbol("dot", style)} ` }),
  );
  const others = `${counted(elsewhere, "integration")} of the history ${elsewhere === 1 ? "is" : "are"} not in ${inventory}; see: apirisk history`;
  return [
    ...(lines.length === 0 ? [] : [paint("Without a known certificate", "strong", style), ...lines]),
    ...(elsewhere === 0 ? [] : [paragraph(others, style, { tone: "faint" })]),
  ].join("\n");
}

function minuteOf(instant: Instant): string {
  return isoInstant(instant).slice(0, 16).replace("T", " ");
}

const ALARM_WORDS: Readonly<Partial<Record<RenewalStanding, string>>> = {
  ended: "ended",
  late: "late",
  unseen: "not seen lately",
  due: "due",
};

const ROLE_WORDS: Readonly<Record<Exclude<CertificateRole, "own">, string>> = {
  other: "Not what our own connection got.",
  "without-name": "For clients that send no name.",
  client: "Ours: what we show as a client.",
};

const WITHOUT_WORDS: Readonly<Record<WithoutReason, string>> = {
  "no-https": "declared without https",
  "never-audited": "never audited",
  "never-seen": "audited, and never seen",
  "no-certificate": "seen, but not a certificate of it",
};

const TONES: Readonly<Record<RenewalStanding, Tone>> = {
  early: "good",
  due: "medium",
  late: "bad",
  ended: "bad",
  unknown: "info",
  unseen: "low",
};

const INDENT = "  ";
const GAP = "  ";
const SEPARATOR = "  ";
const DAY_WIDTH = "2026-11-30".length;
const MINUTE_WIDTH = "2026-11-30 12:00".length;
/** Below it days say too little. */
const SHORT = 10 * DAY;
/** As long as the longest standing, and a gap. */
const LEAD_WIDTH = 9;
const NARROWEST_AXIS = 8;
