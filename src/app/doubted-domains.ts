import type { EvidenceKind, EvidenceMap } from "../evidence/kinds.ts";
import type { Observation } from "../evidence/observation.ts";
import { takeoverSign } from "../judge/facts/takeover.ts";
import type { CredentialPort } from "../model/credential-port.ts";
import type { IntegrationKnowledge } from "../model/history-store.ts";
import { lastAnswer } from "./last-answers.ts";

/**
 * The door to secrets, which stays shut to a domain that may have changed hands since its credential was bound: by what `names` come to say of it,
 * and where they say nothing, by what was said the last time.
 */
export function doubtingDomains(
  credentials: CredentialPort,
  names: Promise<readonly Observation[]>,
  knowledge: IntegrationKnowledge,
): CredentialPort {
  const said = async <K extends EvidenceKind>(kind: K, origin: string): Promise<EvidenceMap[K] | undefined> => {
    const asked = (await names).find((one) => one.kind === kind && one.key.origin === origin && one.outcome === "observed");
    return asked?.outcome === "observed"
      ? (asked.evidence as unknown as EvidenceMap[K])
      : lastAnswer(knowledge, kind, (key) => key.origin === origin)?.evidence;
  };
  return {
    ...credentials,
    async resolve(reference, origin) {
      const sign = takeoverSign(await said("domain", origin), await said("registration", origin));
      return credentials.resolve(reference, origin, sign?.since);
    },
  };
}
