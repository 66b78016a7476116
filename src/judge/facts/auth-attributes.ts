import type { AuthCap } from "../../catalog/auth-schemes.ts";
import type { AuthScheme, Integration, IntegrationAuth } from "../../model/integration.ts";
import { ATTRIBUTE, between, type DeclaredAuth, declaredAuth, expiryOf, known, revocationOf, scopeOf } from "./auth-declared.ts";
import {
  audienceOf,
  clientGuessed,
  clientKept,
  keyKept,
  SIGNATURES,
  secretKept,
  signatureGuessed,
  tokenGuessed,
  tokenSent,
} from "./auth-levels.ts";
import type { AuthAttributes } from "./auth-strength.ts";
import { credentialLocation, secretTransport } from "./credential.ts";

/** What is declared of an integration, in the terms of its strength. Undefined where nothing is. */
export function authAttributes({ auth, baseUrl, additionalUrls }: Pick<Integration, "auth" | "baseUrl" | "additionalUrls">) {
  const attributes = attributesOf(auth);
  const urls = [baseUrl, ...additionalUrls.map(({ url }) => url), ...(auth.token === undefined ? [] : [auth.token.url])];
  const isInClear = attributes !== undefined && secretTransport({ auth }) !== "none" && urls.some((url) => url.startsWith("http:"));
  return isInClear ? { ...attributes, caps: [...attributes.caps, certainly("cleartext")] } : attributes;
}

/** The same of a credential anywhere. */
export function attributesOf(auth: IntegrationAuth): AuthAttributes | undefined {
  const scheme = auth.scheme ?? (secretTransport({ auth }) === undefined ? undefined : "api-key");
  if (scheme === undefined) return undefined;
  const declared = declaredAuth(auth);
  const { reach = reachOf(declared), caps = [], ...answers } = SCHEMES[scheme](declared, auth);
  return { answers: { ...answers, ...reach }, caps: [...caps, ...inUrl(auth, scheme)] };
}

type Answers = AuthAttributes["answers"];
type Reach = Pick<Answers, "scope" | "expiry" | "revocation">;
type SchemeAnswers = Omit<Answers, keyof Reach> & { readonly reach?: Reach; readonly caps?: AuthAttributes["caps"] };

function reachOf(declared: DeclaredAuth): Reach {
  return { scope: scopeOf(declared), expiry: expiryOf(declared), revocation: revocationOf(declared) };
}

