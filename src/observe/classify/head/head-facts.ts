import { CLOCK_TOLERANCE_S, type HeadFacts } from "../../../model/head-facts.ts";
import type { Instant } from "../../../model/instant.ts";
import type { HttpAnswer } from "../../../model/net-port.ts";
import { headerOf } from "../../../model/turned-away.ts";
import { cacheFacts } from "./cache.ts";
import { digestFact } from "./digest.ts";
import { headerLeaks, type LeakContext } from "./leaks.ts";
import { limitFacts } from "./limits.ts";
import { lifecycleNotices } from "./notices.ts";
import { wireFacts } from "./wire.ts";

export interface HeadContext extends LeakContext {
  /** That was asked, where it is known. */
  readonly url?: string;
}

/** Of one answer, `now` being the time that it came at. Its values end here. */
export function headFacts(answer: HttpAnswer, now: Instant, context: HeadContext): HeadFacts {
  const { headers } = answer;
  const limits = limitFacts(answer, now);
  const offBy = clockOffBy(answer, now);
  const digest = digestFact(answer);
  return {
    wire: wireFacts(answer),
    leaks: headerLeaks(headers, context),
    ...(limits === undefined ? {} : { limits }),
    cache: cacheFacts(headers, now),
    notices: lifecycleNotices(headers),
    ...(offBy === undefined ? {} : { clockOffBy: offBy }),
    ...(Number.isNaN(Date.parse(headerOf(answer, "date") ?? "")) ? { undated: true as const } : {}),
    ...(redirectsToItself(answer, context.url) ? { redirectsToItself: true } : {}),
    ...(digest === undefined ? {} : { digest }),
  };
}

/** A copy from a cache is as old as it says (RFC 9111 section 5.1); coarsely, so that it is the same from call to call. */
function clockOffBy(answer: HttpAnswer, now: Instant): number | undefined {
  const date = Date.parse(headerOf(answer, "date") ?? "");
  const age = Number(/^\d{1,9}$/.exec(headerOf(answer, "age")?.trim() ?? "")?.[0] ?? 0);
  const seconds = (date + age * 1000 - now) / 1000;
  return Math.abs(seconds) > CLOCK_TOLERANCE_S ? Math.round(seconds / STEP_S) * STEP_S : undefined;
}

/** RFC 9110 section 15.4; what a fragment says is nothing to a server. */
function redirectsToItself(answer: HttpAnswer, asked: string | undefined): boolean {
  const location = headerOf(answer, "location");
  if (asked === undefined || location === undefined || !REDIRECTS.includes(answer.status) || !URL.canParse(location, asked)) return false;
  return withoutFragment(new URL(location, asked)) === withoutFragment(new URL(asked));
}

function withoutFragment({ origin, pathname, search }: URL): string {
  return `${origin}${pathname}${search}`;
}

const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308];
const STEP_S = 300;
