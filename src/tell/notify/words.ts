import type { DeliveryProblem } from "../../model/notification.ts";
import { REASON_WORDS, type ReasonWords } from "../view/words.ts";
import { clean } from "./clean.ts";

/** Why a message did not arrive, and what the reader can do about it. `secrets`: references that the receiver needs, such as env:NAME. */
export function problemWords(problem: DeliveryProblem, secrets: readonly string[] = []): ReasonWords {
  const own = OWN_WORDS[problem];
  if (problem === "secret_unavailable" && own !== undefined && secrets.length > 0) {
    return { ...own, next: `see that each of these is set, and can be read: ${secrets.map(clean).join(", ")}` };
  }
  if (own !== undefined) return own;
  const [kind = "", status = ""] = problem.split("_");
  if (kind === "http" && /^\d{3}$/.test(status)) return { says: `it answered HTTP ${status}`, next: HTTP_NEXT[status] ?? TRIED_AGAIN };
  if (kind === "smtp" && /^\d{3}$/.test(status))
    return { says: `the mail server refused with ${status}`, next: "check from, to and the server's log" };
  return REASON_WORDS[problem as keyof typeof REASON_WORDS] ?? REASON_WORDS.internal;
}

const TRIED_AGAIN = "nothing, unless it lasts";
const MADE_ANEW = "make a new URL or key where the old one came from: this one was revoked, or is another's";

const HTTP_NEXT: Readonly<Record<string, string>> = {
  "400": "check that the channel's type fits its URL",
  "401": MADE_ANEW,
  "403": MADE_ANEW,
  "404": MADE_ANEW,
  "410": MADE_ANEW,
};

const ASK_LATER = "nothing, unless it lasts: check host and port, and firewalls in between";

/** Where an audit's advice would speak of the inventory, or of auditing again. */
const OWN_WORDS: Readonly<Partial<Record<DeliveryProblem, ReasonWords>>> = {
  dns_not_found: { says: REASON_WORDS.dns_not_found.says, next: "check the host name where the reference points to" },
  dns_failed: { says: REASON_WORDS.dns_failed.says, next: "check this machine's resolver" },
  dns_no_address: { says: REASON_WORDS.dns_no_address.says, next: "check the host name where the reference points to" },
  connect_refused: { says: REASON_WORDS.connect_refused.says, next: "check host and port" },
  connection_reset: { says: REASON_WORDS.connection_reset.says, next: ASK_LATER },
  connection_closed: { says: REASON_WORDS.connection_closed.says, next: ASK_LATER },
  proxy_unreachable: { says: REASON_WORDS.proxy_unreachable.says, next: "check HTTPS_PROXY and NO_PROXY" },
  tls_timeout: { says: REASON_WORDS.tls_timeout.says, next: ASK_LATER },
  tls_alert: { says: REASON_WORDS.tls_alert.says, next: "check the port, and that the host is the one that you mean" },
  http_timeout: { says: REASON_WORDS.http_timeout.says, next: TRIED_AGAIN },
  http_protocol_error: { says: REASON_WORDS.http_protocol_error.says, next: "check host and port" },
  address_not_allowed: {
    says: "it stands at a private, loopback or otherwise internal address, or is spoken to without encryption",
    next: 'use https; for a receiver of your own network say "allowPrivate": true for the channel',
  },
  credential_unavailable: { says: "a secret is too short to be one", next: "use a signing key of at least 24 bytes" },
  secret_unavailable: { says: "a secret that it needs could not be read", next: "set the variable or file that notify.json names" },
  tls_untrusted: {
    says: "its certificate is not trusted, so nothing was sent",
    next: "mend the certificate, or pass its issuer with --ca",
  },
  redirected: { says: "it redirects, which is not followed", next: "put the final URL where the reference points to" },
  url_invalid: { says: "its URL is not one", next: "put an absolute https URL without user and password where the reference points to" },
  channel_missing: { says: "notify.json has it no longer", next: "put it back, or let its messages run out after five days" },
  command_failed: { says: "the command failed or took too long", next: "run it yourself with a JSON document on its standard input" },
  smtp_failed: { says: "the mail server did not speak SMTP as it should", next: "check host, port and security" },
  smtp_auth: { says: "the mail server refused user and password", next: "check both, and that the server lets this user send" },
  smtp_no_starttls: { says: "the mail server offers no STARTTLS, so nothing was sent", next: 'use "security": "tls", mostly on port 465' },
  payload_unreadable: { says: "it was queued for another type of channel", next: "nothing: later messages are not touched by it" },
  erased: { says: "it named an integration that was erased from history", next: "nothing: later messages are not touched by it" },
  deadline_exceeded: { says: "it took longer than ten seconds", next: TRIED_AGAIN },
  connect_timeout: { says: "it did not answer in time", next: "check firewalls, host and port" },
  internal: REASON_WORDS.internal,
};
