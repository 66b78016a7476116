import type { RawEvidence } from "../../evidence/redact.ts";
import type { HttpAnswer, HttpRequest, PlacedCredential } from "../../model/net-port.ts";
import { requestDigest } from "../../model/request-digest.ts";
import { ok } from "../../model/result.ts";
import { answerBody, BODY_NOT_READ } from "./answer-body.ts";
import { echoIn } from "./answer-echo.ts";
import { endpointRequest, isRepeatable, pathTemplate } from "./endpoint-request.ts";
import { interferenceWith } from "./interference.ts";
import { isWorthRepeating, notAsked, observation, twiceAtMost } from "./outcome.ts";
import { placeCredential } from "./place-credential.ts";
import type { EndpointQuestion, Probe } from "./probe.ts";

/**
 * One declared endpoint, asked as a client of ours asks it. Where a credential was declared and cannot be sent, nothing is asked:
 * without it the answer would be about somebody else. Redirects are told, not followed.
 */
export const httpResponseProbe: Probe<"http-response", EndpointQuestion> = {
  id: "http-response",
  kind: "http-response",
  bound: () => ({ connections: 2, requests: 2 }),
  observe: (question, context) => {
    const { target, address, integration, endpoint } = question;
    return observation(httpResponseProbe, { origin: target.origin, endpoint: endpoint.id }, context, async () => {
      const request = endpointRequest(integration, endpoint);
      if (!request.ok) return notAsked("not_safe", request.error);
      const placed = await placeCredential(integration.auth, target, context);
      if (!placed.ok) return notAsked(placed.error);
      const asked = { ...request.value, ...(placed.value === undefined ? {} : { credential: placed.value }), maxBodyBytes: MAX_BODY_BYTES };
      const mayRepeat = isRepeatable(endpoint) ? isWorthRepeating : () => false;
      const answer = await twiceAtMost(() => context.net.request(target, address, asked), mayRepeat);
      if (!answer.ok) return answer;
      const echo = placed.value === undefined ? undefined : await echoIn(answer.value, placed.value, question, context);
      return ok({ ...(await evidenceOf(question, asked, placed.value, answer.value)), ...(echo !== undefined && { echo }) });
    });
  },
};

async function evidenceOf(
  { target, integration, endpoint, knownMaps }: EndpointQuestion,
  asked: HttpRequest,
  credential: PlacedCredential | undefined,
  answer: HttpAnswer,
): Promise<RawEvidence["http-response"]> {
  const interference = interferenceWith(answer, { credentialSent: credential !== undefined, expectedStatus: endpoint.expect.status });
  return {
    endpoint: endpoint.id,
    request: { method: asked.method, origin: target.origin, path: pathTemplate(asked.path), digest: requestDigest(integration, endpoint) },
    credential: credential === undefined ? { state: "none" } : { state: "sent", in: credential.in },
    status: answer.status,
    httpVersion: answer.httpVersion,
    ...(answer.trusted === undefined ? {} : { trusted: answer.trusted }),
    headers: answer.headers,
    ...(interference === undefined ? {} : { interference }),
    // A page of somebody else says nothing of what the API hands out.
    body: interference === "rate_limited" || interference === "blocked" ? BODY_NOT_READ : await answerBody(answer, knownMaps),
  };
}

/** After decoding. Larger bodies are judged by their beginning and marked as truncated. */
const MAX_BODY_BYTES = 1024 * 1024;
