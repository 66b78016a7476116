import type { BodyFacts, HttpResponseEvidence } from "../evidence/kinds.ts";
import type { Observation } from "../evidence/observation.ts";
import { redact } from "../evidence/redact.ts";
import { parseBanner } from "../judge/facts/banner.ts";
import type { HeadFacts } from "../model/head-facts.ts";
import type { HttpAnswer } from "../model/net-port.ts";
import { classifyBody } from "../observe/classify/classify-body.ts";
import type { CustomDetection } from "../observe/classify/custom/custom-detection.ts";
import { headFacts } from "../observe/classify/head/head-facts.ts";
import { rateLimits } from "../observe/classify/head/rate-limits.ts";
import { holdsSensitive } from "../observe/classify/sensitive-claims.ts";
import { errorEvidence } from "../observe/probes/http-not-found.ts";
import { interferenceWith } from "../observe/probes/interference.ts";
import type { InspectedPlace } from "./inspected-evidence.ts";
import { type RecordedAnswer, recordedAnswers } from "./recorded-answers.ts";
import { type SentCredential, sentCredential } from "./recorded-credential.ts";

/** One recorded answer, as the probe would have seen it. */
export interface InspectedAnswer {
  readonly observation: Observation;
  /** The same answer as one to a path that is nobody's: how errors are told, and which methods are offered. */
  readonly beside: Observation;
  /** Where it came from, as far as anybody knows. */
  readonly origin: string;
  /** Undefined where none was sent, or nobody knows. */
  readonly credential?: SentCredential;
  readonly body: BodyFacts;
  readonly facts: Readonly<Record<string, unknown>>;
}

/** Every answer of a file of field lines: what a probe would keep of each, and the software that its fields name. Undefined where no field stands in it. */
export function inspectHeaders(
  bytes: Uint8Array,
  endpoint: string,
  place: InspectedPlace,
): { readonly answers: readonly InspectedAnswer[]; readonly isCut: boolean } | undefined {
  const { answers, isCut } = recordedAnswers(bytes);
  if (answers.length === 0) return undefined;
  return { answers: answers.map((answer) => inspectedAnswer(answer, endpoint, placeOf(answer, place), circumstancesOf(answer))), isCut };
}

/** Whom a request was for stands in it (RFC 9110 section 7.2), where nobody says it better. */
function placeOf({ asked }: RecordedAnswer, place: InspectedPlace): InspectedPlace {
  const host = asked?.headers.find(([name]) => name === "host")?.[1];
  if (place.host !== undefined || host === undefined || !HOST.test(host) || !URL.canParse(`https://${host}`)) return place;
  return { ...place, origin: new URL(`https://${host}`).origin };
}

function circumstancesOf({ asked }: RecordedAnswer): RecordedCircumstances {
  const credential = asked && sentCredential(asked.headers);
  return { ...(asked !== undefined && { method: asked.method }), ...(credential !== undefined && { credential }) };
}

/** What a recording knows beyond the answer: how and where it was asked, what with, and that its content is not whole. */
interface RecordedCircumstances {
  readonly method?: string;
  readonly path?: string;
  readonly credential?: SentCredential;
  readonly isCut?: boolean;
  readonly custom?: CustomDetection;
}

export function inspectedAnswer(
  answer: HttpAnswer,
  endpoint: string,
  { origin, now }: InspectedPlace,
  { method = "GET", path = "/", credential, isCut = false, custom }: RecordedCircumstances = {},
): InspectedAnswer {
  const interference = interferenceWith(answer, { credentialSent: false, expectedStatus: undefined, takesPages: true });
  const unredactedHead = headFacts(answer, now, { origin, isSensitive: holdsSensitive });
  const evidence: HttpResponseEvidence = redact(
    "http-response",
    {
      endpoint,
      request: { method, origin, path, digest: "" },
      credential: credential === undefined ? { state: "none" } : { state: "sent", in: credential.in },
      status: answer.status,
      httpVersion: answer.httpVersion,
      headers: answer.headers,
      head: unredactedHead,
      ...(interference === undefined ? {} : { interference }),
      body: bodyOf(answer, isCut, custom),
    },
    (text) => text,
  );
  const { status, headers, head, redirect, cookies, body } = evidence;
  const named = headers.flatMap(({ name, value = "" }) => parseBanner(name, value));
  const banners = named.map(({ product, version = null, distro = null }) => ({ product, version, distro }));
  return {
    observation: {
      probe: "http-response",
      kind: "http-response",
      key: { origin, endpoint },
      observedAt: now,
      durationMs: 0,
      outcome: "observed",
      evidence,
    } as Observation,
    beside: besideOf(answer, { origin, now }, unredactedHead),
    origin,
    ...(credential !== undefined && { credential }),
    body,
    facts: {
      status,
      ...(evidence.interference === undefined ? {} : { interference: evidence.interference }),
      headers,
      banners,
      ...head,
      rateLimits: rateLimits(answer.headers, now),
      ...(redirect === undefined ? {} : { redirect }),
      ...(cookies === undefined ? {} : { cookies }),
    },
  };
}

/** The content of a success is data, and tells nothing of errors. */
function besideOf(answer: HttpAnswer, { origin, now }: InspectedPlace, head: HeadFacts): Observation {
  const { page, ...raw } = errorEvidence(origin, answer, head);
  const evidence = redact("http-not-found", { ...raw, ...(page !== undefined && answer.status >= 400 && { page }) }, (text) => text);
  const made = { probe: "http-not-found", kind: "http-not-found", outcome: "observed", observedAt: now, durationMs: 0 } as const;
  return { ...made, key: { origin }, evidence };
}

function bodyOf({ body, headers }: HttpAnswer, truncated: boolean, custom: CustomDetection | undefined): BodyFacts {
  if (body.length === 0) return { state: "not-read", shape: [], classes: [], maps: [] };
  const contentType = headers.find(([name]) => name === "content-type")?.[1];
  return classifyBody(body, { contentType, truncated, knownMaps: [], ...(custom !== undefined && { custom }) });
}

/** RFC 3986 section 3.2.2, of a name, an IPv4 address, or an IPv6 address in brackets. */
const HOST = /^(?:[\w.-]{1,253}|\[[\d:a-f.]{2,45}\])(?::\d{1,5})?$/i;
