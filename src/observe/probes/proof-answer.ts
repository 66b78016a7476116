import { isFromCache } from "../../evidence/answer-facts.ts";
import type { AnswerShape, HttpResponseEvidence } from "../../evidence/kinds.ts";
import type { Failure } from "../../model/failure.ts";
import type { HttpAnswer, NetResult } from "../../model/net-port.ts";
import type { UnobservedReason } from "../../model/reason.ts";
import { ok, type Result } from "../../model/result.ts";
import { comparedWith, isSuccess } from "./answer-shape.ts";
import { type Interference, interferenceOf } from "./interference.ts";

/** What both proofs note of an answer that was not given to our credential. */
export interface ProofAnswer {
  readonly status: number;
  readonly headers: HttpAnswer["headers"];
  readonly interference?: Interference;
  readonly shape?: AnswerShape;
  readonly sameShape?: boolean;
  readonly sameRecords?: boolean;
  readonly unsteady?: UnobservedReason;
}

interface ProofOptions {
  /** Whether a request that failed may be made again. */
  readonly mayRepeat: (failure: Failure) => boolean;
  readonly readsBody: boolean;
  readonly authenticated: HttpResponseEvidence | undefined;
  readonly knownMaps: readonly string[];
}

/** Of each endpoint; a request that failed and was made again is one of them. */
export const PROOF_REQUESTS = 2;

/**
 * An answer that lets in whoever asks is asked for once more: nobody is woken because of one that a server in the middle of a restart, or one of
 * twenty behind a balancer, gave. What a second request was already spent on, because the first one failed, stays unconfirmed for today.
 */
export async function proofAnswer(ask: () => Promise<NetResult<HttpAnswer>>, options: ProofOptions): Promise<Result<ProofAnswer, Failure>> {
  const first = await ask();
  const answer = first.ok || !options.mayRepeat(first.error) ? first : await ask();
  if (!answer.ok) return answer;
  const noted = await notedOf(answer.value, options);
  if (!letsIn(noted)) return ok(noted);
  const unsteady = first.ok ? await contradiction(noted, await ask(), options) : first.error.reason;
  return ok(unsteady === undefined ? noted : { ...noted, unsteady });
}

/** Why the second answer does not bear the first one out; undefined where it does. */
async function contradiction(
  noted: ProofAnswer,
  again: NetResult<HttpAnswer>,
  options: ProofOptions,
): Promise<UnobservedReason | undefined> {
  if (!again.ok) return again.error.reason;
  const second = await notedOf(again.value, options);
  if (letsIn(second) && second.sameShape === noted.sameShape) return undefined;
  return second.interference ?? "evidence_ambiguous";
}

async function notedOf(answer: HttpAnswer, { readsBody, authenticated, knownMaps }: ProofOptions): Promise<ProofAnswer> {
  const { status, headers } = answer;
  const interference = interferenceOf(answer);
  return {
    status,
    headers,
    ...(interference === undefined ? {} : { interference }),
    ...(readsBody && isSuccess(status) ? await comparedWith(authenticated, answer, knownMaps) : {}),
  };
}

/** What a finding could rest on: neither an error dressed as a success nor something else than we get. */
function letsIn({ status, headers, interference, shape, sameShape }: ProofAnswer): boolean {
  if (!isSuccess(status) || interference !== undefined || isFromCache(headers)) return false;
  return shape?.errorShaped !== true && sameShape !== false;
}
