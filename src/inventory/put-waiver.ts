import { type Document, isMap, isSeq, parseDocument, stringify, type YAMLMap, type YAMLSeq } from "yaml";
import { canonicalJson } from "../model/digest.ts";
import type { DeclaredWaiver, Integration } from "../model/integration.ts";

/**
 * The text of an inventory with this waiver in it: in the place of the one for the same rule and subject, or as one more. All else stays as
 * it was, to the last blank, where the integration is written in blocks; else its comments and order stay. JSON stays JSON. The text was
 * read and found valid before; undefined where it cannot be done without changing something else: an alias, or an entry in whose place
 * comments or keys of the user's own would be lost.
 */
export function putWaiver(text: string, integration: Pick<Integration, "source">, waiver: DeclaredWaiver): string | undefined {
  const index = Number(/^\/integrations\/(\d+)$/.exec(integration.source?.pointer ?? "")?.[1]);
  if (!Number.isInteger(index)) return undefined;
  try {
    const written = textWith(text, index, waiver);
    return written !== undefined && othersStay(text, written, index) ? written : undefined;
  } catch {
    // An alias that would lose its anchor.
    return undefined;
  }
}

function textWith(text: string, index: number, waiver: DeclaredWaiver): string | undefined {
  const document = parseDocument(text, { stringKeys: true });
  const entry = document.getIn(["integrations", index], true);
  if (!isMap(entry)) return undefined;
  const known = entry.get("waivers", true);
  if (known !== undefined && !isSeq(known)) return undefined;
  if (known !== undefined && wouldLose(text, known, waiver)) return undefined;
  const spliced = splice(text, entry, known, waiver);
  const rewritten = rewrite(document, entry, known, waiver);
  if (isJson(text)) return `${JSON.stringify(parseDocument(rewritten).toJS(), null, 2)}\n`;
  return spliced !== undefined && meansTheSame(spliced, rewritten) ? spliced : rewritten;
}

function wouldLose(text: string, known: YAMLSeq, waiver: DeclaredWaiver): boolean {
  const former = known.items[placeOf(known, waiver)];
  if (!isMap(former)) return false;
  const [from, to] = [startOf(former) ?? 0, endOfLine(text, endOf(former)) ?? 0];
  const own = former.items.some(({ key }) => !KEYS.has(String(key)));
  return own || /(^|\s)#/.test(text.slice(from, to));
}

/** Integration by integration: what an anchor of one says another may repeat. */
function othersStay(before: string, after: string, index: number): boolean {
  const [was, is] = [before, after].map(
    (text) => (parseDocument(text, { stringKeys: true }).toJS() as { integrations: unknown[] }).integrations,
  );
  return canonicalJson(was?.filter((_, place) => place !== index)) === canonicalJson(is?.filter((_, place) => place !== index));
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** As a person would type it; undefined where the text around is not written in blocks. */
function splice(text: string, entry: YAMLMap, known: YAMLSeq | undefined, waiver: DeclaredWaiver): string | undefined {
  const former = known === undefined ? -1 : placeOf(known, waiver);
  const replaced = known?.items[former];
  if (entry.flow === true || known?.flow === true || (replaced !== undefined && (!isMap(replaced) || replaced.flow === true)))
    return undefined;
  const neighbour = replaced ?? known?.items.at(-1) ?? entry;
  const [from, to] = [startOf(neighbour), endOfLine(text, endOf(neighbour))];
  if (from === undefined || to === undefined) return undefined;
  const column = from - (text.lastIndexOf("\n", from - 1) + 1);
  const item = indented([entryOf(waiver)], column - 2);
  const lines = known === undefined ? indented({ waivers: [entryOf(waiver)] }, column) : item;
  const written = replaced === undefined ? `\n${lines}` : item.trimStart().slice(2);
  const ours = text.includes("\r\n") ? written.replaceAll("\n", "\r\n") : written;
  return text.slice(0, replaced === undefined ? to : from) + ours + text.slice(to);
}

function startOf(node: unknown): number | undefined {
  return (node as { range?: readonly number[] | null } | null)?.range?.[0];
}

/** Of its last word: a block's own range goes on over the comments and blank lines below it. */
function endOf(node: unknown): number | undefined {
  if (isMap(node) && node.flow !== true && node.items.length > 0) {
    const last = node.items.at(-1);
    return endOf(last?.value) ?? endOf(last?.key);
  }
  if (isSeq(node) && node.flow !== true && node.items.length > 0) return endOf(node.items.at(-1));
  return (node as { range?: readonly number[] | null } | null)?.range?.[1];
}

/** A comment behind the last word belongs to it. Texts in blocks (| and >) end below their last line. */
function endOfLine(text: string, end: number | undefined): number | undefined {
  if (end === undefined) return undefined;
  const words = text.slice(0, end).trimEnd().length;
  const next = text.slice(words).search(/\r?\n|$/);
  return words + next;
}

function indented(value: unknown, columns: number): string {
  const lines = stringify(value, { lineWidth: 0 }).trimEnd().split("\n");
  return lines.map((line) => " ".repeat(Math.max(0, columns)) + line).join("\n");
}

function rewrite(document: Document, entry: YAMLMap, known: YAMLSeq | undefined, waiver: DeclaredWaiver): string {
  const item = document.createNode(entryOf(waiver));
  const former = known === undefined ? -1 : placeOf(known, waiver);
  if (known === undefined) entry.set("waivers", document.createNode([item]));
  else if (former === -1) known.add(item);
  else known.set(former, item);
  return document.toString({ lineWidth: 0, flowCollectionPadding: true });
}

function placeOf(known: YAMLSeq, { rule, subject }: DeclaredWaiver): number {
  return known.items.findIndex((item) => isMap(item) && item.get("rule") === rule && (item.get("subject") ?? "") === (subject ?? ""));
}

function meansTheSame(one: string, other: string): boolean {
  const [left, right] = [one, other].map((text) => parseDocument(text, { stringKeys: true }));
  return left?.errors.length === 0 && canonicalJson(left.toJS()) === canonicalJson(right?.toJS());
}

function entryOf({ rule, subject, until, reason, by, kind }: DeclaredWaiver): Readonly<Record<string, string>> {
  return {
    rule,
    ...(subject === undefined || subject === "" ? {} : { subject }),
    until,
    reason,
    by,
    ...(kind === "accepted" ? {} : { kind }),
  };
}

const KEYS: ReadonlySet<string> = new Set(["rule", "subject", "until", "reason", "by", "kind"]);
