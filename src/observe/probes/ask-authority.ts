import type { Failure } from "../../model/failure.ts";
import type { HttpAnswer, NetResult } from "../../model/net-port.ts";
import type { UnobservedReason } from "../../model/reason.ts";
import { err, ok } from "../../model/result.ts";
import { type Target, targetOf } from "../../model/target.ts";
import { interferenceOf } from "./interference.ts";
import { twiceAtMost } from "./outcome.ts";
import type { SharingContext } from "./probe.ts";

/** With a session of its own: what authorities are asked is not the provider's. */
export type AuthorityContext = SharingContext;

export interface AuthorityQuestion {
  /** Scheme, host and port count. */
  readonly url: URL;
  /** With the query. */
  readonly path: string;
  readonly accept: string;
  /** Octets. */
  readonly most: number;
  /** Nobody signed what comes: it counts from a server that is trusted, over https. */
  readonly unsigned?: true;
  /** What a status other than 200 means here. */
  readonly says?: Readonly<Record<number, UnobservedReason>>;
}

/** One GET, repeated once at the most, each on a connection of its own; none where somebody asked the same in this run, from the same place. */
export async function askAuthority(
  { integration, environment }: Target,
  question: AuthorityQuestion,
  { net, memo }: AuthorityContext,
): Promise<NetResult<Uint8Array>> {
  const { url, path, accept, most } = question;
  const authority = targetOf(integration, environment, url.href);
  const resolution = await net.resolve(authority);
  if (!resolution.ok) return resolution;
  const { addresses, vantage } = resolution.value;
  const [address = authority.host] = addresses;
  return memo.once(`${vantage} ${accept} ${authority.origin}${path}`, async () => {
    const ask = () => net.request(authority, address, { method: "GET", path, headers: { accept }, maxBodyBytes: most });
    const answer = await twiceAtMost(ask);
    return answer.ok ? bodyOf(answer.value, question) : answer;
  });
}

function bodyOf(answer: HttpAnswer, { unsigned, says = {} }: AuthorityQuestion): NetResult<Uint8Array> {
  const { status, body, bodyProblem, trusted } = answer;
  if (unsigned === true && trusted !== true) return err({ reason: "tls_untrusted", phase: "tls", retriable: false });
  if (status >= 300 && status < 400) return unexpected("redirect_not_followed", status);
  if (status !== 200) return unexpected(interferenceOf(answer) ?? says[status] ?? "unexpected_status", status);
  return bodyProblem === undefined ? ok(body) : err(bodyProblem);
}

function unexpected(reason: Failure["reason"], status: number): NetResult<Uint8Array> {
  return err({ reason, phase: "headers", code: `HTTP ${status}`, retriable: false });
}
