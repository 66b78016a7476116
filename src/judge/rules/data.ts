import { secretInResponse } from "./data/secret-in-response.ts";
import { sensitiveFieldUndeclared } from "./data/sensitive-field-undeclared.ts";
import type { Rule } from "./rule.ts";

/** Sorted by id. */
export const DATA_RULES: readonly Rule[] = [secretInResponse, sensitiveFieldUndeclared];
