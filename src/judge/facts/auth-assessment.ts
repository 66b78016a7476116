import type { AuthProvider } from "../../catalog/auth-providers.ts";
import { authSchemeFacts } from "../../catalog/auth-schemes.ts";
import { dataClassFacts } from "../../catalog/data-classes.ts";
import { BANDS, type Band, type ScoreRange, type Strength, type StrengthStep } from "../../model/auth-strength.ts";
import type { DataClass } from "../../model/data-class.ts";
import type { Integration, IntegrationAuth } from "../../model/integration.ts";
import type { OutcomeDefinition } from "../rules/rule.ts";
import { authAttributes } from "./auth-attributes.ts";
import { cheapestFirst, completedAuth, offeredStep, ownSteps, providerOf } from "./auth-offers.ts";
import { isAtLeast, strengthOf } from "./auth-strength.ts";

/** How strong our way in is, what it has to be, and what would be stronger. */
export interface AuthAssessment {
  /** As declared, completed by what is known of the provider. */
  readonly auth: IntegrationAuth;
  readonly fromProvider: readonly string[];
  readonly strength: Strength;
  readonly provider: AuthProvider | undefined;
  readonly floor: Floor | undefined;
  /** Undefined where nothing asks for a floor, and where the range lies on both sides of it. */
  readonly meetsFloor: boolean | undefined;
  /** Everything that is known of the provider. */
  readonly offers: readonly StrengthStep[];
  /** What is sure to be stronger, and known to exist; cheapest first. */
  readonly steps: readonly StrengthStep[];
  /** Something offered may be stronger; ours is not told well enough, or the offer is not known well enough. */
  readonly mayHaveBetter: boolean;
}

export interface Floor {
  readonly band: Band;
  /** The first that asks for so much. */
  readonly dataClass: DataClass;
}

/** Undefined where nothing is declared of how we are let in. */
export function authAssessment(integration: Integration): AuthAssessment | undefined {
  const provider = providerOf(integration);
  const { auth, fromProvider } = completedAuth(integration.auth, provider);
  const attributes = authAttributes({ ...integration, auth });
  if (attributes === undefined) return undefined;
  const strength = strengthOf(attributes);
  const floor = floorOf(integration);
  const offers = (provider?.offers ?? []).map((offer) => offeredStep(offer, auth)).sort((a, b) => a.low.value - b.low.value);
  const sure = offers.filter(({ low, confidence }) => confidence !== "unverified" && low.value > strength.high.value);
  const steps = cheapestFirst([...sure, ...ownSteps(integration, auth, strength)]);
  return {
    auth,
    fromProvider,
    strength,
    provider,
    floor,
    meetsFloor: floor === undefined ? undefined : verdictOf(strength, floor.band),
    offers,
    steps,
    mayHaveBetter: offers.some(({ low, confidence }) => confidence !== "unverified" && low.value > strength.low.value),
  };
}

/** The cheapest that gets to the floor, or else the cheapest of all. */
export function cheapestStep({ steps, floor }: AuthAssessment): StrengthStep | undefined {
  return steps.find((step) => floor !== undefined && isAtLeast(step.low.band, floor.band)) ?? steps[0];
}

export function isBelowFloorWithStep({ meetsFloor, steps }: AuthAssessment): boolean {
  return meetsFloor === false && steps.length > 0;
}

/** The highest floor of everything that is declared to travel; none where nothing is declared, or nothing that needs one. */
export function floorOf(integration: Pick<Integration, "dataClasses" | "customClasses" | "endpoints">): Floor | undefined {
  const { dataClasses, endpoints } = integration;
  const { floors } = authSchemeFacts();
  const [highest] = [...dataClasses, ...endpoints.flatMap(({ expect }) => expect.classes ?? [])]
    .map((dataClass) => ({ dataClass, band: floors[dataClassFacts(dataClass, integration).group] }))
    .sort((a, b) => BANDS.indexOf(a.band) - BANDS.indexOf(b.band));
  return highest === undefined || highest.band === LOWEST ? undefined : highest;
}

/** "3.3, band D" or "2.8 to 4.9, bands E to D". */
export function scoreWords({ low, high }: ScoreRange): string {
  if (low.value === high.value) return `${low.value.toFixed(1)}, band ${low.band}`;
  const bands = low.band === high.band ? `band ${low.band}` : `bands ${low.band} to ${high.band}`;
  return `${low.value.toFixed(1)} to ${high.value.toFixed(1)}, ${bands}`;
}

/** How sure it is that the provider offers this. */
export function confidenceIn({ confidence }: StrengthStep): number {
  return { sourced: 0.9, "general-knowledge": 0.7, unverified: 0.5 }[confidence];
}

export const NOTHING_DECLARED = {
  "nothing-declared": { verdict: "not-applicable", message: () => "Nothing is declared of how we are let in." },
} as const satisfies Readonly<Record<string, OutcomeDefinition>>;

export const PROVIDER_UNKNOWN = {
  "provider-unknown": { verdict: "not-applicable", message: () => "It is not known here what this provider offers." },
} as const satisfies Readonly<Record<string, OutcomeDefinition>>;

function verdictOf({ low, high }: ScoreRange, floor: Band): boolean | undefined {
  if (isAtLeast(low.band, floor)) return true;
  return isAtLeast(high.band, floor) ? undefined : false;
}

const LOWEST: Band = "F";
