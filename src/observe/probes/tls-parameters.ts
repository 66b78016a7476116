import type { TlsEvidence } from "../../evidence/kinds.ts";
import type { Depth } from "../../model/depth.ts";
import { ok } from "../../model/result.ts";
import { observation } from "./outcome.ts";
import type { AddressQuestion, Probe } from "./probe.ts";
import { type EnumerationNet, enumerateTls } from "./tls-enumeration.ts";
import { tlsEvidence } from "./tls-evidence.ts";
import { negotiatedIn, type SessionSeen } from "./tls-negotiated.ts";
import { rememberedFrom } from "./tls-remembered.ts";

export interface ParametersQuestion extends AddressQuestion {
  readonly depth: Depth;
  readonly lanes: number;
  /** Connections that are left for it; its bound holds as well. */
  readonly budget?: number;
  /** Of the last time that this address was asked. */
  readonly before?: TlsEvidence;
  /** Of our own connection to this address, moments ago. */
  readonly session?: SessionSeen;
}

/**
 * What one address accepts: versions, cipher suites, groups, signature schemes, certificates and features, as far as the depth goes.
 * Few connections are needed as a rule; the bound holds for the servers that accept everything, and for those that have to be asked twice.
 */
export const tlsParametersProbe: Probe<"tls", ParametersQuestion> = {
  id: "tls-parameters",
  kind: "tls",
  bound: (depth) => ({ connections: MOST[depth], requests: 0 }),
  observe: async ({ target, address, depth: wanted, lanes, budget = Number.POSITIVE_INFINITY, before, session }, context) => {
    let connections = 0;
    const seen = await observation(tlsParametersProbe, { origin: target.origin, address }, context, async () => {
      const now = context.clock.now();
      const remembered = before === undefined ? undefined : rememberedFrom(before, now);
      // Half a list judges nothing, and a verdict on everything costs less.
      const depth = budget < ENOUGH_TO_LIST && remembered === undefined ? "quick" : wanted;
      const most = Math.min(budget, MOST[depth]);
      const negotiated = session === undefined ? undefined : negotiatedIn(session);
      const known = { ...(remembered !== undefined && { remembered }), ...(negotiated !== undefined && { negotiated }) };
      const question = { target, address, depth, lanes, budget: most, ...known };
      const found = await enumerateTls(
        question,
        counting(context.net, () => (connections += 1)),
      );
      if (!found.ok) return found;
      const sessionLeaf = session?.chain[0]?.sha256;
      const others = { ...(before !== undefined && { before }), ...(sessionLeaf !== undefined && { sessionLeaf }) };
      return ok(tlsEvidence({ address, depth, reduced: depth !== wanted, now, ...others }, found.value));
    });
    return { ...seen, connections };
  },
};

function counting(net: EnumerationNet, count: () => void): EnumerationNet {
  return {
    exchangeOffer: (...asked) => {
      count();
      return net.exchangeOffer(...asked);
    },
    exchangeSsl2: (...asked) => {
      count();
      return net.exchangeSsl2(...asked);
    },
    pause: (ms) => net.pause(ms),
  };
}

const MOST: Readonly<Record<Depth, number>> = { quick: 9, standard: 160, full: 200 };
/** What a well-kept server takes at depth standard, and a little more. */
const ENOUGH_TO_LIST = 30;
