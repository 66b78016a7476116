import type { Channel, NotifyConfig } from "../local/notify-config.ts";
import type { OwnSecretsPort } from "../model/credential-port.ts";
import type { DeliveryPort, HttpDelivery } from "../model/delivery-port.ts";
import type { Failure } from "../model/failure.ts";
import { type Instant, SECOND } from "../model/instant.ts";
import type { DeliveryProblem, NewMessage } from "../model/notification.ts";
import type { Result } from "../model/result.ts";
import { Secret } from "../model/secret.ts";
import type { Digest } from "../tell/notify/digest.ts";
import { documentOf } from "../tell/notify/document.ts";
import { mailText } from "../tell/notify/email.ts";
import type { Incident } from "../tell/notify/incident.ts";
import { pagerdutyBody } from "../tell/notify/pagerduty.ts";
import type { Payload } from "../tell/notify/payload.ts";
import { slackBody } from "../tell/notify/slack.ts";
import { teamsBody } from "../tell/notify/teams.ts";

export interface NotifyPorts {
  readonly delivery: DeliveryPort;
  readonly secrets: OwnSecretsPort;
  /** Runs a program with `input` on its standard input; the error is a sentence without any of its output. */
  readonly run: (argv: readonly string[], input: string, timeoutMs: number) => Promise<Result<unknown, string>>;
  /** Ends early, without an error, when the signal is aborted. */
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** `answer`: what the receiver said, in our words. */
export type SendOutcome =
  | { readonly arrived: true; readonly answer: string }
  | {
      readonly arrived: false;
      readonly problem: DeliveryProblem /** A machine word of the receiver. */;
      readonly word?: string;
      readonly retryAfterMs?: number;
    };

export interface SendContext {
  readonly now: Instant;
  readonly signal: AbortSignal;
}

/** One message to one channel, once. Never throws for what a receiver does. */
export async function sendMessage(
  channel: Channel,
  message: Pick<NewMessage, "id" | "createdAt">,
  payload: Payload,
  context: SendContext,
  ports: NotifyPorts,
): Promise<SendOutcome> {
  if (channel.type === "pagerduty") {
    return payload.as === "incident" ? page(channel, payload.incident, context, ports) : failed("payload_unreadable");
  }
  return payload.as === "digest" ? write(channel, message, payload.digest, context, ports) : failed("payload_unreadable");
}

type Of<T extends Channel["type"]> = Extract<Channel, { readonly type: T }>;

function write(
  channel: Exclude<Channel, Of<"pagerduty">>,
  message: Pick<NewMessage, "id" | "createdAt">,
  digest: Digest,
  context: SendContext,
  ports: NotifyPorts,
): Promise<SendOutcome> {
  switch (channel.type) {
    case "slack":
      return post(channel, { body: slackBody(digest) }, context, ports);
    case "teams":
      return post(channel, { body: teamsBody(digest) }, context, ports);
    case "webhook":
      return signed(channel, message, documentOf(digest, message), context, ports);
    case "email":
      return mail(channel, message, digest, context, ports);
    case "command":
      return run(channel, documentOf(digest, message), ports);
  }
}

/** References that cannot be read here and now, such as env:NAME. */
export async function unreadableSecrets({ channels, heartbeat }: NotifyConfig, { secrets }: NotifyPorts): Promise<readonly string[]> {
  const references = [...new Set([...channels.flatMap(secretsOf), ...(heartbeat === undefined ? [] : [heartbeat.url])])];
  const read = await Promise.all(references.map(async (reference) => ({ reference, ok: (await secrets.resolve(reference)).ok })));
  return read.filter(({ ok }) => !ok).map(({ reference }) => reference);
}

/** References to the secrets that a channel needs, as its configuration names them. */
export function secretsOf(channel: Channel): readonly string[] {
  const {
    url,
    signingKeys = [],
    routingKey,
    password,
  } = channel as {
    readonly url?: string;
    readonly signingKeys?: readonly string[];
    readonly routingKey?: string;
    readonly password?: string;
  };
  return [url, ...signingKeys, routingKey, password].filter((reference) => reference !== undefined);
}

async function signed(
  channel: Of<"webhook">,
  { id }: Pick<NewMessage, "id">,
  body: string,
  context: SendContext,
  ports: NotifyPorts,
): Promise<SendOutcome> {
  const keys = await Promise.all(channel.signingKeys.map((reference) => ports.secrets.resolve(reference)));
  const revealed = keys.flatMap((key) => (key.ok ? [key.value] : []));
  if (revealed.length < keys.length) return failed("secret_unavailable");
  return post(channel, { body, signature: { id, at: context.now, keys: revealed } }, context, ports);
}

/** Events API v2. The fingerprint of the finding is its key, so that a repetition opens nothing new. */
async function page(channel: Of<"pagerduty">, incident: Incident, context: SendContext, ports: NotifyPorts): Promise<SendOutcome> {
  const key = await ports.secrets.resolve(channel.routingKey);
  if (!key.ok) return failed("secret_unavailable");
  const body = { body: pagerdutyBody(incident), member: { name: "routing_key", value: key.value } };
  return post(channel, body, context, ports, new Secret(PAGERDUTY[channel.region]));
}

async function post(
  { url: reference, allowPrivate }: { readonly url?: string; readonly allowPrivate: boolean },
  content: Pick<HttpDelivery, "body" | "member" | "signature">,
  { signal }: SendContext,
  ports: NotifyPorts,
  otherwise?: Secret,
): Promise<SendOutcome> {
  const found = reference === undefined ? undefined : await ports.secrets.resolve(reference);
  const url = found === undefined ? otherwise : found.ok ? found.value : undefined;
  if (url === undefined) return failed("secret_unavailable");
  const sent = await ports.delivery.post({
    url,
    allowPrivate,
    contentType: "application/json",
    timeoutMs: SEND_TIMEOUT_MS,
    signal,
    ...content,
  });
  if (!sent.ok) return failed(problemOf(sent.error));
  const { status, word, retryAfterSeconds } = sent.value;
  if (status >= 200 && status <= 299) return { arrived: true, answer: `HTTP ${status}` };
  return {
    ...failed(problemOfStatus(status)),
    ...(word === undefined ? {} : { word }),
    ...(retryAfterSeconds === undefined ? {} : { retryAfterMs: retryAfterSeconds * SECOND }),
  };
}

async function mail(
  channel: Of<"email">,
  { id }: Pick<NewMessage, "id">,
  digest: Digest,
  { signal }: SendContext,
  { secrets, delivery }: NotifyPorts,
): Promise<SendOutcome> {
  const { host, port, security, user, password: reference, from, to, allowPrivate } = channel;
  const password = reference === undefined ? undefined : await secrets.resolve(reference);
  if (password?.ok === false) return failed("secret_unavailable");
  const login = user === undefined || password === undefined ? {} : { login: { user, password: password.value } };
  const bounds = { allowPrivate, timeoutMs: SEND_TIMEOUT_MS, signal };
  const sent = await delivery.mail({ host, port, security, from, to, id, ...login, ...mailText(digest), ...bounds });
  if (!sent.ok) return failed(problemOf(sent.error));
  const answer = sent.value;
  if ("accepted" in answer) return { arrived: true, answer: `accepted for ${answer.accepted} of ${to.length}` };
  if (answer.refused === "auth") return failed("smtp_auth");
  if (answer.refused === "no-starttls") return failed("smtp_no_starttls");
  return failed(answer.status === undefined ? "smtp_failed" : `smtp_${answer.status}`);
}

async function run({ argv }: Of<"command">, input: string, ports: NotifyPorts): Promise<SendOutcome> {
  const ended = await ports.run(argv, input, SEND_TIMEOUT_MS);
  return ended.ok ? { arrived: true, answer: "exit 0" } : failed("command_failed");
}

/** Of an answer that is no success. */
export function problemOfStatus(status: number): DeliveryProblem {
  return status <= 399 ? "redirected" : `http_${status}`;
}

export function problemOf({ reason, code }: Failure): DeliveryProblem {
  return code === "ERR_INVALID_URL" ? "url_invalid" : reason;
}

function failed(problem: DeliveryProblem): Extract<SendOutcome, { readonly arrived: false }> {
  return { arrived: false, problem };
}

/** Of one message, whatever its way. */
export const SEND_TIMEOUT_MS = 10 * SECOND;

/** https://developer.pagerduty.com/docs/events-api-v2/overview/ and its European service region. */
const PAGERDUTY = {
  us: "https://events.pagerduty.com/v2/enqueue",
  eu: "https://events.eu.pagerduty.com/v2/enqueue",
} as const;
