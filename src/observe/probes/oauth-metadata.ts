import { METADATA_PLACES, type MetadataPlace, type ServerMetadataEvidence } from "../../evidence/kinds.ts";
import type { Observation, ObservationKey } from "../../evidence/observation.ts";
import type { RawEvidence } from "../../evidence/redact.ts";
import type { Failure } from "../../model/failure.ts";
import { err, ok, type Result } from "../../model/result.ts";
import type { ServerMetadataFacts } from "../../model/server-metadata.ts";
import { type MetadataQuestion, type ServerMetadata, serverMetadata } from "../classify/oauth-metadata.ts";
import { guessedIssuer } from "./guessed-issuer.ts";
import { notAsked, observation } from "./outcome.ts";
import type { ProbeContext } from "./probe.ts";
import { type DocumentPlace, namedPlace, type OwnPlace, publishedDocument } from "./published-document.ts";

export interface PublishedQuestion {
  readonly api: OwnPlace;
  /** Path of the base URL. */
  readonly path: string;
  /** Where tokens are fetched, as declared. */
  readonly tokens?: DocumentPlace;
  readonly before: (key: ObservationKey) => ServerMetadataFacts | undefined;
  /** Whether something rests on a document that was there: then it is gone where that is said in so many words, and nowhere else. */
  readonly wasThere: (key: ObservationKey) => boolean;
}

/** What was seen, and where the keys of the server are: undefined where it names no place. */
export interface PublishedMetadata {
  readonly observations: readonly Observation<"oauth-metadata">[];
  readonly keys: { readonly origin: string; readonly place: Result<DocumentPlace | undefined, Failure> };
}

export const oauthMetadataProbe = {
  id: "oauth-metadata",
  kind: "oauth-metadata",
  bound: () => ({ connections: 3, requests: 3 }),
} as const;

/**
 * What the API says of itself (RFC 9728), and what one authorization server says: one that the API names, else the one whose token endpoint is
 * declared, else the API's own origin; at the place of RFC 8414, and where nothing is there, at that of OpenID Connect Discovery. Three GETs at the
 * most. Of a server that nobody named, its issuer is a guess: a document counts there if it is about the token endpoint that is declared.
 */
export async function askMetadata(question: PublishedQuestion, context: ProbeContext): Promise<PublishedMetadata> {
  const { api, path, before } = question;
  const resource = await askFor("protected-resource", api.target.origin, before, context, (key) => {
    const identifier = `${api.target.origin}${withoutSlash(path)}`;
    const place = { ...api, path: `${METADATA_PLACES["protected-resource"]}${withoutSlash(path)}` };
    return firstOf(
      [place],
      { identifier, known: "whole" },
      (found) => (isAbout(found, "protected-resource") ? found : undefined),
      question.wasThere(key),
      context,
    );
  });
  const server = serverOf(resource.said, question);
  const origin = server.ok ? server.value.place.target.origin : api.target.origin;
  const asked = await askFor("authorization-server", origin, before, context, async (key) => {
    if (!server.ok) return server;
    const { place, known } = server.value;
    const issuer = withoutSlash(place.path);
    const places = [`${METADATA_PLACES["authorization-server"]}${issuer}`, `${issuer}/.well-known/openid-configuration`];
    const about = { identifier: `${place.target.origin}${issuer}`, known };
    let isOther = false;
    const said = await firstOf(
      places.map((one) => ({ ...place, path: one })),
      about,
      (found) => {
        if (!isAbout(found, "authorization-server")) return undefined;
        const counts = known === "whole" ? found : ofGuess(found, question.tokens);
        isOther ||= counts === undefined;
        return counts;
      },
      question.wasThere(key),
      context,
    );
    return said.ok && said.value === undefined && isOther ? AMBIGUOUS : said;
  });
  return {
    observations: [resource.observation, asked.observation],
    keys: { origin, place: keysOf(asked.said, question) },
  };
}

/** Undefined where there is no such document. */
type Said = Result<ServerMetadata | undefined, Failure>;

async function askFor(
  about: MetadataPlace,
  origin: string,
  before: PublishedQuestion["before"],
  context: ProbeContext,
  ask: (key: ObservationKey) => Promise<Said>,
): Promise<{ readonly said: Said; readonly observation: Observation<"oauth-metadata"> }> {
  const key = { origin, endpoint: METADATA_PLACES[about] };
  let said: Said = notAsked("internal");
  const seen = await observation(oauthMetadataProbe, key, context, async () => {
    said = await ask(key);
    if (!said.ok) return said;
    const known = before(key);
    const facts: RawEvidence["oauth-metadata"] = said.value?.facts ?? { document: about, ...ABSENT };
    return ok({ ...facts, ...(known !== undefined && { before: known }) });
  });
  return { said, observation: seen };
}

