import type { HttpResponseEvidence } from "../../evidence/kinds.ts";
import type { HttpAnswer } from "../../model/net-port.ts";
import { headerOf, turnedAway } from "../../model/turned-away.ts";

export type Interference = NonNullable<HttpResponseEvidence["interference"]>;

/**
 * Somebody else than the API speaks: a limiter, a firewall, a broken server. Undefined when the API itself answered,
 * whatever it said. Needs no knowledge of what was asked.
 */
export function interferenceOf(answer: HttpAnswer): Interference | undefined {
  return turnedAway(answer) ?? (answer.status >= 500 ? "server_error" : undefined);
}

/** Also counts answers of the API that are not what a client of ours expects of this endpoint. */
export function interferenceWith(
  answer: HttpAnswer,
  asked: { readonly credentialSent: boolean; readonly expectedStatus: number | undefined; readonly takesPages: boolean },
): Interference | undefined {
  const { status } = answer;
  const foreign = interferenceOf(answer);
  if (foreign === "rate_limited" || foreign === "blocked") return foreign;
  if (!asked.takesPages && isPage(answer)) return "not_the_api";
  if (status === asked.expectedStatus || (status >= 200 && status < 300)) return undefined;
  if (foreign !== undefined) return foreign;
  if ((status === 401 || status === 403) && asked.credentialSent) return "credential_rejected";
  return status === 404 || status === 410 ? "not_found" : "unexpected_status";
}

/** A success with HTML, by its type and by how it begins: a login, a notice, a captive portal. JSON that is called HTML is an answer all the same. */
function isPage({ status, headers, body }: HttpAnswer): boolean {
  if (status < 200 || status >= 300 || !/^\s*(?:text\/html|application\/xhtml)/i.test(headerOf({ headers }, "content-type") ?? ""))
    return false;
  const start = Buffer.from(body.subarray(0, MARKUP_WITHIN)).toString("latin1");
  return /^(?:\u00ef\u00bb\u00bf)?\s*<[!a-z]/i.test(start);
}

const MARKUP_WITHIN = 512;
