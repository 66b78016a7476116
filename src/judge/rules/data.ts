import { activeContent } from "./data/active-content.ts";
import { classChanged } from "./data/class-changed.ts";
import { declaredFieldAbsent } from "./data/declared-field-absent.ts";
import { duplicateKey } from "./data/duplicate-key.ts";
import { fieldUndeclared } from "./data/field-undeclared.ts";
import { newSensitivePath } from "./data/new-sensitive-path.ts";
import { prototypeKey } from "./data/prototype-key.ts";
import { providerErrorDetail } from "./data/provider-error-detail.ts";
import { recordExcess } from "./data/record-excess.ts";
import { recordExplosion } from "./data/record-explosion.ts";
import { schemaChanged } from "./data/schema-changed.ts";
import { secretInResponse } from "./data/secret-in-response.ts";
import { sensitiveFieldUndeclared } from "./data/sensitive-field-undeclared.ts";
import { undocumentedField } from "./data/undocumented-field.ts";
import type { Rule } from "./rule.ts";

/** Sorted by id. */
export const DATA_RULES: readonly Rule[] = [
  activeContent,
  classChanged,
  declaredFieldAbsent,
  duplicateKey,
  fieldUndeclared,
  newSensitivePath,
  prototypeKey,
  providerErrorDetail,
  recordExcess,
  recordExplosion,
  schemaChanged,
  secretInResponse,
  sensitiveFieldUndeclared,
  undocumentedField,
];
