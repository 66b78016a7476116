import type { RawEvidence } from "../../evidence/redact.ts";
import type { Failure } from "../../model/failure.ts";
import type { HttpAnswer, HttpRequest } from "../../model/net-port.ts";
import { requestDigest } from "../../model/request-digest.ts";
import { ok, type Result } from "../../model/result.ts";
import { Secret } from "../../model/secret.ts";
import { answerBody } from "./answer-body.ts";
import { isSuccess } from "./answer-shape.ts";
import { endpointRequest } from "./endpoint-request.ts";
import { type Interference, interferenceOf } from "./interference.ts";
import { notAsked, observation } from "./outcome.ts";
import type { Probe, ProbeContext, ProofQuestion } from "./probe.ts";
import { isPermitted, PROOF_BODY_BYTES, withoutCredentials } from "./proof-request.ts";

/**
 * Whether the API looks for a credential in the query: a refusal that changes when a parameter of a known name is there, and does not when one is
 * there that nobody knows, was made by somebody who read it, unless it says that credentials do not belong there. What stands in the parameters is
 * nobody's; ours is not even looked up.
 * Needs a permission that still holds. One refusal, one control, five names at the most, and the first that is read once more.
 */
export const httpQueryCredentialProbe: Probe<"http-query-credential", ProofQuestion> = {
  id: "http-query-credential",
  kind: "http-query-credential",
  bound: () => ({ connections: MOST, requests: MOST }),
  observe: (question, context) => {
    const { target, address, integration, endpoint } = question;
    return observation(httpQueryCredentialProbe, { origin: target.origin, endpoint: endpoint.id }, context, async () => {
      if (integration.auth.in === "query") return notAsked("not_requested");
      if (target.scheme !== "https") return notAsked("credential_withheld");
      if (!isPermitted(integration, context.clock.now())) return notAsked("permission_missing");
      const request = endpointRequest(integration, endpoint);
      if (!request.ok) return notAsked("not_safe", request.error);
      if (request.value.method !== "GET") return notAsked("not_safe", "method");
      const bare = { ...request.value, headers: withoutCredentials(request.value.headers, integration), maxBodyBytes: PROOF_BODY_BYTES };
      const value = context.credentials.imitate(MAKE, []);
      const ask = async (name?: string): Promise<Result<Refusal, Failure>> => {
        const credential: HttpRequest["credential"] = name === undefined ? undefined : { in: "query", name, prefix: "", value };
        const answer = await context.net.request(target, address, { ...bare, ...(credential === undefined ? {} : { credential }) });
        return answer.ok ? ok(await refusalOf(answer.value, context)) : answer;
      };
      const found = await compared(ask, untaken(request.value.path));
      return found.ok ? ok({ endpoint: endpoint.id, digest: requestDigest(integration, endpoint), ...found.value }) : found;
    });
  },
};

type Found = Omit<RawEvidence["http-query-credential"], "endpoint" | "digest">;
type Ask = (name?: string) => Promise<Result<Refusal, Failure>>;

async function compared(ask: Ask, names: readonly string[]): Promise<Result<Found, Failure>> {
  const tried: string[] = [];
  const end = (state: Found["state"], more: Partial<Found> = {}) => ok({ state, tried, read: [], ...more });
  const bare = await ask();
  if (!bare.ok) return bare;
  if (bare.value.interference !== undefined) return end("ambiguous", { interference: bare.value.interference });
  if (bare.value.success) return end("not-refused");
  let isDoubtful = false;
  for (const [index, name] of [CONTROL, ...names].entries()) {
    const answer = await ask(name);
    if (!answer.ok) return answer;
    if (answer.value.interference !== undefined) return end("ambiguous", { interference: answer.value.interference });
    if (index > 0) tried.push(name);
    const change = changeIn(answer.value, bare.value, name);
    if (change === "none") continue;
    if (index === 0) return end("ambiguous");
    if (change === "looked-at") return confirmed(await ask(name), answer.value, name, end);
    isDoubtful ||= change === "unclear";
  }
  return end(isDoubtful ? "ambiguous" : "compared");
}

function confirmed(
  again: Result<Refusal, Failure>,
  first: Refusal,
  name: string,
  end: (state: Found["state"], more?: Partial<Found>) => Result<Found, Failure>,
): Result<Found, Failure> {
  if (!again.ok) return again;
  if (again.value.interference !== undefined) return end("ambiguous", { interference: again.value.interference });
  return areAlike(again.value, first, name) ? end("compared", { read: [name] }) : end("ambiguous");
}

/** `elsewhere`: "Must specify access token via Authorization header", says GitHub, and refuses the place with whatever would stand there. */
function changeIn(answer: Refusal, bare: Refusal, name: string): "none" | "elsewhere" | "looked-at" | "unclear" {
  if (areAlike(answer, bare, name)) return "none";
  if (!answer.success && HEADER.test(answer.text) && !HEADER.test(bare.text)) return "elsewhere";
  return answer.success || LOOKED_AT.includes(answer.status) ? "looked-at" : "unclear";
}

/** In memory only. */
interface Refusal {
  readonly status: number;
  readonly success: boolean;
  readonly interference: Interference | undefined;
  /** What tells one refusal from another, without what differs from call to call. */
  readonly text: string;
}

async function refusalOf(answer: HttpAnswer, { credentials }: ProbeContext): Promise<Refusal> {
  const { mediaType, shape } = await answerBody(answer, []);
  const challenge = answer.headers.filter(([field]) => field === "www-authenticate").map(([, value]) => value);
  const said = [...challenge, Buffer.from(answer.body).toString("utf8")].map((text) => timeless(credentials.scrub(text)));
  return {
    status: answer.status,
    success: isSuccess(answer.status),
    interference: interferenceOf(answer),
    text: JSON.stringify([answer.status, mediaType ?? "", shape.map(({ path, types }) => [path, types]), said]),
  };
}

/** Whoever repeats what he was asked has not read it. */
function areAlike(one: Refusal, other: Refusal, name: string): boolean {
  const parameter = new RegExp(`[?&]?\\b${name}\\b(?:=|%3D)?`, "gi");
  return one.text.replace(parameter, "") === other.text.replace(parameter, "");
}

/** Without ids, moments, numbers and what was sent. */
function timeless(text: string): string {
  return text
    .replaceAll("[secret]", "")
    .replaceAll(/[\w-]{8,}/g, (word) => (/\d/.test(word) ? "" : word))
    .replaceAll(/\d+/g, "")
    .replaceAll(/\s+/g, " ");
}

/** Names that the declared request does not use for something itself. */
function untaken(path: string): readonly string[] {
  const { searchParams } = new URL(path, "https://host.invalid");
  return NAMES.filter((name) => !searchParams.has(name));
}

const NAMES: readonly string[] = ["api_key", "access_token", "key", "token", "apikey"];
/** As long as the first name, and nobody's. */
const CONTROL = "qz_vxwk";
/** A credential was asked for and not good enough (RFC 9110 sections 15.5.2 and 15.5.4); 400 may mean the parameter as well as its value. */
const LOOKED_AT: readonly number[] = [401, 403];
const HEADER = /\bheaders?\b/i;
/** What keys look like. */
const MAKE = new Secret("k3y".repeat(10));
const MOST = 3 + NAMES.length;
