import { policyPackNames } from "../catalog/policies.ts";

/** Every name that a policy pack goes by. */
export function policyNames(): readonly string[] {
  return [...policyPackNames().keys()].sort();
}
