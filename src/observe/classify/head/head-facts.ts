import { CLOCK_TOLERANCE_S, type HeadFacts } from "../../../model/head-facts.ts";
import type { Instant } from "../../../model/instant.ts";
import type { HttpAnswer } from "../../../model/net-port.ts";
import { headerOf } from "../../../model/turned-away.ts";
import { cacheFacts } from "./cache.ts";
import { headerLeaks } from "./leaks.ts";
import { limitFacts } from "./limits.ts";
import { lifecycleNotices } from "./notices.ts";
import { wireFacts } from "./wire.ts";

/** Of one answer, `now` being the time that it came at. Its values end here. */
export function headFacts(answer: HttpAnswer, now: Instant): HeadFacts {
  const { headers } = answer;
  const limits = limitFacts(answer, now);
  const offBy = clockOffBy(answer, now);
  return {
    wire: wireFacts(answer),
    leaks: headerLeaks(headers),
    ...(limits === undefined ? {} : { limits }),
    cache: cacheFacts(headers, now),
    notices: lifecycleNotices(headers),
    ...(offBy === undefined ? {} : { clockOffBy: offBy }),
  };
}

/** A copy from a cache is as old as it says (RFC 9111 section 5.1); the minute is enough, and is the same from call to call. */
function clockOffBy(answer: HttpAnswer, now: Instant): number | undefined {
  const date = Date.parse(headerOf(answer, "date") ?? "");
  const age = Number(/^\d{1,9}$/.exec(headerOf(answer, "age")?.trim() ?? "")?.[0] ?? 0);
  const seconds = (date + age * 1000 - now) / 1000;
  return Math.abs(seconds) > CLOCK_TOLERANCE_S ? Math.round(seconds / 60) * 60 : undefined;
}
