import type { NetResult } from "./net-port.ts";

/** What authorities answered in this run: many integrations want to know the same of them. */
export interface RunMemo {
  /** Asks at most once for a key, at whose cost it may be; again only where the failure was of whoever asked, and not of who was asked. */
  once(key: string, ask: () => Promise<NetResult<Uint8Array>>): Promise<NetResult<Uint8Array>>;
}
