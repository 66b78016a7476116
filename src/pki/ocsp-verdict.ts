import { type Certificate, parseCertificate } from "./certificate.ts";
import { EXTENDED_KEY_USAGE } from "./extensions.ts";
import { idHashOf, type OcspAnswer, type OcspAnswers, type OcspError, type OcspResponse, type ResponderId } from "./ocsp.ts";
import { freshness, type RevocationDoubt, type RevocationQuestion, type RevocationVerdict, unknown } from "./revocation.ts";
import { isSameSerial } from "./serial.ts";
import { checkSignature, isForgeable } from "./signature.ts";

/** What a response is worth (RFC 6960 section 3.2). Pure: the same answer for the same bytes and time. */
export function ocspVerdict(response: OcspResponse | undefined, question: RevocationQuestion): RevocationVerdict {
  if (response === undefined) return unknown("malformed");
  if (response.status !== "successful") return unknown(BY_ERROR[response.status]);
  const about = response.answers.filter((answer) => isAbout(answer, question));
  if (about.length === 0) return unknown("other-certificate");
  const doubt = signerDoubt(response, question) ?? (response.critical.length > 0 ? "not-understood" : undefined);
  if (doubt !== undefined) return unknown(doubt);
  if (freshness({ thisUpdate: response.producedAt, nextUpdate: Number.POSITIVE_INFINITY }, question.asOf) === "future") {
    return unknown("future");
  }
  // Whoever answers twice is taken by the worst of it.
  const verdicts = about.map((answer) => verdictOf(answer, question.asOf));
  return (
    ["revoked", "unknown", "good"].flatMap((status) => verdicts.find((verdict) => verdict.status === status) ?? [])[0] ??
    unknown("other-certificate")
  );
}

function isAbout({ id: { hash, issuerNameHash, issuerKeyHash, serial } }: OcspAnswer, { leaf, issuer }: RevocationQuestion): boolean {
  if (hash === undefined || !isSameSerial(serial, leaf.serial)) return false;
  const isHashOf = (digest: Uint8Array, bytes: Uint8Array) => Buffer.compare(digest, idHashOf(hash, bytes)) === 0;
  return isHashOf(issuerNameHash, leaf.issuer.raw) && isHashOf(issuerKeyHash, issuer.key.bits);
}

/** Why the signature does not count; undefined where the issuer, or somebody that it named for this, signed. */
function signerDoubt(response: OcspAnswers, { issuer, asOf }: RevocationQuestion): RevocationDoubt | undefined {
  if (isForgeable(response.algorithm)) return "unsupported-algorithm";
  const named = response.certificates.flatMap((der) => parseCertificate(der) ?? []);
  const candidates = [issuer, ...named].filter((one) => isNamed(response.responder, one));
  const signers = candidates.filter((one) => one === issuer || mayAnswerFor(issuer, one, asOf));
  if (signers.length === 0) return "wrong-signer";
  const verdicts = signers.map((signer) => checkSignature(response, signer.key));
  if (verdicts.includes("valid")) return undefined;
  return verdicts.includes("unsupported") ? "unsupported-algorithm" : "wrong-signature";
}

function isNamed(responder: ResponderId, { subject, key }: Certificate): boolean {
  if (responder.kind === "name") return responder.name.canonical === subject.canonical;
  return Buffer.compare(responder.sha1, idHashOf("sha1", key.bits)) === 0;
}

/** RFC 6960 section 4.2.2.2: issued for this by the very key that issued the certificate, directly. "Any" use is not this one. */
function mayAnswerFor(issuer: Certificate, responder: Certificate, asOf: number): boolean {
  return (
    responder.issuer.canonical === issuer.subject.canonical &&
    responder.extensions.extendedKeyUsage?.includes(EXTENDED_KEY_USAGE.ocspSigning) === true &&
    responder.extensions.unreadable.length === 0 &&
    responder.notBefore <= asOf &&
    asOf <= responder.notAfter &&
    !isForgeable(responder.algorithm) &&
    checkSignature(responder, issuer.key) === "valid"
  );
}

function verdictOf({ state, critical, thisUpdate, nextUpdate }: OcspAnswer, asOf: number): RevocationVerdict {
  if (critical.length > 0) return unknown("not-understood");
  const period = { thisUpdate, ...(nextUpdate !== undefined && { nextUpdate }) };
  const age = freshness(period, asOf);
  if (age !== "fresh") return unknown(age);
  switch (state.kind) {
    case "unknown":
      return unknown("not-known");
    case "good":
      return { status: "good", ...period };
    case "revoked":
      return { status: "revoked", revokedAt: state.at, ...(state.reason !== undefined && { reason: state.reason }), ...period };
  }
}

const BY_ERROR: Readonly<Record<OcspError, RevocationDoubt>> = {
  "malformed-request": "not-answered",
  "internal-error": "not-answered",
  "try-later": "try-later",
  "signature-required": "not-answered",
  unauthorized: "unauthorized",
};
