import type { Failure, FailurePhase } from "../../model/failure.ts";
import type { UnobservedReason } from "../../model/reason.ts";
import { WireError } from "../wire/wire-error.ts";

/** A failure on its way out of the room. Sockets are destroyed with it, so that whatever waits on them ends with the right reason. */
export class NetFailure extends Error {
  override readonly name = "NetFailure";
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.reason);
    this.failure = failure;
  }
}

/**
 * The one table from what node, OpenSSL, llhttp and zlib throw to a Failure. Only codes of theirs leave:
 * messages and causes may quote the server or hold a credential.
 */
export function failureFrom(error: unknown, phase: FailurePhase): Failure {
  for (const cause of causesOf(error)) {
    if (cause instanceof NetFailure) return cause.failure;
    if (cause instanceof WireError) return { reason: "tls_protocol_error", phase, code: `wire ${cause.field}`, retriable: false };
    const alert = alertNumberOf(cause);
    if (alert !== undefined) return failureOfAlert(alert, phase);
  }
  const code = codeOf(error);
  if (code === undefined) return { reason: "internal", phase, retriable: false };
  const [reason, retriable] = mappingOf(code, error);
  return { reason, phase, code, retriable };
}

type Mapping = readonly [reason: UnobservedReason, retriable: boolean];

function mappingOf(code: string, error: unknown): Mapping {
  // node gives ECONNRESET to a connection that was closed in an orderly way too early; a real reset names its system call.
  if (code === "ECONNRESET" && !causesOf(error).some((cause) => typeof (cause as { syscall?: unknown }).syscall === "string")) {
    return ["connection_closed", true];
  }
  if (code === "ENOTFOUND" && causesOf(error).some((cause) => NO_DATA.includes((cause as { errno?: unknown }).errno))) {
    return ["dns_no_address", false];
  }
  return CODES[code] ?? PREFIXES.find(([prefix]) => code.startsWith(prefix))?.[1] ?? ["internal", false];
}

/** RFC 8446 section 6, RFC 7301 section 3.2. */
function failureOfAlert(description: number, phase: FailurePhase): Failure {
  const reason = description === 116 ? "client_certificate_required" : description === 120 ? "http2_only" : "tls_alert";
  // internal_error (80) is what some load balancers say when they are busy.
  return { reason, phase, code: `alert ${description}`, retriable: description === 80 };
}

/** OpenSSL appends the number to its message; node keeps it nowhere else. */
function alertNumberOf(error: Error): number | undefined {
  const number = /SSL alert number (\d{1,3})\b/.exec(error.message)?.[1];
  return number === undefined || !codeOf(error)?.startsWith("ERR_SSL_") ? undefined : Number(number);
}

/** An error's machine code, if it looks like one. */
function codeOf(error: unknown): string | undefined {
  const codes = causesOf(error).map((cause) => (cause as { code?: unknown }).code);
  return codes.find((code): code is string => typeof code === "string" && /^[A-Z][A-Z0-9_]{1,80}$/.test(code));
}

function causesOf(error: unknown): readonly Error[] {
  const causes: Error[] = [];
  for (let next = error; next instanceof Error && causes.length < MAX_CAUSES; next = next.cause) causes.push(next);
  return causes;
}

const MAX_CAUSES = 8;

/** UV_EAI_NODATA and UV_EAI_ADDRFAMILY: the name exists, without an address. node folds them into ENOTFOUND. */
const NO_DATA: readonly unknown[] = [-3007, -3000];

const CODES: Readonly<Record<string, Mapping>> = {
  ENOTFOUND: ["dns_not_found", false],
  ENODATA: ["dns_no_address", false],
  EAI_AGAIN: ["dns_failed", true],
  EAI_FAIL: ["dns_failed", false],
  EAI_SYSTEM: ["dns_failed", true],
  EAI_MEMORY: ["dns_failed", true],

  ECONNREFUSED: ["connect_refused", false],
  ETIMEDOUT: ["connect_timeout", true],
  EHOSTUNREACH: ["network_unreachable", true],
  EHOSTDOWN: ["network_unreachable", true],
  ENETUNREACH: ["network_unreachable", true],
  ENETDOWN: ["network_unreachable", true],
  EADDRNOTAVAIL: ["network_unreachable", true],
  EACCES: ["network_unreachable", false],
  EPERM: ["network_unreachable", false],
  ECONNRESET: ["connection_reset", true],
  ECONNABORTED: ["connection_reset", true],
  EPIPE: ["connection_closed", true],
  ERR_STREAM_PREMATURE_CLOSE: ["connection_closed", true],
  EMFILE: ["internal", true],
  ENFILE: ["internal", true],

  EPROTO: ["tls_protocol_error", false],
  // What our own OpenSSL refuses, although the server may be ready to speak it.
  ERR_SSL_UNSUPPORTED_PROTOCOL: ["client_capability", false],
  ERR_SSL_NO_PROTOCOLS_AVAILABLE: ["client_capability", false],
  ERR_SSL_VERSION_TOO_LOW: ["client_capability", false],
  ERR_SSL_DH_KEY_TOO_SMALL: ["client_capability", false],
  ERR_SSL_EE_KEY_TOO_SMALL: ["client_capability", false],
  ERR_SSL_CA_KEY_TOO_SMALL: ["client_capability", false],
  ERR_SSL_CA_MD_TOO_WEAK: ["client_capability", false],
  ERR_SSL_UNSAFE_LEGACY_RENEGOTIATION_DISABLED: ["client_capability", false],
  ERR_SSL_LEGACY_SIGALG_DISALLOWED_OR_UNSUPPORTED: ["client_capability", false],
  ERR_SSL_UNEXPECTED_EOF_WHILE_READING: ["connection_closed", true],

  HPE_HEADER_OVERFLOW: ["http_header_overflow", false],
  ERR_HTTP_CONTENT_LENGTH_MISMATCH: ["body_truncated", true],
};

/** For families of codes that nobody lists. */
const PREFIXES: readonly (readonly [prefix: string, mapping: Mapping])[] = [
  ["EAI_", ["dns_failed", false]],
  ["ERR_SSL_", ["tls_protocol_error", false]],
  ["ERR_TLS_CERT_", ["tls_untrusted", false]],
  ["HPE_", ["http_protocol_error", false]],
  ["Z_", ["body_undecodable", false]],
  ["ERR__ERROR_FORMAT_", ["body_undecodable", false]],
  ["ERR_BROTLI_", ["body_undecodable", false]],
];
