import { parseFieldDate } from "../../../model/field-date.ts";
import type { LifecycleNotice } from "../../../model/head-facts.ts";
import type { HttpAnswer } from "../../../model/net-port.ts";

/** What fields other than Deprecation and Sunset say of the life of the API. Each once, sorted; their text is not kept. */
export function lifecycleNotices(headers: HttpAnswer["headers"]): readonly LifecycleNotice[] {
  const found = new Set<string>();
  for (const [field, value] of headers) {
    const what = NOTHING.test(value.trim()) ? undefined : noticeIn(field, value.slice(0, MAX_VALUE));
    if (what !== undefined) found.add(`${field} ${what}`);
  }
  return [...found]
    .sort()
    .slice(0, MAX_NOTICES)
    .map((text) => {
      const [field = "", what] = text.split(" ");
      return { field, what: what as LifecycleNotice["what"] };
    });
}

function noticeIn(field: string, value: string): LifecycleNotice["what"] | undefined {
  if (field === "warning") return warning(value);
  if (VERSION_WARNINGS.has(field)) return "version-warning";
  if (DEPRECATION_FIELD.test(field)) return "deprecated";
  if (END_FIELD.test(field)) return parseFieldDate(value) !== undefined || LIFECYCLE_WORDS.test(value) ? "deprecated" : undefined;
  return WARNING_FIELDS.has(field) ? speaksOf(value) : undefined;
}

/**
 * RFC 7234 section 5.5: a code, an agent, a text. 110 to 113 and 214 are about caches, 199 is of this answer alone; 299 lasts, and is what Salesforce and Kubernetes
 * announce ends with. Some send a text and nothing else.
 */
function warning(value: string): LifecycleNotice["what"] | undefined {
  if (!/^\s*\d{3}\b/.test(value)) return LIFECYCLE_WORDS.test(value) ? "deprecated" : undefined;
  const lasting = [...value.matchAll(/(?:^|,)\s*299\s+[^\s,"]{1,255}\s+"((?:[^"\\]|\\.){0,1024})/g)].map(([, text = ""]) => text);
  if (lasting.length === 0) return undefined;
  return speaksOf(lasting.join(" "));
}

function speaksOf(text: string): LifecycleNotice["what"] | undefined {
  const said = text.replace(DENIAL, "");
  if (said !== text && !LIFECYCLE_WORDS.test(said)) return undefined;
  return LIFECYCLE_WORDS.test(said) ? "deprecated" : "warned";
}

const LIFECYCLE_WORDS =
  /\b(?:deprecat|sunset|retire[ds]?\b|retirement|discontinu|obsolete|decommission|end[- ]of[- ](?:life|support)|no longer (?:be )?(?:supported|available|maintained)|will be (?:removed|shut down|turned off)|unsupported version|removed (?:in|by|on))/i;
const NOTHING = /^(?:|false|\?0|0|no?|none|null|n\/a|-|""|\[\]|\{\}|active|current|supported|(?:is )?not deprecated)$/i;
const DENIAL = /\b(?:no|not|none|without|never)\s+(?:\w+\s+)?deprecat\w*/gi;
const VERSION_WARNINGS: ReadonlySet<string> = new Set(["x-shopify-api-version-warning", "x-api-version-warning"]);
/** `X-Shopify-API-Deprecated-Reason`, `X-Deprecated`, `X-Deprecation-Notice`, `X-API-Deprecation-Info`, `Deprecated`. */
const DEPRECATION_FIELD =
  /^(?:x-(?:[a-z]{1,20}-){0,2}deprecat(?:ed|ion)(?:-[a-z-]{1,40})?|deprecated|api-deprecat(?:ed|ion)|deprecat(?:ed|ion)-(?:date|notice|info|reason|message))$/;
/** Where a date makes it one: `X-Sunset`, `X-API-Sunset-Date`, `X-End-Of-Life`. */
const END_FIELD =
  /^(?:(?:x-(?:[a-z]{1,20}-){0,2}|api-)(?:sunset|eol|end-of-life|end-of-support|retirement)(?:-(?:date|at|on))?|(?:sunset|eol|end-of-life|end-of-support|retirement)-(?:date|at|on))$/;
const WARNING_FIELDS: ReadonlySet<string> = new Set(["x-api-warn", "x-api-warning"]);
const MAX_VALUE = 4096;
const MAX_NOTICES = 16;
