import { type HeaderTreatment, headerTreatment } from "../catalog/header-fields.ts";
import { type SecretParameter, secretParameter } from "../catalog/secret-parameters.ts";
import { insideHost } from "../model/host-name.ts";
import { isoInstant } from "../model/instant.ts";
import { internalNames, withoutInternalNames } from "../model/internal-names.ts";
import { cleanText, decodeHeaderText, maskOpaque, OPAQUE, type Scrub } from "./clean-text.ts";
import { keptChallenges, keptScopes } from "./kept-challenges.ts";
import type { HeaderFact, RedirectFact } from "./kinds.ts";

/** Header fields as they arrived: names lower-case, duplicates kept, values as latin1 text. Hostile. */
export type RawHeaders = readonly (readonly [name: string, value: string])[];

/**
 * What may be remembered of a response's header fields: data/header-fields.json decides for each name. Sorted by name, so that
 * the same answer gives the same bytes. At most 200 fields; those with a value are kept first, so that fillers hide nothing.
 */
export function headerFacts(headers: RawHeaders, scrub: Scrub): readonly HeaderFact[] {
  const facts = [...valuesByName(headers, scrub)].flatMap(([name, values]): readonly HeaderFact[] => {
    const treatment = headerTreatment(name);
    if (treatment === "volatile") return [];
    return [{ name, ...keptValue(name, treatment, values, scrub), count: values.length }];
  });
  return facts.sort(byKeptThenName).slice(0, MAX_FIELDS).sort(byName);
}

/** Where a redirect leads, as far as it may be remembered. Undefined for every status that is not one (RFC 9110 section 15.4). */
export function redirectFact(status: number, headers: RawHeaders, origin: string, scrub: Scrub): RedirectFact | undefined {
  if (!REDIRECTS.includes(status)) return undefined;
  const location = headers.find(([name]) => name === "location")?.[1];
  const target = location === undefined ? undefined : parsedUrl(cleanText(decodeHeaderText(location), scrub, MAX_RAW_VALUE), origin);
  if (target === undefined) return { sameOrigin: false, toHttps: false };
  const carries = carriedBy(target);
  const inside = /^https?:$/.test(target.protocol) ? insideHost(target.hostname) : undefined;
  return {
    ...maskedOrigin(target),
    sameOrigin: target.origin === origin,
    toHttps: target.protocol === "https:",
    ...(inside === undefined ? {} : { inside }),
    ...(carries === undefined ? {} : { carries }),
  };
}

/** By the names of parameters alone; a fragment is a query by another sign (RFC 6749 section 4.2.2). */
function carriedBy({ searchParams, hash }: URL): SecretParameter | undefined {
  const names = [...searchParams.keys(), ...new URLSearchParams(hash.slice(1)).keys()].slice(0, MAX_PARAMETERS);
  const kinds = new Set(names.map(secretParameter));
  return (["token", "signature"] as const).find((kind) => kinds.has(kind));
}

/** Of what is told of fields by name, what may be remembered: a name may be a value that somebody put there. */
export function rememberedFields<T extends { readonly field: string }>(facts: readonly T[], scrub: Scrub): readonly T[] {
  return facts.filter(({ field }) => isFieldName(field) && scrub(field) === field && field.length <= MAX_NAME).slice(0, MAX_FIELDS);
}

function valuesByName(headers: RawHeaders, scrub: Scrub): ReadonlyMap<string, readonly string[]> {
  const byName = new Map<string, string[]>();
  for (const [arrived, value] of headers) {
    if (!isFieldName(arrived) || scrub(arrived) !== arrived) continue;
    const name = arrived.slice(0, MAX_NAME);
    const values = byName.get(name);
    if (values === undefined) byName.set(name, [value]);
    else values.push(value);
  }
  return byName;
}

/** A token (RFC 9110 section 5.1) that reads like a name: a server may put a value there, too. */
function isFieldName(name: string): boolean {
  return FIELD_NAME.test(name) && maskOpaque(name) === name && !VALUE_LIKE_NAME.test(name);
}

function keptValue(name: string, treatment: HeaderTreatment, values: readonly string[], scrub: Scrub): Pick<HeaderFact, "value" | "cut"> {
  if (treatment === "presence" || treatment === "volatile") return {};
  // Of a field that may come once, the first counts, as in node's own parser; list fields are one list (RFC 9110 section 5.3). Whoever adds
  // its name to an answer in a line of its own is named like the others.
  const raw = LISTS.includes(treatment) ? values.join(", ") : (values[0] ?? "");
  const clean = cleanText(decodeHeaderText(raw), scrub, MAX_RAW_VALUE).trim();
  const isFreeText = ["banner", "text", "list"].includes(treatment);
  const kept = KEEPERS[treatment](isFreeText ? withoutInternalNames(name, clean, OPAQUE) : clean);
  if (kept === "") return {};
  // Of a challenge nothing may be missing unnoticed; what else is cut off was never looked at.
  const isCut = kept.length > MAX_VALUE || (treatment === "challenge" && raw.length > MAX_RAW_VALUE);
  return isCut ? { value: kept.slice(0, MAX_VALUE), cut: true } : { value: kept };
}

