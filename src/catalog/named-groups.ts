import type { TlsVersion } from "../model/tls.ts";
import { type DatedFacts, loadFacts } from "./load.ts";

/** A row of the IANA registry of supported groups. */
export interface NamedGroup {
  /** 0..65535. */
  readonly code: number;
  /** "x25519", "X25519MLKEM768". */
  readonly name: string;
  readonly kind: "elliptic" | "ffdhe" | "pq" | "hybrid";
  /** Of the field or of the prime; of ML-KEM the parameter set. 0 where the name says nothing of it. */
  readonly bits: number;
  /** Defined up to TLS 1.2. */
  readonly tls12?: true;
  readonly tls13?: true;
}

/** All that are assigned, in the order of the codes. */
export function namedGroups(): readonly NamedGroup[] {
  groups ??= loadFacts("named-groups", isGroupFacts).groups.map((group) => ({ ...group, code: Number(group.code) }));
  return groups;
}

/**
 * All that a server might choose in a version. Elliptic ones only up to TLS 1.2: there the prime of a finite field is seen, and no name of it
 * is agreed on. SSL has no extension to name them in.
 */
export function namedGroupsOf(version: TlsVersion): readonly NamedGroup[] {
  if (version === "SSL 2.0" || version === "SSL 3.0") return [];
  return namedGroups().filter((group) => (version === "TLS 1.3" ? group.tls13 : isCurve(group)));
}

/** Undefined for a code that the registry did not know when it was read. */
export function namedGroupByCode(code: number): NamedGroup | undefined {
  return namedGroups().find((group) => group.code === code);
}

/** By the name that node gives for a negotiated one ("X25519", "prime256v1"); undefined for one that is unknown, or no group by name. */
export function namedGroupByOpensslName(name: string): NamedGroup | undefined {
  const registered = name === "prime256v1" ? "secp256r1" : name.toLowerCase();
  return namedGroups().find((group) => group.name.toLowerCase() === registered);
}

/** A curve that a name stands for: 0xFF01 and 0xFF02 are none. */
function isCurve({ tls12, kind, bits }: NamedGroup): boolean {
  return tls12 === true && kind === "elliptic" && bits > 0;
}

let groups: readonly NamedGroup[] | undefined;

interface GroupFacts extends DatedFacts {
  readonly groups: readonly (Omit<NamedGroup, "code"> & { readonly code: string })[];
}

function isGroupFacts(candidate: unknown): candidate is GroupFacts {
  const rows: unknown = (candidate as Record<string, unknown>)["groups"];
  return Array.isArray(rows) && rows.every(isRow);
}

function isRow(row: unknown): boolean {
  const { code, name, kind, bits } = row as Record<string, unknown>;
  return (
    /^0x[0-9A-F]{4}$/.test(String(code)) &&
    typeof name === "string" &&
    ["elliptic", "ffdhe", "pq", "hybrid"].includes(String(kind)) &&
    typeof bits === "number"
  );
}
