import type { Observation } from "../../evidence/observation.ts";
import type { Instant } from "../../model/instant.ts";
import type { IntegrationAuth } from "../../model/integration.ts";
import type { CredentialRole } from "../../model/own-credential.ts";
import { evidenceOf } from "./aggregate.ts";
import { fieldValue } from "./responses.ts";

/** What the provider's answers say of the credential that they were given. */
export interface ToldCredential {
  readonly createdAt?: Instant;
  readonly endsAt?: Instant;
}

/** Undefined members where no answer says it. Of a login the answers are about the token, which is nobody's to keep. */
export function toldOf(role: CredentialRole, auth: IntegrationAuth, responses: readonly Observation<"http-response">[]): ToldCredential {
  const isSent = role === (auth.auditCredential === undefined ? "clients" : "audit") && auth.token === undefined;
  const answers = isSent ? responses.map(evidenceOf).filter((evidence) => evidence?.credential.state === "sent") : [];
  const ends = answers.flatMap((evidence) => {
    // GitHub says it with every answer.
    const field = fieldValue(evidence?.headers ?? [], "github-authentication-token-expiration");
    return [evidence?.describes?.endsAt ?? Number.NaN, Date.parse(field ?? "")].filter((end) => !Number.isNaN(end));
  });
  const [createdAt] = answers.flatMap((evidence) => evidence?.describes?.createdAt ?? []);
  return { ...(createdAt !== undefined && { createdAt }), ...(ends.length > 0 && { endsAt: Math.min(...ends) }) };
}
