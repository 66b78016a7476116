import type { AuthLocation, AuthScheme, Integration } from "../../model/integration.ts";

/** How a secret travels: not at all, as itself, or as a proof that it is known. */
export type SecretTransport = "none" | "as-itself" | "as-proof";

/** Undefined where nothing was declared: absence is not `none`. */
export function secretTransport({ auth }: Pick<Integration, "auth">): SecretTransport | undefined {
  if (auth.scheme === undefined) return (auth.credential ?? auth.auditCredential) === undefined ? undefined : "as-itself";
  if (WITHOUT_SECRET.includes(auth.scheme)) return "none";
  return AS_PROOF.includes(auth.scheme) ? "as-proof" : "as-itself";
}

/** Where the credential is put into a request; undefined where neither the inventory nor the scheme says it. */
export function credentialLocation({ auth }: Pick<Integration, "auth">): AuthLocation | undefined {
  if (auth.in !== undefined) return auth.in;
  if (auth.scheme === "session-cookie") return "cookie";
  // A certificate is shown in the handshake, and an address is no part of a request.
  if (auth.scheme !== undefined && WITHOUT_SECRET.includes(auth.scheme)) return undefined;
  return auth.scheme === undefined || auth.scheme === "api-key" ? undefined : "header";
}

const WITHOUT_SECRET: readonly AuthScheme[] = ["none", "ip-allow-list", "mtls"];
/** The secret signs or answers a challenge and is not sent (RFC 7616, RFC 9421, RFC 9449). */
const AS_PROOF: readonly AuthScheme[] = ["digest", "dpop", "sigv4", "hmac", "http-signature", "hawk", "ntlm", "kerberos"];
