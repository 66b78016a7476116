import { type Challenge, type ParsedChallenges, parseChallenges } from "../../evidence/challenge.ts";
import { UNNAMED } from "../../evidence/kept-challenges.ts";
import type { HeaderFact } from "../../evidence/kinds.ts";
import type { Observation } from "../../evidence/observation.ts";
import type { AuthScheme, Integration } from "../../model/integration.ts";
import type { OutcomeDefinition, RuleResult } from "../rules/rule.ts";
import { type Answer, counted, evidenceOf, plain, unseenResult } from "./aggregate.ts";
import { absentEndpoint, endpointSubject } from "./subjects.ts";

type Kinds = "http-unauthenticated" | "http-response";

export interface ChallengeInput {
  readonly integration: Integration;
  readonly observations: { readonly [K in Kinds]: readonly Observation<K>[] };
}

/** An answer in which the API, not somebody before it, asks who we are. */
export interface Refusal {
  readonly status: number;
  /** Empty where none was sent. */
  readonly asked: ReadChallenges;
  readonly withCredential: boolean;
}

export interface ReadChallenges extends ParsedChallenges {
  /** False: what follows was not read, by a fault of the server's, or because we keep no more. What is not among them may be there. */
  readonly isWhole: boolean;
}

/** For what is not among challenges of which the rest was not read. */
export const REST_UNREAD = {
  outcome: "unobserved",
  reason: "evidence_ambiguous",
  pointer: "/headers",
  summary: "the rest of the field was not read",
} as const;

/** Outcomes of every question about challenges. */
export const ABOUT_CHALLENGES = {
  "not-challenged": { verdict: "not-applicable", message: () => "The endpoint did not ask who we are." },
  "not-declared": { verdict: "not-applicable", message: () => "The endpoint is not declared any more." },
} as const satisfies Readonly<Record<string, OutcomeDefinition>>;

/** One subject for each endpoint. Asked with a credential or without, a challenge says the same of the server; the worst answer counts. */
export function eachChallenge<O extends string>(
  { integration, observations }: ChallengeInput,
  answer: (refusal: Refusal) => Answer<O>,
): readonly RuleResult<O | "not-challenged">[] {
  return integration.endpoints.flatMap(({ id }): readonly RuleResult<O | "not-challenged">[] => {
    const subject = endpointSubject(id);
    const without = counted(observations["http-unauthenticated"].filter(({ key }) => key.endpoint === id));
    const answers: readonly Observation<Kinds>[] = [...without, ...observations["http-response"].filter(({ key }) => key.endpoint === id)];
    const told = answers.flatMap((observation) => {
      const refusal = refusalIn(observation);
      if (refusal === undefined) return [];
      const { pointer, summary, ...result } = answer(refusal);
      return [{ ...result, subject, evidence: [{ observation: plain(observation), pointer, summary }] }];
    });
    return told.length > 0 ? told : [untold(subject, without[0])];
  });
}

/** For `absent`. */
export function goneEndpoint(subject: string, { integration }: Pick<ChallengeInput, "integration">): RuleResult<"not-declared"> {
  return absentEndpoint(subject, integration, "not-declared");
}

/** Nobody asked without a credential, somebody else than the API answered, or it asked for nothing. */
function untold<O extends string>(
  subject: string,
  observation: Observation<"http-unauthenticated"> | undefined,
): RuleResult<O | "not-challenged"> {
  if (observation === undefined) return { outcome: "unobserved", subject, reason: "not_requested" };
  const answer = evidenceOf(observation);
  if (answer === undefined) return unseenResult(subject, observation);
  const { interference, status } = answer;
  const evidence = [{ observation: plain(observation), pointer: "/status", summary: `status ${status}` }];
  return interference === undefined || interference === "credential_rejected"
    ? { outcome: "not-challenged", subject, evidence }
    : { outcome: "unobserved", subject, reason: interference, evidence };
}

function refusalIn(observation: Observation<Kinds>): Refusal | undefined {
  const evidence = evidenceOf(observation);
  if (evidence === undefined || FOREIGN.has(evidence.interference ?? "")) return undefined;
  const asked = challengesOf(evidence.headers);
  if (evidence.status !== 401 && asked === undefined) return undefined;
  const withCredential = "credential" in evidence && evidence.credential.state === "sent";
  return { status: evidence.status, asked: asked ?? NONE, withCredential };
}

/** Undefined where the field did not come. Of 407 it says nothing: that is a proxy of ours. */
export function challengesOf(headers: readonly HeaderFact[]): ReadChallenges | undefined {
  const field = headers.find(({ name }) => name === "www-authenticate");
  if (field === undefined) return undefined;
  const { challenges, malformed } = parseChallenges([field.value ?? ""]);
  const isCut = field.cut === true;
  const shown = challenges.map((challenge) =>
    challenge.scheme === UNNAMED ? { ...challenge, scheme: "a name that is not kept" } : challenge,
  );
  return { challenges: shown, malformed: malformed && !isCut, isWhole: !malformed && !isCut };
}

/** Schemes by which a server names what the inventory declares; undefined where it would name nothing, or anything. */
export function challengeNamesOf(scheme: AuthScheme): readonly string[] | undefined {
  return CHALLENGE_NAMES[scheme];
}

export function isScheme({ scheme }: Challenge, name: string): boolean {
  return scheme.toLowerCase() === name;
}

/**
 * RFC 7616 section 3.3: MD5 where no algorithm is named; without qop there is no nonce of the client's. Unknown where the challenge was not read to
 * its end, or names an algorithm that is none.
 */
export function digestWeakness({ params, malformed }: Challenge): "md5" | "no-qop" | "none" | "unknown" {
  const algorithm = params["algorithm"]?.toLowerCase();
  if (malformed || algorithm === "" || params["qop"] === "") return "unknown";
  if (params["qop"] === undefined) return "no-qop";
  return algorithm === undefined || algorithm.startsWith("md5") ? "md5" : "none";
}

const NONE: ReadChallenges = { challenges: [], malformed: false, isWhole: true };
const BEARER = ["bearer", "token", "jwt"];
const CHALLENGE_NAMES: Readonly<Partial<Record<AuthScheme, readonly string[]>>> = {
  basic: ["basic"],
  digest: ["digest"],
  bearer: BEARER,
  "jwt-bearer": BEARER,
  "oauth2-client-credentials": BEARER,
  "oauth2-code": BEARER,
  "oauth2-password": BEARER,
  "oauth2-implicit": BEARER,
  dpop: ["dpop"],
  hawk: ["hawk"],
  ntlm: ["ntlm", "negotiate"],
  kerberos: ["negotiate", "kerberos"],
  "http-signature": ["signature"],
};
const FOREIGN: ReadonlySet<string> = new Set(["rate_limited", "blocked", "server_error", "not_the_api"]);
