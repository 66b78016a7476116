import type { ClassDefinitions } from "../../catalog/data-classes.ts";
import type { FurtherStep, HitCredential, HitIntegration, RotationStep } from "../../model/breach-response.ts";
import { sensitiveOf } from "./rotation-order.ts";

/** What is to be done beside changing credentials, from facts alone. */
export function furtherSteps(
  hit: readonly HitIntegration[],
  rotation: readonly RotationStep[],
  definitions: ClassDefinitions,
): readonly FurtherStep[] {
  const elsewhere = (steps: readonly RotationStep[]) =>
    unique(steps.flatMap(({ uses }) => uses.filter((use) => !use.hit).map(({ integration }) => integration)));
  const sharing = elsewhere(rotation.filter(({ uses }) => uses.some((use) => use.hit)));
  const twins = hit.filter(({ credentials }) => credentials.some(({ role }) => role === "audit")).map(({ id }) => id);
  const classes = sensitiveOf(
    hit.flatMap(({ dataClasses }) => [...dataClasses.declared, ...(dataClasses.found ?? [])]),
    definitions,
  );
  const audited = unique([...hit.filter(({ standing }) => standing !== "removed").map(({ id }) => id), ...elsewhere(rotation)]);
  return [
    ...(rotation.length === 0 ? [] : [logsToRead(hit.flatMap(({ credentials }) => credentials))]),
    ...(sharing.length === 0 ? [] : [{ what: "others-that-share", integrations: sharing } as const]),
    ...(twins.length === 0 ? [] : [{ what: "audit-twins", integrations: twins } as const]),
    ...(classes.length === 0 ? [] : [{ what: "data-told", classes } as const]),
    { what: "ask-provider" },
    ...(audited.length === 0 ? [] : [{ what: "audit-again", integrations: audited } as const]),
  ];
}

/** Since the oldest that is known was made or first seen. One that was changed since may be what was taken. */
function logsToRead(credentials: readonly HitCredential[]): FurtherStep {
  const known = credentials.flatMap(({ age, firstSeenAt }) => [
    ...(age === null ? [] : [age.since]),
    ...(firstSeenAt === null ? [] : [firstSeenAt]),
  ]);
  const isSure = credentials.every(({ age, changedAt }) => age?.as === "exact" && changedAt.length === 0);
  return { what: "read-logs", since: known.length === 0 ? null : known.reduce((a, b) => Math.min(a, b)), atLeast: !isSure };
}

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names)];
}
