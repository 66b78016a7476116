import type { Observation } from "../../evidence/observation.ts";
import type { Severity } from "../../model/severity.ts";
import { evidenceOf } from "./aggregate.ts";
import { fieldValue } from "./responses.ts";

export interface GrantedScopes {
  readonly scopes: readonly string[];
  readonly observation: Observation;
  readonly pointer: string;
}

interface ScopeSources {
  readonly "token-response": readonly Observation<"token-response">[];
  readonly "http-response": readonly Observation<"http-response">[];
}

/** What the credential may do, where an answer says so: a token response, the endpoint that describes it, or X-OAuth-Scopes (GitHub, Slack, Bitbucket). */
export function grantedScopes(observations: ScopeSources): GrantedScopes | undefined {
  for (const observation of observations["token-response"]) {
    const scopes = evidenceOf(observation)?.scopes;
    if (scopes !== undefined) return { scopes, observation: observation as unknown as Observation, pointer: "/scopes" };
  }
  for (const observation of observations["http-response"]) {
    const evidence = evidenceOf(observation);
    if (evidence?.describes?.scopes !== undefined)
      return { scopes: evidence.describes.scopes, observation: observation as unknown as Observation, pointer: "/describes/scopes" };
    const field = evidence?.credential.state === "sent" ? fieldValue(evidence.headers, "x-oauth-scopes") : undefined;
    if (field !== undefined) {
      const scopes = field.split(/[ ,]+/).filter((scope) => scope !== "");
      return { scopes, observation: observation as unknown as Observation, pointer: "/headers" };
    }
  }
  return undefined;
}

/** Granted and not needed, nor part of what is: `repo` holds `repo:status`. */
export function excessScopes(granted: readonly string[], needed: readonly string[]): readonly string[] {
  return granted.filter((scope) => !needed.includes(scope) && !IDENTITY.has(scope));
}

/** What one more scope lets somebody do who has the credential. A verb counts for more than what it is about: whoever reads an admin rules nothing. */
export function scopeSeverity(scope: string): Severity {
  const words = wordsOf(scope);
  if (words.some((word) => GRAVE_VERBS.has(word))) return "high";
  const reads = words.some((word) => READING.has(word)) && !words.some((word) => WRITING.has(word));
  if (reads) return "low";
  return words.some((word) => GRAVE.has(word)) ? "high" : "medium";
}

/** Whether scopes say that something may be changed with them: some do, all of them only read, or they do not tell. */
export function writeAccess(granted: readonly string[]): "writes" | "reads" | "unknown" {
  const telling = granted.filter((scope) => !IDENTITY.has(scope));
  if (telling.some((scope) => scopeSeverity(scope) === "high" || wordsOf(scope).some((word) => WRITING.has(word)))) return "writes";
  return telling.length > 0 && telling.every((scope) => scopeSeverity(scope) === "low") ? "reads" : "unknown";
}

function wordsOf(scope: string): readonly string[] {
  return scope.toLowerCase().split(/[^a-z]+/);
}

/** Who we are, not what we may do (OpenID Connect Core 1.0 section 5.4). */
const IDENTITY: ReadonlySet<string> = new Set(["openid", "profile", "email", "offline_access"]);
const GRAVE_VERBS: ReadonlySet<string> = new Set(["delete", "impersonate", "sudo"]);
const GRAVE: ReadonlySet<string> = new Set(["admin", "billing", "key", "keys", "owner", "all", "full", "root"]);
const READING: ReadonlySet<string> = new Set(["read", "readonly", "view", "list", "get", "status"]);
const WRITING: ReadonlySet<string> = new Set([
  "write",
  "readwrite",
  "create",
  "update",
  "edit",
  "modify",
  "manage",
  "send",
  "publish",
  "upload",
  "post",
]);
