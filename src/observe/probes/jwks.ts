import type { KeySetEvidence } from "../../evidence/kinds.ts";
import type { Failure } from "../../model/failure.ts";
import type { Instant } from "../../model/instant.ts";
import type { PublishedKey } from "../../model/key-set.ts";
import { err, ok, type Result } from "../../model/result.ts";
import { keySetFacts } from "../classify/jwks.ts";
import { observation } from "./outcome.ts";
import type { Probe } from "./probe.ts";
import { type DocumentPlace, publishedDocument } from "./published-document.ts";

export interface KeySetQuestion {
  /** Of the server whose keys they are, wherever they stand. */
  readonly origin: string;
  /** Undefined where the server names none. */
  readonly place: Result<DocumentPlace | undefined, Failure>;
  readonly before?: KeySetEvidence;
}

/** The keys of an authorization server, where its own document says that they are: one GET. A set that is named and cannot be had is unknown. */
export const jwksProbe: Probe<"jwks", KeySetQuestion> = {
  id: "jwks",
  kind: "jwks",
  bound: () => ({ connections: 1, requests: 1 }),
  observe: ({ origin, place, before }, context) =>
    observation(jwksProbe, { origin }, context, async () => {
      if (!place.ok) return place;
      if (place.value === undefined) return ok({ absent: true, keys: [], unread: 0, ...(before?.history && { history: before.history }) });
      const published = await publishedDocument(place.value, context);
      if (!published.ok) return published;
      if (published.value.state !== "there") return nothing("not_found");
      const facts = keySetFacts(published.value.text);
      if (facts === undefined) return nothing("evidence_ambiguous");
      return ok({ ...facts, history: historyOf(facts.keys, before?.history, context.clock.now()) });
    }),
};

/** Keys that went are remembered for a while: one that comes back is not new. */
function historyOf(
  keys: readonly PublishedKey[],
  { since, firstSeen }: NonNullable<KeySetEvidence["history"]> = { since: Number.POSITIVE_INFINITY, firstSeen: {} },
  now: Instant,
): NonNullable<KeySetEvidence["history"]> {
  const present = new Map(keys.flatMap(({ thumbprint }) => (thumbprint === undefined ? [] : [[thumbprint, firstSeen[thumbprint] ?? now]])));
  const gone = Object.entries(firstSeen)
    .filter(([thumbprint]) => !present.has(thumbprint))
    .sort(([, one], [, other]) => other - one)
    .slice(0, MOST_GONE);
  return { since: Math.min(since, now), firstSeen: Object.fromEntries([...gone, ...present]) };
}

function nothing(reason: Failure["reason"]): { readonly ok: false; readonly error: Failure } {
  return err({ reason, phase: "body", retriable: false });
}

const MOST_GONE = 50;
