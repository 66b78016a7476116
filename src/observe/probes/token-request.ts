import type { TokenGrant } from "../../evidence/kinds.ts";
import type { Observation } from "../../evidence/observation.ts";
import type { RawEvidence } from "../../evidence/redact.ts";
import type { CredentialPort } from "../../model/credential-port.ts";
import type { Integration, IntegrationAuth } from "../../model/integration.ts";
import type { HttpAnswer, HttpRequest } from "../../model/net-port.ts";
import type { UnobservedReason } from "../../model/reason.ts";
import { err, ok, type Result } from "../../model/result.ts";
import type { Secret } from "../../model/secret.ts";
import { type Target, targetOf } from "../../model/target.ts";
import { readTokenAnswer, type TokenAnswer } from "../classify/token-answer.ts";
import { placesOf } from "./answer-echo.ts";
import { assertionOf, type ClientProof, clientProof, keyOf } from "./client-proof.ts";
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
 * Logs in as our clients do: one POST to the token URL, which is bound to the credential like any origin (RFC 6749 sections 4.4 and 6, RFC 7523 section 2.1). It is not
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
    for (const secret of [
      ...(said?.accessToken === undefined ? [] : [said.accessToken]),
      ...(said?.others ?? []),
      ...(answer.value.made ?? []),
    ]) {
      context.credentials.learn(secret);
    }
    const secrets = grant === "client_credentials" || grant === "jwt_bearer" ? await sentSecrets(auth, server.origin, context) : [];
    const echo = placesOf(secrets, answer.value, context.credentials);
    const evidence = {
      ...evidenceOf(server, grant, answer.value, said),
      headers: answer.value.headers,
      ...(echo !== undefined && { echo }),
    };
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

/** What the client sends as itself, to be looked for in the answer. */
async function sentSecrets(auth: IntegrationAuth, origin: string, { credentials }: ProbeContext): Promise<readonly Secret[]> {
  const reference = auth.auditCredential ?? auth.credential;
  const isSent = auth.token?.clientAuth === "client_secret_basic" || auth.token?.clientAuth === "client_secret_post";
  if (!isSent || reference === undefined) return [];
  const secret = await credentials.resolve(reference, origin);
  return secret.ok ? [secret.value] : [];
}

type TokenRequest = HttpRequest & { readonly grant: TokenGrant };

async function tokenRequest(
  auth: IntegrationAuth,
  server: Target,
  { credentials }: ProbeContext,
): Promise<Result<TokenRequest, UnobservedReason>> {
  const { token } = auth;
  const grant = grantOf(auth);
  if (token === undefined || grant === undefined) return err("credential_unavailable");
  const carried = await CARRIED[grant](auth, server.origin, credentials);
  if (!carried.ok) return carried;
  const { pathname, search } = new URL(token.url);
  return ok({
    ...carried.value,
    grant,
    method: "POST",
    path: `${pathname}${search}`,
    headers: { accept: "application/json" },
    maxBodyBytes: MAX_BODY_BYTES,
  });
}

/** What a request for a token carries: the grant, and who asks. */
type Carried = (auth: IntegrationAuth, origin: string, credentials: CredentialPort) => Promise<Result<ClientProof, UnobservedReason>>;

/** RFC 6749 section 4.4. */
const ofClient: Carried = async (auth, origin, credentials) => {
  const proof = await clientProof(auth, origin, credentials);
  return proof.ok ? ok(withForm([["grant_type", "client_credentials"], ...scopeOf(auth)], proof.value)) : proof;
};

/**
 * RFC 6749 section 6. Where servers give a new refresh token for each one that is used, using the clients' own would lock them out
 * (RFC 9700 section 4.14.2).
 */
const ofRefresh: Carried = async (auth, origin, credentials) => {
  const { token, auditCredential } = auth;
  if (auditCredential === undefined || token?.clientId === undefined || token.clientAuth !== "none") return err("credential_unavailable");
  const secret = await credentials.resolve(auditCredential, origin);
  if (!secret.ok) return err(secret.error.reason);
  return ok({ form: [["grant_type", "refresh_token"], ["refresh_token", secret.value], ["client_id", token.clientId], ...scopeOf(auth)] });
};

/** RFC 7523 section 2.1. To a service account's server scopes are a claim, to others a parameter (RFC 7521 section 4.1). */
const ofAssertion: Carried = async (auth, origin, credentials) => {
  const { token } = auth;
  const key = await keyOf(auth, origin, credentials);
  if (!key.ok) return key;
  const { account } = key.value;
  const issuer = token?.clientId ?? account?.id;
  if (issuer === undefined) return err("credential_unavailable");
  const scope = scopeOf(auth);
  const claims = { iss: issuer, sub: token?.subject ?? issuer, ...(account !== undefined && Object.fromEntries(scope)) };
  const assertion = assertionOf(claims, auth, key.value);
  if (!assertion.ok) return assertion;
  const proof: Result<ClientProof, UnobservedReason> =
    token?.clientAuth === "none" ? ok({ form: [] }) : await clientProof(auth, origin, credentials);
  const grant: Form = [
    ["grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"],
    ["assertion", assertion.value],
  ];
  return proof.ok ? ok(withForm([...grant, ...(account === undefined ? scope : [])], proof.value)) : proof;
};

function withForm(form: Form, proof: ClientProof): ClientProof {
  return { ...proof, form: [...form, ...proof.form] };
}

function scopeOf({ token }: IntegrationAuth): readonly (readonly ["scope", string])[] {
  return token === undefined || token.scopes.length === 0 ? [] : [["scope", token.scopes.join(" ")]];
}

/** The grants that need nobody at a browser. */
function grantOf({ scheme, token }: IntegrationAuth): TokenGrant | undefined {
  if (token === undefined) return undefined;
  if (scheme === "oauth2-client-credentials") return "client_credentials";
  if (scheme === "jwt-bearer") return "jwt_bearer";
  return scheme === "oauth2-code" ? "refresh_token" : undefined;
}

type Form = ClientProof["form"];
const CARRIED: Readonly<Record<TokenGrant, Carried>> = { client_credentials: ofClient, refresh_token: ofRefresh, jwt_bearer: ofAssertion };
const MAX_BODY_BYTES = 64 * 1024;
