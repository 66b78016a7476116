import type { TlsVersionSupport } from "./kinds.ts";

/**
 * How many of the accepted suites, from the first on, are known to stand in the server's order: those after them are liked less, and among
 * themselves in no order. Evidence that does not say it has all of them in that order or none: they are in order where they do not stand by
 * their codes. An order that happens to be that of the codes cannot be told from none there.
 */
export function orderedSuites({ preference, cipherSuites, ordered }: TlsVersionSupport): number {
  if (preference !== "server") return 0;
  if (ordered !== undefined) return ordered;
  const byCode = cipherSuites.every(({ code }, index) => index === 0 || Number(code) >= Number(cipherSuites[index - 1]?.code));
  return byCode && cipherSuites.length > 1 ? 0 : cipherSuites.length;
}
