import { canonicalJson, sha256Hex, uuidV5 } from "../../model/digest.ts";
import type { Instant } from "../../model/instant.ts";
import { type Alert, type AlertKind, type ChannelInterest, type NewMessage, urgencyOf } from "../../model/notification.ts";
import { atLeast } from "../../model/severity.ts";
import { digestOf, matters } from "./digest.ts";
import { incidentsOf } from "./incident.ts";
import type { Payload } from "./payload.ts";

/**
 * Who is told what. The same alerts give the same messages with the same ids and keys, in whatever order they come and however often.
 * The first run ever is recorded, and told to nobody.
 */
export function composeMessages(alerts: readonly Alert[], channels: readonly ChannelInterest[], now: Instant): readonly NewMessage[] {
  const news = withoutFirstRun(alerts);
  return channels.flatMap((channel) => {
    const heard = news.filter((alert) => isHeard(alert, channel));
    return partsFor(channel, heard).map((part) => messageOf(channel, part, now));
  });
}

interface Part {
  readonly payload: Payload;
  readonly of: readonly Alert[];
  readonly thread?: string;
}

function partsFor(channel: ChannelInterest, alerts: readonly Alert[]): readonly Part[] {
  if (channel.type === "pagerduty") {
    return incidentsOf(alerts).map(({ of, ...incident }) => ({ payload: { as: "incident", incident }, of, thread: incident.key }));
  }
  const urgent = channel.mode === "digest" ? [] : matters(alerts.filter((alert) => urgencyOf(alert) === "immediate")).slice(0, MOST_ALONE);
  const alone = new Set(urgent.flat());
  return [
    ...urgent.map((matter) => part(matter, "alert")),
    part(
      alerts.filter((alert) => !alone.has(alert)),
      "digest",
    ),
  ].flat();
}

function part(alerts: readonly Alert[], type: "alert" | "digest"): readonly Part[] {
  const digest = digestOf(alerts, type);
  return digest === undefined ? [] : [{ payload: { as: "digest", digest }, of: alerts }];
}

function messageOf({ id: channel }: ChannelInterest, { payload, of, thread }: Part, createdAt: Instant): NewMessage {
  const dedupKey = `${payload.as}:${sha256Hex(canonicalJson(of.map((alert) => alert.dedupKey).sort()))}`;
  return {
    id: uuidV5(MESSAGE_NAMESPACE, `${channel} ${dedupKey}`),
    channel,
    dedupKey,
    ...(thread === undefined ? {} : { thread }),
    payload: canonicalJson(payload),
    createdAt,
  };
}

/** A run with a baseline of its own is the first one ever: what it found is where we start. That it saw nothing is still worth telling. */
function withoutFirstRun(alerts: readonly Alert[]): readonly Alert[] {
  const first = new Set(alerts.flatMap(({ kind, integration, run }) => (kind === "baseline" && integration === undefined ? [run] : [])));
  return alerts.filter(({ run, kind }) => !first.has(run) || OF_THE_RUN.has(kind));
}

function isHeard(alert: Alert, { type, minSeverity, owner, kinds }: ChannelInterest): boolean {
  // An incident that was opened has to be closed, however mild the finding is by then.
  if (type === "pagerduty" && (alert.kind === "improved" || alert.kind === "resolved")) return owner === undefined || alert.owner === owner;
  if (kinds !== undefined && !kinds.includes(alert.kind)) return false;
  if (owner !== undefined && alert.integration !== undefined && alert.owner !== owner) return false;
  return minSeverity === undefined || alert.severity === undefined || atLeast(alert.severity, minSeverity);
}

const OF_THE_RUN: ReadonlySet<AlertKind> = new Set(["blind", "clock-suspect"]);
/** Messages of their own; what comes after them stands in the digest. */
const MOST_ALONE = 20;
/** UUIDv5 of the URL namespace and "https://apirisk.dev/message". */
const MESSAGE_NAMESPACE = uuidV5("6ba7b811-9dad-11d1-80b4-00c04fd430c8", "https://apirisk.dev/message");
