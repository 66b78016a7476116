import type { Instant } from "../../model/instant.ts";
import type { HostPace } from "../../model/net-port.ts";
import type { Target } from "../../model/target.ts";
import { HostPacer } from "./pace.ts";

/** Every host that is talked to in a run, by host:port, whichever scopes talk to it. */
export class Hosts {
  readonly #now: () => Instant;
  readonly #pacers = new Map<string, HostPacer>();

  constructor(now: () => Instant) {
    this.#now = now;
  }

  /** The pacer of a target's host, with at most `lanes` lanes from now on. */
  pacerOf(target: Target, lanes: number): HostPacer {
    const host = hostOf(target);
    const known = this.#pacers.get(host);
    known?.narrowTo(lanes);
    const pacer = known ?? new HostPacer(lanes, this.#now);
    this.#pacers.set(host, pacer);
    return pacer;
  }

  /** Throws a `NetFailure` where the host turned us away. Who did so over https is not asked over http instead. */
  mustBeOpen(target: Target): void {
    for (const port of target.port === 80 ? [80, 443] : [target.port]) this.#pacers.get(hostOf({ ...target, port }))?.mustBeOpen();
  }

  paceOf(host: string): HostPace | undefined {
    return this.#pacers.get(host)?.pace;
  }
}

export function hostOf({ host, port }: Pick<Target, "host" | "port">): string {
  return `${host}:${port}`;
}
