import { registrableDomain } from "../catalog/public-suffixes.ts";
import { rdapServer } from "../catalog/rdap-servers.ts";
import type { RegistrationEvidence } from "../evidence/kinds.ts";
import type { Observation } from "../evidence/observation.ts";
import type { IntegrationKnowledge } from "../model/history-store.ts";
import { isPublicName } from "../model/host-name.ts";
import { DAY, type Instant } from "../model/instant.ts";
import type { Target } from "../model/target.ts";
import type { RegistrationQuestion } from "../observe/probes/registration.ts";
import { type Answered, isFresh, lastAnswer } from "./last-answers.ts";

/** `not-due`: what the registry said the last time stands in. */
export type PlannedRegistration =
  | { readonly state: "due"; readonly question: RegistrationQuestion }
  | { readonly state: "not-due"; readonly carried: Observation };

/** Undefined where nobody is known to answer. */
export type RegistryOf = (domain: string) => URL | undefined;

/**
 * Registries are asked once a week where somebody asks for it. What they said stands in for the runs between, those that do not ask for it
 * among them, so that a weekly run with the flag is enough for a nightly one without it.
 */
export function plannedRegistrations(
  targets: readonly Target[],
  knowledge: IntegrationKnowledge,
  {
    registration,
    registryOf = rdapServer,
    now,
  }: { readonly registration: boolean; readonly registryOf?: RegistryOf; readonly now: Instant },
): readonly PlannedRegistration[] {
  return targets.flatMap((target): readonly PlannedRegistration[] => {
    const last = lastAnswer(knowledge, "registration", (key) => key.origin === target.origin);
    if (last !== undefined && standsIn(last, registration, now)) return [{ state: "not-due", carried: last }];
    const zone = registration && isPublicName(target.host) ? registrableDomain(target.host) : undefined;
    const server = zone === undefined ? undefined : registryOf(zone);
    if (zone === undefined || server === undefined) return [];
    return [{ state: "due", question: { target, zone, server, ...(last !== undefined && { before: last.evidence }) } }];
  });
}

function standsIn(last: Answered<"registration">, isAsked: boolean, now: Instant): boolean {
  if (isAsked) return isFresh(last, ASKED_EVERY, now) && !hasEndedSince(last, now);
  return last.observedAt <= now && now - last.observedAt < BELIEVED_FOR;
}

/** Most domains are renewed at the last moment, or just after it. */
function hasEndedSince({ evidence, observedAt }: { readonly evidence: RegistrationEvidence; readonly observedAt: Instant }, now: Instant) {
  const { expiresAt = Number.POSITIVE_INFINITY } = evidence;
  return observedAt < expiresAt && expiresAt <= now;
}

const ASKED_EVERY = 7 * DAY;
const BELIEVED_FOR = 35 * DAY;