const SCHEMES: Readonly<Record<AuthScheme, (declared: DeclaredAuth, auth: IntegrationAuth) => SchemeAnswers>> = {
  none: () => ({
    observer: known("nothing"),
    thief: known("n/a"),
    recipient: known("n/a"),
    forger: known("none"),
    reach: { scope: known("all"), expiry: known("no"), revocation: known("no") },
    caps: [certainly("no-auth")],
  }),
  "ip-allow-list": () => ({
    observer: known("nothing"),
    thief: known("none"),
    recipient: known("n/a"),
    forger: known("ip"),
    caps: [certainly("address-only")],
  }),
  "api-key": (declared, auth) => ({
    observer: keySent(auth),
    thief: secretKept(declared),
    recipient: known("provider"),
    forger: known("random"),
  }),
  basic: (declared) =>
    declared.storage === undefined ? keyOrPassword(declared) : isPassword(declared) ? PASSWORD : secretAsPassword(declared),
  digest,
  bearer: (declared, auth) => ({
    observer: tokenSent(declared, isInUrl(auth)),
    thief: secretKept(declared),
    // A token that is no JWT, and of which nothing is said, is good at its provider alone.
    recipient: declared.audience === undefined && declared.algorithm === undefined ? known("provider") : audienceOf(declared),
    forger: declared.algorithm === undefined ? known("random") : tokenGuessed(declared),
    caps: unsigned(declared),
  }),
  "jwt-bearer": (declared, auth) => ({
    observer: tokenSent(declared, isInUrl(auth)),
    thief:
      declared.clientAuth === undefined && declared.storage === undefined
        ? between("shared", "key-hw", ATTRIBUTE.storage)
        : clientKept(declared),
    recipient: audienceOf(declared),
    forger: tokenGuessed(declared),
    caps: unsigned(declared),
  }),
  "oauth2-client-credentials": grant,
  "oauth2-code": (declared, auth) => ({
    ...grant(declared, auth),
    forger: declared.clientAuth === "none" ? known("random") : clientGuessed(declared),
    caps: [...unsigned(declared), ...(declared.pkce === "yes" ? [] : [{ cap: "no-pkce" as const, certain: declared.pkce === "no" }])],
  }),
  "oauth2-password": (declared, auth) => ({
    ...grant(declared, auth),
    thief: known("password"),
    forger: known("password"),
    caps: [certainly("password-grant")],
  }),
  "oauth2-implicit": (declared) => ({
    observer: tokenSent(declared, true),
    thief: known("none"),
    recipient: audienceOf(declared),
    forger: tokenGuessed(declared),
    caps: [certainly("implicit"), ...unsigned(declared)],
  }),
  "session-cookie": (declared, auth) => ({
    observer: tokenSent(declared, isInUrl(auth)),
    thief: declared.storage === undefined ? between("password", "shared+ip", ATTRIBUTE.storage) : secretKept(declared),
    recipient: known("bearer-aud"),
    forger: known("random"),
    caps: [undefined, "password"].includes(declared.storage)
      ? [{ cap: "password-for-session", certain: declared.storage === "password" }]
      : [],
  }),
  mtls: (declared) => ({
    observer: known("channel"),
    thief: keyKept(declared),
    recipient: known("channel"),
    forger: known("x509"),
    // A certificate always ends.
    reach: { ...reachOf(declared), expiry: known("yes") },
  }),
  dpop: (declared) => ({
    observer: known("pop-token"),
    thief:
      declared.clientAuth === undefined && declared.storage === undefined
        ? between("shared", "key-hw", ATTRIBUTE.clientAuth, ATTRIBUTE.storage)
        : clientKept(declared),
    recipient: known("asym-proof"),
    forger: signatureGuessed(declared),
  }),
  // What ends in a signed URL is the URL, not the key that made it.
  sigv4: (declared, auth) =>
    isInUrl(auth)
      ? {
          observer: tokenSent(declared, true),
          thief: roleOrKey({ ...declared, expiry: "no" }),
          recipient: known("bearer-aud"),
          forger: known("random"),
        }
      : { observer: known("proof-ts"), thief: roleOrKey(declared), recipient: known("sym-proof"), forger: known("random") },
  hmac: (declared) => ({ observer: signed(declared), thief: secretKept(declared), recipient: known("sym-proof"), forger: known("random") }),
  "http-signature": httpSignature,
  hawk: (declared) => ({
    observer: known("proof-nonce"),
    thief: secretKept(declared),
    recipient: known("sym-proof"),
    forger: known("random"),
  }),
  ntlm: () => ({
    observer: known("proof-nonce"),
    thief: known("password"),
    recipient: known("any"),
    forger: known("md5"),
    caps: [certainly("relayable")],
  }),
  kerberos: (declared) => ({
    observer: known("proof-nonce"),
    thief:
      declared.storage === undefined
        ? between("password", "key-file", ATTRIBUTE.storage)
        : isPassword(declared)
          ? known("password")
          : keyKept(declared),
    recipient: known("sym-proof"),
    forger:
      declared.storage === undefined
        ? between("password", "random", ATTRIBUTE.storage)
        : known(isPassword(declared) ? "password" : "random"),
  }),
};

function keySent(auth: IntegrationAuth): Answers["observer"] {
  const location = credentialLocation({ auth });
  if (location === undefined) return between("root-url", "root-hdr", ATTRIBUTE.location);
  return known(({ header: "root-hdr", body: "root-body", cookie: "root-cookie", query: "root-url", path: "root-url" } as const)[location]);
}

const PASSWORD: SchemeAnswers = {
  observer: known("root-hdr"),
  thief: known("password"),
  recipient: known("any"),
  forger: known("password"),
  caps: [certainly("password")],
};

function secretAsPassword(declared: DeclaredAuth): SchemeAnswers {
  return { observer: known("root-hdr"), thief: secretKept(declared), recipient: known("provider"), forger: known("random") };
}

