import type { DnsAnswer, DnsType, NetResult } from "../../model/net-port.ts";

/** A question to DNS on behalf of one target. */
export type AskDns = <T extends DnsType>(name: string, type: T) => Promise<NetResult<DnsAnswer<T>>>;
