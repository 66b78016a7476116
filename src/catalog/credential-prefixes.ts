import { CREDENTIAL_CLASSES, type CredentialClass } from "../model/token.ts";
import { type DatedFacts, loadFacts } from "./load.ts";

/** How the credentials of one class of one provider look. */
export interface CredentialPrefix {
  readonly provider: string;
  /** Says whose it is and is no secret. May be empty where the shape alone says it. */
  readonly prefix: string;
  /** What follows: a regular expression. */
  readonly rest: string;
  readonly class: CredentialClass;
  /** Characters at the end that follow from the others. */
  readonly checksum?: number;
  /** Where it belongs; `*.` for every name below. */
  readonly hosts: readonly string[];
  /** What it is good for, where its text says so. */
  readonly environment?: "live" | "test";
  /** The class that the provider puts in its place. */
  readonly better?: string;
  /** Of a person's: whose tokens begin the same. */
  readonly orShared?: string;
  /** The same software runs on hosts of others. */
  readonly selfHosted?: true;
}

/** The entry whose shape the whole text has; of several the one with the longest prefix. */
export function credentialPrefixOf(text: string): CredentialPrefix | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  return compiled().find(({ entry, whole }) => text.startsWith(entry.prefix) && whole.test(text))?.entry;
}

/** One prefix may be of several classes; where none is of this one, the first counts. */
export function credentialPrefix(provider: string, prefix: string, ofClass?: CredentialClass): CredentialPrefix | undefined {
  const entries = credentialPrefixes().filter((entry) => entry.provider === provider && entry.prefix === prefix);
  return entries.find((entry) => entry.class === ofClass) ?? entries[0];
}

export function credentialPrefixes(): readonly CredentialPrefix[] {
  return loadFacts("credential-prefixes", isPrefixFile).credentials;
}

let patterns: readonly { readonly entry: CredentialPrefix; readonly whole: RegExp }[] | undefined;

function compiled() {
  patterns ??= [...credentialPrefixes()]
    .sort((a, b) => b.prefix.length - a.prefix.length)
    .map((entry) => ({ entry, whole: new RegExp(`^${entry.prefix.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}(?:${entry.rest})$`) }));
  return patterns;
}

interface PrefixFile extends DatedFacts {
  readonly credentials: readonly CredentialPrefix[];
}

function isPrefixFile(facts: unknown): facts is PrefixFile {
  const { credentials } = facts as Partial<PrefixFile>;
  return Array.isArray(credentials) && credentials.length > 0 && credentials.every(isEntry);
}

function isEntry(entry: CredentialPrefix): boolean {
  return (
    [entry.provider, entry.prefix, entry.rest].every((text) => typeof text === "string") &&
    CREDENTIAL_CLASSES.includes(entry.class) &&
    entry.hosts.every((host) => /^(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(host)) &&
    (entry.checksum === undefined || Number.isInteger(entry.checksum)) &&
    ["live", "test", undefined].includes(entry.environment) &&
    [entry.better, entry.orShared].every((text) => ["string", "undefined"].includes(typeof text)) &&
    [true, undefined].includes(entry.selfHosted)
  );
}

const MAX_LENGTH = 1024;
