import type { Instant } from "../../model/instant.ts";
import { parseTimestamps, type Timestamp } from "../../pki/timestamps.ts";
import type { HostChain } from "./chains.ts";

/** What logs promised of the leaf: in it, or in the handshake. Empty where there is none that can be read. */
export function timestampsOf({ certificate, timestamps }: Pick<HostChain, "certificate" | "timestamps">): readonly Timestamp[] {
  const lists = [certificate?.extensions.timestamps, timestamps].filter((list) => list !== undefined);
  return lists.flatMap((list) => parseTimestamps(list) ?? []);
}

/** The earliest of them, which root programmes count as the time of issue. */
export function loggedAt(chain: Pick<HostChain, "certificate" | "timestamps">): Instant | undefined {
  const times = timestampsOf(chain).map(({ at }) => at);
  return times.length === 0 ? undefined : Math.min(...times);
}
