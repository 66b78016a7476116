import { cipherSuiteByCode } from "../../catalog/cipher-suites.ts";
import { namedGroupByCode } from "../../catalog/named-groups.ts";
import { signatureSchemeByCode } from "../../catalog/signature-schemes.ts";
import { SUITE_KINDS } from "../../catalog/suite-classes.ts";
import type { TlsEvidence, TlsVersionSupport } from "../../evidence/kinds.ts";
import { codesIn } from "../../model/code-ranges.ts";
import { DAY, type Instant } from "../../model/instant.ts";
import { stableDelayMs } from "../../model/jitter.ts";
import type { TlsVersion } from "../../model/tls.ts";
import type { Remembered } from "../enumerate/request.ts";
import type { Item, KnownVersion, OfferVersion, SuiteItem, Suspects } from "../enumerate/result.ts";

/** What earlier evidence of the same address spares the next enumeration; undefined where it asked about versions alone, or is too old. */
export function rememberedFrom(evidence: TlsEvidence, now: Instant): Remembered | undefined {
  if (evidence.depth === undefined || !isFresh(evidence, now)) return undefined;
  return {
    versions: evidence.versions.flatMap((found) => (isEnumerated(found.version) ? [knownVersion(found, found.version, evidence)] : [])),
    pace: evidence.pace ?? FREE,
    readsLongLists: evidence.readsLongLists === true,
  };
}

/**
 * Never where nothing was listed. A removal is not looked for: once in four weeks everything is listed anew. The day differs by address, so that a fleet that was first
 * audited on one day does not ask everything on one day again.
 */
export function isFresh({ listedOn, address }: TlsEvidence, now: Instant): boolean {
  const listed = Date.parse(listedOn ?? "");
  const oldest = MEMORY + stableDelayMs(address, SPREAD);
  return now >= listed && now - listed < oldest;
}

function isEnumerated(version: TlsVersion): version is OfferVersion {
  return version !== "SSL 2.0";
}

function knownVersion(found: TlsVersionSupport, version: OfferVersion, evidence: TlsEvidence): KnownVersion {
  const { support, preference, refused = "", refusedGroups = "", refusedSchemes = "" } = found;
  const accepted = (facts: TlsEvidence["groups"]): readonly Item[] =>
    facts.filter(({ versions }) => versions.includes(version)).map(({ code }) => known(Number(code), "accepted"));
  return {
    version,
    support,
    suites: [...found.cipherSuites.map(suiteItem), ...refusedItems(refused)],
    groups: [...accepted(evidence.groups), ...refusedItems(refusedGroups)],
    schemes: [...accepted(evidence.signatureSchemes), ...refusedItems(refusedSchemes)],
    preference,
    suspects: suspectsOf(found, version, evidence),
  };
}

/** By kind of weakness, or of strength: that one of a kind is gone says nothing of the others. */
function suspectsOf(found: TlsVersionSupport, version: OfferVersion, { groups, signatureSchemes }: TlsEvidence): Suspects {
  const suites = found.cipherSuites.flatMap(({ code }) => cipherSuiteByCode(Number(code)) ?? []);
  const kinds = SUITE_KINDS.map((is) => suites.filter(is).map(({ code }) => code));
  const spokenIn = (facts: TlsEvidence["groups"]) =>
    facts.filter(({ versions }) => versions.includes(version)).map(({ code }) => Number(code));
  return {
    suites: kinds.filter((codes) => codes.length > 0),
    groups: spokenIn(groups).filter((code) => ["pq", "hybrid"].includes(namedGroupByCode(code)?.kind ?? "")),
    schemes: spokenIn(signatureSchemes).filter((code) => ["md5", "sha1"].includes(signatureSchemeByCode(code)?.hash ?? "")),
  };
}

function suiteItem({ code, shown }: TlsVersionSupport["cipherSuites"][number]): SuiteItem {
  return { ...known(Number(code), "accepted"), ...(shown !== undefined && { shown }) };
}

function refusedItems(ranges: string): readonly Item[] {
  return codesIn(ranges).map((code) => known(code, "refused"));
}

function known(code: number, state: "accepted" | "refused"): Item {
  return { code, state, seen: { what: "remembered" } };
}

/** As many at once as are allowed, without a rest. */
const FREE = { lanes: Number.POSITIVE_INFINITY, gapMs: 0 };
const MEMORY = 28 * DAY;
const SPREAD = 7 * DAY;
