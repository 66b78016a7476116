import type { TlsSessionEvidence } from "../evidence/kinds.ts";
import type { Observation } from "../evidence/observation.ts";
import type { Failure } from "../model/failure.ts";
import type { Target } from "../model/target.ts";
import type { AuthorityContext } from "../observe/probes/ask-authority.ts";
import { revocationProbe } from "../observe/probes/revocation.ts";
import { type RevocationSources, revocationSources } from "../observe/probes/revocation-sources.ts";

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
  return Promise.all([...questions.values()].map((question) => asked(question, context)));
}

async function asked(question: Parameters<typeof revocationProbe.observe>[0], context: AuthorityContext): Promise<Observation> {
  try {
    return (await revocationProbe.observe(question, context)) as Observation;
  } catch {
    // A bug of ours in one probe must not cost the run: it is an error there and nowhere else.
    const failure: Failure = { reason: "internal", phase: "plan", retriable: false };
    const key = { origin: question.target.origin, address: question.address };
    const { id: probe, kind } = revocationProbe;
    return { probe, kind, key, observedAt: context.clock.now(), durationMs: 0, outcome: "failed", failure };
  }
}
