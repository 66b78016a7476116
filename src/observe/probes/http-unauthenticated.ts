import type { HttpRequest } from "../../model/net-port.ts";
import { ok } from "../../model/result.ts";
import { endpointRequest, isRepeatable } from "./endpoint-request.ts";
import { isWorthRepeating, notAsked, observation } from "./outcome.ts";
import type { Probe, UnauthenticatedQuestion } from "./probe.ts";
import { PROOF_REQUESTS, proofAnswer } from "./proof-answer.ts";
import { isPermitted, PROOF_BODY_BYTES, withoutCredentials } from "./proof-request.ts";

/**
 * The same request without the credential, as far as `authProof` allows. `headers` closes after the headers; `shape` reads up to
 * 64 KB, needs a permission that still holds, and compares the two answers; `full` does the same, and other probes ask more.
 * What lets us in is asked for once more.
 */
export const httpUnauthenticatedProbe: Probe<"http-unauthenticated", UnauthenticatedQuestion> = {
  id: "http-unauthenticated",
  kind: "http-unauthenticated",
  bound: () => ({ connections: PROOF_REQUESTS, requests: PROOF_REQUESTS }),
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
      const answer = await proofAnswer(() => context.net.request(target, address, asked), {
        mayRepeat: isRepeatable(endpoint) ? isWorthRepeating : () => false,
        readsBody: level !== "headers",
        authenticated: question.authenticated,
        knownMaps: question.knownMaps,
      });
      return answer.ok ? ok({ endpoint: endpoint.id, level, ...answer.value }) : answer;
    });
  },
};
