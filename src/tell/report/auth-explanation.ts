import type { AuthExplanation, BlastRadius, ScoreRange, Strength, StrengthStep, StrengthTerm } from "../../model/auth-strength.ts";
import { listed, paragraph } from "./prose.ts";
import { paint, type Style, symbol } from "./style.ts";
import { renderTable } from "./table.ts";

/** The score as a sum with a reason for each line, what a thief gets, and the cheapest step up. */
export function renderAuthExplanation(document: AuthExplanation, style: Style): string {
  const { strength, blastRadius } = document;
  if (strength === null || blastRadius === null) {
    const advice = "Nothing is declared of how we are let in. Declare `auth`: { scheme, in, attributes }, or `scheme: none`.";
    return paragraph(`${document.integration}: ${advice}`, style);
  }
  return [
    headline(document, strength, style),
    sumOf(strength, style),
    [...capLines(strength, style), ...unknownLines(document, strength, style)].join("\n"),
    paragraph(blastWords(blastRadius), style, { lead: "Blast radius  ", leadTone: "strong" }),
    [floorLine(document, style), stepLine(document, style)].filter((line) => line !== "").join("\n"),
    offersOf(document, style),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

function headline({ integration, scheme, in: place, provider }: AuthExplanation, strength: Strength, style: Style): string {
  const where = place === null ? "" : ` in the ${place}`;
  const whose = provider === null ? "" : `, at ${provider.name}`;
  return paragraph(`${integration}: ${scheme}${where}${whose}. Score ${rangeText(strength, " of 10")}.`, style, { tone: "strong" });
}

function sumOf({ terms, raw }: Strength, style: Style): string {
  const rows = terms.map((term) => [
    term.weight.toFixed(1),
    numbers(term.low.resistance, term.high.resistance, 2),
    numbers(term.low.product, term.high.product, 2),
    reason(term),
  ]);
  const total = ["", "", numbers(raw.low, raw.high, 1), "sum"];
  return renderTable(
    [
      { title: "weight", align: "right" },
      { title: "x resistance", align: "right" },
      { title: "=", align: "right" },
      { title: "somebody who", flexible: true },
    ],
    [...rows, total],
    style,
  );
}

function reason({ asks, low, high, unknown }: StrengthTerm): string {
  if (low.level === high.level) return `${asks}: ${low.why}`;
  return `${asks}: from "${low.why}" to "${high.why}", as ${listed(unknown)} ${unknown.length === 1 ? "is" : "are"} not declared`;
}

function capLines({ caps }: Strength, style: Style): readonly string[] {
  return caps.map(({ name, limit, why, certain }) =>
    paragraph(`not above ${limit.toFixed(1)}${certain ? "" : ", unless declared otherwise"}: ${why}`, style, { lead: `Cap ${name}  ` }),
  );
}

function unknownLines({ fromProvider }: AuthExplanation, { unknown }: Strength, style: Style): readonly string[] {
  const known = `Not declared, and taken from what is known of the provider: ${listed(fromProvider)}.`;
  const missing = `Declare ${listed(unknown)} under \`auth\` to make the range narrower.`;
  return [
    ...(fromProvider.length === 0 ? [] : [paragraph(known, style, { tone: "faint" })]),
    ...(unknown.length === 0 ? [] : [paragraph(missing, style, { tone: "faint" })]),
  ];
}

function blastWords({ scope, lasts, ends, dataClasses, environment }: BlastRadius): string {
  const data = dataClasses.length === 0 ? "no data class is declared" : `data: ${dataClasses.join(", ")}`;
  return `Whoever has it gets: ${scope}. How long: ${lasts}. The way out: ${ends}. In ${environment}; ${data}.`;
}

function floorLine({ floor }: AuthExplanation, style: Style): string {
  if (floor === null) return "";
  const met = { yes: "met", no: "not met", unknown: "open, as the range lies on both sides of it" }[floor.met];
  return paragraph(`band ${floor.band}, for ${floor.dataClass}: ${met}.`, style, { lead: "Floor  ", leadTone: "strong" });
}

function stepLine({ step, better, provider }: AuthExplanation, style: Style): string {
  const lead = { lead: "Cheapest step up  ", leadTone: "strong" } as const;
  if (step !== null) return paragraph(stepWords(step), style, lead);
  if (better === "no") return paragraph("none is known: this is as strong as the provider lets it be.", style, lead);
  const why =
    provider === null
      ? "what this provider offers is not known here"
      : "what is declared does not tell whether anything offered is stronger";
  return paragraph(`unknown, because ${why}.`, style, lead);
}

function stepWords({ to, effort, alone, note, confidence, ...range }: StrengthStep): string {
  const remarks = [...(confidence === "sourced" ? [] : [CONFIDENCE_WORDS[confidence]]), ...(note === null ? [] : [note])];
  const who = alone ? "without the provider" : "at the provider";
  return `${to}, ${who}, with ${effort} effort: ${rangeText(range)}.${remarks.length === 0 ? "" : ` (${remarks.join("; ")})`}`;
}

function offersOf({ provider, offers }: AuthExplanation, style: Style): string {
  if (provider === null) return "";
  const lines = offers.map((offer) => paragraph(stepWords(offer), style, { indent: 2, lead: `${symbol("dot", style)} ` }));
  return [paint(`Known to be offered`, "strong", style), ...lines, paragraph(`See ${provider.facts}`, style, { tone: "faint" })].join("\n");
}

function rangeText({ low, high }: ScoreRange, scale = ""): string {
  if (low.value === high.value) return `${low.value.toFixed(1)}${scale} (band ${low.band})`;
  const bands = low.band === high.band ? `band ${low.band}` : `bands ${low.band} to ${high.band}`;
  return `${low.value.toFixed(1)} to ${high.value.toFixed(1)}${scale} (${bands})`;
}

function numbers(low: number, high: number, digits: number): string {
  return low === high ? low.toFixed(digits) : `${low.toFixed(digits)} to ${high.toFixed(digits)}`;
}

const CONFIDENCE_WORDS = { "general-knowledge": "general knowledge, not read again", unverified: "unverified" } as const;
