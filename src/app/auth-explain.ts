import { type AuthAssessment, authAssessment, cheapestStep } from "../judge/facts/auth-assessment.ts";
import { providerOf, schemeOf } from "../judge/facts/auth-offers.ts";
import { credentialLocation } from "../judge/facts/credential.ts";
import { type AuthExplanation, type BlastRadius, EXPLANATION_SCHEMA_VERSION, type TermLevel } from "../model/auth-strength.ts";
import type { Integration } from "../model/integration.ts";

/** How strong the authentication of an integration is as it is declared, and why. Asks nobody. */
export function explainAuth(integration: Integration): AuthExplanation {
  const provider = providerOf(integration);
  const assessment = authAssessment(integration);
  return {
    schemaVersion: EXPLANATION_SCHEMA_VERSION,
    integration: integration.id,
    scheme: schemeOf(integration.auth) ?? null,
    in: credentialLocation(integration) ?? null,
    provider: provider === undefined ? null : { name: provider.provider, facts: provider.facts },
    ...(assessment === undefined ? NOTHING : explained(assessment, integration)),
  };
}

const NOTHING = {
  strength: null,
  fromProvider: [],
  blastRadius: null,
  floor: null,
  step: null,
  better: "unknown",
  offers: [],
} as const;

function explained(assessment: AuthAssessment, integration: Integration) {
  const { strength, fromProvider, floor, meetsFloor, offers, steps, provider, mayHaveBetter } = assessment;
  const isOpen = provider === undefined || mayHaveBetter;
  return {
    strength,
    fromProvider,
    blastRadius: blastRadius(assessment, integration),
    floor: floor === undefined ? null : { ...floor, met: isMet(meetsFloor) },
    step: cheapestStep(assessment) ?? null,
    better: steps.length > 0 ? "yes" : isOpen ? "unknown" : "no",
    offers,
  } as const;
}

function isMet(meetsFloor: boolean | undefined): "yes" | "no" | "unknown" {
  if (meetsFloor === undefined) return "unknown";
  return meetsFloor ? "yes" : "no";
}

/** The three parts of the last question, which is about whoever has got it. */
function blastRadius({ strength: { terms } }: AuthAssessment, { dataClasses, endpoints, environment }: Integration): BlastRadius {
  const wordsOf = (question: string) => {
    const term = terms.find((one) => one.question === question);
    return term === undefined ? "" : rangeWords(term.low, term.high);
  };
  return {
    scope: wordsOf("scope"),
    lasts: wordsOf("expiry"),
    ends: wordsOf("revocation"),
    dataClasses: [...new Set([...dataClasses, ...endpoints.flatMap(({ expect }) => expect.classes ?? [])])],
    environment,
  };
}

function rangeWords(low: TermLevel, high: TermLevel): string {
  return low.level === high.level ? low.why : `not declared; at worst: ${low.why}`;
}
