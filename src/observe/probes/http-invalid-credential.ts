import { credentialPrefixes } from "../../catalog/credential-prefixes.ts";
import type { HttpRequest } from "../../model/net-port.ts";
import { requestDigest } from "../../model/request-digest.ts";
import { ok } from "../../model/result.ts";
import { endpointRequest, isRepeatable } from "./endpoint-request.ts";
import { isWorthRepeating, notAsked, observation } from "./outcome.ts";
import { placeCredential } from "./place-credential.ts";
import type { Probe, ProofQuestion } from "./probe.ts";
import { PROOF_REQUESTS, proofAnswer } from "./proof-answer.ts";
import { isPermitted, PROOF_BODY_BYTES, withoutCredentials } from "./proof-request.ts";

/**
 * The same request with a credential that looks like ours and is nobody's: another user as well, where there is one, so that nobody is locked out.
 * Accepted, it is asked about once more, with the same one.
 * Needs a permission that still holds. The real credential is read to be imitated, and not sent.
 */
export const httpInvalidCredentialProbe: Probe<"http-invalid-credential", ProofQuestion> = {
  id: "http-invalid-credential",
  kind: "http-invalid-credential",
  bound: () => ({ connections: PROOF_REQUESTS, requests: PROOF_REQUESTS }),
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
      if (!placed.ok) return notAsked(placed.error.reason, placed.error.code);
      if (placed.value === undefined) return notAsked("not_requested");
      const asked: HttpRequest = {
        ...request.value,
        headers: withoutCredentials(request.value.headers, integration),
        credential: placed.value,
        maxBodyBytes: PROOF_BODY_BYTES,
      };
      const answer = await proofAnswer(() => context.net.request(target, address, asked), {
        mayRepeat: isRepeatable(endpoint) ? isWorthRepeating : () => false,
        readsBody: true,
        authenticated: question.authenticated,
        knownMaps: question.knownMaps,
      });
      return answer.ok ? ok({ endpoint: endpoint.id, digest: requestDigest(integration, endpoint), ...answer.value }) : answer;
    });
  },
};

/** Shorter beginnings are too likely to be part of a secret. */
function publicPrefixes(): readonly string[] {
  return credentialPrefixes()
    .map(({ prefix }) => prefix)
    .filter(({ length }) => length >= 4);
}
