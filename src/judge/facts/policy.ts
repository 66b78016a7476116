import type { PolicyPack, PolicyRequirement } from "../../catalog/policies.ts";
import type { Observation } from "../../evidence/observation.ts";
import { type Instant, isoDay } from "../../model/instant.ts";
import type { Integration } from "../../model/integration.ts";
import type { PolicyStanding } from "../../model/report.ts";
import type { RuleResult } from "../rules/rule.ts";
import { answerEach, atOrigin, evidenceOf } from "./aggregate.ts";
import { leafOf } from "./leaf.ts";
import type { PolicyAnswer } from "./policy-answer.ts";
import { certificateAnswer, isCertificateCheck, otherCertificatesAnswer } from "./policy-certificate.ts";
import { serverAnswer } from "./policy-server.ts";
import { secureOrigins, subjectAt } from "./subjects.ts";

/** What a demand is answered from. */
export interface PolicyEvidence {
  readonly integration: Integration;
  readonly observations: {
    readonly tls: readonly Observation<"tls">[];
    readonly "tls-session": readonly Observation<"tls-session">[];
  };
}

/** ISO days are compared: both ends are days on which it holds. */
export function isInForce({ from, until }: Pick<PolicyRequirement, "from" | "until">, asOf: Instant): boolean {
  const day = isoDay(asOf);
  return day >= (from ?? day) && day <= (until ?? day);
}

/** "mozilla-6.0-modern:versions". */
export function requirementWord({ name }: Pick<PolicyPack, "name">, { id }: Pick<PolicyRequirement, "id">): string {
  return `${name}:${id}`;
}

/** One requirement, whether it is in force or not, asked of every address of every https origin. */
export function requirementResults(
  pack: PolicyPack,
  requirement: PolicyRequirement,
  { integration, observations }: PolicyEvidence,
): readonly RuleResult<"complies" | "violated">[] {
  const word = requirementWord(pack, requirement);
  return secureOrigins(integration).flatMap((origin) => {
    const subject = subjectAt(word, origin, integration);
    const hellos = atOrigin(observations.tls, origin);
    const { check } = requirement;
    if (!isCertificateCheck(check)) return answerEach(subject, hellos, (evidence) => serverAnswer(check, evidence));
    const sessions = atOrigin(observations["tls-session"], origin);
    const known = new Set(sessions.flatMap((session) => leafHash(session) ?? []));
    const others = hellos.flatMap((hello) => {
      const evidence = evidenceOf(hello);
      const answer = evidence && otherCertificatesAnswer(check, evidence, (sha256) => known.has(sha256));
      return answer === undefined ? [] : answerEach(subject, [hello], (): PolicyAnswer => answer);
    });
    return [...answerEach(subject, sessions, (session) => certificateAnswer(check, session)), ...others];
  });
}

/**
 * How an integration stands towards each pack, and the first day on which a demand of it begins that what was seen does not meet.
 * Recommendations do not count: who ignores them complies.
 */
export function policyStandings(packs: readonly PolicyPack[], evidence: PolicyEvidence, asOf: Instant): readonly PolicyStanding[] {
  if (secureOrigins(evidence.integration).length === 0) return [];
  return packs.map((pack) => standing(pack, evidence, asOf));
}

function standing(pack: PolicyPack, evidence: PolicyEvidence, asOf: Instant): PolicyStanding {
  const demands = pack.requirements.filter(({ level }) => level === "must");
  const verdicts = demands.filter((demand) => isInForce(demand, asOf)).map((demand) => worstOf(pack, demand, evidence));
  const violated = verdicts.filter((verdict) => verdict === "violated").length;
  const unknown = verdicts.filter((verdict) => verdict === "unobserved").length;
  const next = demands
    .filter(({ from }) => from !== undefined && from > isoDay(asOf))
    .sort((a, b) => ((a.from ?? "") < (b.from ?? "") ? -1 : 1))
    .find((demand) => worstOf(pack, demand, evidence) === "violated");
  return {
    pack: pack.name,
    complies: violated > 0 ? false : unknown > 0 ? null : true,
    violated,
    unknown,
    nextDate: next?.from ?? null,
    nextRequirement: next?.id ?? null,
  };
}

function worstOf(pack: PolicyPack, requirement: PolicyRequirement, evidence: PolicyEvidence): "complies" | "violated" | "unobserved" {
  const outcomes = requirementResults(pack, requirement, evidence).map(({ outcome }) => outcome);
  return (["violated", "unobserved"] as const).find((outcome) => outcomes.includes(outcome)) ?? "complies";
}

function leafHash(session: Observation<"tls-session">): string | undefined {
  const evidence = evidenceOf(session);
  return evidence && leafOf(evidence)?.sha256;
}
