import { tokenFacts } from "../observe/classify/token-facts.ts";
import { type InspectedEvidence, type InspectedPlace, inspectedEvidence } from "./inspected-evidence.ts";

/**
 * A token in a file: the first line that is not empty, or what follows the scheme where the whole field was saved. Whoever names a file of his own asks
 * for everything that can be found out offline, guessing included. Undefined where there is nothing.
 */
export function inspectToken(bytes: Uint8Array, place: InspectedPlace): InspectedEvidence | undefined {
  const text = Buffer.from(bytes.subarray(0, MAX_BYTES)).toString("utf8").trim();
  const [line = ""] = text.split(/\r?\n/, 1);
  const value = line.replace(FIELD, "").replace(SCHEME, "").replace(QUOTED, "$2").trim();
  if (value === "") return undefined;
  const { host } = place;
  const facts = tokenFacts(value, { guess: true, audiences: [], ...(host !== undefined && { host }) });
  return inspectedEvidence("token", facts, place, { name: "jwt", format: facts.format, records: null });
}

/** More than any token that is looked at, so that what is longer is told from what was cut. */
const MAX_BYTES = 256 * 1024;
const FIELD = /^(?:proxy-)?authorization[ \t]*:[ \t]*/i;
const SCHEME = /^(?:bearer|dpop|token|jwt)[ \t]+/i;
const QUOTED = /^(["'])(.*)\1$/;
