import type { RawEvidence } from "../../evidence/redact.ts";
import type { DeclaredClientCertificate, HeldCertificate } from "../../model/client-certificate.ts";
import { ok } from "../../model/result.ts";
import type { Target } from "../../model/target.ts";
import { certificateFacts } from "./certificate-facts.ts";
import { notAsked, observation } from "./outcome.ts";
import type { Probe } from "./probe.ts";

export interface ClientCertificateQuestion {
  readonly target: Target;
  readonly declared: DeclaredClientCertificate;
}

/** What our clients would show to an origin, looked at where it is kept: nobody is asked, and nothing is sent. */
export const clientCertificateProbe: Probe<"client-certificate", ClientCertificateQuestion> = {
  id: "client-certificate",
  kind: "client-certificate",
  bound: () => ({ connections: 0, requests: 0 }),
  observe: ({ target: { origin }, declared }, context) =>
    observation(clientCertificateProbe, { origin }, context, async () => {
      const held = await context.credentials.clientCertificate(declared, origin);
      if (!held.ok) return notAsked(held.error.reason);
      const evidence = evidenceOf(origin, held.value);
      return evidence.chain.length === 0 ? notAsked("evidence_ambiguous", "certificate") : ok(evidence);
    }),
};

function evidenceOf(origin: string, { certificates, key }: HeldCertificate): RawEvidence["client-certificate"] {
  const read = certificates.map(certificateFacts);
  const unreadable = read.indexOf(undefined);
  const chain = read.slice(0, unreadable === -1 ? read.length : unreadable).filter((facts) => facts !== undefined);
  return {
    origin,
    chain,
    keyMatches: key.matches,
    keyMode: key.mode,
    ...(key.reason !== undefined && { keyReason: key.reason }),
  };
}
