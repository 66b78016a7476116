import type { Alert, ChannelInterest } from "../../../src/model/notification.ts";
import { NOON } from "../../remember/samples.ts";

/** A change that somebody should act on now, unless said otherwise. */
export function anAlert(n: number | string, over: Partial<Alert> = {}): Alert {
  return {
    dedupKey: `fp-${n}:new:0`,
    at: NOON,
    run: "01KARB3PWQ8Z3N7XJ9Q2000000",
    kind: "new",
    cause: "target",
    integration: "acme",
    owner: "payments",
    rule: "certificate/expired",
    title: "The certificate has expired",
    severity: "high",
    fingerprint: `fp-${n}`,
    ...over,
  };
}

export function aChannel(over: Partial<ChannelInterest> = {}): ChannelInterest {
  return { id: "ops", type: "slack", mode: "digest", ...over };
}

/** What attacks a chat, a mail, a log or a terminal. */
export const HOSTILE =
  "<!channel> <@U024BE7LR> @here @everyone [click](https://evil.example) <https://evil.example|bank> *b* {{DATE(2026-01-01,SHORT)}} <at>all</at>" +
  " &amp; \r\nBcc: victim@evil.example\r\n\r\n.\r\nRCPT TO:<x> \u202egnp.exe \u001b[31m \u0000 \u{e0041} ::error::x ##vso[x]";
