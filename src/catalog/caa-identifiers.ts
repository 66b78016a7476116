import { type DatedFacts, loadFacts } from "./load.ts";

/** An authority, by the organisations in the subjects of its certificates, and what a CAA record may call it (RFC 8659 section 4.2). */
export interface CaaAuthority {
  readonly organisations: readonly string[];
  /** Domain names, in lower case. */
  readonly identifiers: readonly string[];
  /** Where it keeps its practice statements. */
  readonly reference: string;
}

export function caaAuthorities(): readonly CaaAuthority[] {
  return loadFacts("caa-identifiers", isCaaFacts).authorities;
}

/** Undefined where nobody told us. Punctuation and case tell no authorities apart: "DigiCert Inc", "DigiCert, Inc.". */
export function caaAuthorityOf(organisation: string): CaaAuthority | undefined {
  const wanted = folded(organisation);
  return caaAuthorities().find(({ organisations }) => organisations.some((one) => folded(one) === wanted));
}

function folded(organisation: string): string {
  return organisation.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}

interface CaaFacts extends DatedFacts {
  readonly authorities: readonly CaaAuthority[];
}

function isCaaFacts(candidate: unknown): candidate is CaaFacts {
  const { authorities } = candidate as Partial<CaaFacts>;
  return Array.isArray(authorities) && authorities.every(isAuthority);
}

function isAuthority({ organisations, identifiers, reference }: CaaAuthority): boolean {
  return (
    [organisations, identifiers].every((list) => Array.isArray(list) && list.length > 0) &&
    identifiers.every((name) => /^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(name)) &&
    organisations.every((name) => typeof name === "string" && folded(name) !== "") &&
    String(reference).startsWith("https://")
  );
}
