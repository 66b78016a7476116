import type { Observation } from "../../evidence/observation.ts";
import { HOUR, type Instant } from "../../model/instant.ts";
import type { IntegrationAuth } from "../../model/integration.ts";
import { evidenceOf } from "./aggregate.ts";
import { type OwnCredential, seenSince } from "./own-credentials.ts";
import { fieldValue } from "./responses.ts";

/** What the provider's answers say of the credential that they were given. */
export interface ToldCredential {
  readonly createdAt?: Instant;
  readonly endsAt?: Instant;
}

/** Undefined members where no answer says it. Of a login the answers are about the token, which is nobody's to keep. */
export function toldOf(
  credential: OwnCredential,
  auth: IntegrationAuth,
  responses: readonly Observation<"http-response">[],
): ToldCredential {
  const isSent = credential.role === (auth.auditCredential === undefined ? "clients" : "audit") && auth.token === undefined;
  const answers = isSent
    ? about(credential, responses)
        .map(evidenceOf)
        .filter((evidence) => evidence?.credential.state === "sent")
    : [];
  const ends = answers.flatMap((evidence) => {
    // GitHub says it with every answer.
    const field = fieldValue(evidence?.headers ?? [], "github-authentication-token-expiration");
    return [evidence?.describes?.endsAt ?? Number.NaN, Date.parse(field ?? "")].filter((end) => !Number.isNaN(end));
  });
  const [createdAt] = answers.flatMap((evidence) => evidence?.describes?.createdAt ?? []);
  return { ...(createdAt !== undefined && { createdAt }), ...(ends.length > 0 && { endsAt: Math.min(...ends) }) };
}

/** Without those that another one before it was given: an answer may be carried for weeks. */
function about(credential: OwnCredential, responses: readonly Observation<"http-response">[]): readonly Observation<"http-response">[] {
  const since = seenSince(credential) ?? Number.NEGATIVE_INFINITY;
  return responses.filter(({ observedAt }) => observedAt >= since - SAME_AUDIT);
}

/** An audit looks at the credential after it has asked with it. */
const SAME_AUDIT = HOUR;
