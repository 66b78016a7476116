import type { Observation } from "../evidence/observation.ts";
import type { IntegrationKnowledge } from "../model/history-store.ts";
import { isPublicName } from "../model/host-name.ts";
import { domainProbe } from "../observe/probes/domain.ts";
import type { ProbeContext } from "../observe/probes/probe.ts";
import { type AuditPlan, knownDomain } from "./plan.ts";
import { guarded, notAsked, unseen } from "./unseen.ts";

/** One for each origin with a public name. DNS is not the provider's: it is asked where no address was found, too. */
export function observeDomains(
  { targets, kinds, skipped }: Pick<AuditPlan, "targets" | "kinds" | "skipped">,
  knowledge: IntegrationKnowledge,
  context: ProbeContext,
): Promise<readonly Observation[]> {
  const named = kinds.includes("domain") ? targets.filter(({ host }) => isPublicName(host)) : [];
  return Promise.all(
    named.map(async (target) => {
      const key = { origin: target.origin };
      if (skipped !== undefined) return unseen(domainProbe, key, "skipped", notAsked(skipped), context.clock);
      const resolution = await context.net.resolve(target);
      const before = knownDomain(knowledge, target.origin);
      const question = { target, resolution, ...(before !== undefined && { before }) };
      return guarded(domainProbe, key, context.clock, () => domainProbe.observe(question, context));
    }),
  );
}
