import type { DomainEvidence, NameServersSeen, RegistrationEvidence } from "../../evidence/kinds.ts";
import type { Instant } from "../../model/instant.ts";
import { isSameRegistrar } from "../../model/registration.ts";

/** What looks like a domain that is in other hands, or an alias that somebody else has picked up. Providers do the same, and announce it. */
export interface TakeoverSign {
  readonly sign: "delegation-moved" | "delegation-untold" | "alias-revived" | "registrar-changed" | "registered-anew";
  /** First seen; of a registration, its day. A credential that was bound later was bound in spite of it. */
  readonly since: Instant;
}

/** The newest sign; undefined where there is none, or where nothing was seen before. It does not fade: whoever takes a domain over can wait. */
export function takeoverSign(
  domain: Pick<DomainEvidence, "ns" | "seen"> | undefined,
  registration: RegistrationEvidence | undefined,
): TakeoverSign | undefined {
  const signs = [
    ...(domain === undefined ? [] : [...movedDelegation(domain), ...untoldDelegation(domain), ...revivedAlias(domain)]),
    ...(registration === undefined ? [] : [...movedRegistrar(registration), ...registeredAnew(registration)]),
  ];
  return signs.sort((a, b) => b.since - a.since)[0];
}

/**
 * Since others than the first operator answered alone, for as long as one of those others answers at all: whoever holds a zone can name the first
 * one's servers beside his own.
 */
function movedDelegation({ ns, seen: { ns: seen } }: Pick<DomainEvidence, "ns" | "seen">): readonly TakeoverSign[] {
  const [first] = seen;
  const now = seen.find(({ names }) => names.join(" ") === ns.join(" "));
  if (first === undefined || now === undefined) return [];
  const newcomers = operatorsOf(now).filter((operator) => !operatorsOf(first).includes(operator));
  const strangers = seen.find((one) => !isSameOperator(one, first) && operatorsOf(one).some((operator) => newcomers.includes(operator)));
  return strangers === undefined ? [] : [{ sign: "delegation-moved", since: strangers.since }];
}

/** Whoever holds a zone decides what it says of itself. */
function untoldDelegation({ seen: { untoldSince } }: Pick<DomainEvidence, "seen">): readonly TakeoverSign[] {
  return untoldSince === undefined ? [] : [{ sign: "delegation-untold", since: untoldSince }];
}

function revivedAlias({ seen: { revived } }: Pick<DomainEvidence, "seen">): readonly TakeoverSign[] {
  return revived?.leads !== true ? [] : [{ sign: "alias-revived", since: revived.since }];
}

function movedRegistrar({ registrar, seen }: RegistrationEvidence): readonly TakeoverSign[] {
  // Where none is named today, the newest that was: it is not known that the first one is back.
  const at = registrar === undefined ? seen.length - 1 : seen.findIndex((one) => isSameRegistrar(one, registrar) === true);
  const now = seen[at];
  return now === undefined || at <= 0 ? [] : [{ sign: "registrar-changed", since: now.since }];
}

/** A domain that is moved keeps its first day; one that lapsed and was taken by the next has another. Older than any binding, for most. */
function registeredAnew({ registeredAt }: RegistrationEvidence): readonly TakeoverSign[] {
  return registeredAt === undefined ? [] : [{ sign: "registered-anew", since: registeredAt }];
}

/** Large operators spread over several domains: awsdns-12.com and awsdns-34.net, azure-dns.com and azure-dns.org. */
export function isSameOperator(one: NameServersSeen, other: NameServersSeen): boolean {
  const operators = operatorsOf(other);
  return operatorsOf(one).some((operator) => operators.includes(operator));
}

function operatorsOf({ domains }: NameServersSeen): readonly string[] {
  return domains.map((domain) => domain.split(".")[0]?.replace(/-\d+$/, "") ?? domain);
}
