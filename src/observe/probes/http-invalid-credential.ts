import { credentialPrefixes } from "../../catalog/credential-prefixes.ts";
import type { HttpRequest } from "../../model/net-port.ts";
import { requestDigest } from "../../model/request-digest.ts";
import { ok } from "../../model/result.ts";
import { comparedWith, isSuccess } from "./answer-shape.ts";
import { endpointRequest, isRepeatable } from "./endpoint-request.ts";
import { interferenceOf } from "./interference.ts";
import { isWorthRepeating, notAsked, observation, twiceAtMost } from "./outcome.ts";
import { placeCredential } from "./place-credential.ts";
import type { Probe, ProofQuestion } from "./probe.ts";
import { isPermitted, PROOF_BODY_BYTES, withoutCredentials } from "./proof-request.ts";

/**
 * The same request with a credential that looks like ours and is nobody's: another user as well, where there is one, so that nobody is locked out.
 * Needs a permission that still holds. The real credential is read to be imitated, and not sent.
 */
export const httpInvalidCredentialProbe: Probe<"http-invalid-credential", ProofQuestion> = {
  id: "http-invalid-credential",
  kind: "http-invalid-credential",
  bound: () => ({ connections: 2, requests: 2 }),
  observe: (question, context) => {
    const { target, address, integration, endpoint } = question;
    return observation(httpInvalidCredentialProbe, { origin: target.origin, endpoint: endpoint.id }, context, async () => {
      if (!isPermitted(integration, context.clock.now())) return notAsked("permission_missing");
      const request = endpointRequest(integration, endpoint);
      if (!request.ok) return notAsked("not_safe", request.error);
      if (!["GET", "HEAD"].includes(request.value.method)) return notAsked("not_safe", "method");
      const placed = await placeCredential(integration.auth, target, context, (secret) =>
        context.credentials.imitate(secret, publicPrefixes()),
      );
      if (!placed.ok) return notAsked(placed.error);
      if (placed.value === undefined) return notAsked("not_requested");
      const asked: HttpRequest = {
        ...request.value,
        headers: withoutCredentials(request.value.headers, integration),
        credential: placed.value,
        maxBodyBytes: PROOF_BODY_BYTES,
      };
      const mayRepeat = isRepeatable(endpoint) ? isWorthRepeating : () => false;
      const answer = await twiceAtMost(() => context.net.request(target, address, asked), mayRepeat);
      if (!answer.ok) return answer;
      const interference = interferenceOf(answer.value);
      return ok({
        endpoint: endpoint.id,
        digest: requestDigest(integration, endpoint),
        status: answer.value.status,
        headers: answer.value.headers,
        ...(interference === undefined ? {} : { interference }),
        ...(isSuccess(answer.value.status) ? await comparedWith(question.authenticated, answer.value, question.knownMaps) : {}),
      });
    });
  },
};

/** Shorter beginnings are too likely to be part of a secret. */
function publicPrefixes(): readonly string[] {
  return credentialPrefixes()
    .map(({ prefix }) => prefix)
    .filter(({ length }) => length >= 4);
}
