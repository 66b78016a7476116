import { isMap, isSeq, parseDocument } from "yaml";
import type { DeclaredWaiver, Integration } from "../model/integration.ts";

/**
 * The text of an inventory with one more waiver, its comments and order kept. The text was read and found valid before;
 * undefined where the integration's place in it is not an ordinary mapping (an alias, for example).
 */
export function addWaiver(text: string, integration: Pick<Integration, "source">, waiver: DeclaredWaiver): string | undefined {
  const index = Number(/^\/integrations\/(\d+)$/.exec(integration.source?.pointer ?? "")?.[1]);
  const document = parseDocument(text, { stringKeys: true });
  const entry = document.getIn(["integrations", index], true);
  if (!Number.isInteger(index) || !isMap(entry)) return undefined;
  const known = entry.get("waivers", true);
  if (known !== undefined && !isSeq(known)) return undefined;
  const item = document.createNode(entryOf(waiver));
  if (known === undefined) entry.set("waivers", document.createNode([item]));
  else known.add(item);
  return document.toString({ lineWidth: 0, flowCollectionPadding: true });
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
