import type { Channel } from "../local/notify-config.ts";
import { type HistoryStore, StoreFailure } from "../model/history-store.ts";
import { type Clock, DAY, HOUR, type Instant, SECOND } from "../model/instant.ts";
import type { DeliveryProblem, OutboxMessage } from "../model/notification.ts";
import { composeMessages } from "../tell/notify/compose.ts";
import { readPayload } from "../tell/notify/payload.ts";
import { problemWords } from "../tell/notify/words.ts";
import { checkpoint } from "./checkpoint.ts";
import { type NotifyPorts, type SendOutcome, secretsOf, sendMessage } from "./send-message.ts";

export interface NotificationResult {
  /** Messages made of what was pending. */
  readonly queued: number;
  readonly sent: number;
  /** Not arrived; tried again later. */
  readonly failed: number;
  /** Given up. */
  readonly dead: number;
  /** For the report and stderr. */
  readonly notices: readonly string[];
}

/**
 * Tells what is to be told: alerts become messages in the outbox, messages that are due are sent. At least once: a message that was sent
 * and not marked goes again under the same id. Never throws for a receiver or the store, takes at most a minute, and changes no verdict.
 */
export async function deliverNotifications(
  history: HistoryStore,
  channels: readonly Channel[],
  ports: NotifyPorts,
  clock: Clock,
  signal: AbortSignal,
): Promise<NotificationResult> {
  const relay = new Relay(history, channels, ports, clock, AbortSignal.any([signal, AbortSignal.timeout(LONGEST_MS)]));
  try {
    await relay.digest();
    await relay.send();
  } catch (error) {
    if (!(error instanceof StoreFailure)) throw error;
    relay.note(`Notifications wait, because the outbox could not be used. ${error.message} ${error.next}`);
  }
  return relay.result();
}

class Relay {
  readonly #history: HistoryStore;
  readonly #channels: readonly Channel[];
  readonly #ports: NotifyPorts;
  readonly #clock: Clock;
  readonly #signal: AbortSignal;
  readonly #failed = new Map<
    string,
    { readonly channel: string; readonly problem: DeliveryProblem; readonly word?: string; readonly next: Instant }
  >();
  readonly #dead: { readonly channel: string; readonly problem: DeliveryProblem }[] = [];
  readonly #notices: string[] = [];
  #queued = 0;
  #sent = 0;

  constructor(history: HistoryStore, channels: readonly Channel[], ports: NotifyPorts, clock: Clock, signal: AbortSignal) {
    this.#history = history;
    this.#channels = channels;
    this.#ports = ports;
    this.#clock = clock;
    this.#signal = signal;
  }

