import { NORMALISER_REVISION } from "../../evidence/redact.ts";
import { CLASSIFIER_REVISION } from "../classify/revision.ts";

/** Goes up whenever a probe asks something else, or reads the same answer another way. */
const PROBE_REVISION = 10;

/** What evidence owes to us rather than to a provider: part of the tool's share in a change's cause. */
export function evidenceRevisions(): { readonly probe: number; readonly normaliser: number; readonly classifier: number } {
  return { probe: PROBE_REVISION, normaliser: NORMALISER_REVISION, classifier: CLASSIFIER_REVISION };
}
