import type { Observation } from "../../evidence/observation.ts";
import { DAY, type Instant } from "../../model/instant.ts";
import type { Integration } from "../../model/integration.ts";
import { type OwnCredential, seenSince } from "./own-credentials.ts";
import { toldOf } from "./told-credential.ts";

export interface CredentialAge {
  readonly since: Instant;
  /** `exact` is what somebody says who knows; `at-least` is since we saw it first. */
  readonly as: "exact" | "at-least";
  /** JSON Pointer, and what stands there. */
  readonly pointer: string;
  readonly source: "provider" | "declared" | "token" | "history";
}

/** Since when it is there. What the inventory declares is of the clients' credential. Undefined where nothing is known at all. */
export function credentialAge(
  credential: OwnCredential,
  { auth }: Integration,
  responses: readonly Observation<"http-response">[],
  asOf: Instant,
): CredentialAge | undefined {
  const { at, role, issuedAt } = credential;
  // What is still to come is no age: a slip of the pen hides none.
  const isPast = (moment: Instant | undefined): moment is Instant => moment !== undefined && moment <= asOf + DAY;
  const declared = role === "clients" && auth.issuedAt !== undefined ? Date.parse(auth.issuedAt) : undefined;
  const since = seenSince(credential);
  const told = toldOf(credential, auth, responses).createdAt;
  if (isPast(told)) return { since: told, as: "exact", pointer: at, source: "provider" };
  if (isPast(issuedAt)) return { since: issuedAt, as: "exact", pointer: `${at}/issuedAt`, source: "token" };
  if (isPast(declared)) {
    if (!isOutdated(credential, declared)) return { since: declared, as: "exact", pointer: at, source: "declared" };
  }
  return since === undefined ? undefined : { since, as: "at-least", pointer: `${at}/seen`, source: "history" };
}

/** The day that the inventory declares, where it is still to come: somebody mistyped it. */
export function declaredInFuture({ role }: OwnCredential, { auth }: Integration, asOf: Instant): Instant | undefined {
  const declared = role === "clients" && auth.issuedAt !== undefined ? Date.parse(auth.issuedAt) : Number.NaN;
  return declared > asOf + DAY ? declared : undefined;
}

/** Days after which it is to be changed. */
export function rotationDays({ auth }: Integration): number {
  return auth.rotateEveryDays ?? USUAL_DAYS;
}

/** The inventory still has the day of one before it: another one was there after that day, and before this one. */
function isOutdated(credential: OwnCredential, declared: Instant): boolean {
  const since = seenSince(credential);
  const others = credential.seen?.fingerprints.filter(({ value }) => value !== credential.fingerprint?.value) ?? [];
  return since !== undefined && others.some((other) => other.since >= declared + DAY && other.since < since);
}

export function ageInDays({ since }: CredentialAge, asOf: Instant): number {
  return Math.floor((asOf - since) / DAY);
}

/** CIS AWS Foundations 1.14, and the usual answer of others. */
const USUAL_DAYS = 90;
