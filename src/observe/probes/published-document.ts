import { ownedDomain } from "../../catalog/public-suffixes.ts";
import type { Failure } from "../../model/failure.ts";
import { isPublicName } from "../../model/host-name.ts";
import type { HttpAnswer, NetResult } from "../../model/net-port.ts";
import type { UnobservedReason } from "../../model/reason.ts";
import { err, ok } from "../../model/result.ts";
import { type Target, targetOf } from "../../model/target.ts";
import { headerOf } from "../../model/turned-away.ts";
import { interferenceOf } from "./interference.ts";
import type { ProbeContext } from "./probe.ts";

/** A place to ask at. */
export interface DocumentPlace {
  readonly target: Target;
  /** Of the target, where one is known to answer. */
  readonly address?: string;
  /** With the query. */
  readonly path: string;
}

/** What the user named: the origin of the API, and the one where tokens are fetched. */
export type OwnPlace = Omit<DocumentPlace, "path">;

/**
 * The place behind a URL that a document names. Whoever wrote it must not send us anywhere: https, in the domain of an origin that the user
 * named, by a name that the public has, at a public address. Only the user's own origins may be private. Undefined for anything else.
 * A query goes along: nothing forbids one to `jwks_uri` (to issuers it is forbidden, RFC 8414 section 2), Azure AD B2C has one, and it lets its writer do no
 * more than the path does.
 */
export function namedPlace(url: string, own: readonly OwnPlace[]): DocumentPlace | undefined {
  const [first] = own;
  if (first === undefined || url.length > MAX_URL || !URL.canParse(url)) return undefined;
  const { protocol, username, password, origin, pathname, search } = new URL(url);
  if (protocol !== "https:" || username !== "" || password !== "") return undefined;
  const path = `${pathname}${search}`;
  const known = own.find(({ target }) => target.origin === origin);
  if (known !== undefined) return { ...known, path };
  const target = targetOf(first.target.integration, first.target.environment, url);
  const domain = isPublicName(target.host) ? ownedDomain(target.host) : undefined;
  const isUsualPort = target.port === 443 || own.some((place) => place.target.port === target.port);
  const isTheirs = isUsualPort && domain !== undefined && own.some((place) => ownedDomain(place.target.host) === domain);
  return isTheirs ? { target: { ...target, publicOnly: true }, path } : undefined;
}

/** `hidden`: what tells somebody who was never shown a document that there is none, and somebody who was that it cannot be seen. */
export type Published =
  | { readonly state: "there"; readonly text: string; readonly contentType?: string }
  | { readonly state: "gone" }
  | { readonly state: "hidden"; readonly failure: Failure };

/**
 * One GET without a credential, not repeated. A success of another kind, a refusal and a redirect to another page say that nothing is there for us
 * (RFC 8414 section 3.2: a document comes with 200), and less surely than 404 and 410. A redirect that keeps the place leads to a document that
 * nobody looked at. Nobody signed what comes: it counts over a trusted connection alone.
 */
export async function publishedDocument(
  place: DocumentPlace,
  { net }: ProbeContext,
  accept = "application/json",
): Promise<NetResult<Published>> {
  const { target, path } = place;
  const resolution = await net.resolve(target);
  if (!resolution.ok) return resolution;
  const { address = resolution.value.addresses[0] ?? target.host } = place;
  const request = { method: "GET", path, headers: { accept }, maxBodyBytes: MAX_DOCUMENT };
  const answer = await net.request(target, address, request);
  return answer.ok ? documentIn(answer.value, path) : answer;
}

function documentIn(answer: HttpAnswer, path: string): NetResult<Published> {
  const { status, body, bodyProblem, trusted } = answer;
  if (trusted !== true) return err({ reason: "tls_untrusted", phase: "tls", retriable: false });
  const foreign = interferenceOf(answer);
  if (foreign !== undefined) return unexpected(foreign, status);
  if (status >= 300 && status < 400) {
    const moved = unexpected("redirect_not_followed", status);
    return keepsPlace(answer, path) ? moved : ok({ state: "hidden", failure: moved.error });
  }
  if (status === 404 || status === 410) return ok({ state: "gone" });
  if (status !== 200) {
    const other = unexpected("unexpected_status", status);
    return UNDECIDED.includes(status) ? other : ok({ state: "hidden", failure: other.error });
  }
  if (bodyProblem !== undefined) return err(bodyProblem);
  const contentType = headerOf(answer, "content-type");
  return ok({ state: "there", text: new TextDecoder().decode(body), ...(contentType === undefined ? {} : { contentType }) });
}

/** A Location may hold anything: nothing of it is kept. */
function keepsPlace(answer: HttpAnswer, path: string): boolean {
  const location = headerOf(answer, "location") ?? "";
  if (!URL.canParse(location, ANY_ORIGIN)) return false;
  const [place = path] = WELL_KNOWN.exec(path) ?? path.split("?", 1);
  return new URL(location, ANY_ORIGIN).pathname.includes(place);
}

function unexpected(reason: UnobservedReason, status: number): { readonly ok: false; readonly error: Failure } {
  return err({ reason, phase: "headers", code: `HTTP ${status}`, retriable: false });
}

const MAX_DOCUMENT = 256 * 1024;
const MAX_URL = 2048;
const ANY_ORIGIN = "https://origin.invalid";
const WELL_KNOWN = /\/\.well-known\/[a-z-]+/;
/** Request Timeout, Misdirected Request, Too Early, Upgrade Required: of the request, not of the document. */
const UNDECIDED: readonly number[] = [408, 421, 425, 426];
