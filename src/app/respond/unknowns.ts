import type { HitIntegration, Unknown, UnknownWhat } from "../../model/breach-response.ts";
import { DAY, type Instant } from "../../model/instant.ts";
import type { Holding } from "./held-credentials.ts";
import { type KnownIntegration, ofKind } from "./known-integrations.ts";

export interface Seen {
  readonly at: Instant;
  readonly hasHistory: boolean;
  readonly hasInventory: boolean;
  readonly hit: readonly HitIntegration[];
  readonly others: readonly KnownIntegration[];
  /** Credentials of others that are not known to be one of `hit`. */
  readonly othersHeld: readonly Holding[];
  /** Keys by which the text of credentials of `hit` was made comparable. */
  readonly keyIds: ReadonlySet<string>;
  readonly unreadable: readonly string[];
}

/** What is not known, and would change the page if it were. */
export function unknownsOf(seen: Seen): readonly Unknown[] {
  const { at, hit, hasHistory, hasInventory, unreadable, others } = seen;
  const some = (what: UnknownWhat, isSo: (one: HitIntegration) => boolean): Unknown =>
    named(
      what,
      hit.filter(isSo).map(({ id }) => id),
    );
  const ofCredentials = (what: UnknownWhat, isSo: (one: HitIntegration["credentials"][number]) => boolean) =>
    some(what, ({ credentials }) => credentials.some(isSo));
  const wasAudited = ({ lastAudit }: HitIntegration) => lastAudit !== null;
  const unresolved = others.filter(({ observations }) => ofKind(observations, "domain").every(({ outcome }) => outcome !== "observed"));
  const all: readonly Unknown[] = [
    ...(hasHistory ? [] : [{ what: "no-history", integrations: [], count: 1 } as const]),
    ...(hasInventory ? [] : [{ what: "no-inventory", integrations: [], count: 1 } as const]),
    ...(hasHistory
      ? [
          some("never-audited", (one) => !wasAudited(one)),
          some("not-seen", (one) => wasAudited(one) && !["observed", "partial"].includes(one.lastAudit?.visibility ?? "")),
          some("stale", ({ lastAudit }) => lastAudit !== null && at - (lastAudit.seenAt ?? lastAudit.at) > STALE),
          ofCredentials("not-looked-at", ({ lookedAt }) => lookedAt === null),
          ofCredentials("not-bound", ({ unread }) => unread === "credential_not_bound"),
          ofCredentials("unreadable", ({ unread }) => unread !== null && unread !== "credential_not_bound"),
          ofCredentials("age", ({ age, lookedAt, unread }) => age === null && lookedAt !== null && unread === null),
          some("scopes", ({ credentials, scopes }) => credentials.length > 0 && scopes.granted === null),
          some("data", ({ dataClasses }) => dataClasses.found === null),
        ]
      : []),
    some("nothing-declared", ({ auth, credentials }) => auth.scheme === null && credentials.length === 0),
    named("not-compared", hit.some(({ credentials }) => credentials.length > 0) ? uncompared(seen) : []),
    named("hosting", hasHistory ? unresolved.map(({ integration }) => integration.id) : []),
    named("declaration", unreadable),
  ];
  return all.filter(({ count }) => count > 0);
}

function named(what: UnknownWhat, integrations: readonly string[]): Unknown {
  return { what, integrations, count: integrations.length };
}

/** Of others: nobody read what lies behind their reference, or it was made comparable with another key. */
function uncompared({ othersHeld, keyIds }: Seen): readonly string[] {
  const open = othersHeld.filter(({ role, keyId }) => role !== "client-certificate" && (keyId === undefined || !keyIds.has(keyId)));
  return [...new Set(open.map(({ of }) => of.integration.id))];
}

/** Audits are nightly, with a week of patience. */
const STALE = 7 * DAY;
