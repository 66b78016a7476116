import type { DomainEvidence } from "../../evidence/kinds.ts";
import type { NetResult, Resolution } from "../../model/net-port.ts";
import { ok } from "../../model/result.ts";
import type { Target } from "../../model/target.ts";
import { caaInForce } from "./domain-caa.ts";
import { readNames } from "./domain-names.ts";
import { observation } from "./outcome.ts";
import type { Probe } from "./probe.ts";

export interface DomainQuestion {
  /** Its host is a name that public DNS may answer for. */
  readonly target: Target;
  /** What the audit's own look-up came to. */
  readonly resolution: NetResult<Resolution>;
  /** The last time that there was an answer. */
  readonly before?: DomainEvidence;
}

/** What DNS says of the host of an origin. Nothing of it is asked of the provider, and no connection is opened to it. */
export const domainProbe: Probe<"domain", DomainQuestion> = {
  id: "domain",
  kind: "domain",
  bound: () => ({ connections: 0, requests: 0 }),
  observe: ({ target, ...question }, context) =>
    observation(domainProbe, { origin: target.origin }, context, async () => {
      const { host } = target;
      const names = await readNames((name, type) => context.net.dns(target, name, type), { host, ...question, at: context.clock.now() });
      if (!names.ok) return names;
      return ok({ ...names.value, caa: await caaInForce((name, type) => context.net.dns(target, name, type), host) });
    }),
};
