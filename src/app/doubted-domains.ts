import type { DomainEvidence } from "../evidence/kinds.ts";
import { type TakeoverSign, takeoverSign } from "../judge/facts/takeover.ts";
import type { CredentialPort } from "../model/credential-port.ts";
import type { IntegrationKnowledge } from "../model/history-store.ts";
import { isPublicName } from "../model/host-name.ts";
import type { Target } from "../model/target.ts";
import { readNames } from "../observe/probes/domain-names.ts";
import type { ProbeContext } from "../observe/probes/probe.ts";
import { lastAnswer } from "./last-answers.ts";
import { type AuditPlan, knownDomain } from "./plan.ts";

/**
 * The door to secrets, which stays shut to a domain that may have changed hands since its credential was bound: by what DNS says now, where it is
 * asked, and by what it and the registry said the last time. Nobody waits for a registry: what it says tonight counts the next time.
 */
export function doubtingDomains(
  { targets, kinds }: Pick<AuditPlan, "targets" | "kinds">,
  knowledge: IntegrationKnowledge,
  { net, credentials, clock }: ProbeContext,
): CredentialPort {
  const namesNow = async (target: Target | undefined): Promise<Pick<DomainEvidence, "ns" | "seen"> | undefined> => {
    if (target === undefined || !kinds.includes("domain") || !isPublicName(target.host)) return undefined;
    const { origin, host } = target;
    const before = knownDomain(knowledge, origin);
    const question = { host, resolution: await net.resolve(target), ...(before !== undefined && { before }), at: clock.now() };
    const names = await readNames((name, type) => net.dns(target, name, type), question);
    return names.ok ? names.value : undefined;
  };
  const signAt = async (origin: string): Promise<TakeoverSign | undefined> => {
    const now = await namesNow(targets.find((one) => one.origin === origin));
    const names: Pick<DomainEvidence, "ns" | "seen"> | undefined = now ?? knownDomain(knowledge, origin);
    return takeoverSign(names, lastAnswer(knowledge, "registration", (key) => key.origin === origin)?.evidence);
  };
  return {
    ...credentials,
    resolve: async (reference, origin) => credentials.resolve(reference, origin, (await signAt(origin))?.since),
    signingKey: async (reference, origin) => credentials.signingKey(reference, origin, (await signAt(origin))?.since),
    shownCertificate: async (declared, origin) => credentials.shownCertificate(declared, origin, (await signAt(origin))?.since),
  };
}
