import { endpointGone } from "./lifecycle/gone.ts";
import { sdkOutOfRange } from "./lifecycle/sdk-out-of-range.ts";
import { sunsetBeforeDeprecation } from "./lifecycle/sunset-before-deprecation.ts";
import { sunsetNear } from "./lifecycle/sunset-near.ts";
import { versionDeprecated } from "./lifecycle/version-deprecated.ts";
import { versionNotAsPinned } from "./lifecycle/version-not-as-pinned.ts";
import { versionUnsupported } from "./lifecycle/version-unsupported.ts";
import { lifecycleWarning } from "./lifecycle/warning.ts";
import type { Rule } from "./rule.ts";

/** Sorted by id. */
export const LIFECYCLE_RULES: readonly Rule[] = [
  endpointGone,
  sdkOutOfRange,
  sunsetBeforeDeprecation,
  sunsetNear,
  versionDeprecated,
  versionNotAsPinned,
  versionUnsupported,
  lifecycleWarning,
];
