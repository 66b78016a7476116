import type {
  Dependant,
  FurtherStep,
  HitCredential,
  HitIntegration,
  RotationReason,
  RotationStep,
  Unknown,
} from "../../model/breach-response.ts";
import { isoDay } from "../../model/instant.ts";
import { SEVERITIES } from "../../model/severity.ts";
import type { BreachResponseView, Part } from "../view/breach-response-view.ts";
import { REASON_WORDS, VISIBILITY_WORDS } from "../view/words.ts";
import {
  AGE_WORDS,
  DEPENDANT_WORDS,
  MATCH_WORDS,
  ROLE_WORDS,
  STANDING_WORDS,
  UNKNOWN_WORDS,
  WAY_FROM_WORDS,
  WAY_WORDS,
} from "./breach-words.ts";
import { counted, firstOf, listed, paragraph } from "./prose.ts";
import { paint, type Style, symbol, type Tone } from "./style.ts";
import { cut } from "./width.ts";

/** For somebody who has just read the news: who is hit, what to change in which order, what else, what is not known, and then. */
export function renderBreachResponse(view: BreachResponseView, wide: Style): string {
  const style = { ...wide, columns: Math.min(wide.columns, WIDEST) };
  const { hit, rotation, dependants, document } = view;
  return [
    headline(view, style),
    section("Who is hit", hit, (one) => hitLines(one, style), style),
    section("Change these credentials, in this order", rotation, (step) => stepLines(step, style), style),
    section("What else depends on it", dependants, (one) => dependantLine(one, style), style),
    section("Not known, which is not the same as clean", { shown: document.unknown, left: 0 }, (one) => unknownLine(one, style), style),
    section("Then", { shown: document.further, left: 0 }, (step) => furtherLine(step, style), style),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

function headline({ document, counts, lastAuditAt }: BreachResponseView, style: Style): string {
  const { hit, provider, inventory, history } = document;
  const sentences = [
    hit.length === 0
      ? "no integration has it as its provider"
      : `${counted(hit.length, "integration")} hit, ${counts.inProduction} in production`,
    `${counted(counts.credentials, "credential")} to change${counts.shared === 0 ? "" : `, ${counts.shared} of them shared`}`,
    ...(counts.changedLately === 0 ? [] : [`${counts.changedLately} seen to change within a week`]),
  ];
  const audited = lastAuditAt === null ? "" : `, last audited ${isoDay(lastAuditAt)}`;
  const sources = [...(inventory === null ? [] : [inventory]), ...(history ? [`history${audited}`] : [])];
  const worst: Tone = hit.length > 0 ? "bad" : "strong";
  return [
    paragraph(`${short(provider)}: ${sentences.join("; ")}.`, style, { tone: worst }),
    paragraph(`From ${listed(sources)}. Nothing was sent, and no secret was read.`, style, { tone: "faint" }),
  ].join("\n");
}

function section<T>(title: string, { shown, left }: Part<T>, lines: (one: T) => string, style: Style): string {
  if (shown.length === 0) return "";
  const more = left === 0 ? [] : [paragraph(`and ${left} more: all of them with --json`, style, { indent: 2, tone: "strong" })];
  return [paint(title, "strong", style), ...shown.map(lines), ...more].join("\n");
}

function hitLines(hit: HitIntegration, style: Style): string {
  const { id, name, standing, environment, criticality, owner, provider, tags } = hit;
  const who = [
    short(id),
    environment,
    criticality,
    owner === null ? "no owner declared" : `owner ${short(owner)}`,
    ...(name === id ? [] : [short(name)]),
    ...(provider === null ? [] : [`by ${short(provider.name)}`]),
    ...(tags.length === 0 ? [] : [`tags ${firstOf(tags.map(short), FEW)}`]),
  ];
  const gone = standing === "removed" ? ` ${STANDING_WORDS.removed}.` : "";
  return [
    paragraph(`${short(id)}  ${who.slice(1).join(", ")}.${gone}`, style, {
      lead: `${symbol("bad", style)} `,
      leadTone: "bad",
      tone: "strong",
    }),
    fact(
      "Hit by",
      `${firstOf(
        hit.matched.map(({ by, value }) => `${MATCH_WORDS[by]} ${short(value)}`),
        FEW,
      )}.`,
      style,
    ),
    fact("URLs", firstOf(hit.urls.map(short), FEW), style),
    ...hit.credentials.map((one) => fact("Credential", credentialWords(one, hit.credentials.length), style)),
    ...(hit.credentials.length === 0 ? [fact("Credential", "none is declared.", style)] : []),
    fact("Scopes", scopeWords(hit), style),
    fact("Data", dataWords(hit), style),
    fact("Login", loginWords(hit), style),
    fact("Findings", findingWords(hit), style),
  ].join("\n");
}

function credentialWords(
  { role, references, origin, age, changedAt, kind, endsAt, lookedAt, unread, step }: HitCredential,
  of: number,
): string {
  const whose = of === 1 && role === "clients" ? "" : `${ROLE_WORDS[role]}: `;
  return [
    `${whose}${references.map(short).join(", ")} to ${short(origin)}.`,
    age === null
      ? "Age unknown."
      : `${AGE_WORDS[age.source]} ${isoDay(age.since)}: ${age.as === "exact" ? "" : "at least "}${counted(age.days, "day")} old.`,
    ...(changedAt.length === 0 ? [] : [`Seen to change ${firstOf(changedAt.toReversed().map(isoDay), FEW)}.`]),
    ...(kind === null
      ? []
      : [
          `Looks like ${kind.class === "identifier" ? "an" : "a"} ${kind.class} credential of ${kind.provider}${kind.prefix === "" ? "" : ` (${kind.prefix})`}.`,
        ]),
    ...(endsAt === null ? [] : [`Ends ${isoDay(endsAt - 1)}.`]),
    lookWords(lookedAt, unread),
    `Step ${step}.`,
  ].join(" ");
}

function lookWords(lookedAt: HitCredential["lookedAt"], unread: HitCredential["unread"]): string {
  if (lookedAt === null) return "No audit looked at it.";
  if (unread === null) return `Looked at ${isoDay(lookedAt)}.`;
  return `Not read on ${isoDay(lookedAt)}: ${unread === "credential_not_bound" ? "it is not bound" : REASON_WORDS[unread].says}.`;
}

function scopeWords({ scopes: { granted, of, worst, needed, excess, seenAt }, credentials }: HitIntegration): string {
  const wanted = needed.length === 0 ? "" : ` Needed: ${firstOf(needed.map(short), MANY)}.`;
  if (granted === null) return `granted: unknown.${wanted}`;
  const whose = credentials.length > 1 ? ` to ${ROLE_WORDS[of]}` : "";
  const seen = seenAt === null ? "" : ` (told ${isoDay(seenAt)})`;
  const list = granted.length === 0 ? "none" : firstOf(granted.map(short), MANY);
  const severity = worst === null ? "" : ` The worst of them is ${worst}.`;
  const unneeded = excess.length === 0 ? "" : ` Not needed: ${firstOf(excess.map(short), MANY)}.`;
  return `granted${whose}: ${list}${seen}.${severity}${wanted}${unneeded}`;
}

function dataWords({ dataClasses: { declared, found } }: HitIntegration): string {
  const seen =
    found === null ? "no answer was seen" : found.length === 0 ? "nothing found in answers" : `found in answers: ${firstOf(found, MANY)}`;
  return `${declared.length === 0 ? "none declared" : `declared: ${firstOf(declared, MANY)}`}; ${seen}.`;
}

function loginWords({ auth: { scheme, weakest, strongest } }: HitIntegration): string {
  if (scheme === null || weakest === null || strongest === null) return "nothing is declared of how we are let in.";
  return `${scheme}, strength band ${weakest === strongest ? weakest : `${weakest} to ${strongest}`} (A is best).`;
}

function findingWords({ findings, lastAudit }: HitIntegration): string {
  if (findings === null || lastAudit === null) return "unknown: never audited.";
  const open = SEVERITIES.flatMap((severity) => (findings[severity] === undefined ? [] : [`${findings[severity]} ${severity}`]));
  const seen = lastAudit.seenAt === null ? "It was never seen" : `Seen ${isoDay(lastAudit.seenAt)}`;
  return `${open.length === 0 ? "none open" : `${listed(open)} open`}. ${seen}; last audit ${isoDay(lastAudit.at)}: ${VISIBILITY_WORDS[lastAudit.visibility]}.`;
}

function stepLines({ order, uses, why, way, wayFrom, where, changedAt }: RotationStep, style: Style): string {
  const references = [...new Set(uses.flatMap((use) => use.references))];
  const owners = [...new Set(uses.flatMap(({ owner }) => owner ?? []))];
  const names = uses.map(
    ({ integration, role, hit }) =>
      `${short(integration)}${role === "clients" ? "" : ` (${ROLE_WORDS[role]})`}${hit ? "" : " (elsewhere)"}`,
  );
  const used = `used by ${firstOf([...new Set(names)], MANY)}${owners.length === 0 ? "" : `; ask ${firstOf(owners.map(short), FEW)}`}`;
  const links = where.map(({ what, of, url }) => `${short(of)}${what === "documentation" ? ", on its credentials" : ""}: ${short(url)}`);
  const from = wayFrom === null ? "" : ` (${WAY_FROM_WORDS[wayFrom]})`;
  return [
    paragraph(`${firstOf(references.map(short), FEW)}, ${used}.`, style, { lead: `${String(order).padStart(2)}. `, leadTone: "strong" }),
    fact("Why", `${why.map(reasonWords).join("; ")}.`, style),
    fact("How", `${WAY_WORDS[way].says}${from}: ${WAY_WORDS[way].next}.`, style),
    ...(links.length === 0 ? [] : [fact("Where", links.slice(0, FEW).join("; "), style)]),
    fact("Done?", changedAt === null ? "no change was seen yet." : `seen to change ${isoDay(changedAt)}.`, style),
  ].join("\n");
}

function reasonWords(reason: RotationReason): string {
  switch (reason.what) {
    case "shared-elsewhere":
      return `${counted(reason.count, "integration")} of another provider ${reason.count === 1 ? "has" : "have"} the same one: it opens more than this provider`;
    case "across-environments":
      return `${counted(reason.count, "integration")} on the other side of production ${reason.count === 1 ? "has" : "have"} the same one`;
    case "production":
      return "production";
    case "scopes":
      return `may do what is ${reason.severity} to lose (${firstOf(reason.scopes.map(short), FEW)})`;
    case "criticality":
      return `criticality ${reason.criticality}`;
    case "data":
      return `sensitive data (${firstOf(reason.classes, FEW)})`;
    case "issued-by-provider":
      return `it looks like one that this provider makes${reason.prefix === "" ? "" : ` (${reason.prefix})`}, though it goes elsewhere`;
    case "sent-to-provider":
      return `clients log in with it at ${short(reason.host)}, which is this provider's`;
  }
}

function dependantLine({ integration, provider, environment, owner, standing, reasons }: Dependant, style: Style): string {
  const who = [environment, ...(owner === null ? [] : [`owner ${short(owner)}`]), ...(provider === null ? [] : [`by ${short(provider)}`])];
  const gone = standing === "removed" ? ` ${STANDING_WORDS.removed}.` : "";
  const because = reasons.map(
    ({ by, value, seenAt }) => `${DEPENDANT_WORDS[by]} ${short(value)}${seenAt === null ? "" : ` (seen ${isoDay(seenAt)})`}`,
  );
  return dot(`${short(integration)}, ${who.join(", ")}: ${firstOf(because, FEW)}.${gone}`, style);
}

function unknownLine({ what, integrations, count }: Unknown, style: Style): string {
  const names = integrations.length === 0 ? "" : ` ${count > FEW ? `${count}: ` : ""}${firstOf(integrations.map(short), FEW)}.`;
  return paragraph(`${UNKNOWN_WORDS[what]}${names}`, style, { indent: 2, lead: `${symbol("unknown", style)} ` });
}

function furtherLine(step: FurtherStep, style: Style): string {
  return dot(furtherWords(step), style);
}

function furtherWords(step: FurtherStep): string {
  switch (step.what) {
    case "read-logs":
      if (step.since === null)
        return "Read your own logs and the provider's for uses that are not yours, as far back as they go: no age is known.";
      return `Read your own logs and the provider's for uses that are not yours, since ${isoDay(step.since)}${step.atLeast ? " or longer: not every age is known, and what was changed since may be what was taken" : ", when the oldest credential was made"}.`;
    case "others-that-share":
      return `Read the logs of those that have the same credential, too: ${firstOf(step.integrations.map(short), FEW)}.`;
    case "audit-twins":
      return `The credentials that audits are made with are steps of their own: ${firstOf(step.integrations.map(short), FEW)}.`;
    case "data-told":
      return `Tell whoever decides on notifying people: ${firstOf(step.classes, MANY)} may be among what was lost.`;
    case "ask-provider":
      return "Ask the provider what was taken, from when to when, and which of your credentials were used.";
    case "audit-again":
      return `Afterwards: apirisk audit ${step.integrations.length > FEW ? "" : `${step.integrations.map(short).join(" ")} `}and this page again: a change is seen by an audit that may read the credential.`;
  }
}

function fact(label: string, text: string, style: Style): string {
  return paragraph(text, style, { indent: 4, lead: label.padEnd(LABEL_WIDTH), leadTone: "faint" });
}

function dot(text: string, style: Style): string {
  return paragraph(text, style, { indent: 2, lead: `${symbol("dot", style)} ` });
}

/** Names from outside, at a length that leaves room for what is said of them. */
function short(text: string): string {
  return cut(text, LONGEST, "...");
}

/** Wider lines are hard to read. */
const WIDEST = 100;
const LABEL_WIDTH = 12;
const FEW = 4;
const MANY = 8;
const LONGEST = 160;
