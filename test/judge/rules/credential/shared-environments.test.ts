import { sharedEnvironments } from "../../../../src/judge/rules/credential/shared-environments.ts";
import { comparedCases } from "../../credential-cases.ts";
import { describeRule } from "../../rule-cases.ts";

describeRule(sharedEnvironments, comparedCases("acrossEnvironments", "apart", "high"));
