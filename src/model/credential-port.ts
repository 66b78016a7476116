import type { DeclaredClientCertificate, HeldCertificate, ShownCertificate } from "./client-certificate.ts";
import type { Instant } from "./instant.ts";
import type { CredentialReference } from "./integration.ts";
import type { Whereabouts } from "./own-credential.ts";
import type { Result } from "./result.ts";
import type { Secret } from "./secret.ts";
import type { SigningKey } from "./signing-key.ts";

/** The door to secrets. Gives one only for an origin that it was bound to outside the inventory. */
export interface CredentialPort {
  /**
   * The secret behind `reference` for `origin` (scheme://host:port in URL form), or why there is none.
   * A pair that is not bound, or was bound before `trustedSince`, is never read: no file is opened and no command is run for it.
   */
  resolve(reference: CredentialReference, origin: string, trustedSince?: Instant): Promise<Result<Secret, CredentialProblem>>;
  /**
   * The certificate that we would show to `origin`, and what can be said of its key, which stays behind this door. Either reference is read
   * only where it is bound to that origin: an unbound certificate is a problem, an unbound key is unknown.
   */
  clientCertificate(declared: DeclaredClientCertificate, origin: string): Promise<Result<HeldCertificate, CredentialProblem>>;
  /** Where a bound credential lies; undefined where that is no file, or it cannot be read. */
  whereabouts(reference: CredentialReference, origin: string): Promise<Whereabouts | undefined>;
  /** What fingerprints of credentials are made with; undefined where this machine keeps none. */
  fingerprintKey(): Promise<Secret | undefined>;
  /**
   * The same certificate with its key, for a handshake with `origin`; read under the conditions of `resolve`, which hold for both references.
   */
  shownCertificate(
    declared: DeclaredClientCertificate,
    origin: string,
    trustedSince?: Instant,
  ): Promise<Result<ShownCertificate, CredentialProblem>>;
  /** A key behind `reference` to sign with, for `origin`: PEM, DER or the key file of a service account. Read under the conditions of `resolve`. */
  signingKey(reference: CredentialReference, origin: string, trustedSince?: Instant): Promise<Result<SigningKey, CredentialProblem>>;
  /** A secret that came over the network, or was made for it, an access token for one: it is scrubbed from then on. */
  learn(secret: Secret): void;
  /** Replaces every secret handed out or read so far by "[secret]", in plain, base64, base64url, hex and percent-encoded forms. */
  scrub(text: string): string;
  /**
   * Whether a text repeats just this secret: in any form that is scrubbed, or the last eight characters of a long one, as a piece of its own. Undefined
   * where the secret is too short to be told from other text.
   */
  repeats(secret: Secret, text: string): boolean | undefined;
  /** What looks like the secret and is nobody's, drawn by chance: its own public prefix, of those given, is all that they share. It is scrubbed, too. */
  imitate(secret: Secret, publicPrefixes: readonly string[]): Secret;
}

/** The door to secrets that a file of the user's own names, notify.json for one. Never hand an inventory's reference to it. */
export interface OwnSecretsPort {
  /** The secret behind an `env:` or `file:` reference. What was handed out is scrubbed from then on. */
  resolve(reference: CredentialReference): Promise<Result<Secret, CredentialProblem>>;
}

export interface CredentialProblem {
  readonly reason: "credential_not_bound" | "credential_unavailable" | "domain_doubted";
  /** What is wrong, for people; names the reference, never a value. */
  readonly detail: string;
  /** The command that mends it. */
  readonly next: string;
}

/** A pair that the user trusts. Kept in the user's configuration, never in the project. */
export interface CredentialBinding {
  readonly reference: CredentialReference;
  /** Origin, for example https://api.acme.example */
  readonly origin: string;
  /** ISO instant. */
  readonly trustedAt: string;
}
