import { type DatedFacts, loadFacts } from "./load.ts";

/** "handshake_failure" for 40; undefined for an alert that the registry did not know when it was read. */
export function alertName(description: number): string | undefined {
  return facts().alerts.find(({ code }) => code === description)?.name;
}

/** "renegotiation_info" for 65281; undefined for an extension that the registry did not know when it was read. */
export function extensionName(type: number): string | undefined {
  return facts().extensions.find(({ code }) => code === type)?.name;
}

interface NamedCode {
  readonly code: number;
  readonly name: string;
}

interface TlsNameFacts extends DatedFacts {
  readonly alerts: readonly NamedCode[];
  readonly extensions: readonly NamedCode[];
}

function facts(): TlsNameFacts {
  return loadFacts("tls-names", isTlsNameFacts);
}

function isTlsNameFacts(candidate: unknown): candidate is TlsNameFacts {
  const { alerts, extensions } = candidate as Record<string, unknown>;
  return [alerts, extensions].every((rows) => Array.isArray(rows) && rows.every(isNamedCode));
}

function isNamedCode(row: unknown): boolean {
  const { code, name } = row as Record<string, unknown>;
  return typeof code === "number" && typeof name === "string";
}
