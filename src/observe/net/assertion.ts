import { createPrivateKey, randomUUID } from "node:crypto";
import type { Instant } from "../../model/instant.ts";
import { SECOND } from "../../model/instant.ts";
import type { HttpRequest } from "../../model/net-port.ts";
import { Secret } from "../../model/secret.ts";
import { Assertion } from "../../model/signing-key.ts";
import { NetFailure } from "./failure.ts";

/** The request with its assertions signed, and those. Throws a `NetFailure` where a key does not fit its algorithm. */
export async function withAssertions(
  request: HttpRequest,
  now: Instant,
): Promise<{ readonly request: HttpRequest; readonly made: readonly Secret[] }> {
  const { form } = request;
  if (form?.some(([, value]) => value instanceof Assertion) !== true) return { request, made: [] };
  const signed = await Promise.all(
    form.map(async ([name, value]) => [name, value instanceof Assertion ? await signedText(value, now) : value] as const),
  );
  const made = signed
    .filter((_, index) => form[index]?.[1] instanceof Assertion)
    .flatMap(([, value]) => (value instanceof Secret ? [value] : []));
  return { request: { ...request, form: signed }, made };
}

/** RFC 7523 section 3. */
async function signedText({ claims, key, algorithm, keyId }: Assertion, now: Instant): Promise<Secret> {
  const { SignJWT } = await import("jose");
  const issuedAt = Math.floor(now / SECOND);
  try {
    const jwt = new SignJWT({ ...claims, jti: randomUUID(), iat: issuedAt, exp: issuedAt + LIFETIME_SECONDS }).setProtectedHeader({
      alg: algorithm,
      typ: "JWT",
      ...(keyId !== undefined && { kid: keyId }),
    });
    const signer = algorithm.startsWith("HS") ? new TextEncoder().encode(key.reveal()) : createPrivateKey(key.reveal());
    return new Secret(await jwt.sign(signer));
  } catch {
    throw new NetFailure({ reason: "credential_unavailable", phase: "plan", code: "assertion", retriable: false });
  }
}

const LIFETIME_SECONDS = 5 * 60;
