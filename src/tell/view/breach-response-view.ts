import type { BreachResponse, HitIntegration, RotationStep } from "../../model/breach-response.ts";
import { DAY, type Instant } from "../../model/instant.ts";

/** The page made ready for print: counted and shortened here, and nowhere else. */
export interface BreachResponseView {
  readonly document: BreachResponse;
  readonly counts: {
    readonly inProduction: number;
    readonly credentials: number;
    /** Steps whose credential opens something else as well. */
    readonly shared: number;
    /** Steps whose credential was seen to change within the last week. */
    readonly changedLately: number;
  };
  readonly hit: Part<HitIntegration>;
  readonly rotation: Part<RotationStep>;
  readonly dependants: Part<BreachResponse["dependants"][number]>;
  /** The newest audit of those that are hit; null where there is none. */
  readonly lastAuditAt: Instant | null;
}

/** The first ones, and how many more only `--json` has. */
export interface Part<T> {
  readonly shown: readonly T[];
  readonly left: number;
}

export function breachResponseView(document: BreachResponse): BreachResponseView {
  const { hit, rotation, dependants, at } = document;
  const audits = hit.flatMap(({ lastAudit }) => lastAudit?.at ?? []);
  return {
    document,
    counts: {
      inProduction: hit.filter(({ environment }) => environment === "production").length,
      credentials: rotation.length,
      shared: rotation.filter(({ why }) => why.some(({ what }) => what === "shared-elsewhere" || what === "across-environments")).length,
      changedLately: rotation.filter(({ changedAt }) => changedAt !== null && at - changedAt <= LATELY).length,
    },
    hit: firstOf(hit),
    rotation: firstOf(rotation),
    dependants: firstOf(dependants),
    lastAuditAt: audits.length === 0 ? null : audits.reduce((a, b) => Math.max(a, b)),
  };
}

function firstOf<T>(list: readonly T[]): Part<T> {
  return { shown: list.slice(0, MOST_SHOWN), left: Math.max(0, list.length - MOST_SHOWN) };
}

/** Of each part: more are read by a program. */
const MOST_SHOWN = 25;
const LATELY = 7 * DAY;
