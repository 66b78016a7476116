import type { Observation } from "../evidence/observation.ts";
import type { AuthorityContext } from "../observe/probes/ask-authority.ts";
import { registrationProbe } from "../observe/probes/registration.ts";
import type { AuditPlan } from "./plan.ts";
import { guarded, notAsked, unseen } from "./unseen.ts";

/** One for each origin that is planned. Registries are others than the provider; whoever wants to be left alone is not talked of either. */
export function observeRegistrations(
  { registrations, skipped }: Pick<AuditPlan, "registrations" | "skipped">,
  context: AuthorityContext,
): Promise<readonly Observation[]> {
  const { clock } = context;
  return Promise.all(
    registrations.map((planned) => {
      if (planned.state === "not-due") return planned.carried;
      const { question } = planned;
      const key = { origin: question.target.origin };
      if (skipped !== undefined) return unseen(registrationProbe, key, "skipped", notAsked(skipped), clock);
      return guarded(registrationProbe, key, clock, () => registrationProbe.observe(question, context));
    }),
  );
}
