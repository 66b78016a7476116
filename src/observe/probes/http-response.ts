import { isFromCache } from "../../evidence/answer-facts.ts";
import type { RawEvidence } from "../../evidence/redact.ts";
import type { HttpAnswer, HttpRequest } from "../../model/net-port.ts";
import { requestDigest } from "../../model/request-digest.ts";
import { ok } from "../../model/result.ts";
import { credentialDescription } from "../classify/credential-description.ts";
import { answerBody, BODY_NOT_READ } from "./answer-body.ts";
import { echoIn } from "./answer-echo.ts";
import { answerHead } from "./answer-head.ts";
import { cachedBefore, type ResponseBefore } from "./cached-before.ts";
import { endpointRequest, isRepeatable, pathTemplate } from "./endpoint-request.ts";
import { interferenceWith } from "./interference.ts";
import { isWorthRepeating, notAsked, observation, twiceAtMost } from "./outcome.ts";
import { type PlacedLogin, placeLogin } from "./place-credential.ts";
import type { EndpointQuestion, Probe } from "./probe.ts";

export interface ResponseQuestion extends EndpointQuestion {
  readonly before?: ResponseBefore;
}

/**
 * One declared endpoint, asked as a client of ours asks it. Where a credential was declared and cannot be sent, nothing is asked:
 * without it the answer would be about somebody else. Redirects are told, not followed.
 */
export const httpResponseProbe: Probe<"http-response", ResponseQuestion> = {
  id: "http-response",
  kind: "http-response",
  bound: () => ({ connections: 2, requests: 2 }),
  observe: (question, context) => {
    const { target, address, integration, endpoint } = question;
    return observation(httpResponseProbe, { origin: target.origin, endpoint: endpoint.id }, context, async () => {
      const request = endpointRequest(integration, endpoint);
      if (!request.ok) return notAsked("not_safe", request.error);
      const login = await placeLogin(integration.auth, target, context);
      if (!login.ok) return notAsked(login.error.reason, login.error.code);
      const asked = { ...request.value, ...login.value, maxBodyBytes: MAX_BODY_BYTES };
      const mayRepeat = isRepeatable(endpoint) ? isWorthRepeating : () => false;
      const answer = await twiceAtMost(() => context.net.request(target, address, asked), mayRepeat);
      if (!answer.ok) return answer;
      for (const secret of answer.value.made ?? []) context.credentials.learn(secret);
      const { credential } = login.value;
      const echo = credential === undefined ? undefined : await echoIn(answer.value, credential, question, context);
      const head = await answerHead(answer.value, context.clock.now(), { origin: target.origin, url: `${target.origin}${asked.path}` });
      return ok({ ...(await evidenceOf(question, asked, login.value, answer.value)), head, ...(echo !== undefined && { echo }) });
    });
  },
};

async function evidenceOf(
  { target, integration, endpoint, knownMaps, before }: ResponseQuestion,
  asked: HttpRequest,
  login: PlacedLogin,
  answer: HttpAnswer,
): Promise<RawEvidence["http-response"]> {
  const credential = credentialUse(login);
  const interference = interferenceWith(answer, {
    credentialSent: credential.state === "sent",
    expectedStatus: endpoint.expect.status,
    takesPages: /html/i.test(asked.headers["accept"] ?? ""),
  });
  const digest = requestDigest(integration, endpoint);
  const hit = isFromCache(answer.headers) ? undefined : cachedBefore(before, digest);
  return {
    endpoint: endpoint.id,
    request: { method: asked.method, origin: target.origin, path: pathTemplate(asked.path), digest },
    credential,
    status: answer.status,
    httpVersion: answer.httpVersion,
    ...(answer.trusted === undefined ? {} : { trusted: answer.trusted }),
    headers: answer.headers,
    ...(interference === undefined ? {} : { interference }),
    ...(hit !== undefined && { cachedBefore: hit }),
    ...descriptionIn(answer, integration.auth.describedBy === endpoint.id && credential.state === "sent" && interference === undefined),
    // A page of somebody else says nothing of what the API hands out.
    body: isSomebodyElse(interference) ? BODY_NOT_READ : await answerBody(answer, knownMaps, integration.customClasses),
  };
}

function isSomebodyElse(interference: string | undefined): boolean {
  return interference === "rate_limited" || interference === "blocked" || interference === "not_the_api";
}

/** Only of a whole answer, and only where this endpoint is declared to give it. */
function descriptionIn({ status, body, bodyProblem }: HttpAnswer, isDeclared: boolean): Pick<RawEvidence["http-response"], "describes"> {
  if (!isDeclared || status !== 200 || bodyProblem !== undefined) return {};
  const describes = credentialDescription(body);
  return describes === undefined ? {} : { describes };
}

function credentialUse({ credential, signer, clientCertificate }: PlacedLogin): RawEvidence["http-response"]["credential"] {
  const place = signer === undefined ? credential?.in : "signature";
  if (place === undefined && clientCertificate === undefined) return { state: "none" };
  return {
    state: "sent",
    ...(place !== undefined && { in: place }),
    ...(clientCertificate !== undefined && { certificate: true }),
  };
}

/** After decoding. Larger bodies are judged by their beginning and marked as truncated. */
const MAX_BODY_BYTES = 25 * 1024 * 1024;
