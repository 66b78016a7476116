import type { FindingRecord } from "../../model/finding.ts";

/** Something that is, or may be, the matter today. */
export function isLive({ presence }: Pick<FindingRecord, "presence">): boolean {
  return presence === "suspect" || presence === "open" || presence === "clearing";
}
