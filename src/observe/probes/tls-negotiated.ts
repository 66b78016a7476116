import { namedGroupByOpensslName } from "../../catalog/named-groups.ts";
import type { CertificateFacts, TlsSessionEvidence } from "../../evidence/kinds.ts";
import type { Negotiated } from "../enumerate/request.ts";

/** Of our own connection to an address. */
export interface SessionSeen extends Pick<TlsSessionEvidence, "version" | "cipherSuite" | "group"> {
  readonly chain: readonly Pick<CertificateFacts, "sha256">[];
}

/** What need not be asked for after a session of TLS 1.3. Undefined for older ones, and where node does not name the group. */
export function negotiatedIn({ version, cipherSuite, group: name }: Omit<SessionSeen, "chain">): Negotiated | undefined {
  const group = name === undefined ? undefined : namedGroupByOpensslName(name);
  if (version !== "TLS 1.3" || cipherSuite.code === undefined || group === undefined) return undefined;
  return { cipherSuite: Number(cipherSuite.code), group: group.code };
}
