import { keySetFacts } from "../observe/classify/jwks.ts";
import { type InspectedEvidence, type InspectedPlace, inspectedEvidence } from "./inspected-evidence.ts";

/** A saved set of keys, or a single key. Undefined for anything else: a page that says that there is none is not an empty set. */
export function inspectKeySet(bytes: Uint8Array, place: InspectedPlace): InspectedEvidence | undefined {
  const facts = keySetFacts(Buffer.from(bytes).toString("utf8"));
  if (facts === undefined) return undefined;
  return inspectedEvidence("jwks", facts, place, { name: "jwks", format: "jwks", records: facts.keys.length + facts.unread });
}
