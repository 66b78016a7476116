import type { Observation } from "../evidence/observation.ts";
import type { IntegrationKnowledge } from "../model/history-store.ts";
import { requestDigest } from "../model/request-digest.ts";
import type { ProbeContext } from "../observe/probes/probe.ts";
import { responseHistoryProbe } from "../observe/probes/response-history.ts";
import { lastAnswer } from "./last-answers.ts";
import type { AuditPlan, PlannedEndpoint } from "./plan.ts";
import { guarded } from "./unseen.ts";

/**
 * Before anything is asked: whatever answer is younger than the history that was made then is not part of it yet. An answer that stands in for
 * today's is held against what it was held against when it came.
 */
export async function observeHistories(
  plan: AuditPlan,
  knowledge: IntegrationKnowledge,
  context: ProbeContext,
): Promise<readonly Observation[]> {
  if (!plan.kinds.includes("response-history")) return [];
  return (await Promise.all(plan.endpoints.map((planned) => historyOf(planned, plan, knowledge, context)))).flat();
}

async function historyOf(
  { endpoint, state }: PlannedEndpoint,
  { integration, targets: [target] }: AuditPlan,
  knowledge: IntegrationKnowledge,
  context: ProbeContext,
): Promise<readonly Observation[]> {
  if (target === undefined) return [];
  const key = { origin: target.origin, endpoint: endpoint.id };
  const isHere = (other: { readonly origin: string; readonly endpoint?: string }) =>
    other.origin === key.origin && other.endpoint === key.endpoint;
  const before = lastAnswer(knowledge, "response-history", isHere);
  if (state === "not-due") return before === undefined ? [] : [before as unknown as Observation];
  const last = lastAnswer(knowledge, "http-response", isHere);
  const isNews = last !== undefined && (before === undefined || last.observedAt >= before.observedAt);
  const question = {
    target,
    endpoint,
    digest: requestDigest(integration, endpoint),
    ...(before !== undefined && { before: before.evidence }),
    ...(isNews && { answer: { evidence: last.evidence, observedAt: last.observedAt } }),
  };
  return [await guarded(responseHistoryProbe, key, context.clock, () => responseHistoryProbe.observe(question, context))];
}
