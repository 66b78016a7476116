import type { HttpResponseEvidence } from "../../evidence/kinds.ts";
import type { HttpAnswer } from "../../model/net-port.ts";

export type Interference = NonNullable<HttpResponseEvidence["interference"]>;

/**
 * Somebody else than the API speaks: a limiter, a firewall, a broken server. Undefined when the API itself answered,
 * whatever it said. Needs no knowledge of what was asked.
 */
export function interferenceOf(answer: HttpAnswer): Interference | undefined {
  const { status } = answer;
  if (status === 429 || (status === 503 && header(answer, "retry-after") !== undefined)) return "rate_limited";
  if (isChallenge(answer)) return "blocked";
  return status >= 500 ? "server_error" : undefined;
}

/** Also counts answers of the API that are not what a client of ours expects of this endpoint. */
export function interferenceWith(
  answer: HttpAnswer,
  asked: { readonly credentialSent: boolean; readonly expectedStatus: number | undefined },
): Interference | undefined {
  const { status } = answer;
  const foreign = interferenceOf(answer);
  if (foreign === "rate_limited" || foreign === "blocked") return foreign;
  if (status === asked.expectedStatus || (status >= 200 && status < 300)) return undefined;
  if (foreign !== undefined) return foreign;
  if ((status === 401 || status === 403) && asked.credentialSent) return "credential_rejected";
  return status === 404 || status === 410 ? "not_found" : "unexpected_status";
}

/**
 * Challenge pages of Cloudflare (cf-mitigated), AWS WAF (x-amzn-waf-action) and DataDome (x-datadome, which also comes with
 * ordinary answers), and any refusal in HTML: an API refuses in the language of the API.
 */
function isChallenge(answer: HttpAnswer): boolean {
  const { status } = answer;
  if (["cf-mitigated", "x-amzn-waf-action"].some((name) => header(answer, name) !== undefined)) return true;
  if (status >= 400 && status < 500 && header(answer, "x-datadome") !== undefined) return true;
  return status === 403 && /^\s*(text\/html|application\/xhtml)/i.test(header(answer, "content-type") ?? "");
}

function header({ headers }: HttpAnswer, name: string): string | undefined {
  return headers.find(([field]) => field === name)?.[1];
}
