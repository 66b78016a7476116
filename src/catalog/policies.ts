import { TLS_VERSIONS, type TlsVersion } from "../model/tls.ts";
import { cipherSuiteByName } from "./cipher-suites.ts";
import { type DatedFacts, loadFacts } from "./load.ts";
import { namedGroups } from "./named-groups.ts";
import { signatureSchemes } from "./signature-schemes.ts";

/** Policy packs, each in data/policies/<name>.json. */
export const POLICY_PACKS = [
  "bsi-tr-02102-2-2026-01",
  "mozilla-5.8-intermediate",
  "mozilla-5.8-modern",
  "mozilla-5.8-old",
  "mozilla-6.0-intermediate",
  "mozilla-6.0-modern",
  "nist-sp-800-52r2",
  "pci-dss-4.0.1",
  "rfc-9325",
] as const;
export type PolicyPackName = (typeof POLICY_PACKS)[number];

/** Every name that a pack goes by, with its own. The short one of a guideline stands for its general profile. */
export function policyPackNames(): ReadonlyMap<string, PolicyPackName> {
  return NAMES;
}

/** What somebody demands of a TLS server, as far as it can be seen from outside. */
export interface PolicyPack extends DatedFacts {
  readonly name: PolicyPackName;
  readonly title: string;
  /** Of the file as a whole: `secondary` was not read in the original. */
  readonly confidence: Confidence;
  readonly note?: string;
  /** What the document demands beside, and why it is not here. */
  readonly unseen: readonly string[];
  readonly requirements: readonly PolicyRequirement[];
}

export interface PolicyRequirement {
  /** A slug that is told once in its pack. */
  readonly id: string;
  /** Said of a server that keeps to it. */
  readonly title: string;
  /** `must`: who does not keep to it does not comply. `should`: a recommendation. */
  readonly level: "must" | "should";
  /** ISO days, the first and the last on which it holds. */
  readonly from?: string;
  readonly until?: string;
  readonly confidence?: Confidence;
  readonly note?: string;
  readonly citation: { readonly id: string; readonly url: string };
  readonly check: PolicyCheck;
}

type Confidence = "primary" | "secondary";

/** Classes of cipher suites that a pack may forbid. */
export const POLICY_SUITE_CLASSES = [
  "null",
  "anonymous",
  "export",
  "rc4",
  "3des",
  "below-112",
  "below-128",
  "cbc",
  "ccm8",
  "static-rsa",
  "static-dh",
  "no-forward-secrecy",
  "dhe",
  "dss",
] as const;
export type PolicySuiteClass = (typeof POLICY_SUITE_CLASSES)[number];

/** The closed set of what can be demanded. Names are those of the registries. */
export type PolicyCheck =
  | { readonly kind: "versions-allowed" | "versions-forbidden"; readonly versions: readonly TlsVersion[] }
  | { readonly kind: "version-required"; readonly version: TlsVersion }
  /** Of what is accepted in these versions. */
  | { readonly kind: "suites-allowed"; readonly versions: readonly TlsVersion[]; readonly suites: readonly string[] }
  | { readonly kind: "suites-forbidden"; readonly classes: readonly PolicySuiteClass[] }
  /** `group-required`: one of them. */
  | { readonly kind: "groups-allowed" | "groups-forbidden" | "group-required"; readonly groups: readonly string[] }
  | { readonly kind: "schemes-allowed" | "schemes-forbidden"; readonly schemes: readonly string[] }
  | { readonly kind: "dh-bits"; readonly least: number }
  /** Least bits of a key, kinds of key, and curves of an ECDSA key. */
  | {
      readonly kind: "certificate-key";
      readonly types?: readonly string[];
      readonly rsa?: number;
      readonly ec?: number;
      readonly curves?: readonly string[];
    }
  | { readonly kind: "certificate-days"; readonly most: number }
  | { [K in (typeof PLAIN_CHECKS)[number]]: { readonly kind: K } }[(typeof PLAIN_CHECKS)[number]];

/** The pack of this name or alias, read when it is first asked for; undefined for a name that is none. */
export function policyPack(name: string): PolicyPack | undefined {
  const own = NAMES.get(name);
  return own === undefined ? undefined : { ...loadFacts(`policies/${own}`, isPack), name: own };
}

/** The packs of these names, each once, in the order of their own names. What is no pack is left out. */
export function policyPacks(names: readonly string[]): readonly PolicyPack[] {
  const own = new Set(names.flatMap((name) => NAMES.get(name) ?? []));
  return POLICY_PACKS.filter((name) => own.has(name)).flatMap((name) => policyPack(name) ?? []);
}