/** Of several places the first where such a document is. */
async function firstOf(
  places: readonly DocumentPlace[],
  question: MetadataQuestion,
  counting: (found: ServerMetadata) => ServerMetadata | undefined,
  wasThere: boolean,
  context: ProbeContext,
): Promise<Said> {
  let hidden: Failure | undefined;
  for (const place of places) {
    if (place.target.scheme !== "https") return notAsked("not_requested");
    const published = await publishedDocument(place, context);
    if (!published.ok) return published;
    if (published.value.state === "hidden") hidden ??= published.value.failure;
    if (published.value.state !== "there") continue;
    const read = serverMetadata(published.value.text, question);
    const found = read === undefined ? undefined : counting(read);
    if (found !== undefined) return ok(found);
    hidden ??= AMBIGUOUS.error;
  }
  return wasThere && hidden !== undefined ? err(hidden) : ok(undefined);
}

function isAbout({ facts }: ServerMetadata, about: MetadataPlace): boolean {
  return (facts.document === "protected-resource") === (about === "protected-resource");
}

/** Nobody said which issuer it would be: there is none to hold it against. One that names none is still one that names none. */
function ofGuess(found: ServerMetadata, tokens: DocumentPlace | undefined): ServerMetadata | undefined {
  const { facts, tokenEndpoints } = found;
  const isOurs = tokens === undefined ? facts.identifier !== "other" : tokenEndpoints.some((url) => isAt(url, tokens));
  if (!isOurs) return undefined;
  const isCompared = facts.identifier === "same" || facts.identifier === "other";
  return isCompared ? { ...found, facts: { ...facts, identifier: "guessed" } } : found;
}

function isAt(url: string, { target, path }: DocumentPlace): boolean {
  return URL.canParse(url) && new URL(url).href === new URL(path, target.origin).href;
}

/** Of a server that nobody named, where the API says nothing of tokens: who speaks at its origin for its domain speaks for it. */
function serverOf(
  resource: Said,
  { api, tokens }: PublishedQuestion,
): Result<{ readonly place: DocumentPlace; readonly known: MetadataQuestion["known"] }, Failure> {
  const named = resource.ok && resource.value?.facts.identifier === "same" ? resource.value.servers : [];
  const places = named.filter(isIdentifier).flatMap((url) => namedPlace(url, ownPlaces(api, tokens)) ?? []);
  const place = places.find(({ target }) => target.origin === tokens?.target.origin) ?? places[0];
  if (place !== undefined) return ok({ place, known: "whole" });
  if (tokens !== undefined) return ok({ place: { ...tokens, path: guessedIssuer(tokens.path) }, known: "domain" });
  if (!resource.ok && resource.error.reason !== "not_requested") return resource;
  return named.length > 0 ? notAsked("not_requested") : ok({ place: { ...api, path: "/" }, known: "domain" });
}

/** Without a query or a fragment (RFC 8414 section 2). */
function isIdentifier(url: string): boolean {
  return !/[?#]/.test(url);
}

/** A document that speaks for somebody else is not used (RFC 8414 section 3.3). */
function keysOf(server: Said, { api, tokens }: PublishedQuestion): PublishedMetadata["keys"]["place"] {
  if (!server.ok) return server;
  const { facts, keys } = server.value ?? {};
  if (facts?.identifier === "other" || facts?.identifier === "absent") return notAsked("evidence_ambiguous");
  if (keys === undefined) return ok(undefined);
  const place = namedPlace(keys, ownPlaces(api, tokens));
  return place === undefined ? notAsked("not_requested") : ok(place);
}

function ownPlaces(api: OwnPlace, tokens: OwnPlace | undefined): readonly OwnPlace[] {
  return tokens === undefined ? [api] : [api, tokens];
}

function withoutSlash(path: string): string {
  return path.replace(/\/+$/, "");
}

const AMBIGUOUS = err<Failure>({ reason: "evidence_ambiguous", phase: "body", retriable: false });
const ABSENT = { absent: true, identifier: "unknown", endpoints: [], lists: {}, flags: [] } as const satisfies Omit<
  ServerMetadataEvidence,
  "document"
>;
