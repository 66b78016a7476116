/** What a registry may say of the state of a domain, in the words of RDAP (RFC 8056 section 2, RFC 9083 section 10.2.2). */
export const REGISTRATION_STATUSES = [
  "active",
  "add period",
  "associated",
  "auto renew period",
  "client delete prohibited",
  "client hold",
  "client renew prohibited",
  "client transfer prohibited",
  "client update prohibited",
  "delete prohibited",
  "inactive",
  "locked",
  "obscured",
  "pending create",
  "pending delete",
  "pending renew",
  "pending restore",
  "pending transfer",
  "pending update",
  "private",
  "proxy",
  "redemption period",
  "removed",
  "renew period",
  "renew prohibited",
  "server delete prohibited",
  "server hold",
  "server renew prohibited",
  "server transfer prohibited",
  "server update prohibited",
  "transfer period",
  "transfer prohibited",
  "update prohibited",
  "validated",
] as const;
export type RegistrationStatus = (typeof REGISTRATION_STATUSES)[number];

/** Who keeps a domain for its holder, by one of the two at the least. */
export interface Registrar {
  /** As the registry writes it. */
  readonly name?: string;
  /** Its number with IANA, in decimal. */
  readonly ianaId?: string;
}

/** By number, else by name, whatever its punctuation and case. Undefined where neither is known of both. */
export function isSameRegistrar(one: Registrar, other: Registrar): boolean | undefined {
  if (one.ianaId !== undefined && other.ianaId !== undefined) return one.ianaId === other.ianaId;
  if (one.name === undefined || other.name === undefined) return undefined;
  return folded(one.name) === folded(other.name);
}

function folded(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}
