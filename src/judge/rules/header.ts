import { accountIdentifier } from "./header/account-identifier.ts";
import { clockSkew } from "./header/clock-skew.ts";
import { conflictingFields } from "./header/conflicting-fields.ts";
import { contentDigest } from "./header/content-digest.ts";
import { corsReflectsOrigin } from "./header/cors-reflects-origin.ts";
import { debugInformation } from "./header/debug-information.ts";
import { debugPage } from "./header/debug-page.ts";
import { developmentServer } from "./header/development-server.ts";
import { endOfLifeSoftware } from "./header/end-of-life-software.ts";
import { environmentMismatch } from "./header/environment-mismatch.ts";
import { errorPageVersion } from "./header/error-page-version.ts";
import { errorPathFails } from "./header/error-path-fails.ts";
import { errorsUnreadable } from "./header/errors-unreadable.ts";
import { internalAddress } from "./header/internal-address.ts";
import { internalHost } from "./header/internal-host.ts";
import { internalPath } from "./header/internal-path.ts";
import { malformedHead } from "./header/malformed-head.ts";
import { mediaType } from "./header/media-type.ts";
import { patchesBehind } from "./header/patches-behind.ts";
import { personIdentifier } from "./header/person-identifier.ts";
import { poolCookie } from "./header/pool-cookie.ts";
import { rateLimitInconsistent } from "./header/rate-limit-inconsistent.ts";
import { rateLimitNearlyUsed } from "./header/rate-limit-nearly-used.ts";
import { redirectDeadEnd } from "./header/redirect-dead-end.ts";
import { redirectInside } from "./header/redirect-inside.ts";
import { redirectToHttp } from "./header/redirect-to-http.ts";
import { requestEchoed } from "./header/request-echoed.ts";
import { retryAfterOdd } from "./header/retry-after-odd.ts";
import { secretInHeader } from "./header/secret-in-header.ts";
import { securityTxt } from "./header/security-txt.ts";
import { stackTrace } from "./header/stack-trace.ts";
import { unsafeMethods } from "./header/unsafe-methods.ts";
import { versionDisclosure } from "./header/version-disclosure.ts";
import type { Rule } from "./rule.ts";

/** Sorted by id. */
export const HEADER_RULES: readonly Rule[] = [
  accountIdentifier,
  clockSkew,
  conflictingFields,
  contentDigest,
  corsReflectsOrigin,
  debugInformation,
  debugPage,
  developmentServer,
  endOfLifeSoftware,
  environmentMismatch,
  errorPageVersion,
  errorPathFails,
  errorsUnreadable,
  internalAddress,
  internalHost,
  internalPath,
  malformedHead,
  mediaType,
  patchesBehind,
  personIdentifier,
  poolCookie,
  rateLimitInconsistent,
  rateLimitNearlyUsed,
  redirectDeadEnd,
  redirectInside,
  redirectToHttp,
  requestEchoed,
  retryAfterOdd,
  secretInHeader,
  securityTxt,
  stackTrace,
  unsafeMethods,
  versionDisclosure,
];
