import type { TlsSessionEvidence } from "../evidence/kinds.ts";
import type { Observation } from "../evidence/observation.ts";
import type { Target } from "../model/target.ts";
import type { AuthorityContext } from "../observe/probes/ask-authority.ts";
import { revocationProbe } from "../observe/probes/revocation.ts";
import { type RevocationSources, revocationSources } from "../observe/probes/revocation-sources.ts";
import { guarded } from "./unseen.ts";

/** A host that was asked, and what our own connections to it got. */
export interface HostSessions {
  readonly target: Target;
  readonly sessions: readonly Observation[];
}

/**
 * Asks authorities about each certificate once, however many addresses, regions and integrations serve it. Certificates that name nobody to ask,
 * or are not trusted, are not asked about.
 */
export function observeRevocation(hosts: readonly HostSessions[], context: AuthorityContext): Promise<readonly Observation[]> {
  const questions = new Map<string, RevocationSources & { readonly target: Target; readonly address: string }>();
  for (const { target, sessions } of hosts) {
    for (const session of sessions) {
      const sources = session.outcome === "observed" ? revocationSources(session.evidence as TlsSessionEvidence) : undefined;
      if (sources === undefined || questions.has(sources.leaf.sha256)) continue;
      questions.set(sources.leaf.sha256, { ...sources, target, address: session.key.address ?? target.host });
    }
  }
  return Promise.all(
    [...questions.values()].map((question) => {
      const key = { origin: question.target.origin, address: question.address };
      return guarded(revocationProbe, key, context.clock, () => revocationProbe.observe(question, context));
    }),
  );
}
