import type { Cause, ChangeKind, EventKind, FindingLabel } from "../../model/finding.ts";
import type { UnobservedReason } from "../../model/reason.ts";
import type { FailOn, Visibility } from "../../model/report.ts";
import type { Severity } from "../../model/severity.ts";

/** What stood in the way of a verdict, and what the reader can do about it. */
export interface ReasonWords {
  readonly says: string;
  readonly next: string;
}

/** One entry for every word of UNOBSERVED_REASONS: a reason without a sentence does not compile. */
export const REASON_WORDS: Readonly<Record<UnobservedReason, ReasonWords>> = {
  dns_not_found: {
    says: "the host name does not exist",
    next: "check the URL in the inventory; if it is right, the provider has taken the name away",
  },
  dns_failed: { says: "the name server gave no usable answer", next: "audit again later, or check this machine's resolver" },
  dns_no_address: { says: "the host name has no address", next: "check the URL; the provider may be moving" },
  address_not_allowed: {
    says: "the host points to a private, loopback or otherwise internal address",
    next: "if that is meant, declare `network: internal` for the integration or pass --allow-private",
  },
  connect_refused: { says: "the host refused the connection", next: "check the port; audit again later" },
  connect_timeout: { says: "the host did not answer in time", next: "check firewalls and the port; audit again later" },
  network_unreachable: { says: "there is no route to the host from here", next: "check the network of this machine, IPv6 included" },
  connection_reset: { says: "the connection was cut", next: "audit again later; a firewall in between may be the cause" },
  connection_closed: { says: "the host closed the connection without an answer", next: "audit again later" },
  proxy_unreachable: { says: "the proxy did not answer", next: "check HTTPS_PROXY or the integration's proxy" },
  proxy_refused: { says: "the proxy refused to connect to the host", next: "ask whoever runs the proxy to allow the host" },
  proxy_auth_required: { says: "the proxy wants a user and password", next: "put them into the proxy's URL in the environment" },
  tls_intercepted: { says: "a proxy of our own ended the TLS", next: "audit from outside of it, or except the host from it" },
  not_the_api: {
    says: "a page for people came instead of an answer of the API",
    next: "call the endpoint yourself: a login, a notice or a wrong path stands in its place",
  },
  captive_portal: { says: "something on our own way answered instead of the provider", next: "check the network that this machine is in" },
  tls_timeout: { says: "the TLS handshake did not finish in time", next: "audit again later" },
  tls_alert: { says: "the host ended the TLS handshake with an alert", next: "see the evidence with --evidence" },
  tls_protocol_error: { says: "the host did not speak TLS as it should", next: "check that the port speaks TLS" },
  tls_untrusted: {
    says: "the certificate is not trusted, so nothing was asked over the connection",
    next: "if the issuer is your own, pass its certificate with --ca",
  },
  client_certificate_required: {
    says: "the host wants a client certificate",
    next: "declare auth.clientCertificate and trust its references",
  },
  client_capability: { says: "our own TLS library cannot speak what this needs", next: "a newer Node.js may be able to" },
  revocation_unclear: {
    says: "what was said about the certificate's revocation does not count",
    next: "see the evidence with --evidence; a stale or wrong answer is the provider's or its authority's to mend",
  },
  http_timeout: { says: "the answer did not come in time", next: "audit again later, or raise --timeout" },
  http_protocol_error: { says: "the answer was not valid HTTP", next: "check that the URL is an HTTP API" },
  http_header_overflow: { says: "the response headers were larger than 16 KB", next: "ask the provider about them" },
  http2_only: { says: "the host speaks HTTP/2 only", next: "nothing: this version reads HTTP/1.1" },
  body_truncated: { says: "the body was cut or larger than the limit", next: "declare an endpoint with a smaller answer" },
  body_undecodable: { says: "the body could not be decoded", next: "check its Content-Encoding with the provider" },
  body_unsupported_type: { says: "the body is of a type that is not classified", next: "declare an endpoint that answers with JSON" },
  body_too_deep: { says: "the body is nested too deeply", next: "declare an endpoint with a simpler answer" },
  redirect_not_followed: {
    says: "the endpoint redirects to another origin",
    next: "declare the URL that it redirects to, if it is the provider's",
  },
  redirect_limit: { says: "the endpoint redirects in a circle", next: "declare the final URL" },
  unexpected_status: { says: "the status was not the expected one", next: "check the request and `expect.status` of the endpoint" },
  server_error: { says: "the provider answered with a server error", next: "audit again later" },
  not_found: { says: "the endpoint was not found", next: "check the path in the inventory" },
  rate_limited: { says: "the provider asked us to slow down", next: "audit less often, or at another hour" },
  blocked: {
    says: "a firewall or challenge page stood in the way",
    next: "ask the provider to let the audit through; the host is left alone for a day",
  },
  credential_not_bound: {
    says: "the credential is not trusted for this origin, so it was not sent",
    next: "look at the pair, then bind it: apirisk credential trust ID --dry-run",
  },
  credential_unavailable: { says: "the credential could not be read", next: "set the variable or file that the reference names" },
  credential_rejected: { says: "the provider rejected the credential", next: "renew it, then audit again" },
  credential_withheld: {
    says: "the credential was held back: the way to the provider was not safe",
    next: "mend the https URL or its certificate first",
  },
  domain_doubted: {
    says: "the domain may be in other hands than when the credential was bound to it, so it was not sent",
    next: "ask the provider, in a way that does not depend on the domain; then apirisk credential trust ID --again",
  },
  description_unavailable: {
    says: "the provider's description that `openapi` names could not be read, or not where it was needed",
    next: "the notices of the run say what is wrong with the file; references to other documents are not followed",
  },
  lock_file_unavailable: {
    says: "no lock file could be read that says what is installed",
    next: "name one in `sdk.lock`, below the folder of the inventory or one of apirisk credential trust --folder",
  },
  client_certificate_not_shown: {
    says: "the login is a client certificate, which the version that audited did not show",
    next: "audit again: this version shows it, once its references are trusted",
  },
  permission_missing: {
    says: "asking without the credential needs a permission that is not declared",
    next: "declare authProof with a permission, where a contract allows it",
  },
  budget_exhausted: { says: "the budget of connections or calls was used up", next: "raise `budget`, or audit less often" },
  deadline_exceeded: { says: "the time for the audit was used up", next: "raise --timeout" },
  interrupted: { says: "the run was interrupted", next: "audit again" },
  not_due: { says: "it was asked recently and is not due yet", next: "nothing: it will be asked when it is due" },
  not_requested: {
    says: "nobody asked for it",
    next: "set authProof, declare an endpoint, use a greater --depth, --revocation or --registration",
  },
  not_safe: {
    says: "the declared request is not a safe method",
    next: "say `safe: true` on the endpoint if calling it for an audit is fine",
  },
  evidence_missing: { says: "the evidence that the rule needs was not collected", next: "see why with --verbose" },
  evidence_too_old: { says: "the evidence is too old to judge by", next: "audit again" },
  evidence_ambiguous: { says: "what was seen can be read in more than one way", next: "see the evidence with --evidence" },
  data_stale: { says: "our own knowledge of the matter is too old", next: "update apirisk" },
  internal: { says: "apirisk itself failed here", next: "please report it; apirisk doctor shows the versions" },
};

