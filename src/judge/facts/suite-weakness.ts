import { cipherSuiteByName } from "../../catalog/cipher-suites.ts";
import {
  hasNoForwardSecrecy,
  hasShortBlocks,
  isAnonymous,
  isExport,
  isNull,
  isRc4,
  isShortKeyed,
  type SuiteClass,
  type SuiteFacts,
} from "../../catalog/suite-classes.ts";

/** What a connection with this suite suffers from, the worst of it; undefined where it is none of these (RFC 9325 section 4.1). */
export function weaknessOf(name: string): SuiteWeakness | undefined {
  const suite = cipherSuiteByName(name);
  return suite && weaknessIn(suite);
}

/** Worst first. */
export const SUITE_WEAKNESSES = ["no-encryption", "anonymous", "export", "des", "rc4", "short-blocks", "no-forward-secrecy"] as const;
export type SuiteWeakness = (typeof SUITE_WEAKNESSES)[number];

/** Is not as good as no protection at all. */
export const isProtecting: SuiteClass = (suite) => !isAsBadAs("rc4", suite);
/** RFC 9325 section 4.1 forbids the others. */
export const isSound: SuiteClass = (suite) => !isAsBadAs("short-blocks", suite);

function isAsBadAs(limit: SuiteWeakness, suite: SuiteFacts): boolean {
  const weakness = weaknessIn(suite);
  return weakness !== undefined && SUITE_WEAKNESSES.indexOf(weakness) <= SUITE_WEAKNESSES.indexOf(limit);
}

function weaknessIn(suite: SuiteFacts): SuiteWeakness | undefined {
  return SUITE_WEAKNESSES.find((weakness) => CLASSES[weakness](suite));
}

const CLASSES: Readonly<Record<SuiteWeakness, SuiteClass>> = {
  "no-encryption": isNull,
  anonymous: isAnonymous,
  export: isExport,
  des: isShortKeyed,
  rc4: isRc4,
  "short-blocks": hasShortBlocks,
  "no-forward-secrecy": hasNoForwardSecrecy,
};