const KEEPERS: Readonly<Record<Exclude<HeaderTreatment, "presence" | "volatile">, (value: string) => string>> = {
  banner: maskOpaque,
  text: maskOpaque,
  list: maskOpaque,
  "media-type": mediaType,
  directives: directiveNames,
  challenge: keptChallenges,
  scopes: (value) => keptScopes(value.split(/[ ,]+/)).join(", "),
  instant,
  link: linkRelations,
};

/** `2026-12-01 10:00:00 UTC` and `2026-12-01 10:00:00 +0200` are two spellings of RFC 3339's; another one is none that we know. */
function instant(value: string): string {
  const [, day, time, zone = ""] = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}:\d{2})(?:\.\d+)? ?(UTC|Z|[+-]\d{2}:?\d{2})$/.exec(value) ?? [];
  const at = Date.parse(`${day}T${time}${zone === "UTC" ? "Z" : zone.replace(/^([+-]\d{2})(\d{2})$/, "$1:$2")}`);
  return Number.isNaN(at) ? "" : isoInstant(at);
}

function mediaType(value: string): string {
  const [, type = "", parameters = ""] = /^([\w!#$&^.+-]{1,64}\/[\w!#$&^.+-]{1,64})(.*)$/.exec(value) ?? [];
  const [, charset] = /;\s*charset="?([\w:.+-]{1,40})/i.exec(parameters) ?? [];
  return maskOpaque([type, ...(charset === undefined ? [] : [`charset=${charset}`])].join("; ").toLowerCase());
}

/** `private="x-secret", max-age=60` is `private, max-age=60`. */
function directiveNames(value: string): string {
  const kept = value.split(/[,;]/).flatMap((directive) => {
    const [, name, number] = /^\s*([A-Za-z*][\w-]{0,40})(?:\s*=\s*"?(\d{1,10})\b)?/.exec(directive) ?? [];
    if (name === undefined) return [];
    return [number === undefined ? name : `${name}=${number}`];
  });
  return maskOpaque(kept.join(value.includes(";") ? "; " : ", ").toLowerCase());
}

/** `</v2/users/42>; rel=sunset` is `<https://origin>; rel="sunset"`, or `<>` where the target is relative. */
function linkRelations(value: string): string {
  const links = [...value.matchAll(/<([^<>]{0,2048})>([^<]{0,512})/g)].flatMap(([, target = "", parameters = ""]) => {
    const [, relations = ""] = /;\s*rel\s*=\s*"?([a-z][a-z0-9. -]{0,80})/i.exec(parameters) ?? [];
    if (relations === "") return [];
    const url = parsedUrl(target);
    const { origin = "" } = url === undefined || internalNames("link", url.origin).length > 0 ? {} : maskedOrigin(url);
    return [`<${origin}>; rel="${maskOpaque(relations.trim().toLowerCase())}"`];
  });
  return links.join(", ");
}

/** Host names are remembered, unless a value was put there; targets of other schemes have no origin. */
function maskedOrigin({ protocol, host }: URL): { readonly origin?: string } {
  return protocol === "https:" || protocol === "http:" ? { origin: `${protocol}//${maskOpaque(host)}` } : {};
}

function parsedUrl(text: string, base?: string): URL | undefined {
  return URL.canParse(text, base) ? new URL(text, base) : undefined;
}

function byName(a: HeaderFact, b: HeaderFact): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}

function byKeptThenName(a: HeaderFact, b: HeaderFact): number {
  return Number(b.value !== undefined) - Number(a.value !== undefined) || byName(a, b);
}

const MAX_FIELDS = 200;
const MAX_NAME = 64;
const MAX_PARAMETERS = 200;
const MAX_VALUE = 512;
/** Longest text that is taken apart. */
const MAX_RAW_VALUE = 4096;
const REDIRECTS: readonly number[] = [300, 301, 302, 303, 307, 308];
const LISTS: readonly HeaderTreatment[] = ["banner", "list", "challenge", "link", "directives", "scopes"];
const FIELD_NAME = /^[!#$%&'*+.^_`|~0-9a-z-]+$/;
const VALUE_LIKE_NAME = /[0-9a-f]{16,}|\d{8,}|[a-z0-9]{40,}/;