export const CHANGE_WORDS: Readonly<Record<ChangeKind, string>> = {
  new: "new",
  worse: "got worse",
  reopened: "came back",
  improved: "got better",
  resolved: "resolved",
  changed: "changed",
  "newly-detected": "newly detected",
  "lost-sight": "no longer seen",
  "regained-sight": "seen again",
};

/** What happened beside the changes. Only kinds that a report tells have a sentence. */
export const EVENT_WORDS: Readonly<Partial<Record<EventKind, string>>> = {
  "waiver-expired": "its waiver or acceptance has ended: it counts again",
  "waiver-void": "worse than what was accepted: it counts again",
  "waiver-fulfilled": "fixed, so that nothing has to be accepted any more",
  "waiver-withdrawn": "the waiver was taken out of the inventory: it counts again",
  "waiver-unused": "this waiver matches nothing for a week: take it out of the inventory",
  retired: "not asked about any more",
  "visibility-lost": "not seen for a week: nothing is known of it since then",
  "visibility-regained": "seen again",
  "credential-rotated": "the credential was changed: it is another one than before",
};

/** Of a question about our own credentials nobody is meant but ourselves. */
export function causeWords(cause: Cause, rule = ""): string {
  return cause === "target" && rule.startsWith("credential/") ? "what you log in with changed" : (CAUSE_WORDS[cause] ?? cause);
}

const CAUSE_WORDS: Readonly<Record<Cause, string>> = {
  target: "the provider changed",
  time: "time passed",
  rules: "our rules changed",
  config: "your configuration changed",
  tool: "apirisk or its surroundings changed",
};

export const LABEL_WORDS: Readonly<Record<FindingLabel, string>> = {
  new: "new",
  open: "open",
  worse: "worse",
  reopened: "reopened",
  unconfirmed: "not confirmed yet",
  clearing: "passed once, to be seen again",
  unverified: "not seen this time",
  unstable: "comes and goes",
  accepted: "accepted",
  "accepted-expiring": "accepted, for a few days more",
  fixed: "fixed",
  retired: "retired",
};

export const VISIBILITY_WORDS: Readonly<Record<Visibility, string>> = {
  observed: "observed",
  partial: "partly observed",
  unreachable: "unreachable",
  error: "could not be audited",
  skipped: "skipped",
};

/** What a gate of this kind expects. */
export const GATE_WORDS: Readonly<Record<FailOn, (severity: Severity) => string>> = {
  open: (severity) => `no open finding of severity ${orWorse(severity)}`,
  regression: (severity) => `no regression of severity ${orWorse(severity)}`,
  "newly-detected": (severity) => `no finding of severity ${orWorse(severity)} that is new in this run`,
  none: () => "nothing",
};

function orWorse(severity: Severity): string {
  return severity === "critical" ? "critical" : `${severity} or worse`;
}