const PLAIN_CHECKS = [
  "certificate-trusted",
  "compression-off",
  "secure-renegotiation",
  "extended-master-secret",
  "encrypt-then-mac",
  "ephemeral-keys-fresh",
] as const;

const ALIASES: readonly (readonly [alias: string, name: PolicyPackName])[] = [
  ["bsi-tr-02102-2", "bsi-tr-02102-2-2026-01"],
  ["mozilla-5.8", "mozilla-5.8-intermediate"],
  ["mozilla-6.0", "mozilla-6.0-intermediate"],
];
const NAMES: ReadonlyMap<string, PolicyPackName> = new Map([...POLICY_PACKS.map((name) => [name, name] as const), ...ALIASES]);

type PackFile = Omit<PolicyPack, "name">;

function isPack(candidate: unknown): candidate is PackFile {
  const { title, confidence, note, unseen, requirements } = candidate as Record<string, unknown>;
  if (!isText(title) || !isConfidence(confidence) || !isOptional(note, isText) || !isListOf(unseen, isText)) return false;
  return isListOf(requirements, isRequirement) && new Set(requirements.map(({ id }) => id)).size === requirements.length;
}

function isRequirement(candidate: unknown): candidate is PolicyRequirement {
  const { id, title, level, from, until, confidence, note, citation, check } = candidate as Record<string, unknown>;
  const source = citation as Partial<PolicyRequirement["citation"]> | undefined;
  return (
    /^[a-z0-9]+(-[a-z0-9]+)*$/.test(String(id)) &&
    isText(title) &&
    (level === "must" || level === "should") &&
    [from, until].every((day) => isOptional(day, isDay)) &&
    isOptional(confidence, isConfidence) &&
    isOptional(note, isText) &&
    isText(source?.id) &&
    String(source?.url).startsWith("https://") &&
    isCheck(check)
  );
}

function isCheck(candidate: unknown): candidate is PolicyCheck {
  const { kind, ...rest } = candidate as { readonly kind: string } & Readonly<Record<string, unknown>>;
  const fields = CHECK_FIELDS[kind];
  if (fields === undefined) return false;
  const isKnown = Object.entries(rest).every(([name, value]) => fields[name]?.(value) === true);
  return isKnown && (kind === "certificate-key" || Object.keys(fields).every((name) => name in rest));
}

type Test = (value: unknown) => boolean;

const versions: Test = (value) => isListOf(value, (version) => TLS_VERSIONS.some((known) => known === version));
const groups: Test = (value) => isListOf(value, (name) => namedGroups().some((group) => group.name === name));
const schemes: Test = (value) => isListOf(value, (name) => signatureSchemes().some((scheme) => scheme.name === name));
const suites: Test = (value) => isListOf(value, (name) => cipherSuiteByName(String(name))?.name === name);
const classes: Test = (value) => isListOf(value, (name) => POLICY_SUITE_CLASSES.some((known) => known === name));
const types: Test = (value) => isListOf(value, (name) => ["rsa", "rsa-pss", "ecdsa", "eddsa", "dsa"].includes(String(name)));
const count: Test = (value) => Number.isInteger(value) && Number(value) > 0;

/** Fields of a check by its kind; all of them are there, but those of certificate-key. */
const CHECK_FIELDS: Readonly<Record<string, Readonly<Record<string, Test>>>> = {
  "versions-allowed": { versions },
  "versions-forbidden": { versions },
  "version-required": { version: (value) => versions([value]) },
  "suites-allowed": { versions, suites },
  "suites-forbidden": { classes },
  "groups-allowed": { groups },
  "groups-forbidden": { groups },
  "group-required": { groups },
  "schemes-allowed": { schemes },
  "schemes-forbidden": { schemes },
  "dh-bits": { least: count },
  "certificate-key": { types, rsa: count, ec: count, curves: groups },
  "certificate-days": { most: count },
  ...Object.fromEntries(PLAIN_CHECKS.map((kind) => [kind, {}])),
};

function isListOf<T>(list: unknown, isOne: ((value: unknown) => value is T) | Test): list is readonly T[] {
  return Array.isArray(list) && list.length > 0 && list.every(isOne);
}

function isOptional(value: unknown, isOne: Test): boolean {
  return value === undefined || isOne(value);
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

function isConfidence(value: unknown): value is Confidence {
  return value === "primary" || value === "secondary";
}

function isDay(value: unknown): boolean {
  const text = String(value);
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text);
}
