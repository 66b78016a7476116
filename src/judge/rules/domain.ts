import { aliasRevived } from "./domain/alias-revived.ts";
import { cnameDangling } from "./domain/cname-dangling.ts";
import { credentialKeptBack } from "./domain/credential-kept-back.ts";
import { delegationChanged } from "./domain/delegation-changed.ts";
import { hostingChanged } from "./domain/hosting-changed.ts";
import { hostingRegionChanged } from "./domain/hosting-region-changed.ts";
import { registrarChanged } from "./domain/registrar-changed.ts";
import { registrationExpiring } from "./domain/registration-expiring.ts";
import { transferUnlocked } from "./domain/transfer-unlocked.ts";
import type { Rule } from "./rule.ts";

/** Sorted by id. */
export const DOMAIN_RULES: readonly Rule[] = [
  aliasRevived,
  cnameDangling,
  credentialKeptBack,
  delegationChanged,
  hostingChanged,
  hostingRegionChanged,
  registrarChanged,
  registrationExpiring,
  transferUnlocked,
];
