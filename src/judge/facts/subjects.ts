import { sha256Hex } from "../../model/digest.ts";
import type { Integration } from "../../model/integration.ts";
import type { RuleResult } from "../rules/rule.ts";

/** Origins that were declared, the one of the base URL first. */
export function declaredOrigins(integration: Integration): readonly string[] {
  const known = origins.get(integration) ?? originsIn(integration);
  origins.set(integration, known);
  return known;
}

function originsIn({ baseUrl, additionalUrls }: Integration): readonly string[] {
  return [...new Set([baseUrl, ...additionalUrls.map(({ url }) => url)].map((url) => new URL(url).origin))];
}

/** Most rules ask for them. */
const origins = new WeakMap<Integration, readonly string[]>();

/** Those of them that speak TLS. */
export function secureOrigins(integration: Integration): readonly string[] {
  return declaredOrigins(integration).filter((origin) => origin.startsWith("https:"));
}

/** The origin of the base URL has the bare word; any other has `word@host:port`, so that a second region is a second question. */
export function subjectAt(word: string, origin: string, integration: Integration): string {
  if (origin === declaredOrigins(integration)[0]) return word;
  const { protocol, hostname, port } = new URL(origin);
  return `${word}@${hostname}:${port === "" ? DEFAULT_PORTS[protocol] : port}`;
}

/** For `absent`: the finding is closed where its origin is not among the declared ones any more, and was merely not seen where it is. */
export function absentOrigin<O extends string>(
  subject: string,
  origins: readonly string[],
  integration: Integration,
  gone: O,
): RuleResult<O> {
  const [word = ""] = subject.split("@");
  const isDeclared = origins.some((origin) => subjectAt(word, origin, integration) === subject);
  return isDeclared ? { outcome: "unobserved", subject, reason: "evidence_missing" } : { outcome: gone, subject };
}

export function endpointSubject(endpoint: string): string {
  return `endpoint:${endpoint}`;
}

/** A path may be as long as a provider likes: a long one is cut, and told apart by its hash. */
export function fieldSubject(endpoint: string, path: string, word: string): string {
  return `${endpointSubject(endpoint)}#${shortened(path)}#${word}`;
}

/** The declared endpoint that a subject is about, or undefined when it is not declared any more. */
export function endpointOfSubject(subject: string, integration: Integration): string | undefined {
  return integration.endpoints.find(({ id }) => subject === endpointSubject(id) || subject.startsWith(`${endpointSubject(id)}#`))?.id;
}

/**
 * For `absent`: the finding is closed where its endpoint is not declared any more, and was merely not seen where it is.
 * An ad hoc target declares nothing: what is asked of it today closes nothing that was asked of it another day.
 */
export function absentEndpoint<O extends string>(subject: string, integration: Integration, gone: O): RuleResult<O> {
  if (endpointOfSubject(subject, integration) !== undefined) return { outcome: "unobserved", subject, reason: "evidence_missing" };
  return integration.adHoc ? { outcome: "unobserved", subject, reason: "not_requested" } : { outcome: gone, subject };
}

function shortened(path: string): string {
  return path.length <= MAX_PATH ? path : `${path.slice(0, MAX_PATH)}...${sha256Hex(path).slice(0, 12)}`;
}

const DEFAULT_PORTS: Readonly<Record<string, number>> = { "https:": 443, "http:": 80 };
const MAX_PATH = 200;
