import { serverMetadataFacts } from "../observe/classify/oauth-metadata.ts";
import { type InspectedEvidence, type InspectedPlace, inspectedEvidence } from "./inspected-evidence.ts";

/** A saved document of a server or of an API (RFC 8414, RFC 9728, OpenID). Of where it came from, the host is known at most. Undefined for anything else. */
export function inspectMetadata(bytes: Uint8Array, place: InspectedPlace): InspectedEvidence | undefined {
  const question = place.host === undefined ? undefined : { identifier: place.origin, known: "host" as const };
  const facts = serverMetadataFacts(Buffer.from(bytes).toString("utf8"), question);
  return facts && inspectedEvidence("oauth-metadata", facts, place, { name: "metadata", format: facts.document, records: null });
}
