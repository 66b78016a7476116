import type { RawEvidence } from "../../evidence/redact.ts";
import { sha256Hex } from "../../model/digest.ts";
import type { HeadFacts } from "../../model/head-facts.ts";
import type { HttpAnswer, HttpRequest } from "../../model/net-port.ts";
import { ok } from "../../model/result.ts";
import { headerOf } from "../../model/turned-away.ts";
import { corsFacts } from "../classify/cors.ts";
import { errorPageFacts } from "../classify/error-page.ts";
import { answerHead } from "./answer-head.ts";
import { belowBase } from "./below-base.ts";
import { interferenceOf } from "./interference.ts";
import { observation } from "./outcome.ts";
import type { AddressQuestion, Probe } from "./probe.ts";

export interface NotFoundQuestion extends AddressQuestion {
  /** Of the base URL: a router answers below it, and somebody else beside it. */
  readonly basePath: string;
}

/** One GET of a path that is nobody's, without a credential and from an origin that is nobody's: how the API tells that there is nothing. */
export const httpNotFoundProbe: Probe<"http-not-found", NotFoundQuestion> = {
  id: "http-not-found",
  kind: "http-not-found",
  bound: () => ({ connections: 1, requests: 1 }),
  observe: ({ target, address, basePath }, context) =>
    observation(httpNotFoundProbe, belowBase(target.origin, basePath), context, async () => {
      const answer = await context.net.request(target, address, requestBelow(basePath, target.origin));
      if (!answer.ok) return answer;
      const { origin } = target;
      return ok(errorEvidence(origin, answer.value, await answerHead(answer.value, context.clock.now(), { origin })));
    }),
};

/** The same path every week: two of our answers can be compared, and a cache holds one of them at the most. */
function requestBelow(basePath: string, origin: string): HttpRequest {
  const path = `${basePath.replace(/\/+$/, "")}/apirisk-${sha256Hex(origin).slice(0, 12)}`;
  return { method: "GET", path, headers: { accept: "application/json", origin: CANARY_ORIGIN }, maxBodyBytes: MAX_BODY_BYTES };
}

/** What is kept of an answer that tells of an error, whoever asked for it. */
export function errorEvidence(origin: string, answer: HttpAnswer, head: HeadFacts): RawEvidence["http-not-found"] {
  const interference = interferenceOf(answer);
  const { status, headers, body, bodyProblem } = answer;
  const page = bodyProblem?.reason === "body_undecodable" ? undefined : errorPageFacts(body, headerOf(answer, "content-type"));
  return {
    origin,
    status,
    ...(interference === undefined ? {} : { interference }),
    headers,
    head,
    cors: corsFacts(answer, CANARY_ORIGIN),
    ...(page === undefined ? {} : { page }),
    ...(page !== undefined && bodyProblem !== undefined ? { cut: true as const } : {}),
  };
}

/** Nobody can have it (RFC 6761 section 6.4), so whoever allows it allows anybody. */
export const CANARY_ORIGIN = "https://apirisk-canary.invalid";
const MAX_BODY_BYTES = 64 * 1024;
