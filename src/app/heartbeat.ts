import { randomUUID } from "node:crypto";
import type { HeartbeatConfig } from "../local/notify-config.ts";
import { SECOND } from "../model/instant.ts";
import { problemWords } from "../tell/notify/words.ts";
import { type NotifyPorts, problemOf, problemOfStatus, SEND_TIMEOUT_MS } from "./send-message.ts";

/** Tells a dead-man switch that this run began and how it ended: what nobody else can tell is that no run came at all. */
export interface Heartbeat {
  /** Call it once, whatever happened. `counts` is the whole body. Returns notices; never throws, and never changes the exit code. */
  finish(exitCode: number, counts: Readonly<Record<string, number>>): Promise<readonly string[]>;
}

type HeartbeatPorts = Pick<NotifyPorts, "delivery" | "secrets" | "pause">;

/**
 * Begins: `<url>/start?rid=<uuid>` is on its way and nobody waits for it; `finish` sends `<url>/<exit code>?rid=<uuid>`
 * (https://healthchecks.io/docs/http_api/). Without a configuration it is silent.
 */
export function startHeartbeat(config: HeartbeatConfig | undefined, ports: HeartbeatPorts): Heartbeat {
  if (config === undefined) return { finish: async () => [] };
  const rid = randomUUID();
  const started = ping(config, "/start", rid, "", ports);
  return {
    async finish(exitCode, counts) {
      const problems = [await started, await ping(config, `/${exitCode}`, rid, JSON.stringify(counts), ports)];
      return [...new Set(problems.filter((problem) => problem !== undefined))];
    },
  };
}

/** Undefined when it arrived, else a notice. */
async function ping(config: HeartbeatConfig, path: string, rid: string, body: string, ports: HeartbeatPorts): Promise<string | undefined> {
  const { signal } = new AbortController();
  const url = await ports.secrets.resolve(config.url);
  if (!url.ok) return `No heartbeat was sent: ${url.error.detail}. ${url.error.next}`;
  for (let attempt = 1; ; attempt++) {
    const sent = await ports.delivery.post({
      url: url.value,
      below: { path, query: { rid } },
      contentType: "application/json",
      body,
      allowPrivate: config.allowPrivate,
      timeoutMs: SEND_TIMEOUT_MS,
      signal,
    });
    if (sent.ok && sent.value.status <= 299) return undefined;
    const { says, next } = problemWords(sent.ok ? problemOfStatus(sent.value.status) : problemOf(sent.error));
    const isWorthAnother = sent.ok ? sent.value.status >= 500 || sent.value.status === 429 : sent.error.retriable;
    if (attempt >= MOST_ATTEMPTS || !isWorthAnother) return `The heartbeat did not arrive: ${says}. What to do: ${next}.`;
    await ports.pause(SECOND, signal);
  }
}

const MOST_ATTEMPTS = 3;
