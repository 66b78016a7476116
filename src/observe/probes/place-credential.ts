import type { AuthScheme, IntegrationAuth } from "../../model/integration.ts";
import type { HttpRequest, PlacedCredential } from "../../model/net-port.ts";
import type { UnobservedReason } from "../../model/reason.ts";
import { err, ok, type Result } from "../../model/result.ts";
import type { Secret } from "../../model/secret.ts";
import type { Target } from "../../model/target.ts";
import { proofAllowed, provesByCertificate } from "./client-proof.ts";
import type { ProbeContext } from "./probe.ts";

/** What a request of our clients carries to be let in. */
export type PlacedLogin = Pick<HttpRequest, "credential" | "clientCertificate" | "signer">;

/** Why what was declared is not sent. */
export interface NotPlaced {
  readonly reason: UnobservedReason;
  /** What of it, where the reason alone does not tell. */
  readonly code?: string;
}

/** All that was declared, or why part of it cannot be sent: half a login would be somebody else's. */
export async function placeLogin(
  auth: IntegrationAuth,
  target: Target,
  context: Pick<ProbeContext, "accessToken" | "credentials">,
): Promise<Result<PlacedLogin, NotPlaced>> {
  const { clientCertificate } = auth;
  if (clientCertificate !== undefined && target.scheme !== "https") return notPlaced("credential_withheld");
  const secret = signsRequests(auth) ? await placeSigner(auth, target, context) : await placeSecret(auth, target, context);
  if (!secret.ok || clientCertificate === undefined) return secret;
  const shown = await context.credentials.shownCertificate(clientCertificate, target.origin);
  return shown.ok ? ok({ ...secret.value, clientCertificate: shown.value }) : notPlaced(shown.error.reason);
}

async function placeSecret(...asked: Parameters<typeof placeCredential>): Promise<Result<PlacedLogin, NotPlaced>> {
  const placed = await placeCredential(...asked);
  if (!placed.ok) return placed;
  return ok(placed.value === undefined ? {} : { credential: placed.value });
}

type SigningAuth = IntegrationAuth & Required<Pick<IntegrationAuth, "signing">> & { readonly scheme: "sigv4" | "hmac" };

function signsRequests(auth: IntegrationAuth): auth is SigningAuth {
  return auth.signing !== undefined && (auth.scheme === "sigv4" || auth.scheme === "hmac");
}

/** What signs is not sent: the net makes the signature, of the request as it leaves. */
async function placeSigner(
  { scheme, signing, auditCredential, credential }: SigningAuth,
  target: Target,
  { credentials }: Pick<ProbeContext, "credentials">,
): Promise<Result<PlacedLogin, NotPlaced>> {
  const reference = auditCredential ?? credential;
  if (reference === undefined) return notPlaced("credential_unavailable");
  if (target.scheme !== "https") return notPlaced("credential_withheld");
  const secret = await credentials.resolve(reference, target.origin);
  return secret.ok ? ok({ signer: { ...signing, scheme, credential: secret.value } }) : notPlaced(secret.error.reason);
}

/**
 * The credential of an integration, where a request carries it; undefined where none was declared. An error says why one that
 * was declared cannot be sent. `instead` says what goes in the place of the secret. Nothing is read for a pair that is not bound, nor for an origin that would see it in the clear.
 */
export async function placeCredential(
  auth: IntegrationAuth,
  target: Target,
  {
    credentials,
    accessToken,
  }: Pick<ProbeContext, "accessToken"> & {
    readonly credentials: Pick<ProbeContext["credentials"], "resolve" | "shownCertificate" | "signingKey">;
  },
  instead: (secret: Secret) => Secret = (secret) => secret,
): Promise<Result<PlacedCredential | undefined, NotPlaced>> {
  const { scheme } = auth;
  if (scheme === undefined || scheme === "none") return ok(undefined);
  const reference = auth.auditCredential ?? auth.credential;
  if (reference === undefined && !provesByCertificate(auth)) return ok(undefined);
  if (target.scheme !== "https") return notPlaced("credential_withheld");
  const place = placeOf(scheme, auth);
  if (place === undefined) return notPlaced("credential_unavailable");
  if (auth.token === undefined) {
    if (reference === undefined) return ok(undefined);
    const secret = await credentials.resolve(reference, target.origin);
    if (!secret.ok) return notPlaced(secret.error.reason);
    // Without a colon it is no user and no password, and may be the key of something else (RFC 7617 section 2).
    if (scheme === "basic" && secret.value.halves() === undefined) return notPlaced("credential_unavailable", NO_PAIR);
    return ok({ ...place, value: encodedFor(scheme, instead(secret.value)) });
  }
  // With a token URL the reference names what a client proves itself with, which is for the token endpoint and nobody else.
  const allowed = await proofAllowed(auth, target.origin, credentials);
  // What cannot be had for the token endpoint either is the login's to tell.
  if (!allowed.ok && allowed.error !== "credential_unavailable") return notPlaced(allowed.error);
  const token = (await accessToken?.()) ?? err("credential_unavailable" as const);
  if (!token.ok) return notPlaced(token.error);
  return allowed.ok ? ok({ ...place, value: instead(token.value) }) : notPlaced(allowed.error);
}

function notPlaced(reason: UnobservedReason, code?: string): { readonly ok: false; readonly error: NotPlaced } {
  return err(code === undefined ? { reason } : { reason, code });
}

const NO_PAIR = "no colon between user and password";

type Place = Omit<PlacedCredential, "value">;

/**
 * Undefined: the scheme needs more than a text in a request (a signature, a key, a token first, a handshake),
 * or its place is inside a path or a body, where the inventory does not say.
 */
function placeOf(scheme: AuthScheme, auth: IntegrationAuth): Place | undefined {
  if (auth.in === "body" || auth.in === "path") return undefined;
  switch (scheme) {
    case "api-key":
      return asDeclared(auth, auth.in ?? "header");
    case "session-cookie":
      return asDeclared(auth, auth.in ?? "cookie");
    case "basic":
      return inAuthorization(auth, "Basic ");
    case "bearer":
    case "jwt-bearer":
    case "oauth2-client-credentials":
    case "oauth2-code":
    case "oauth2-password":
    case "oauth2-implicit":
      return inAuthorization(auth, "Bearer ");
    default:
      return undefined;
  }
}

function asDeclared(auth: IntegrationAuth, place: keyof typeof KEY_NAMES): Place {
  return { in: place, name: auth.name ?? KEY_NAMES[place], prefix: prefixOf(auth, "") };
}

/** RFC 7617 section 2, RFC 6750 section 2. A field or a place that was declared carries the secret as it is. */
function inAuthorization(auth: IntegrationAuth, prefix: string): Place {
  if (auth.in !== undefined && auth.in !== "header") {
    return { in: auth.in, name: auth.name ?? "access_token", prefix: prefixOf(auth, "") };
  }
  const name = auth.name ?? "Authorization";
  return { in: "header", name, prefix: prefixOf(auth, name.toLowerCase() === "authorization" ? prefix : "") };
}

function prefixOf({ prefix }: IntegrationAuth, usual: string): string {
  if (prefix === undefined) return usual;
  return prefix === "" || prefix.endsWith(" ") ? prefix : `${prefix} `;
}

function encodedFor(scheme: AuthScheme, secret: Secret): Secret {
  return scheme === "basic" ? secret.base64() : secret;
}

const KEY_NAMES = { header: "X-API-Key", query: "api_key", cookie: "session" } as const;
