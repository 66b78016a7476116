import type { CredentialPort } from "../../model/credential-port.ts";
import type { IntegrationAuth } from "../../model/integration.ts";
import type { HttpRequest } from "../../model/net-port.ts";
import type { UnobservedReason } from "../../model/reason.ts";
import { err, ok, type Result } from "../../model/result.ts";
import { Secret } from "../../model/secret.ts";
import { Assertion, type SigningKey } from "../../model/signing-key.ts";

type Form = NonNullable<HttpRequest["form"]>;
/** What a request to a token endpoint carries beside its grant. */
export type ClientProof = Pick<HttpRequest, "credential" | "clientCertificate"> & { readonly form: Form };

type Keeper = Pick<CredentialPort, "resolve" | "shownCertificate" | "signingKey">;

/** How our client shows who it is (RFC 6749 section 2.3, RFC 7523 section 2.2, RFC 8705 section 2), to `origin`, the token endpoint's. */
export async function clientProof(auth: IntegrationAuth, origin: string, keeper: Keeper): Promise<Result<ClientProof, UnobservedReason>> {
  switch (auth.token?.clientAuth) {
    case "client_secret_basic":
    case "client_secret_post":
    case "client_secret_jwt":
      return secretProof(auth, origin, keeper);
    case "private_key_jwt": {
      const key = await keyOf(auth, origin, keeper);
      if (!key.ok) return key;
      const id = auth.token.clientId ?? key.value.account?.id;
      return id === undefined ? err("credential_unavailable") : assertionProof({ iss: id, sub: id }, auth, key.value);
    }
    case "tls_client_auth":
    case "self_signed_tls_client_auth":
      return certificateProof(auth, origin, keeper);
    default:
      return err("credential_unavailable");
  }
}

/** Whether what the client proves itself with may go to `origin` at all: what it brings goes nowhere else. */
export async function proofAllowed(auth: IntegrationAuth, origin: string, keeper: Keeper): Promise<Result<unknown, UnobservedReason>> {
  const { clientCertificate } = auth;
  if (provesByCertificate(auth)) {
    return clientCertificate === undefined ? err("credential_unavailable") : reasonOf(keeper.shownCertificate(clientCertificate, origin));
  }
  if (signsWithKey(auth)) return keyOf(auth, origin, keeper);
  const reference = auth.auditCredential ?? auth.credential;
  return reference === undefined ? err("credential_unavailable") : reasonOf(keeper.resolve(reference, origin));
}

export function provesByCertificate({ token }: Pick<IntegrationAuth, "token">): boolean {
  return token?.clientAuth === "tls_client_auth" || token?.clientAuth === "self_signed_tls_client_auth";
}

export function signsWithKey({ scheme, token }: Pick<IntegrationAuth, "scheme" | "token">): boolean {
  return token !== undefined && (token.clientAuth === "private_key_jwt" || scheme === "jwt-bearer");
}

export async function keyOf(auth: IntegrationAuth, origin: string, keeper: Keeper): Promise<Result<SigningKey, UnobservedReason>> {
  const reference = auth.auditCredential ?? auth.credential;
  return reference === undefined ? err("credential_unavailable") : reasonOf(keeper.signingKey(reference, origin));
}

/** Signed with the algorithm that was declared, or the usual one of the key. */
export function assertionOf(
  claims: Readonly<Record<string, string>>,
  { token }: IntegrationAuth,
  key: SigningKey,
): Result<Assertion, UnobservedReason> {
  const algorithm = token?.algorithm ?? key.algorithms[0];
  if (token === undefined || !key.algorithms.includes(algorithm)) return err("credential_unavailable");
  const aud = token.audience ?? token.url;
  return ok(new Assertion({ aud, ...claims }, key.pem, algorithm, token.keyId ?? key.account?.keyId));
}

async function secretProof(auth: IntegrationAuth, origin: string, keeper: Keeper): Promise<Result<ClientProof, UnobservedReason>> {
  const { token } = auth;
  const reference = auth.auditCredential ?? auth.credential;
  if (reference === undefined || token === undefined) return err("credential_unavailable");
  const secret = await reasonOf(keeper.resolve(reference, origin));
  if (!secret.ok) return secret;
  const client = clientOf(token.clientId, secret.value);
  if (client === undefined) return err("credential_unavailable");
  if (token.clientAuth === "client_secret_basic") {
    const value = Secret.ofClient(client.id, client.secret);
    return ok({ form: [], credential: { in: "header", name: "authorization", prefix: "Basic ", value } });
  }
  if (token.clientAuth === "client_secret_post")
    return ok({
      form: [
        ["client_id", client.id],
        ["client_secret", client.secret],
      ],
    });
  // An assertion names the client, so that it has to be known apart from its secret.
  const { clientId } = token;
  if (clientId === undefined) return err("credential_unavailable");
  return assertionProof({ iss: clientId, sub: clientId }, auth, { pem: secret.value, algorithms: ["HS256", "HS384", "HS512"] });
}

function assertionProof(
  claims: Readonly<Record<string, string>>,
  auth: IntegrationAuth,
  key: SigningKey,
): Result<ClientProof, UnobservedReason> {
  const assertion = assertionOf(claims, auth, key);
  if (!assertion.ok) return assertion;
  return ok({
    form: [
      ["client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"],
      ["client_assertion", assertion.value],
    ],
  });
}

/** RFC 8705 section 2: the client's id goes along, so that the server knows whose certificate to expect. */
async function certificateProof(auth: IntegrationAuth, origin: string, keeper: Keeper): Promise<Result<ClientProof, UnobservedReason>> {
  const { token, clientCertificate } = auth;
  if (token?.clientId === undefined || clientCertificate === undefined) return err("credential_unavailable");
  const shown = await reasonOf(keeper.shownCertificate(clientCertificate, origin));
  return shown.ok ? ok({ form: [["client_id", token.clientId]], clientCertificate: shown.value }) : shown;
}

function clientOf(id: string | undefined, secret: Secret): { readonly id: Secret; readonly secret: Secret } | undefined {
  if (id !== undefined) return { id: new Secret(id), secret };
  const halves = secret.halves();
  return halves === undefined ? undefined : { id: halves[0], secret: halves[1] };
}

async function reasonOf<T>(asked: Promise<Result<T, { readonly reason: UnobservedReason }>>): Promise<Result<T, UnobservedReason>> {
  const answer = await asked;
  return answer.ok ? answer : err(answer.error.reason);
}
