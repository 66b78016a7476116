import type { TokenGrant } from "../../evidence/kinds.ts";
import type { Observation } from "../../evidence/observation.ts";
import type { RawEvidence } from "../../evidence/redact.ts";
import type { Integration, IntegrationAuth } from "../../model/integration.ts";
import type { HttpAnswer, HttpRequest } from "../../model/net-port.ts";
import type { UnobservedReason } from "../../model/reason.ts";
import { err, ok, type Result } from "../../model/result.ts";
import { Secret } from "../../model/secret.ts";
import { type Target, targetOf } from "../../model/target.ts";
import { readTokenAnswer, type TokenAnswer } from "../classify/token-answer.ts";
import { interferenceOf } from "./interference.ts";
import { notAsked, observation } from "./outcome.ts";
import type { ProbeContext } from "./probe.ts";

/** An access token for this run, or why there is none, and what evidence keeps of it. */
export interface Login {
  readonly token: Result<Secret, UnobservedReason>;
  readonly observation: Observation<"token-response">;
}

export const tokenRequestProbe = {
  id: "token-request",
  kind: "token-response",
  bound: () => ({ connections: 1, requests: 1 }),
} as const;

/** Whether a token has to be had first, as our clients do it. */
export function logsIn({ auth }: Pick<Integration, "auth">): boolean {
  return grantOf(auth) !== undefined;
}

/**
 * Logs in as our clients do: one POST to the token URL, which is bound to the credential like any origin (RFC 6749 sections 4.4 and 6). It is not
 * repeated: a refusal counts towards a lock, and an answer that was lost may have used a refresh token up.
 */
export async function logIn(integration: Integration, environment: string, context: ProbeContext): Promise<Login> {
  const { auth } = integration;
  const server = targetOf(integration.id, environment, auth.token?.url ?? integration.baseUrl);
  let token: Login["token"] = err("credential_unavailable");
  const seen = await observation(tokenRequestProbe, { origin: server.origin }, context, async () => {
    const request = await tokenRequest(auth, server, context);
    if (!request.ok) return notAsked(request.error);
    const { grant, ...sent } = request.value;
    const resolution = await context.net.resolve(server);
    if (!resolution.ok) return resolution;
    const [address = server.host] = resolution.value.addresses;
    const answer = await context.net.request(server, address, sent);
    if (!answer.ok) return answer;
    const said = answer.value.bodyProblem === undefined ? readTokenAnswer(answer.value.body) : undefined;
    for (const secret of [...(said?.accessToken === undefined ? [] : [said.accessToken]), ...(said?.others ?? [])]) {
      context.credentials.learn(secret);
    }
    const evidence = evidenceOf(server, grant, answer.value, said);
    token = tokenIn(answer.value, said);
    return ok(evidence);
  });
  if (seen.outcome !== "observed") token = err(seen.failure.reason);
  return { token, observation: seen };
}

function tokenIn({ status }: HttpAnswer, said: TokenAnswer | undefined): Login["token"] {
  const isUsable = said?.accessToken !== undefined && said.tokenType === "bearer" && status >= 200 && status < 300;
  return isUsable && said.accessToken !== undefined ? ok(said.accessToken) : err("credential_unavailable");
}

function evidenceOf(
  { origin }: Target,
  grant: TokenGrant,
  answer: HttpAnswer,
  said: TokenAnswer | undefined,
): RawEvidence["token-response"] {
  const interference = interferenceOf(answer);
  const { accessToken: _token, others: _others, ...facts } = said ?? { issued: false, refreshToken: false, others: [] };
  const noStore = answer.headers.some(([name, value]) => name === "cache-control" && /\bno-store\b/i.test(value));
  return { origin, grant, status: answer.status, ...(interference !== undefined && { interference }), ...facts, noStore };
}

type TokenRequest = HttpRequest & { readonly grant: TokenGrant };

async function tokenRequest(
  auth: IntegrationAuth,
  server: Target,
  { credentials }: ProbeContext,
): Promise<Result<TokenRequest, UnobservedReason>> {
  const { token, scheme } = auth;
  const grant = grantOf(auth);
  const reference = auth.auditCredential ?? auth.credential;
  if (token === undefined || grant === undefined || reference === undefined) return err("credential_unavailable");
  // Where servers give a new refresh token for each one that is used, using the clients' own would lock them out (RFC 9700 section 4.14.2).
  if (grant === "refresh_token" && auth.auditCredential === undefined) return err("credential_unavailable");
  const secret = await credentials.resolve(reference, server.origin);
  if (!secret.ok) return err(secret.error.reason);
  const url = new URL(token.url);
  const scope: HttpRequest["form"] = token.scopes.length === 0 ? [] : [["scope", token.scopes.join(" ")]];
  const base = {
    method: "POST",
    path: `${url.pathname}${url.search}`,
    headers: { accept: "application/json" },
    maxBodyBytes: MAX_BODY_BYTES,
  };
  if (scheme === "oauth2-code") {
    if (token.clientId === undefined || token.clientAuth !== "none") return err("credential_unavailable");
    const form: HttpRequest["form"] = [["grant_type", grant], ["refresh_token", secret.value], ["client_id", token.clientId], ...scope];
    return ok({ ...base, grant, form });
  }
  const client = clientOf(token.clientId, secret.value);
  if (client === undefined) return err("credential_unavailable");
  const form: HttpRequest["form"] = [["grant_type", grant], ...scope];
  switch (token.clientAuth) {
    case "client_secret_basic": {
      const value = Secret.ofClient(client.id, client.secret);
      return ok({ ...base, grant, form, credential: { in: "header", name: "authorization", prefix: "Basic ", value } });
    }
    case "client_secret_post":
      return ok({ ...base, grant, form: [...form, ["client_id", client.id], ["client_secret", client.secret]] });
    default:
      return err("credential_unavailable");
  }
}

function clientOf(id: string | undefined, secret: Secret): { readonly id: Secret; readonly secret: Secret } | undefined {
  if (id !== undefined) return { id: new Secret(id), secret };
  const halves = secret.halves();
  return halves === undefined ? undefined : { id: halves[0], secret: halves[1] };
}

/** The grants that need nobody at a browser and no signature of ours. */
function grantOf({ scheme, token }: IntegrationAuth): TokenGrant | undefined {
  if (token === undefined) return undefined;
  if (scheme === "oauth2-client-credentials") return "client_credentials";
  return scheme === "oauth2-code" ? "refresh_token" : undefined;
}

const MAX_BODY_BYTES = 64 * 1024;
