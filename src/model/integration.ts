import type { CustomClass } from "./custom-class.ts";
import type { DataClass } from "./data-class.ts";
import type { RequestSigning } from "./request-signing.ts";
import type { Severity } from "./severity.ts";
import type { SigningAlgorithm } from "./signing-key.ts";

export const CRITICALITIES = ["experimental", "low", "medium", "high", "critical"] as const;
export type Criticality = (typeof CRITICALITIES)[number];

export const AUTH_SCHEMES = [
  "none",
  "ip-allow-list",
  "api-key",
  "basic",
  "digest",
  "bearer",
  "jwt-bearer",
  "oauth2-client-credentials",
  "oauth2-code",
  "oauth2-password",
  "oauth2-implicit",
  "session-cookie",
  "mtls",
  "dpop",
  "sigv4",
  "hmac",
  "http-signature",
  "hawk",
  "ntlm",
  "kerberos",
] as const;
export type AuthScheme = (typeof AUTH_SCHEMES)[number];

export const AUTH_LOCATIONS = ["header", "query", "path", "cookie", "body"] as const;
export type AuthLocation = (typeof AUTH_LOCATIONS)[number];

export const AUTH_PROOF_LEVELS = ["none", "headers", "shape", "full"] as const;
export type AuthProofLevel = (typeof AUTH_PROOF_LEVELS)[number];

/** How our tokens are asked for (RFC 7591 section 2, RFC 8705 section 2). */
export const CLIENT_AUTHENTICATIONS = [
  "client_secret_basic",
  "client_secret_post",
  "client_secret_jwt",
  "private_key_jwt",
  "tls_client_auth",
  "self_signed_tls_client_auth",
  "none",
] as const;

/** What only we can tell of our credential, and the words for it. `expiry` may be a lifetime as well, as in 1h or 90d. */
export const AUTH_ATTRIBUTES = {
  /** What it opens. */
  scope: ["all", "coarse", "fine"],
  /** Whether it ends by itself: never, where somebody set an end, always. */
  expiry: ["no", "optional", "yes"],
  /** Whether it can be taken back; `overlap` where two may live side by side. */
  revocation: ["no", "yes", "overlap"],
  /** What we keep to be let in. */
  storage: ["shared", "password", "ip-restricted", "key-file", "key-hardware", "none"],
  pkce: ["no", "yes"],
  /** Whether the token says for whom it is. */
  audience: ["no", "yes"],
  /** Whether a signed request counts once only. */
  nonce: ["no", "yes"],
  /** RFC 7616 section 3.3. */
  qop: ["none", "auth", "auth-int"],
  /** Of Digest (RFC 7616), of a token or of a client's assertion (RFC 7518, RFC 8037), of a signed request (RFC 9421). */
  algorithm: [
    "none",
    "MD5",
    "SHA-256",
    "SHA-512-256",
    "HS256",
    "HS384",
    "HS512",
    "RS256",
    "RS384",
    "RS512",
    "ES256",
    "ES384",
    "ES512",
    "PS256",
    "PS384",
    "PS512",
    "EdDSA",
    "Ed25519",
  ],
} as const;
export type AuthAttribute = keyof typeof AUTH_ATTRIBUTES;

/** A pointer to a secret (`env:NAME`, `file:PATH`, `exec:COMMAND`), never the secret. */
export type CredentialReference = string;

/**
 * One outbound API integration, with the inventory's defaults applied. Made by inventory/ only; plain data, serialisable.
 * Optional means "not declared": absence is never read as a negative statement.
 */
export interface Integration {
  /** Stable slug, or the origin of an ad hoc target. */
  readonly id: string;
  /** UUIDv5 of the oldest id. */
  readonly uid: string;
  readonly previousIds: readonly string[];
  readonly name: string;
  /** True for `apirisk audit URL`: inventory rules do not apply. */
  readonly adHoc: boolean;
  readonly provider?: { readonly name: string; readonly url?: string };
  readonly owner?: string;
  readonly criticality: Criticality;
  readonly environment: string;
  readonly dataClasses: readonly DataClass[];
  /** Classes that the inventory defines; the same for all its integrations. Absent where it defines none. */
  readonly customClasses?: readonly CustomClass[];
  readonly tags: readonly string[];
  readonly network: "public" | "internal";
  /** Origin and optional base path, no userinfo, query or fragment; no trailing slash. */
  readonly baseUrl: string;
  readonly additionalUrls: readonly {
    readonly url: string;
    readonly environment?: string;
    readonly region?: string;
  }[];
  /** Extra request headers; names lower-case. Literal credentials are refused by the inventory. */
  readonly headers: Readonly<Record<string, string>>;
  readonly proxy?: string;
  readonly auth: IntegrationAuth;
  readonly authProof: AuthProof;
  readonly apiVersion?: {
    readonly header?: string;
    readonly query?: string;
    readonly pinned: string;
  };
  /** Where the provider's OpenAPI document lies: a path relative to the folder of the inventory. */
  readonly openapi?: string;
  readonly sdk?: { readonly [ecosystem: string]: string };
  readonly budget: {
    readonly connectionsPerRun?: number;
    readonly callsPerMonth?: number;
  };
  /** Names of client profiles: the runtimes that use it. */
  readonly clients?: readonly string[];
  readonly endpoints: readonly Endpoint[];
  readonly waivers: readonly DeclaredWaiver[];
  /** Where it stands in the inventory file; absent for ad hoc targets. */
  readonly source?: {
    readonly file: string;
    readonly line: number;
    readonly pointer: string;
  };
}

