import type { CaaRecord } from "../../model/net-port.ts";

/**
 * Whom CAA records let issue for a host, or for a wildcard above it: domain names in lower case, none where nobody may. Undefined where they
 * restrict nobody (RFC 8659 sections 4.2 and 4.3).
 */
export function permittedIssuers(records: readonly CaaRecord[], isWildcard: boolean): readonly string[] | undefined {
  const valuesOf = (wanted: string) => records.flatMap(({ tag, value }) => (tag === wanted ? [value] : []));
  const wild = isWildcard ? valuesOf("issuewild") : [];
  const values = wild.length > 0 ? wild : valuesOf("issue");
  if (values.length === 0) return undefined;
  return values.map(issuerIn).filter((issuer) => issuer !== "");
}

/** Parameters narrow it down further; they are for the authority to read. */
function issuerIn(value: string): string {
  return (value.split(";")[0] ?? "").trim().toLowerCase();
}
