import type { BodyFacts, ClassFact } from "../evidence/kinds.ts";
import type { Instant } from "../model/instant.ts";
import { headerOf } from "../model/turned-away.ts";
import type { CustomDetection } from "../observe/classify/custom/custom-detection.ts";
import { type RequestSecret, requestSecrets } from "../observe/classify/request-secrets.ts";
import { unitedFacts } from "../observe/classify/united-facts.ts";
import { type InspectedAnswer, inspectedAnswer } from "./inspect-headers.ts";
import { sentCredential } from "./recorded-credential.ts";
import { pathsAmong, type ShowPath } from "./recorded-paths.ts";
import { type RecordedExchange, type RecordedRequest, recordedTraffic } from "./recorded-traffic.ts";

/** All recorded answers of one endpoint. */
export interface InspectedEndpoint {
  /** `GET https://api.acme.example/orders/{}`: no query, and no part of a path that may be a value. */
  readonly endpoint: string;
  readonly method: string;
  readonly origin: string;
  readonly path: string;
  readonly format: string | null;
  /** The most that one answer held. */
  readonly records: number | null;
  /** A body of it is not whole, or the recording holds more than is read. */
  readonly isCut: boolean;
  /** It answers with data, or says that it does where the recording kept no content. */
  readonly isData: boolean;
  /** One row for each path and class, over all answers. */
  readonly classes: readonly ClassFact[];
  readonly answers: readonly InspectedAnswer[];
  readonly facts: Readonly<Record<string, unknown>>;
}

/** Every endpoint of an HTTP archive, sorted. Undefined where the file is none. */
export function inspectHar(bytes: Uint8Array, now: Instant, custom?: CustomDetection): readonly InspectedEndpoint[] | undefined {
  const traffic = recordedTraffic(bytes);
  if (traffic === undefined) return undefined;
  const shownPath = pathsAmong(traffic.exchanges.map(({ request }) => request.url));
  const byEndpoint = new Map<string, RecordedExchange[]>();
  let isCut = traffic.isCut;
  for (const exchange of traffic.exchanges) {
    const endpoint = endpointOf(exchange.request, shownPath);
    const others = byEndpoint.get(endpoint);
    if (others !== undefined) others.push(exchange);
    else if (byEndpoint.size < MOST_ENDPOINTS) byEndpoint.set(endpoint, [exchange]);
    else isCut = true;
  }
  return [...byEndpoint]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([endpoint, all]) => inspectedEndpoint(endpoint, all, { isCut, now, shownPath, ...(custom !== undefined && { custom }) }));
}

interface Recording {
  readonly isCut: boolean;
  readonly now: Instant;
  readonly shownPath: ShowPath;
  readonly custom?: CustomDetection;
}

function inspectedEndpoint(
  endpoint: string,
  exchanges: readonly RecordedExchange[],
  { isCut, now, shownPath, custom }: Recording,
): InspectedEndpoint {
  const [first] = exchanges;
  const origin = first?.request.url.origin ?? "";
  const path = first === undefined ? "/" : shownPath(first.request.url);
  const answers = exchanges.map(({ request, answer, isCut: isShort }) => {
    const credential = sentCredential(request.headers, hasSecretInQuery(request));
    const { method } = request;
    return inspectedAnswer(
      answer,
      endpoint,
      { origin, now },
      { method, path, isCut: isShort, ...(credential !== undefined && { credential }), ...(custom !== undefined && { custom }) },
    );
  });
  const bodies = answers.flatMap(({ body }) => (body.state === "not-read" ? [] : [body]));
  const secrets = uniqueSecrets(exchanges.flatMap(({ request }) => requestSecrets(request)));
  return {
    endpoint,
    method: first?.request.method ?? "GET",
    origin,
    path,
    format: bodies.find((body) => body.format !== undefined && !isScript(body))?.format ?? null,
    records: mostRecords(bodies),
    isData:
      bodies.length > 0 ? bodies.some(isDataBody) : exchanges.some(({ answer }) => DATA_TYPE.test(headerOf(answer, "content-type") ?? "")),
    isCut: isCut || bodies.some(({ state }) => state === "truncated"),
    classes: unitedFacts(bodies.flatMap(({ classes }) => classes)),
    answers,
    facts: {
      answers: exchanges.length,
      statuses: [...new Set(exchanges.map(({ answer }) => answer.status))].sort((one, other) => one - other),
      states: [...new Set(bodies.map(({ state }) => state))].sort(),
      requestSecrets: secrets,
    },
  };
}

function endpointOf({ method, url }: RecordedRequest, shownPath: ShowPath): string {
  return `${method} ${url.origin}${shownPath(url)}`;
}

function hasSecretInQuery(request: RecordedRequest): boolean {
  return (
    request.url.search !== "" && requestSecrets({ ...request, headers: [], body: new Uint8Array() }).some((secret) => secret.in === "query")
  );
}

function isDataBody(body: BodyFacts): boolean {
  return body.format !== undefined && body.format !== "text" && !isScript(body);
}

/** What is called one, and is no call with JSON in it. */
function isScript({ mediaType = "", state }: BodyFacts): boolean {
  return state !== "classified" && /(?:java|ecma)script/.test(mediaType);
}

function mostRecords(bodies: readonly BodyFacts[]): number | null {
  const counts = bodies.flatMap(({ records }) => (records === undefined ? [] : [records]));
  return counts.length === 0 ? null : Math.max(...counts);
}

function uniqueSecrets(secrets: readonly RequestSecret[]): readonly (RequestSecret & { readonly count: number })[] {
  const counts = new Map<string, RequestSecret & { readonly count: number }>();
  for (const secret of secrets) {
    const key = `${secret.in} ${secret.name} ${secret.class}`;
    counts.set(key, { ...secret, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  return [...counts].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, secret]) => secret);
}

const DATA_TYPE = /\b(?:json|xml|csv)\b/i;
const MOST_ENDPOINTS = 2000;