  /** Somebody else may digest at the same time: then what is left is looked at again. */
  async digest(): Promise<void> {
    for (let attempt = 0; attempt < DIGEST_ATTEMPTS; attempt++) {
      const alerts = await this.#history.pendingAlerts();
      if (alerts.length === 0) return;
      const now = this.#clock.now();
      const messages = composeMessages(alerts, this.#channels, now);
      const keys = alerts.map(({ dedupKey }) => dedupKey);
      if (!(await this.#history.queueMessages(keys, messages, now))) continue;
      this.#queued = messages.length;
      checkpoint("alerts-digested");
      return;
    }
  }

  /** A receiver that hiccups is asked again after a few seconds; one that is down, at the next run. */
  async send(): Promise<void> {
    while (!this.#signal.aborted) {
      const before = this.#sent;
      const due = await this.#history.dueMessages(this.#clock.now());
      await Promise.all([...lanesOf(due).values()].map((messages) => this.#sendInOrder(messages)));
      // There may be more than one call gives.
      if (this.#sent > before) continue;
      const waitMs = this.#nextAttempt() - this.#clock.now();
      if (waitMs > LONGEST_WAIT_MS) return;
      await this.#ports.pause(Math.max(0, waitMs), this.#signal);
    }
  }

  note(text: string): void {
    this.#notices.push(text);
  }

  result(): NotificationResult {
    return {
      queued: this.#queued,
      sent: this.#sent,
      failed: this.#failed.size,
      dead: this.#dead.length,
      notices: [...this.#notices, ...this.#failureNotices(), ...this.#deadNotices()],
    };
  }

  /** One channel's messages. Where the channel itself is the trouble, the others wait with it. */
  async #sendInOrder(messages: readonly OutboxMessage[]): Promise<void> {
    for (const message of messages) {
      const outcome = await this.#attempt(message);
      if (outcome.arrived) {
        checkpoint("message-sent");
        await this.#history.messageSent(message.id, this.#clock.now());
        checkpoint("message-marked");
        this.#sent++;
        this.#failed.delete(message.id);
        continue;
      }
      // An attempt that we ended ourselves says nothing about the receiver.
      if (this.#signal.aborted) return;
      await this.#failedAttempt(message, outcome);
      if (!OF_THE_MESSAGE.has(outcome.problem)) return;
    }
  }

  async #attempt(message: OutboxMessage): Promise<SendOutcome> {
    const channel = this.#channels.find(({ id }) => id === message.channel);
    const payload = readPayload(message.payload);
    if (channel === undefined) return { arrived: false, problem: "channel_missing" };
    if (payload === undefined) return { arrived: false, problem: "payload_unreadable" };
    try {
      return await sendMessage(channel, message, payload, { now: this.#clock.now(), signal: this.#signal }, this.#ports);
    } catch {
      // A bug in a format must not end an audit; `notify test` shows it.
      return { arrived: false, problem: "internal" };
    }
  }

  async #failedAttempt(message: OutboxMessage, outcome: Extract<SendOutcome, { readonly arrived: false }>): Promise<void> {
    const { id, channel, createdAt, attempts } = message;
    const { problem, word, retryAfterMs = 0 } = outcome;
    const now = this.#clock.now();
    this.#failed.delete(id);
    if (problem === "payload_unreadable" || (now - createdAt >= GIVE_UP_AFTER_MS && attempts + 1 >= GIVE_UP_AFTER_ATTEMPTS)) {
      this.#dead.push({ channel, problem });
      return this.#history.messageFailed(id, now, problem, "dead");
    }
    const next = now + Math.max(backOffMs(attempts), Math.min(retryAfterMs, DAY));
    this.#failed.set(id, { channel, problem, next, ...(word === undefined ? {} : { word }) });
    return this.#history.messageFailed(id, now, problem, next);
  }

  #nextAttempt(): Instant {
    return [...this.#failed.values()].reduce((soonest, { next }) => Math.min(soonest, next), Number.POSITIVE_INFINITY);
  }

  #failureNotices(): readonly string[] {
    const last = new Map([...this.#failed.values()].map((failure) => [failure.channel, failure]));
    return [...last.values()].map(({ channel, problem, word }) => {
      const configured = this.#channels.find(({ id }) => id === channel);
      const { says, next } = problemWords(problem, configured === undefined ? [] : secretsOf(configured));
      const answer = word === undefined ? "" : ` (${word})`;
      return `The channel ${channel} was not told: ${says}${answer}. What to do: ${next}. The message is kept and tried again.`;
    });
  }

  #deadNotices(): readonly string[] {
    const channels = new Set(this.#dead.map(({ channel }) => channel));
    return [...channels].map((channel) => {
      const dead = this.#dead.filter((message) => message.channel === channel);
      const reasons = [...new Set(dead.map(({ problem }) => problemWords(problem).says))].join("; ");
      return `The channel ${channel} will not be told of ${dead.length === 1 ? "one message" : `${dead.length} messages`}: ${reasons}.`;
    });
  }
}

function lanesOf(messages: readonly OutboxMessage[]): ReadonlyMap<string, readonly OutboxMessage[]> {
  const lanes = new Map<string, OutboxMessage[]>();
  for (const message of messages) lanes.set(message.channel, [...(lanes.get(message.channel) ?? []), message]);
  return lanes;
}

/** 2 s, 8 s, 32 s ... and at most four hours after the `attempts` before this one. */
function backOffMs(attempts: number): number {
  return Math.min(2 * SECOND * 4 ** Math.min(attempts, 10), 4 * HOUR);
}

/** What another message may not suffer from. */
const OF_THE_MESSAGE: ReadonlySet<DeliveryProblem> = new Set(["payload_unreadable", "http_400", "http_413", "http_422"]);
const DIGEST_ATTEMPTS = 3;
/** Both: a clock that jumps ahead makes a message old at once. */
const GIVE_UP_AFTER_MS = 5 * DAY;
const GIVE_UP_AFTER_ATTEMPTS = 5;
/** Overall, and between two attempts of the same run. */
const LONGEST_MS = 60 * SECOND;
const LONGEST_WAIT_MS = 10 * SECOND;
