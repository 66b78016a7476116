import type { Detector } from "./detector.ts";
import { biometric } from "./special/biometric.ts";
import { criminalRecord } from "./special/criminal-record.ts";
import { geneticData } from "./special/genetic-data.ts";
import { politicalOpinion } from "./special/political-opinion.ts";
import { raceEthnicity } from "./special/race-ethnicity.ts";
import { religion } from "./special/religion.ts";
import { sexualOrientation } from "./special/sexual-orientation.ts";
import { tradeUnion } from "./special/trade-union.ts";

/** What the law protects most (GDPR articles 9 and 10). */
export const SPECIAL_DETECTORS: readonly Detector[] = [
  biometric,
  criminalRecord,
  geneticData,
  politicalOpinion,
  raceEthnicity,
  religion,
  sexualOrientation,
  tradeUnion,
];
