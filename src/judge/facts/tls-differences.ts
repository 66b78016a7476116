import { type CipherSuite, cipherSuitesOf } from "../../catalog/cipher-suites.ts";
import { type NamedGroup, namedGroupsOf } from "../../catalog/named-groups.ts";
import type { TlsEvidence, TlsVersionSupport } from "../../evidence/kinds.ts";
import { codesIn } from "../../model/code-ranges.ts";
import type { UnobservedReason } from "../../model/reason.ts";
import { TLS_VERSIONS, type TlsVersion } from "../../model/tls.ts";
import { worstReason } from "./aggregate.ts";
import { supportOf, unknownReason } from "./tls-suites.ts";

/** How several addresses compare in one aspect. */
export interface Comparison {
  /** Words for what some accept and some refuse. */
  readonly differing: readonly string[];
  /** Why some of it is not known of all; undefined where it is. */
  readonly open?: UnobservedReason;
  /** There was something that all could be asked about. */
  readonly comparable: boolean;
}

/** Versions that some accept and some refuse. SSL 2.0 is compared where everybody was asked about it. */
export function versionDifferences(addresses: readonly TlsEvidence[]): Comparison {
  const asked = TLS_VERSIONS.filter((version) => version !== "SSL 2.0" || addresses.every((one) => supportOf(one, version) !== undefined));
  return comparison(asked.map((version) => ({ word: version, states: addresses.map((one) => versionState(one, version)) })));
}

/** Suites that some accept and some refuse, of the versions that they all accept. */
export function suiteDifferences(addresses: readonly TlsEvidence[]): Comparison {
  return inSharedVersions(addresses, (found, version) => {
    const decided = states(new Set(found.cipherSuites.map(({ code }) => Number(code))), found.refused, found.reason);
    return cipherSuitesOf(version).map(({ code, name }: CipherSuite) => ({ word: name, state: decided(code) }));
  });
}

/** The same of groups. A version in which one of them takes none is no question: without elliptic curves it has no use for them. */
export function groupDifferences(addresses: readonly TlsEvidence[]): Comparison {
  return inSharedVersions(addresses, (found, version, { groups }) => {
    const accepted = groups.flatMap(({ code, versions }) => (versions.includes(version) ? [Number(code)] : []));
    if (accepted.length === 0) return [];
    const decided = states(new Set(accepted), found.refusedGroups, found.reason);
    return namedGroupsOf(version).map(({ code, name }: NamedGroup) => ({ word: name, state: decided(code) }));
  });
}

type State = "accepted" | "refused" | { readonly unknown: UnobservedReason };
type Item = { readonly word: string; readonly state: State };
type Row = { readonly word: string; readonly states: readonly State[] };

type ItemsOf = (found: TlsVersionSupport, version: TlsVersion, evidence: TlsEvidence) => readonly Item[];

function inSharedVersions(addresses: readonly TlsEvidence[], itemsOf: ItemsOf): Comparison {
  return comparison(TLS_VERSIONS.flatMap((version) => sharedRows(addresses, version, itemsOf)));
}

function sharedRows(addresses: readonly TlsEvidence[], version: TlsVersion, itemsOf: ItemsOf): readonly Row[] {
  const supports = addresses.map((evidence) => versionState(evidence, version));
  if (version === "SSL 2.0" || supports.includes("refused")) return [];
  const items = addresses.flatMap((evidence, index) => {
    const found = supportOf(evidence, version);
    return found !== undefined && supports[index] === "accepted" ? [itemsOf(found, version, evidence)] : [];
  });
  if (items.some((one) => one.length === 0)) return [];
  if (items.length < addresses.length) return [{ word: version, states: supports }];
  return (items[0] ?? []).map(({ word }, index) => ({ word, states: items.flatMap((one) => one[index]?.state ?? []) }));
}

function comparison(rows: readonly Row[]): Comparison {
  const differing = rows.filter(({ states }) => states.includes("accepted") && states.includes("refused"));
  const open = rows.flatMap(({ states }) => states.flatMap((state) => (typeof state === "string" ? [] : [state.unknown])));
  return {
    differing: differing.map(({ word }) => word),
    ...(open.length > 0 && { open: worstReason(open) }),
    comparable: rows.length > 0,
  };
}

function versionState(evidence: TlsEvidence, version: TlsVersion): State {
  const found = supportOf(evidence, version);
  const unknown = unknownReason(found);
  if (unknown !== undefined) return { unknown };
  return found?.support === "accepted" ? "accepted" : "refused";
}

function states(accepted: ReadonlySet<number>, ranges = "", unknown: UnobservedReason = "evidence_ambiguous"): (code: number) => State {
  const refused = new Set(codesIn(ranges));
  return (code) => (accepted.has(code) ? "accepted" : refused.has(code) ? "refused" : { unknown });
}
