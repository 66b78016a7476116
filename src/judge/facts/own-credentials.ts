import { type CredentialPrefix, credentialPrefix } from "../../catalog/credential-prefixes.ts";
import type { HeldCredential, SharedCredential } from "../../evidence/kinds.ts";
import type { Observation } from "../../evidence/observation.ts";
import type { Integration } from "../../model/integration.ts";
import { type CredentialRole, declaredCredentials } from "../../model/own-credential.ts";
import type { OutcomeDefinition, RuleResult } from "../rules/rule.ts";
import { type Answer, answerEach } from "./aggregate.ts";
import { isAtHome } from "./credential-home.ts";

export interface OwnCredentialInput {
  readonly integration: Integration;
  readonly observations: { readonly credential: readonly Observation<"credential">[] };
}

/** A credential that could be read where it lies. */
export interface OwnCredential extends HeldCredential {
  /** Where it goes. */
  readonly host: string;
  /** JSON Pointer to it. */
  readonly at: string;
  /** Epoch milliseconds. */
  readonly observedAt: number;
}

/** Outcomes of every question about what we log in with, and of every question about the class that it is of. */
export const ABOUT_CREDENTIALS = {
  "no-credential": { verdict: "not-applicable", message: () => "No credential is declared." },
} as const satisfies Readonly<Record<string, OutcomeDefinition>>;
export const ABOUT_KNOWN_CREDENTIALS = {
  ...ABOUT_CREDENTIALS,
  "unknown-kind": { verdict: "not-applicable", message: () => "It does not look like the key of a provider that we know." },
} as const satisfies Readonly<Record<string, OutcomeDefinition>>;
export const ABOUT_FILES = {
  ...ABOUT_CREDENTIALS,
  "no-file": { verdict: "not-applicable", message: () => "It lies in no file that we know of." },
} as const satisfies Readonly<Record<string, OutcomeDefinition>>;

/** For `applies`. */
export function withoutCredential({ integration }: Pick<OwnCredentialInput, "integration">): "no-credential" | undefined {
  return declaredCredentials(integration).length === 0 ? "no-credential" : undefined;
}

export function eachCredential<O extends string>(
  { integration, observations }: OwnCredentialInput,
  answer: (credential: OwnCredential) => Answer<O>,
): readonly RuleResult<O>[] {
  return declaredCredentials(integration).flatMap(({ role, origin }) => {
    const there = observations.credential.filter(({ key }) => key.origin === origin);
    return answerEach<"credential", O>(SUBJECTS[role], there, ({ held }, { observedAt }): Answer<O> => {
      const index = held.findIndex((one) => one.role === role);
      const one = held[index];
      if (one === undefined) return { outcome: "unobserved", reason: "evidence_missing", pointer: "/held", summary: "not looked at" };
      const at = `/held/${index}`;
      if (one.reason !== undefined) return { outcome: "unobserved", reason: one.reason, pointer: `${at}/reason`, summary: one.reason };
      return answer({ ...one, host: new URL(origin).hostname, at, observedAt });
    });
  });
}

/** Of those whose text says whose they are. */
export function eachKnownCredential<O extends string>(
  input: OwnCredentialInput,
  answer: (credential: OwnCredential, entry: CredentialPrefix) => Answer<O>,
): readonly RuleResult<O | "unknown-kind">[] {
  return eachCredential<O | "unknown-kind">(input, (credential) => {
    const { known, at, host } = credential;
    const entry = knownEntry(known, host);
    if (entry === undefined) return { outcome: "unknown-kind", pointer: at, summary: "no prefix that we know" };
    return answer(credential, entry);
  });
}

/** What is known of its kind, where its beginning is enough of a sign, or goes where such credentials go. */
export function knownEntry(known: OwnCredential["known"], host: string): CredentialPrefix | undefined {
  const entry = known === undefined ? undefined : credentialPrefix(known.provider, known.prefix, known.class);
  return entry === undefined || (isTooShort(entry) && !isAtHome(entry, host)) ? undefined : entry;
}

/** Two characters stand at the beginning of other people's keys as well; none at all is of keys with a shape of their own. */
function isTooShort({ prefix, class: kind }: CredentialPrefix): boolean {
  return prefix.length > 0 && prefix.length < SHORTEST_SIGN && kind !== "identifier";
}

/** `others`: how many integrations count that have the same one. That none has it can be said where all could be compared. */
export function eachComparedCredential<O extends string>(
  input: OwnCredentialInput,
  others: (shared: SharedCredential) => number,
  alone: O,
): readonly RuleResult<O | "shared">[] {
  return eachCredential<O | "shared">(input, ({ shared, at }) => {
    if (shared === undefined) return { outcome: "unobserved", reason: "evidence_missing", pointer: at, summary: "not compared" };
    const { compared, uncompared, because = "evidence_missing" } = shared;
    const count = others(shared);
    const said = { pointer: `${at}/shared`, summary: `${count} of ${compared}` };
    if (count > 0) return { outcome: "shared", data: { others: count }, ...said };
    return uncompared > 0 ? { outcome: "unobserved", reason: because, ...said } : { outcome: alone, ...said };
  });
}

/** Since when it is known to be there, at the latest; undefined where nothing was ever compared. Epoch milliseconds. */
export function seenSince({ seen, fingerprint }: OwnCredential): number | undefined {
  if (seen === undefined || seen.keyId !== fingerprint?.keyId) return undefined;
  return seen.fingerprints.find(({ value }) => value === fingerprint.value)?.since;
}

/** Another one was seen behind the same reference before: it was changed while we looked. */
export function followsAnother(credential: OwnCredential): boolean {
  const since = seenSince(credential);
  return since !== undefined && credential.seen?.fingerprints.some((other) => other.since < since) === true;
}

const SHORTEST_SIGN = 3;
const SUBJECTS: Readonly<Record<CredentialRole, string>> = { clients: "credential", audit: "audit-credential" };
