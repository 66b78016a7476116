/**
 * Why something could not be judged: the closed list behind every `unobserved` verdict, published in the report's schema.
 * A word is never removed or given another meaning; add one instead.
 */
export const UNOBSERVED_REASONS = [
  // network, before the provider said anything
  "dns_not_found", // the name does not exist (NXDOMAIN)
  "dns_failed", // no answer, or an answer that says "try again"
  "dns_no_address", // the name exists, with no A or AAAA record
  "address_not_allowed", // loopback, private, link-local, metadata, CGNAT ... without permission
  "connect_refused",
  "connect_timeout",
  "network_unreachable",
  "connection_reset",
  "connection_closed",
  // proxy
  "proxy_unreachable",
  "proxy_refused",
  "proxy_auth_required",
  "captive_portal", // something of our own network answered for unrelated providers
  "tls_intercepted", // a proxy of our own ended the TLS: certificate and parameters are its own, not the provider's
  // TLS
  "tls_timeout",
  "tls_alert",
  "tls_protocol_error",
  "tls_untrusted",
  "client_certificate_required",
  "client_capability", // our own OpenSSL cannot speak what would be needed
  "revocation_unclear", // what was said about a certificate does not count: stale, not signed by its issuer, about another one ...
  // HTTP
  "http_timeout",
  "http_protocol_error",
  "http_header_overflow",
  "http2_only",
  "body_truncated",
  "body_undecodable",
  "body_unsupported_type",
  "body_too_deep",
  "redirect_not_followed",
  "redirect_limit",
  "unexpected_status",
  "server_error",
  "not_found",
  "rate_limited",
  "not_the_api", // a page for people where the API answers data: a login, a notice, somebody else's error
  "blocked", // a WAF or challenge page, or a host that asked to be left alone
  // ours
  "credential_not_bound",
  "credential_unavailable",
  "credential_rejected",
  "credential_withheld", // http, an untrusted certificate or another origin: it was not sent
  "domain_doubted", // the domain may be in other hands than when the credential was bound to it: it was not sent
  "description_unavailable", // the provider's description that is named could not be read, or not the part of it that was needed
  "lock_file_unavailable", // none that may be read says which version of a client library is installed
  "client_certificate_not_shown", // the login is a certificate of ours, and audits of then made no handshake with it
  "permission_missing",
  "budget_exhausted",
  "deadline_exceeded",
  "interrupted",
  "not_due",
  "not_requested",
  "not_safe", // an unsafe method without `safe: true`
  "evidence_missing",
  "evidence_too_old",
  "evidence_ambiguous",
  "data_stale", // our own knowledge (end-of-life table, ...) is too old to decide
  "internal",
] as const;
export type UnobservedReason = (typeof UNOBSERVED_REASONS)[number];
