import { sharedIntegrations } from "../../../../src/judge/rules/credential/shared-integrations.ts";
import { comparedCases } from "../../credential-cases.ts";
import { describeRule } from "../../rule-cases.ts";

describeRule(sharedIntegrations, comparedCases("elsewhere", "alone", "medium"));
