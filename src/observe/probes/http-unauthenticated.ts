import type { RawEvidence } from "../../evidence/redact.ts";
import type { HttpAnswer, HttpRequest } from "../../model/net-port.ts";
import { ok } from "../../model/result.ts";
import { comparedWith, isSuccess } from "./answer-shape.ts";
import { endpointRequest, isRepeatable } from "./endpoint-request.ts";
import { interferenceOf } from "./interference.ts";
import { isWorthRepeating, notAsked, observation, twiceAtMost } from "./outcome.ts";
import type { Probe, UnauthenticatedQuestion } from "./probe.ts";
import { isPermitted, PROOF_BODY_BYTES, withoutCredentials } from "./proof-request.ts";

/**
 * The same request without the credential, as far as `authProof` allows. `headers` closes after the headers; `shape` reads up to
 * 64 KB, needs a permission that still holds, and compares the two answers; `full` does the same, and other probes ask more.
 */
export const httpUnauthenticatedProbe: Probe<"http-unauthenticated", UnauthenticatedQuestion> = {
  id: "http-unauthenticated",
  kind: "http-unauthenticated",
  bound: () => ({ connections: 2, requests: 2 }),
  observe: (question, context) => {
    const { target, address, integration, endpoint, level } = question;
    return observation(httpUnauthenticatedProbe, { origin: target.origin, endpoint: endpoint.id }, context, async () => {
      if (integration.auth.scheme === undefined || integration.auth.scheme === "none") return notAsked("not_requested");
      if (level !== "headers" && !isPermitted(integration, context.clock.now())) return notAsked("permission_missing");
      const request = endpointRequest(integration, endpoint);
      if (!request.ok) return notAsked("not_safe", request.error);
      const asked: HttpRequest = {
        ...request.value,
        headers: withoutCredentials(request.value.headers, integration),
        headersOnly: level === "headers",
        maxBodyBytes: PROOF_BODY_BYTES,
      };
      const mayRepeat = isRepeatable(endpoint) ? isWorthRepeating : () => false;
      const answer = await twiceAtMost(() => context.net.request(target, address, asked), mayRepeat);
      return answer.ok ? ok(await evidenceOf(question, answer.value)) : answer;
    });
  },
};

async function evidenceOf(question: UnauthenticatedQuestion, answer: HttpAnswer): Promise<RawEvidence["http-unauthenticated"]> {
  const interference = interferenceOf(answer);
  return {
    endpoint: question.endpoint.id,
    level: question.level,
    status: answer.status,
    headers: answer.headers,
    ...(interference === undefined ? {} : { interference }),
    ...(question.level !== "headers" && isSuccess(answer.status)
      ? await comparedWith(question.authenticated, answer, question.knownMaps)
      : {}),
  };
}
