/** What of an HTTP answer tells who is speaking. Header names in lower case. */
export interface AnswerHead {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
}

/**
 * Somebody in front of the API turns us away: a limiter (429, or 503 with Retry-After: RFC 6585 section 4, RFC 9110 section 15.6.4),
 * or a challenge page. The one predicate for what evidence says of an answer and for how gently the host is treated after it.
 */
export function turnedAway(answer: AnswerHead): "rate_limited" | "blocked" | undefined {
  const { status } = answer;
  if (status === 429 || (status === 503 && headerOf(answer, "retry-after") !== undefined)) return "rate_limited";
  return isChallenge(answer) ? "blocked" : undefined;
}

/** The first value of a header. */
export function headerOf({ headers }: Pick<AnswerHead, "headers">, name: string): string | undefined {
  return headers.find(([field]) => field === name)?.[1];
}

/**
 * A firewall that says so: challenge pages of Cloudflare (cf-mitigated), AWS WAF (x-amzn-waf-action, with 202 too) and DataDome
 * (x-datadome, which also comes with ordinary answers). Such a host is left alone for a day.
 */
export function namesFirewall(answer: AnswerHead): boolean {
  const { status } = answer;
  if (["cf-mitigated", "x-amzn-waf-action"].some((name) => headerOf(answer, name) !== undefined)) return true;
  return status >= 400 && status < 500 && headerOf(answer, "x-datadome") !== undefined;
}

/** Also any refusal in HTML: an API refuses in the language of the API. */
function isChallenge(answer: AnswerHead): boolean {
  return (
    namesFirewall(answer) || (answer.status === 403 && /^\s*(text\/html|application\/xhtml)/i.test(headerOf(answer, "content-type") ?? ""))
  );
}
