/** What a server says of its authorization (RFC 9728, RFC 8414, OpenID Connect Discovery): words that we know, and how many others there are. */
export interface ServerMetadataFacts {
  readonly document: "protected-resource" | "authorization-server" | "openid";
  /** Who it says that it speaks for: the issuer, or the resource. */
  readonly identifier: IdentifierMatch;
  /** The issuer, or the resource, is among them where it has no TLS. */
  readonly endpoints: readonly { readonly name: string; readonly scheme: EndpointScheme; readonly domain: "same" | "other" }[];
  /** By member; absent where the member is, or is no list. */
  readonly lists: Readonly<Partial<Record<MetadataList, MetadataWords>>>;
  /** Members that are true. */
  readonly flags: readonly (typeof METADATA_FLAGS)[number][];
}

/**
 * `template`: a place is left open for the tenant. `guessed`: nobody named an issuer, and the document is about the declared token endpoint, or stands
 * at the API. `unknown`: nobody said where the document comes from.
 */
export type IdentifierMatch = "same" | "template" | "other" | "absent" | "guessed" | "unknown";
export type EndpointScheme = "https" | "http" | "loopback" | "other";

export interface MetadataWords {
  /** Sorted. */
  readonly known: readonly string[];
  readonly others: number;
}

export const METADATA_LISTS = [
  "bearer_methods_supported",
  "code_challenge_methods_supported",
  "dpop_signing_alg_values_supported",
  "grant_types_supported",
  "id_token_encryption_alg_values_supported",
  "id_token_signing_alg_values_supported",
  "request_object_encryption_alg_values_supported",
  "response_types_supported",
  "token_endpoint_auth_methods_supported",
  "token_endpoint_auth_signing_alg_values_supported",
  "userinfo_encryption_alg_values_supported",
] as const;
export type MetadataList = (typeof METADATA_LISTS)[number];

/** `mtls_endpoint_aliases` is true where there are any. */
export const METADATA_FLAGS = [
  "authorization_response_iss_parameter_supported",
  "dpop_bound_access_tokens_required",
  "mtls_endpoint_aliases",
  "require_pushed_authorization_requests",
  "tls_client_certificate_bound_access_tokens",
] as const;
