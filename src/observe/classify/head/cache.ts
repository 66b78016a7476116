import type { CacheFacts } from "../../../model/head-facts.ts";
import type { Instant } from "../../../model/instant.ts";
import type { HttpAnswer } from "../../../model/net-port.ts";
import { headerOf } from "../../../model/turned-away.ts";

/** From the fields that are never kept: their values differ from call to call, what they allow does not. */
export function cacheFacts(headers: HttpAnswer["headers"], now: Instant): CacheFacts {
  return { lastModified: hasDate(headers, "last-modified"), expires: expiry(headers, now) };
}

function hasDate(headers: HttpAnswer["headers"], name: string): boolean {
  return !Number.isNaN(Date.parse(headerOf({ headers }, name) ?? ""));
}

/** Against the answer's own clock; what is no date is past (RFC 9111 section 5.3). */
function expiry(headers: HttpAnswer["headers"], now: Instant): CacheFacts["expires"] {
  const expires = headerOf({ headers }, "expires");
  if (expires === undefined) return "none";
  const date = Date.parse(headerOf({ headers }, "date") ?? "");
  return Date.parse(expires) > (Number.isNaN(date) ? now : date) ? "ahead" : "past";
}
