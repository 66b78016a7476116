import type { Observation } from "../evidence/observation.ts";
import { err, ok } from "../model/result.ts";
import { lockFileName } from "../model/sdk.ts";
import { apiDescriptionProbe } from "../observe/probes/api-description.ts";
import type { ProbeContext } from "../observe/probes/probe.ts";
import type { ApiDescriptions } from "./api-descriptions.ts";
import type { AuditPlan } from "./plan.ts";
import { guarded } from "./unseen.ts";

/** What the description that the inventory names says of each endpoint, asked today or not. */
export async function observeDescriptions(
  { integration, targets: [target], described }: AuditPlan,
  descriptions: ApiDescriptions | undefined,
  context: ProbeContext,
): Promise<readonly Observation[]> {
  const { openapi, endpoints, baseUrl } = integration;
  if (!described || openapi === undefined || target === undefined) return [];
  const document = (await descriptions?.read(openapi)) ?? err("expected the folder of an inventory, found none");
  const basePath = new URL(baseUrl).pathname.replace(/\/$/, "");
  return Promise.all(
    endpoints.map((endpoint) => {
      const said = document.ok ? ok(document.value.answerOf(endpoint, basePath)) : document;
      const question = { target, endpoint, file: lockFileName(openapi), said };
      const key = { origin: target.origin, endpoint: endpoint.id };
      return guarded(apiDescriptionProbe, key, context.clock, () => apiDescriptionProbe.observe(question, context));
    }),
  );
}
