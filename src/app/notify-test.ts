import { randomUUID } from "node:crypto";
import type { Channel } from "../local/notify-config.ts";
import type { Clock } from "../model/instant.ts";
import type { DeliveryProblem } from "../model/notification.ts";
import type { Payload } from "../tell/notify/payload.ts";
import { problemWords } from "../tell/notify/words.ts";
import { type NotifyPorts, secretsOf, sendMessage } from "./send-message.ts";

export interface ChannelTest {
  readonly channel: string;
  readonly type: Channel["type"];
  readonly delivered: boolean;
  /** What it answered, in our words. */
  readonly answer: string;
  readonly problem: DeliveryProblem | null;
  readonly next: string | null;
  readonly durationMs: number;
}

/** Sends a message that says that it is a test to each channel, once. Nothing goes into the outbox. */
export async function testChannels(
  channels: readonly Channel[],
  ports: NotifyPorts,
  clock: Clock,
  signal: AbortSignal,
): Promise<readonly ChannelTest[]> {
  return Promise.all(channels.map((channel) => testChannel(channel, ports, clock, signal)));
}

async function testChannel(channel: Channel, ports: NotifyPorts, clock: Clock, signal: AbortSignal): Promise<ChannelTest> {
  const before = clock.monotonic();
  const message = { id: randomUUID(), createdAt: clock.now() };
  let outcome = await sendMessage(channel, message, testPayload(channel, message, "trigger"), { now: clock.now(), signal }, ports);
  // A pager's test incident is closed at once.
  if (channel.type === "pagerduty" && outcome.arrived) {
    outcome = await sendMessage(channel, message, testPayload(channel, message, "resolve"), { now: clock.now(), signal }, ports);
  }
  const told = { channel: channel.id, type: channel.type, durationMs: Math.round(clock.monotonic() - before) };
  if (outcome.arrived) return { ...told, delivered: true, answer: outcome.answer, problem: null, next: null };
  const { says, next } = problemWords(outcome.problem, secretsOf(channel));
  const answer = outcome.word === undefined ? says : `${says} (${outcome.word})`;
  return { ...told, delivered: false, answer, problem: outcome.problem, next };
}

function testPayload(
  { type }: Channel,
  { id, createdAt }: { readonly id: string; readonly createdAt: number },
  action: "trigger" | "resolve",
): Payload {
  if (type === "pagerduty") {
    return { as: "incident", incident: { action, key: `apirisk-test-${id}`, kind: "test", severity: "info", at: createdAt } };
  }
  const counts = { immediate: 0, digest: 0, newlyDetected: 0, unstable: 0, baseline: 0 };
  return { as: "digest", digest: { type: "test", lines: [], more: 0, counts } };
}
