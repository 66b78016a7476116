import type { HttpResponseEvidence } from "../../evidence/kinds.ts";
import type { Observation } from "../../evidence/observation.ts";
import type { Integration } from "../../model/integration.ts";
import { evidenceOf } from "./aggregate.ts";
import { type BannerProduct, namesSoftware, parseBanner } from "./banner.ts";
import { foreignReason } from "./responses.ts";
import { declaredOrigins } from "./subjects.ts";

/** A header field that names software, in one answer of the API. */
export interface Banner {
  readonly field: string;
  /** Place of the field among the headers of the evidence. */
  readonly index: number;
  readonly products: readonly BannerProduct[];
}

export function bannersOf({ headers }: HttpResponseEvidence): readonly Banner[] {
  return headers.flatMap(({ name, value }, index) =>
    value !== undefined && namesSoftware(name) ? [{ field: name, index, products: parseBanner(name, value) }] : [],
  );
}

/** Whether the API itself can be heard in this observation: not a limiter, a firewall, or nobody. */
export function speaks(observation: Observation<"http-response">): boolean {
  const evidence = evidenceOf(observation);
  return evidence !== undefined && foreignReason(evidence) === undefined;
}

/** Origins that were asked over HTTP, and the one of the base URL in any case. */
export function answeringOrigins(integration: Integration, observations: readonly Observation[]): readonly string[] {
  const [primary = ""] = declaredOrigins(integration);
  return [...new Set([primary, ...observations.map(({ key }) => key.origin)])];
}
