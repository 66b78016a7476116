import type { KeyMode } from "./client-certificate.ts";
import type { AuthScheme, CredentialReference, Integration } from "./integration.ts";
import type { CredentialClass } from "./token.ts";

/** Whose a credential is: our clients' own, or the one that audits are made with. */
export const CREDENTIAL_ROLES = ["clients", "audit"] as const;
export type CredentialRole = (typeof CREDENTIAL_ROLES)[number];

export interface DeclaredCredential {
  readonly role: CredentialRole;
  readonly reference: CredentialReference;
  /** Where it goes: the token URL's, where clients log in first. */
  readonly origin: string;
}

/** The clients' first; one that is declared twice is the clients'. */
export function declaredCredentials({ auth, baseUrl }: Pick<Integration, "auth" | "baseUrl">): readonly DeclaredCredential[] {
  if (auth.scheme === "none") return [];
  const { origin } = new URL(auth.token?.url ?? baseUrl);
  const references = { clients: auth.credential, audit: auth.auditCredential === auth.credential ? undefined : auth.auditCredential };
  return CREDENTIAL_ROLES.flatMap((role) => {
    const reference = references[role];
    return reference === undefined ? [] : [{ role, reference, origin }];
  });
}

/** It is read by a program that has to be started for it. */
export function runsProgram(reference: CredentialReference): boolean {
  return !/^(?:env|file):/.test(reference);
}

/** What our clients show is a token that somebody gave them, or a text of the same kind; neither a password, nor a key that stays with us. */
export function showsToken({ auth }: Pick<Integration, "auth">): boolean {
  const isHeld = (auth.credential ?? auth.auditCredential) !== undefined;
  return isHeld && (auth.scheme === undefined || SHOWN.includes(auth.scheme));
}

const SHOWN: readonly AuthScheme[] = [
  "api-key",
  "bearer",
  "jwt-bearer",
  "oauth2-client-credentials",
  "oauth2-code",
  "oauth2-password",
  "oauth2-implicit",
  "session-cookie",
];

/** What may be known of a credential from its own text: names of whoever made it, and nothing of what was drawn by chance. */
export interface CredentialText {
  /** Absent where it could not be made: there is no key to make it with. */
  readonly fingerprint?: KeyedFingerprint;
  /** Of a prefix that data/credential-prefixes.json lists. */
  readonly known?: KnownCredential;
  /** Claims of a JWT: epoch milliseconds. */
  readonly issuedAt?: number;
  readonly endsAt?: number;
}

/** What a provider says of the credential that asks. Epoch milliseconds. */
export interface CredentialDescription {
  readonly scopes?: readonly string[];
  readonly createdAt?: number;
  readonly endsAt?: number;
}

/** The same for the same secret on this machine, and worth nothing without the machine's key. */
export interface KeyedFingerprint {
  /** Which key it was made with: 8 hex digits. */
  readonly keyId: string;
  /** 32 hex digits. */
  readonly value: string;
}

export interface KnownCredential {
  readonly provider: string;
  readonly prefix: string;
  readonly class: CredentialClass;
}

/** Where a credential lies, told without reading it. */
export interface Whereabouts {
  /** `env-file`: the variable is assigned in a file beside the inventory. */
  readonly file: "own" | "env-file";
  /** `mounted`: the platform put it there for whoever runs in this container. */
  readonly mode: KeyMode | "mounted";
  /** Whether others than its owner may put another file in its place. */
  readonly folder: "private" | "others-write" | "unknown";
  readonly tracked: "yes" | "no" | "unknown";
}
