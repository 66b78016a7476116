import type { PolicyCheck } from "../../catalog/policies.ts";
import type { TlsEvidence, TlsLeafFact, TlsSessionEvidence } from "../../evidence/kinds.ts";
import { DAY } from "../../model/instant.ts";
import { curveBits } from "../../pki/key-strength.ts";
import { leafOf } from "./leaf.ts";
import { leafKeyOf } from "./leaf-key.ts";
import { type PolicyAnswer, said, unknown } from "./policy-answer.ts";

export type CertificateCheck = Extract<PolicyCheck, { readonly kind: `certificate-${string}` }>;
export function isCertificateCheck(check: PolicyCheck): check is CertificateCheck {
  return check.kind.startsWith("certificate-");
}

/** A demand on the certificate of our own connection. */
export function certificateAnswer(check: CertificateCheck, session: TlsSessionEvidence): PolicyAnswer {
  if (check.kind === "certificate-trusted") {
    const summary = session.trusted ? "trusted" : `not trusted: ${session.trustError ?? "no reason given"}`;
    return said(session.trusted, "/trusted", summary);
  }
  const leaf = leafOf(session);
  if (leaf === undefined) return unknown("evidence_missing", "/chain", "no certificate was kept");
  if (check.kind === "certificate-days") {
    const days = (leaf.notAfter - leaf.notBefore) / DAY;
    return said(days <= check.most, "/chain/0/notAfter", `it lives ${Math.ceil(days)} days`);
  }
  const key = leafKeyOf(leaf);
  if (key === undefined) return unknown("evidence_ambiguous", "/chain/0", "its key cannot be read");
  return keyAnswer(check, key, "/chain/0");
}

/** The same of the other certificates that the address serves; undefined where there are none. */
export function otherCertificatesAnswer(
  check: CertificateCheck,
  { certificates }: TlsEvidence,
  isKnown: (sha256: string) => boolean,
): PolicyAnswer | undefined {
  if (check.kind !== "certificate-key") return undefined;
  const answers = certificates.flatMap((leaf, index) =>
    isKnown(leaf.sha256) ? [] : [keyAnswer(check, factsOf(leaf), `/certificates/${index}`)],
  );
  return answers.find(({ outcome }) => outcome === "violated") ?? answers.find(({ outcome }) => outcome === "unobserved") ?? answers[0];
}

interface EnumeratedKey {
  readonly type: string;
  readonly bits?: number;
  readonly curve?: string;
}

function factsOf({ key, curve, bits: modulus }: TlsLeafFact): EnumeratedKey {
  const bits = curve === undefined ? modulus : curveBits(curve);
  return { type: key, ...(curve === undefined ? {} : { curve }), ...(bits === undefined ? {} : { bits }) };
}

function keyAnswer(check: Extract<PolicyCheck, { kind: "certificate-key" }>, key: EnumeratedKey, pointer: string): PolicyAnswer {
  const { type, bits, curve } = key;
  const summary = [type, curve, bits === undefined ? undefined : `${bits} bits`].filter((word) => word !== undefined).join(", ");
  if (type === "other") return unknown("evidence_ambiguous", pointer, "a kind of key that we do not know");
  if (check.types !== undefined && !check.types.includes(type)) return said(false, pointer, summary);
  const least = type.startsWith("rsa") || type === "dsa" ? check.rsa : check.ec;
  if (least !== undefined && bits === undefined) return unknown("evidence_ambiguous", pointer, `${summary}: length not known`);
  if (least !== undefined && bits !== undefined && bits < least) return said(false, pointer, summary);
  if (type !== "ecdsa" || check.curves === undefined) return said(true, pointer, summary);
  if (curve === undefined) return unknown("evidence_ambiguous", pointer, "a curve that we do not know");
  return said(check.curves.includes(curve), pointer, summary);
}
