import type { Instant } from "./instant.ts";
import type { NetResult } from "./net-port.ts";
import type { Secret } from "./secret.ts";

/**
 * The door through which messages leave: to receivers that the user named in their own configuration, never to what an inventory names.
 * The same resolver, address policy and proxies as for probes; no redirect is followed, and nothing is repeated here.
 * Secrets are put in place behind this door only.
 */
export interface DeliveryPort {
  post(delivery: HttpDelivery): Promise<NetResult<HttpDeliveryAnswer>>;
  mail(delivery: MailDelivery): Promise<NetResult<MailDeliveryAnswer>>;
}

interface Delivery {
  /** The receiver stands in our own network: private addresses, and unencrypted transport to them, are allowed. */
  readonly allowPrivate: boolean;
  /** Absolute bound on the whole delivery. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

export interface HttpDelivery extends Delivery {
  /** Absolute URL. A secret as a whole: whoever knows it can write to the channel. */
  readonly url: Secret;
  /** Added to the path of the URL, and to its query. */
  readonly below?: { readonly path: string; readonly query: Readonly<Record<string, string>> };
  readonly contentType: string;
  readonly body: string;
  /** A secret that the receiver expects as a member of the JSON object in `body`. */
  readonly member?: { readonly name: string; readonly value: Secret };
  /** Standard Webhooks headers: `id` and `at` always, a signature for each key. */
  readonly signature?: { readonly id: string; readonly at: Instant; readonly keys: readonly Secret[] };
}

export interface HttpDeliveryAnswer {
  /** 200..599 */
  readonly status: number;
  /** A single machine word that was the whole answer (`no_service`); of any other answer nothing is kept. */
  readonly word?: string;
  readonly retryAfterSeconds?: number;
}

export interface MailDelivery extends Delivery {
  readonly host: string;
  readonly port: number;
  /** `none` only with `allowPrivate`. */
  readonly security: "tls" | "starttls" | "none";
  readonly login?: { readonly user: string; readonly password: Secret };
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  /** Left part of the Message-ID. */
  readonly id: string;
}

/** `accepted` with the number of recipients the server took; else what it refused with. */
export type MailDeliveryAnswer =
  | { readonly accepted: number }
  | { readonly refused: "auth" | "no-starttls" | "other" /** SMTP reply, 400..599. */; readonly status?: number };
