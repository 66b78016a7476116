import type { Verdict } from "../../model/rule.ts";
import type { Severity } from "../../model/severity.ts";

/** What would have been said if the provider had not moved. */
export interface OldEvidence {
  /** At the time of the old verdict: what is said of it then, our own change alone explains. */
  readonly rejudge: Rejudge;
  /** At the time of the new verdict: what is said of it only now, the clock alone explains. Without it, only equal evidence is time. */
  readonly rejudgeNow?: Rejudge;
}

/** What today's rules and configuration say of the old evidence; undefined when they cannot tell. Injected, because history knows no rule. */
export type Rejudge = (
  rule: string,
  subject: string,
) => { readonly verdict: Verdict; readonly severity?: Severity; readonly outcome?: string } | undefined;
