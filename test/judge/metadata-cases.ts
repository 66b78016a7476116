import { METADATA_PLACES, type MetadataPlace } from "../../src/evidence/kinds.ts";
import type { Observation } from "../../src/evidence/observation.ts";
import { DAY } from "../../src/model/instant.ts";
import type { IdentifierMatch, MetadataList, MetadataWords, ServerMetadataFacts } from "../../src/model/server-metadata.ts";
import { GOOD_LISTS, keySet, NOW, publishedKey, serverMetadata, unseen, words } from "./builders.ts";
import type { RuleCase } from "./rule-cases.ts";

type Lists = { readonly [K in MetadataList]?: MetadataWords | undefined };

const about = (subject: string, name: string, observation: Observation, said: readonly string[]): RuleCase => ({
  name,
  observations: [observation],
  expect: [[subject, ...said] as unknown as RuleCase["expect"][number]],
});
const unseenCases = (subject: string): readonly RuleCase[] => [
  { name: "nobody asked", expect: [[subject, "unobserved", "not_requested"]] },
  about(subject, "there is no such document", unseen("oauth-metadata", "not_found"), ["unobserved", "not_found"]),
];

export const says = (name: string, observation: Observation, ...said: readonly string[]): RuleCase =>
  about("authorization-server", name, observation, said);
export const saysOfResource = (name: string, observation: Observation, ...said: readonly string[]): RuleCase =>
  about("protected-resource", name, observation, said);
/** Asked of somebody who uses codes. */
export const coded = (name: string, observation: Observation, ...said: readonly string[]): RuleCase => ({
  ...says(name, observation, ...said),
  integration: { auth: { scheme: "oauth2-code", neededScopes: [] } },
});

export const listing = (lists: Lists) => serverMetadata({ lists });
export const resource = (methods: MetadataWords | undefined, identifier: IdentifierMatch = "same") =>
  serverMetadata({ document: "protected-resource", identifier, lists: { bearer_methods_supported: methods } });

export const BEFORE: ServerMetadataFacts = {
  document: "openid",
  identifier: "same",
  endpoints: [{ name: "token_endpoint", scheme: "https", domain: "same" }],
  lists: GOOD_LISTS,
  flags: ["tls_client_certificate_bound_access_tokens"],
};

const NO_TOKENS: RuleCase = {
  name: "a key that nobody issued tokens for",
  integration: { auth: { scheme: "api-key", neededScopes: [] } },
  expect: [["", "no-tokens"]],
};

const absent = (document: MetadataPlace) =>
  serverMetadata({ document, ...ABSENT, before: BEFORE }, { endpoint: METADATA_PLACES[document] });
const ABSENT = { absent: true, identifier: "unknown", endpoints: [], flags: [] } as const;

export const MOOT: readonly RuleCase[] = [
  NO_TOKENS,
  says("there is none where it would stand", absent("authorization-server"), "publishes-none"),
];
export const MOOT_RESOURCE: readonly RuleCase[] = [
  NO_TOKENS,
  saysOfResource("there is none where it would stand", absent("protected-resource"), "publishes-none"),
];

export const UNSEEN = unseenCases("authorization-server");
export const UNSEEN_RESOURCE = unseenCases("protected-resource");
export const DISOWNED = says(
  "it speaks for somebody else",
  serverMetadata({ identifier: "other", before: BEFORE, flags: [], lists: { grant_types_supported: words("password") } }),
  "unobserved",
  "evidence_ambiguous",
);
export const DISOWNED_RESOURCE = saysOfResource(
  "it speaks for somebody else",
  resource(words("query"), "other"),
  "unobserved",
  "evidence_ambiguous",
);

/** What somebody publishes who does it well: a server, an API, and keys of which one came last month. */
export const WELL_PUBLISHED: readonly Observation[] = [
  serverMetadata({ before: BEFORE }),
  resource(words("header")),
  keySet([publishedKey({ thumbprint: "a", certificateEnds: NOW + DAY }), publishedKey({ thumbprint: "b" })], {
    history: { since: NOW - 400 * DAY, firstSeen: { a: NOW - 400 * DAY, b: NOW - 30 * DAY } },
  }),
];
