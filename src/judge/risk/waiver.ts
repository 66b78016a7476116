import { type Instant, isoDay } from "../../model/instant.ts";
import type { DeclaredWaiver, Integration } from "../../model/integration.ts";

/** The waiver of the inventory that covers a finding on the day of `asOf`; its last day is included. The longest one wins. */
export function waiverFor(
  finding: { readonly rule: string; readonly subject: string },
  integration: Integration,
  asOf: Instant,
): DeclaredWaiver | undefined {
  const today = isoDay(asOf);
  return integration.waivers
    .filter(({ rule, subject, until }) => rule === finding.rule && (subject === undefined || subject === finding.subject) && until >= today)
    .sort((a, b) => (a.until < b.until ? 1 : -1))[0];
}