export interface IntegrationAuth {
  /** Undefined: nothing was declared, which differs from `none`. */
  readonly scheme?: AuthScheme;
  readonly in?: AuthLocation;
  readonly name?: string;
  /** Text before the secret in a header value, for example "Bearer". */
  readonly prefix?: string;
  readonly credential?: CredentialReference;
  /** Read-only twin, preferred over `credential`. */
  readonly auditCredential?: CredentialReference;
  /** Id of the endpoint whose answer tells what the credential that asks may do, and until when. */
  readonly describedBy?: string;
  readonly token?: {
    readonly url: string;
    readonly clientAuth: string;
    /** Public; where it is left out, the credential is `id:secret`. */
    readonly clientId?: string;
    /** Of assertions that we sign (RFC 7523): which key, for whom, on whose behalf; each has its usual value. */
    readonly keyId?: string;
    readonly audience?: string;
    readonly subject?: string;
    readonly algorithm?: SigningAlgorithm;
    readonly scopes: readonly string[];
  };
  readonly clientCertificate?: {
    readonly cert: CredentialReference;
    readonly key: CredentialReference;
  };
  /** Of the schemes sigv4 and hmac. */
  readonly signing?: RequestSigning;
  /** ISO day. Of the clients' credential, like the next two. */
  readonly issuedAt?: string;
  /** ISO day: its last one. */
  readonly expiresAt?: string;
  /** Days. */
  readonly rotateEveryDays?: number;
  /** Words of AUTH_ATTRIBUTES; what older configurations hold may be anything. */
  readonly attributes?: Readonly<Record<string, string>>;
  readonly neededScopes: readonly string[];
  /** What its tokens are for, as their `aud` says it. */
  readonly audiences?: readonly string[];
}

export interface AuthProof {
  readonly level: AuthProofLevel;
  readonly permission?: {
    readonly basis: string;
    readonly reference?: string;
    readonly by: string /** ISO day, last valid day. */;
    readonly until: string;
  };
}

export interface Endpoint {
  readonly id: string;
  readonly method: string;
  /** Path and query, as declared, relative to baseUrl. */
  readonly path: string;
  /** A statement by the user that calling an unsafe method for an audit is fine. */
  readonly safe: boolean;
  /** Milliseconds between calls. */
  readonly everyMs: number;
  readonly cost: "free" | "metered";
  readonly expect: {
    readonly status?: number;
    readonly maxRecords?: number;
    /** Paths that may come (model/declared-path). */
    readonly fields?: readonly string[];
    /** Of those, what is there to hold markup, links, templates: shown by nobody before it was made harmless. */
    readonly richText?: readonly string[];
    readonly classes?: readonly DataClass[];
  };
}

export interface DeclaredWaiver {
  readonly rule: string;
  readonly subject?: string;
  /** ISO day, last valid day. */
  readonly until: string;
  readonly reason: string;
  readonly by: string;
  readonly kind: "accepted" | "false_positive" | "not_applicable";
}

/** What the user decided about rules; from the inventory's `policy` and the flags. */
export interface Policy {
  readonly packs: readonly string[];
  readonly rules: Readonly<Record<string, RulePolicy>>;
}

export type RulePolicy = { readonly off: true } | { readonly off: false; readonly severity: Severity };

export interface Inventory {
  readonly file: string;
  readonly integrations: readonly Integration[];
  readonly policy: Policy;
  /** What its integrations share. */
  readonly customClasses?: readonly CustomClass[];
  /** Where more of them are defined: a path relative to its folder. */
  readonly customClassesFile?: string;
}

/** A problem in a file, in the form that every error of an inventory has. */
export interface InventoryProblem {
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  readonly column: number;
  /** JSON Pointer style path, for people: integrations[0].auth.scheme. */
  readonly path: string;
  readonly expected: string;
  /** Never repeats something that may be a secret. */
  readonly found: string;
  readonly suggestion?: string;
}
