import {
  type EvidenceMap,
  type KeySetEvidence,
  METADATA_PLACES,
  type MetadataPlace,
  type ServerMetadataEvidence,
} from "../../evidence/kinds.ts";
import type { Observation } from "../../evidence/observation.ts";
import type { AuthScheme, Integration } from "../../model/integration.ts";
import type { PublishedKey } from "../../model/key-set.ts";
import type { MetadataList } from "../../model/server-metadata.ts";
import type { OutcomeDefinition, RuleResult } from "../rules/rule.ts";
import { type Answer, answerEach, evidenceOf } from "./aggregate.ts";

type Published = "jwks" | "oauth-metadata";

export interface PublishedInput<K extends Published> {
  readonly integration: Integration;
  readonly observations: { readonly [Kind in K]: readonly Observation<Kind>[] };
}

/** Outcomes of every question about what an authorization server publishes. */
export const ABOUT_PUBLISHED = {
  "publishes-none": { verdict: "not-applicable", message: () => "Nothing of the kind is published where it belongs." },
  "no-tokens": { verdict: "not-applicable", message: () => "What we prove ourselves with is no token that somebody issues." },
} as const satisfies Readonly<Record<string, OutcomeDefinition>>;

/** For `applies`. */
export function withoutTokens({ integration: { auth } }: { readonly integration: Integration }): "no-tokens" | undefined {
  return auth.scheme === undefined || WITH_TOKENS.includes(auth.scheme) ? undefined : "no-tokens";
}

export function eachKeySet<O extends string>(
  { observations }: PublishedInput<"jwks">,
  answer: (set: KeySetEvidence) => Answer<O>,
): readonly RuleResult<O | "publishes-none">[] {
  return eachPublished("key-set", observations.jwks, (set) => {
    const told = answer(set);
    // What no key that was looked at has, another one may have.
    return set.cut === true && told.pointer === ALL_KEYS.pointer && told.summary === ALL_KEYS.summary
      ? { outcome: "unobserved", reason: "body_truncated", pointer: "/unread", summary: `${set.unread} keys were not looked at` }
      : told;
  });
}

/** RFC 8414 and OpenID documents. One that speaks for somebody else says nothing (section 3.3), but to the question whether it does. */
export function eachServer<O extends string>(
  { observations }: PublishedInput<"oauth-metadata">,
  answer: (server: ServerMetadataEvidence) => Answer<O>,
): readonly RuleResult<O | "publishes-none">[] {
  return eachPublished("authorization-server", documentsAt("authorization-server", observations["oauth-metadata"]), answer);
}

/** RFC 9728 documents. */
export function eachResource<O extends string>(
  { observations }: PublishedInput<"oauth-metadata">,
  answer: (resource: ServerMetadataEvidence) => Answer<O>,
): readonly RuleResult<O | "publishes-none">[] {
  return eachPublished("protected-resource", documentsAt("protected-resource", observations["oauth-metadata"]), answer);
}

/** Codes are what we use, or nobody said what we use. */
export function usesCodes({ integration: { auth } }: { readonly integration: Integration }): boolean {
  return auth.scheme === undefined || auth.scheme === "oauth2-code";
}

export function hasTokenEndpoint({ endpoints }: ServerMetadataEvidence): boolean {
  return endpoints.some(({ name }) => name === "token_endpoint");
}

/** For documents that speak for whom they were asked about; undefined of such, an answer for the others. */
export function disowned({ identifier }: ServerMetadataEvidence): Answer<never> | undefined {
  if (identifier !== "other") return undefined;
  return { outcome: "unobserved", reason: "evidence_ambiguous", pointer: "/identifier", summary: "it speaks for somebody else" };
}

/** Words of ours in one of its lists; undefined where it does not have the list. */
export function listed({ lists }: Pick<ServerMetadataEvidence, "lists">, name: MetadataList): readonly string[] | undefined {
  return lists[name]?.known;
}

/** Words of it that are not ours either. */
export function hasOthers({ lists }: Pick<ServerMetadataEvidence, "lists">, name: MetadataList): boolean {
  return (lists[name]?.others ?? 0) > 0;
}

export function atList(
  name: MetadataList,
  { lists }: Pick<ServerMetadataEvidence, "lists">,
): { readonly pointer: string; readonly summary: string } {
  const words = lists[name];
  const pointer = words === undefined ? "/lists" : `/lists/${name}`;
  return { pointer, summary: `${name}: ${words === undefined ? "not said" : words.known.join(", ") || "nothing that we know"}` };
}

/** The keys that are so, by their places in the set: "key 1", "keys 2 and 5". */
export function placesOf(keys: readonly PublishedKey[], isSo: (key: PublishedKey) => boolean): readonly number[] {
  return keys.flatMap((key, index) => (isSo(key) ? [index] : []));
}

export function placeWords(places: readonly number[]): string {
  const shown = places.slice(0, MAX_PLACES).map((place) => String(place + 1));
  const more = places.length - shown.length;
  const last = more > 0 ? `${more} more` : shown.pop();
  return `${places.length === 1 ? "Key" : "Keys"} ${shown.length === 0 ? last : `${shown.join(", ")} and ${last}`}`;
}

export function atKey(places: readonly number[]): { readonly pointer: string; readonly summary: string } {
  return places.length === 0 ? ALL_KEYS : { pointer: `/keys/${places[0]}`, summary: placeWords(places) };
}

/** A file was saved without its place, so that the document itself has to say what it is. */
function documentsAt(
  place: MetadataPlace,
  observations: readonly Observation<"oauth-metadata">[],
): readonly Observation<"oauth-metadata">[] {
  return observations.filter((observation) => {
    const { endpoint } = observation.key;
    const { document } = evidenceOf(observation) ?? {};
    if (endpoint !== undefined) return endpoint === METADATA_PLACES[place];
    return document === undefined || (document === "protected-resource") === (place === "protected-resource");
  });
}

/** An audit asks one API and one server, wherever that stands: which one it is does not tell one question from another. */
function eachPublished<K extends Published, O extends string>(
  subject: string,
  observations: readonly Observation<K>[],
  answer: (evidence: EvidenceMap[K]) => Answer<O>,
): readonly RuleResult<O | "publishes-none">[] {
  return answerEach<K, O | "publishes-none">(subject, observations, (evidence) =>
    evidence.absent === true ? { outcome: "publishes-none", pointer: "/absent", summary: "no such document" } : answer(evidence),
  );
}

const WITH_TOKENS: readonly AuthScheme[] = [
  "bearer",
  "jwt-bearer",
  "oauth2-client-credentials",
  "oauth2-code",
  "oauth2-password",
  "oauth2-implicit",
  "dpop",
];
const ALL_KEYS = { pointer: "/keys", summary: "all keys" } as const;
const MAX_PLACES = 8;
