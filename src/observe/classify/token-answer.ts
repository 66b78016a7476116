import { TOKEN_ERRORS, type TokenError, type TokenResponseEvidence } from "../../evidence/kinds.ts";
import { Secret } from "../../model/secret.ts";
import { jsonObject } from "./bounded-json.ts";

/** What a token endpoint's body says (RFC 6749 sections 5.1 and 5.2), and the token, which never becomes text again. */
export interface TokenAnswer
  extends Pick<TokenResponseEvidence, "issued" | "error" | "tokenType" | "expiresIn" | "scopes" | "refreshToken"> {
  readonly accessToken?: Secret;
  /** Others that came along: to be taken out of whatever is shown. */
  readonly others: readonly Secret[];
}

/** Undefined where the body is no JSON object. */
export function readTokenAnswer(body: Uint8Array): TokenAnswer | undefined {
  const said = jsonObject(Buffer.from(body).toString("utf8"), body.length);
  if (said === undefined) return undefined;
  const accessToken = secretIn(said["access_token"]);
  const others = OTHER_TOKENS.flatMap((name) => secretIn(said[name]) ?? []);
  const expiresIn = secondsIn(said["expires_in"]);
  return {
    issued: accessToken !== undefined,
    ...(accessToken !== undefined && { accessToken, tokenType: tokenType(said["token_type"]) }),
    ...(typeof said["error"] === "string" && { error: errorWord(said["error"]) }),
    ...(expiresIn !== undefined && { expiresIn }),
    ...(typeof said["scope"] === "string" && { scopes: said["scope"].split(/[ ,]+/).filter((scope) => scope !== "") }),
    refreshToken: typeof said["refresh_token"] === "string",
    others,
  };
}

/** What could be sent in a header field (RFC 6750 section 2.1 is stricter than servers are). */
function secretIn(value: unknown): Secret | undefined {
  return typeof value === "string" && /^[\x21-\x7e]{1,16384}$/.test(value) ? new Secret(value) : undefined;
}

/** A number, or, from servers that are not strict, the same in quotes. */
function secondsIn(value: unknown): number | undefined {
  const seconds = typeof value === "string" && /^\d{1,12}$/.test(value) ? Number(value) : value;
  return typeof seconds === "number" && Number.isFinite(seconds) && seconds >= 0 ? Math.floor(seconds) : undefined;
}

/** Some leave it out; what is used as a bearer token is one. */
function tokenType(value: unknown): NonNullable<TokenResponseEvidence["tokenType"]> {
  const word = typeof value === "string" ? value.toLowerCase() : "bearer";
  return word === "bearer" || word === "dpop" ? word : "other";
}

function errorWord(word: string): TokenError {
  return TOKEN_ERRORS.find((known) => known === word) ?? "other";
}

const OTHER_TOKENS = ["refresh_token", "id_token"];
