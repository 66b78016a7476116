import type { CredentialReference } from "./integration.ts";
import type { UnobservedReason } from "./reason.ts";
import type { Secret } from "./secret.ts";

/** Where the two halves of what a client proves itself with are kept. */
export interface DeclaredClientCertificate {
  readonly cert: CredentialReference;
  readonly key: CredentialReference;
}

/** What may be known of a client certificate outside the room that reads secrets. */
export interface HeldCertificate {
  /** In DER and in the order of the file: the first is the one that clients send as their own. At least one. */
  readonly certificates: readonly Uint8Array[];
  readonly key: HeldKey;
}

/** What a client proves itself with in a handshake (RFC 8446 section 4.4.2, RFC 5246 section 7.4.6). */
export interface ShownCertificate {
  /** In PEM, our own first. */
  readonly chain: string;
  /** In PEM, not locked. */
  readonly key: Secret;
}

/** Of a private key: nothing that is in it. */
export interface HeldKey {
  /** It is the other half of the first certificate's. */
  readonly matches: KeyMatch;
  readonly mode: KeyMode;
  /** Why it is not known whether it matches. */
  readonly reason?: UnobservedReason;
}

export type KeyMatch = "yes" | "no" | "unknown";

/** Who may read the file of a key beside its owner: nobody, its group, everybody. Unknown where it is no file, or files have no such modes. */
export type KeyMode = "private" | "group" | "others" | "unknown";
