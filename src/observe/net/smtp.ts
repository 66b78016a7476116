import type { Socket } from "node:net";
import type { SecureContext } from "node:tls";
import type { MailDelivery, MailDeliveryAnswer } from "../../model/delivery-port.ts";
import { inPhase } from "./deadline.ts";
import { NetFailure } from "./failure.ts";
import { whileAlive } from "./socket.ts";

export interface MailSettings {
  readonly life: AbortSignal;
  readonly timeoutMs: number;
  /** Whom to believe when the server is asked to speak TLS. */
  readonly secureContext: SecureContext;
}

/**
 * One mail over a socket that is connected, vetted and, with `tls`, secured; it is gone afterwards. With `starttls` nothing but the
 * greeting is said before the certificate was judged. Throws a `NetFailure`, or the socket's error.
 */
export async function exchangeMail(socket: Socket, delivery: MailDelivery, settings: MailSettings): Promise<MailDeliveryAnswer> {
  const { createTransport } = await import("nodemailer");
  const { host, port, security, login, timeoutMs, from, to, subject, text, id } = delivery;
  const transport = createTransport({
    host,
    port,
    connection: socket,
    secure: security === "tls",
    secured: security === "tls",
    requireTLS: security === "starttls",
    ignoreTLS: security === "none",
    tls: { secureContext: settings.secureContext, rejectUnauthorized: true },
    // What we would say of ourselves otherwise is the name of this machine.
    name: "apirisk.invalid",
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    socketCloseTimeout: 0,
    maxResponseSize: MOST_RESPONSE_BYTES,
    ...(login === undefined ? {} : { auth: { user: login.user, pass: login.password.reveal() }, forceAuth: true }),
  });
  try {
    return await inPhase(settings.life, { phase: "request", ms: timeoutMs, late: "deadline_exceeded" }, (signal) =>
      whileAlive(socket, signal, async () => {
        try {
          const domain = from.slice(from.lastIndexOf("@") + 1);
          const mail = {
            // As objects: a text would be parsed for more addresses than one.
            from: { name: "", address: from },
            to: to.map((address) => ({ name: "", address })),
            subject,
            text,
            messageId: `<${id}@${domain}>`,
            disableFileAccess: true,
            disableUrlAccess: true,
          };
          const { accepted } = await transport.sendMail({ ...mail, headers: { "Auto-Submitted": "auto-generated" } });
          return { accepted: accepted?.length ?? 0 };
        } catch (error) {
          signal.throwIfAborted();
          const refusal = refusalOf(error as MailError);
          if (refusal === undefined) throw netFailure(error as MailError);
          return refusal;
        }
      }),
    );
  } finally {
    transport.close();
    socket.destroy();
  }
}

interface MailError {
  readonly code?: unknown;
  readonly originalCode?: unknown;
  readonly responseCode?: unknown;
  readonly command?: unknown;
}

/** What the server said no with, or undefined where the connection failed. nodemailer's codes only: its messages quote the server. */
function refusalOf({ code, responseCode, command }: MailError): MailDeliveryAnswer | undefined {
  const isReply = typeof responseCode === "number" && responseCode >= 400 && responseCode <= 599;
  const status = isReply ? { status: responseCode } : {};
  if (code === "EAUTH" || code === "ENOAUTH") return { refused: "auth", ...status };
  if (isReply && command === "STARTTLS") return { refused: "no-starttls", ...status };
  return isReply || code === "EPROTOCOL" || code === "EENVELOPE" || code === "EMESSAGE" ? { refused: "other", ...status } : undefined;
}

/** nodemailer puts its own code in the place of node's, which it keeps aside. */
function netFailure(error: MailError): unknown {
  const { code, originalCode } = error;
  const original = typeof originalCode === "string" ? originalCode : "";
  if (CERTIFICATE_CODE.test(original)) return failure("tls_untrusted", original, false);
  if (original !== "") return Object.assign(new Error("SMTP"), { code: original });
  if (code === "ECONNECTION" || code === "ESOCKET") return failure("connection_closed", "ECONNECTION", true);
  return code === "ETLS" ? failure("tls_protocol_error", "ETLS", false) : error;
}

function failure(reason: "tls_untrusted" | "connection_closed" | "tls_protocol_error", code: string, retriable: boolean): NetFailure {
  return new NetFailure({ reason, phase: reason === "connection_closed" ? "request" : "tls", code, retriable });
}

/** What node says of a certificate that it does not believe (X509_V_ERR names, and its own for the host name). */
const CERTIFICATE_CODE = /^[A-Z0-9_]*(CERT|SELF_SIGNED|ISSUER|VERIFY|ALTNAME|CRL)[A-Z0-9_]*$/;
const MOST_RESPONSE_BYTES = 16 * 1024;