/** Basic carries either, and nobody said which. */
function keyOrPassword(declared: DeclaredAuth): SchemeAnswers {
  const key = secretAsPassword(declared);
  return {
    observer: known("root-hdr"),
    thief: between("password", key.thief.high, ...key.thief.unknown),
    recipient: between("any", "provider", ATTRIBUTE.storage),
    forger: between("password", "random", ATTRIBUTE.storage),
    caps: [{ cap: "password", certain: false }],
  };
}

/** RFC 7616: MD5 unless told, and without qop no nonce of ours. */
function digest(declared: DeclaredAuth): SchemeAnswers {
  const { algorithm, qop } = declared;
  const isSha = algorithm === "SHA-256" || algorithm === "SHA-512-256";
  const caps: { readonly cap: AuthCap; readonly certain: boolean }[] = [];
  if (!isSha) caps.push({ cap: "digest-md5", certain: algorithm !== undefined });
  if (qop === undefined || qop === "none") caps.push({ cap: "digest-no-qop", certain: qop === "none" });
  return {
    observer:
      qop === undefined ? between("proof-weak", "proof-nonce", ATTRIBUTE.qop) : known(qop === "none" ? "proof-weak" : "proof-nonce"),
    thief: declared.storage === undefined ? between("password", "shared+ip", ATTRIBUTE.storage) : secretKept(declared),
    recipient: known("provider"),
    forger: algorithm === undefined ? between("md5", "sha256-pw", ATTRIBUTE.algorithm) : known(isSha ? "sha256-pw" : "md5"),
    caps,
  };
}

function grant(declared: DeclaredAuth, auth: IntegrationAuth): SchemeAnswers {
  return {
    observer: tokenSent(declared, isInUrl(auth)),
    thief: clientKept(declared),
    recipient: audienceOf(declared),
    forger: clientGuessed(declared),
    caps: unsigned(declared),
  };
}

function httpSignature(declared: DeclaredAuth): SchemeAnswers {
  const kind = declared.algorithm === undefined ? undefined : SIGNATURES[declared.algorithm];
  const common = { observer: signed(declared) };
  if (kind === "hs") return { ...common, thief: secretKept(declared), recipient: known("sym-proof"), forger: known("random") };
  if (kind === "rs" || kind === "ps-ed") {
    return { ...common, thief: keyKept(declared), recipient: known("asym-proof"), forger: signatureGuessed(declared) };
  }
  const unknown = [ATTRIBUTE.algorithm, ATTRIBUTE.storage];
  return {
    ...common,
    thief: between("shared", "key-hw", ...unknown),
    recipient: between("sym-proof", "asym-proof", ATTRIBUTE.algorithm),
    forger: between("random", "ps-ed", ATTRIBUTE.algorithm),
    caps: unsigned(declared),
  };
}

function signed({ nonce }: DeclaredAuth): Answers["observer"] {
  if (nonce === undefined) return between("proof-ts", "proof-nonce", ATTRIBUTE.nonce);
  return known(nonce === "yes" ? "proof-nonce" : "proof-ts");
}

/** An access key that lasts, or a role that lends one. */
function roleOrKey(declared: DeclaredAuth): Answers["thief"] {
  return declared.storage === undefined ? between("shared", "none", ATTRIBUTE.storage) : secretKept(declared);
}

function isPassword({ storage }: DeclaredAuth): boolean {
  return storage === "password";
}

function isInUrl(auth: IntegrationAuth): boolean {
  const location = credentialLocation({ auth });
  return location === "query" || location === "path";
}

/** Signed URLs are made to be handed on, and hold no secret; all others do. */
function inUrl(auth: IntegrationAuth, scheme: AuthScheme): AuthAttributes["caps"] {
  const location = credentialLocation({ auth });
  if (secretTransport({ auth: { ...auth, scheme } }) !== "as-itself") return [];
  if (location === undefined) return [{ cap: "in-url", certain: false }];
  return isInUrl(auth) ? [certainly("in-url")] : [];
}

function unsigned({ algorithm }: DeclaredAuth): AuthAttributes["caps"] {
  return algorithm === "none" ? [certainly("forgeable")] : [];
}

function certainly(cap: AuthCap): { readonly cap: AuthCap; readonly certain: true } {
  return { cap, certain: true };
}
