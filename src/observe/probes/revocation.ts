import type { RevocationListFacts } from "../../evidence/kinds.ts";
import type { RawEvidence } from "../../evidence/redact.ts";
import type { Failure } from "../../model/failure.ts";
import { err, ok, type Result } from "../../model/result.ts";
import { type Crl, parseCrl } from "../../pki/crl.ts";
import { crlVerdict } from "../../pki/crl-verdict.ts";
import { parseOcspResponse } from "../../pki/ocsp.ts";
import { ocspRequest } from "../../pki/ocsp-request.ts";
import { ocspVerdict } from "../../pki/ocsp-verdict.ts";
import type { RevocationVerdict } from "../../pki/revocation.ts";
import { type AuthorityContext, askAuthority } from "./ask-authority.ts";
import { notAsked, observation } from "./outcome.ts";
import type { AddressQuestion, Probe } from "./probe.ts";
import type { RevocationSources } from "./revocation-sources.ts";

export interface CertificateQuestion extends AddressQuestion, RevocationSources {}

/**
 * Whether a certificate was revoked: one GET to the OCSP responder that it names (RFC 6960 appendix A.1, RFC 5019 section 5), and one for its list
 * where that gives no answer that counts. What is told is the certificate's number and who issued it, to its authority and to whoever listens on
 * the way. Each request is repeated once at the most, on a connection of its own.
 */
export const revocationProbe: Probe<"revocation", CertificateQuestion, AuthorityContext> = {
  id: "revocation",
  kind: "revocation",
  bound: () => ({ connections: 4, requests: 4 }),
  observe: (question, context) =>
    observation(revocationProbe, { origin: question.target.origin, address: question.address }, context, async () => {
      const told = await askResponder(question, context);
      if (told?.ok === true && told.value.isDecided) return ok(told.value.evidence);
      const listed = await askForList(question, context);
      const all = [listed, told].filter((answer) => answer !== undefined);
      const best = all.find((answer) => answer.ok && answer.value.isDecided) ?? all.find(({ ok: isAnswer }) => isAnswer) ?? all[0];
      if (best === undefined) return notAsked("evidence_missing");
      return best.ok ? ok(best.value.evidence) : best;
    }),
};

interface Told {
  readonly evidence: RawEvidence["revocation"];
  /** It says good or revoked, and counts. */
  readonly isDecided: boolean;
}

async function askResponder(question: CertificateQuestion, context: AuthorityContext): Promise<Result<Told, Failure> | undefined> {
  const { ocsp, leaf, issuer } = question;
  if (ocsp === undefined) return undefined;
  const request = encodeURIComponent(Buffer.from(ocspRequest(leaf, issuer)).toString("base64"));
  const path = `${ocsp.pathname.replace(/\/$/, "")}/${request}`;
  const body = await askAuthority(
    question.target,
    { url: ocsp, path, accept: "application/ocsp-response", most: LONGEST_RESPONSE },
    context,
  );
  if (!body.ok) return body;
  const verdict = ocspVerdict(parseOcspResponse(body.value), { leaf, issuer, asOf: context.clock.now() });
  const evidence = { leaf: leaf.sha256, source: "ocsp", host: ocsp.host, responseDer: Buffer.from(body.value).toString("base64") } as const;
  return ok({ evidence, isDecided: verdict.status !== "unknown" });
}

async function askForList(question: CertificateQuestion, context: AuthorityContext): Promise<Result<Told, Failure> | undefined> {
  const { crl: url, leaf, issuer } = question;
  if (url === undefined) return undefined;
  const path = `${url.pathname}${url.search}`;
  const body = await askAuthority(question.target, { url, path, accept: "application/pkix-crl", most: LONGEST_LIST }, context);
  if (!body.ok) return body;
  const crl = parseCrl(body.value);
  if (crl === undefined) return err({ reason: "body_undecodable", phase: "body", code: "crl", retriable: false });
  const verdict = crlVerdict(crl, { leaf, issuer, asOf: context.clock.now() });
  const evidence = { leaf: leaf.sha256, source: "crl", host: url.host, list: listFacts(crl, verdict, body.value.length) } as const;
  return ok({ evidence, isDecided: verdict.status !== "unknown" });
}

function listFacts({ issuer, thisUpdate, nextUpdate, number }: Crl, verdict: RevocationVerdict, octets: number): RevocationListFacts {
  return {
    issuer: issuer.text,
    thisUpdate,
    ...(nextUpdate !== undefined && { nextUpdate }),
    ...(number !== undefined && { number }),
    octets,
    status: verdict.status,
    ...(verdict.status === "unknown" && { doubt: verdict.why }),
    ...(verdict.status === "revoked" && { revokedAt: verdict.revokedAt }),
    ...(verdict.status === "revoked" && verdict.reason !== undefined && { reason: verdict.reason }),
  };
}

/** As a staple. */
const LONGEST_RESPONSE = 16_384;
const LONGEST_LIST = 10 * 1024 * 1024;
