import type { HttpResponseEvidence } from "../../evidence/kinds.ts";
import type { RawEvidence } from "../../evidence/redact.ts";
import { type Instant, isoDay } from "../../model/instant.ts";
import type { Integration } from "../../model/integration.ts";
import type { HttpAnswer, HttpRequest } from "../../model/net-port.ts";
import { ok } from "../../model/result.ts";
import { answerBody } from "./answer-body.ts";
import { isSameShape, shapeOf } from "./answer-shape.ts";
import { endpointRequest, isRepeatable } from "./endpoint-request.ts";
import { interferenceOf } from "./interference.ts";
import { isWorthRepeating, notAsked, observation, twiceAtMost } from "./outcome.ts";
import type { Probe, UnauthenticatedQuestion } from "./probe.ts";

/**
 * The same request without the credential, as far as `authProof` allows. `headers` closes after the headers; `shape` reads up to
 * 64 KB, needs a permission that still holds, and compares the two answers; `full` does today what `shape` does.
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
        maxBodyBytes: MAX_BODY_BYTES,
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
    ...(question.level !== "headers" && isSuccess(answer.status) ? await comparison(question, answer) : {}),
  };
}

async function comparison(
  { knownMaps, authenticated }: UnauthenticatedQuestion,
  answer: HttpAnswer,
): Promise<Pick<RawEvidence["http-unauthenticated"], "shape" | "sameShape">> {
  const body = await answerBody(answer, knownMaps);
  const shape = shapeOf(body, answer.body);
  const same = isComparable(authenticated) ? isSameShape(body, shape, authenticated.body) : undefined;
  return { shape, ...(same === undefined ? {} : { sameShape: same }) };
}

function isComparable(authenticated: HttpResponseEvidence | undefined): authenticated is HttpResponseEvidence {
  return authenticated !== undefined && isSuccess(authenticated.status) && authenticated.interference === undefined;
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

/** Until the end of the last valid day, in UTC. */
function isPermitted({ authProof }: Integration, now: Instant): boolean {
  return authProof.permission !== undefined && isoDay(now) <= authProof.permission.until;
}

/** Fresh from the origin, because a cache may hold what somebody with a credential was given (RFC 9111 section 5.2.1.4). */
function withoutCredentials(headers: HttpRequest["headers"], { auth }: Integration): HttpRequest["headers"] {
  const carriers = ["authorization", "cookie", ...(auth.name === undefined ? [] : [auth.name.toLowerCase()])];
  const kept = Object.entries(headers).filter(([name]) => !carriers.includes(name));
  return { ...Object.fromEntries(kept), "cache-control": "no-cache" };
}

const MAX_BODY_BYTES = 64 * 1024;
