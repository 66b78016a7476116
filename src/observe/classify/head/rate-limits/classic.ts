import type { Instant } from "../../../../model/instant.ts";
import { firstNumber, numberOf, quotaPerTime, windowSecondsOf } from "../rate-values.ts";
import { type NameWords, type Part, quotas, resets, safeName, unitOf } from "./part.ts";

/** `x-ratelimit-limit`, `x-rate-limit-remaining`, `ratelimit-reset`, with a window (Kong) or a unit (OpenAI, Groq) after it. */
export function classic(value: string, [x, spelling, what = "", suffix]: NameWords, base: Instant): readonly Part[] | undefined {
  const dialect = x === undefined ? "ietf-draft-06" : `x-${spelling}`;
  const windowSeconds = windowSecondsOf(suffix ?? "");
  const name = windowSeconds === undefined && suffix !== undefined ? safeName(suffix) : undefined;
  const common = {
    ...{ dialect, key: suffix ?? "" },
    ...(name === undefined ? {} : { name }),
    ...unitOf(/(?:tokens|complexity)$/.exec(suffix ?? "")?.[0] ?? "requests"),
    ...(windowSeconds === undefined ? {} : { windowSeconds }),
  };
  if (what === "limit") return quotas(value, common);
  if (what === "remaining" || what === "used") {
    const count = firstNumber(value);
    return count === undefined ? undefined : [{ ...common, [what]: Math.max(0, count) }];
  }
  return resets(value, common, what, base);
}

/** The same words in another order: `x-ratelimit-requests-limit` (RapidAPI, Linear), `x-ratelimit-minute-remaining`. */
export function bucketFirst(value: string, [x, spelling, suffix, what]: NameWords, base: Instant): readonly Part[] | undefined {
  return classic(value, [x, spelling, what, suffix], base);
}

/** `X-Rate-Limit: 700` beside `X-Rate-Limit-Remaining` (Zendesk); whatever else stands there is no dialect of anybody's. */
export function alone(value: string, [spelling = ""]: NameWords): readonly Part[] {
  const common = { dialect: `x-${spelling}`, key: "", unit: "requests" };
  const quota = numberOf(value);
  const said = quota === undefined ? quotaPerTime(value) : { quota };
  return said === undefined ? [] : [{ ...common, ...said }];
}
