import type { Observation, ProbeId } from "../evidence/observation.ts";
import { httpNotFoundProbe } from "../observe/probes/http-not-found.ts";
import { httpPreflightProbe } from "../observe/probes/http-preflight.ts";
import type { AddressQuestion, SharingContext } from "../observe/probes/probe.ts";
import { securityTxtProbe } from "../observe/probes/security-txt.ts";
import type { ReachedApi } from "./observe-published.ts";
import type { AuditPlan } from "./plan.ts";
import { type PlannedPosture, type PostureKind, posturePlace } from "./plan-posture.ts";
import { guarded, notAsked, unseen } from "./unseen.ts";

type PosturePlan = Pick<AuditPlan, "integration" | "targets" | "posture">;

/** One after the other, and after everything else: a firewall that minds it has let the rest pass. */
export async function observePosture(plan: PosturePlan, reached: ReachedApi, context: SharingContext): Promise<readonly Observation[]> {
  const observed: Observation[] = [];
  for (const planned of plan.posture) observed.push(await observe(planned, plan, reached, context));
  return observed;
}

async function observe(
  planned: PlannedPosture,
  { integration, targets }: PosturePlan,
  reached: ReachedApi,
  context: SharingContext,
): Promise<Observation> {
  if (planned.state === "not-due") return planned.carried;
  const [target] = targets;
  const key = posturePlace(planned.kind, integration);
  const probe = PROBES[planned.kind];
  if (target === undefined || planned.state === "budget_exhausted") {
    return unseen(probe, key, "skipped", notAsked("budget_exhausted"), context.clock);
  }
  if (!("address" in reached)) return unseen(probe, key, reached.outcome, reached.failure, context.clock);
  const question = { target, address: reached.address, integration, basePath: new URL(integration.baseUrl).pathname };
  return guarded(probe, key, context.clock, () => probe.observe(question, context));
}

type PostureQuestion = AddressQuestion & { readonly integration: AuditPlan["integration"]; readonly basePath: string };

const PROBES: Readonly<
  Record<
    PostureKind,
    {
      readonly id: ProbeId;
      readonly kind: PostureKind;
      observe(question: PostureQuestion, context: SharingContext): Promise<Observation>;
    }
  >
> = {
  "http-not-found": httpNotFoundProbe,
  "http-preflight": httpPreflightProbe,
  "security-txt": securityTxtProbe,
};
