import type { RegistrarSeen, RegistrationEvidence } from "../../evidence/kinds.ts";
import type { Instant } from "../../model/instant.ts";
import { isSameRegistrar, type Registrar } from "../../model/registration.ts";
import { ok } from "../../model/result.ts";
import type { Target } from "../../model/target.ts";
import { type AuthorityContext, askAuthority } from "./ask-authority.ts";
import { observation } from "./outcome.ts";
import type { Probe } from "./probe.ts";
import { registrationIn } from "./registration-answer.ts";
import { withNewest } from "./seen-since.ts";

export interface RegistrationQuestion {
  readonly target: Target;
  /** The registrable domain of its host. */
  readonly zone: string;
  /** Where its registry answers (RFC 9224): https, ends with a slash. */
  readonly server: URL;
  /** The last time that there was an answer. */
  readonly before?: RegistrationEvidence;
}

/**
 * What the registry says of a domain: one GET (RFC 9082 section 3.1.3), repeated once at the most. What is told is the domain, to its registry.
 * Nobody signs the answer, so it counts from a trusted server alone, and no redirect is followed to another one.
 */
export const registrationProbe: Probe<"registration", RegistrationQuestion, AuthorityContext> = {
  id: "registration",
  kind: "registration",
  bound: () => ({ connections: 2, requests: 2 }),
  observe: ({ target, zone, server, before }, context) =>
    observation(registrationProbe, { origin: target.origin }, context, async () => {
      const path = `${server.pathname}domain/${zone}`;
      const question = { url: server, path, accept: "application/rdap+json", most: LONGEST_ANSWER, unsigned: true, says: SAYS } as const;
      const body = await askAuthority(target, question, context);
      const found = body.ok ? registrationIn(body.value, zone) : body;
      if (!found.ok) return found;
      const seen = before?.zone === zone ? before.seen : [];
      const { registeredAt, ...told } = found.value;
      const now = context.clock.now();
      // A day that is still to come is no day of registration.
      const dated = registeredAt === undefined || registeredAt > now ? {} : { registeredAt };
      return ok({ zone, ...told, ...dated, seen: seenSince(seen, told.registrar, now) });
    }),
};

/** Several that take turns are each new once; one that cannot be told apart from those before is not new. */
function seenSince(seen: readonly RegistrarSeen[], now: Registrar | undefined, at: Instant): readonly RegistrarSeen[] {
  return now === undefined ? seen : withNewest(seen, { ...now, since: at }, (one) => isSameRegistrar(one, now) !== false);
}

/** A domain that answers is registered: that its registry does not know it says that we asked the wrong one. */
const SAYS = { 403: "blocked", 404: "not_found" } as const;
const LONGEST_ANSWER = 256 * 1024;
