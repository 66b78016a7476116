import type { RevocationListFacts } from "../../evidence/kinds.ts";
import type { Observation } from "../../evidence/observation.ts";
import type { Instant } from "../../model/instant.ts";
import type { Certificate } from "../../pki/certificate.ts";
import { type OcspResponse, parseOcspResponse } from "../../pki/ocsp.ts";
import { ocspVerdict } from "../../pki/ocsp-verdict.ts";
import {
  freshness,
  REVOCATION_DOUBTS,
  REVOCATION_REASONS,
  type RevocationDoubt,
  type RevocationReason,
  type RevocationVerdict,
} from "../../pki/revocation.ts";
import { evidenceOf } from "./aggregate.ts";
import { type HostChain, verdictOn } from "./chains.ts";

/** The response that came with the certificate of our own connection. */
export interface Staple {
  /** Undefined for what is no response. */
  readonly response: OcspResponse | undefined;
  /** Undefined where nobody is known to have signed the certificate, so that nobody's word about it can be checked. */
  readonly verdict: RevocationVerdict | undefined;
}

/** Undefined where none came. */
export function stapleOf(chain: HostChain, asOf: Instant): Staple | undefined {
  const { role, session, certificate } = chain;
  if (role !== "own" || session.staple === undefined || certificate === undefined) return undefined;
  const response = parseOcspResponse(Buffer.from(session.staple, "base64"));
  const issuer = issuerOf(chain, asOf);
  return { response, verdict: issuer === undefined ? undefined : ocspVerdict(response, questionAbout(chain, certificate, issuer, asOf)) };
}

/** What its authority said when it was asked. */
export interface Asked {
  readonly observation: Observation<"revocation">;
  /** Undefined where nobody is known to have signed the certificate. */
  readonly verdict: RevocationVerdict | undefined;
  /** JSON Pointer to what was said. */
  readonly pointer: string;
  /** "responder" or "list". */
  readonly by: string;
}

/** Whichever address served the certificate when the question was put. */
export function askedAbout(chain: HostChain, observations: readonly Observation<"revocation">[], asOf: Instant): readonly Asked[] {
  const { certificate, leaf } = chain;
  const issuer = issuerOf(chain, asOf);
  return observations.flatMap((observation) => {
    const evidence = evidenceOf(observation);
    if (evidence === undefined || evidence.leaf !== leaf.sha256 || certificate === undefined) return [];
    const at = Math.max(asOf, observation.observedAt);
    if (evidence.list !== undefined) {
      return [{ observation, verdict: listVerdict(evidence.list, at), pointer: "/list", by: "list" }];
    }
    const response = parseOcspResponse(Buffer.from(evidence.responseDer ?? "", "base64"));
    const verdict = issuer === undefined ? undefined : ocspVerdict(response, { leaf: certificate, issuer, asOf: at });
    return [{ observation, verdict, pointer: evidence.responseDer === undefined ? "/host" : "/responseDer", by: "responder" }];
  });
}

/** Its authority was asked on account of this connection, and could not be heard. */
export function unheardAbout(
  { role, origin, address }: HostChain,
  observations: readonly Observation<"revocation">[],
): Observation<"revocation"> | undefined {
  return observations.find(
    (observation) =>
      role === "own" && evidenceOf(observation) === undefined && observation.key.address === address && observation.key.origin === origin,
  );
}

/** The list is not kept: its signature was checked when it was fetched, and only time can have passed since. */
function listVerdict(list: RevocationListFacts, at: Instant): RevocationVerdict {
  const { thisUpdate, nextUpdate, status, doubt, revokedAt, reason } = list;
  const period = { thisUpdate, ...(nextUpdate !== undefined && { nextUpdate }) };
  if (status === "unknown") return { status, why: REVOCATION_DOUBTS.find((word) => word === doubt) ?? "malformed" };
  const age = freshness(period, at);
  if (age !== "fresh") return { status: "unknown", why: age };
  if (status === "good") return { status, ...period };
  if (revokedAt === undefined) return { status: "unknown", why: "malformed" };
  const known = REVOCATION_REASONS.find((word) => word === reason);
  return { status, revokedAt, ...(known !== undefined && { reason: known }), ...period };
}

/** Whoever signed the certificate, as far as the path shows it. */
export function issuerOf(chain: HostChain, asOf: Instant): Certificate | undefined {
  return verdictOn(chain, asOf).path[1];
}

/** What was said when we asked is not from the future, however early the judgement is. */
export function questionAbout({ observedAt }: HostChain, leaf: Certificate, issuer: Certificate, asOf: Instant) {
  return { leaf, issuer, asOf: Math.max(asOf, observedAt) };
}

/** For the reader: "it has expired". */
export function doubtText(doubt: RevocationDoubt): string {
  return DOUBTS[doubt];
}

/** "because its key was stolen"; empty where no reason was given. */
export function reasonText(reason: RevocationReason | undefined): string {
  const words = reason === undefined ? undefined : REASONS[reason];
  return words === undefined ? "" : `, because ${words}`;
}

const DOUBTS: Readonly<Record<RevocationDoubt, string>> = {
  malformed: "it cannot be read",
  "try-later": "the responder asks to try later",
  unauthorized: "the responder does not answer for this certificate",
  "not-answered": "the responder answered with an error",
  "other-certificate": "it is about other certificates",
  "not-known": "the responder does not know the certificate",
  "wrong-signature": "its signature is wrong",
  "wrong-signer": "it was signed by somebody who may not speak for the issuer",
  "unsupported-algorithm": "it is signed in a way that cannot be checked here",
  stale: "it has expired",
  future: "it is from the future",
  "not-understood": "it says more than is understood here",
};

const REASONS: Readonly<Partial<Record<RevocationReason, string>>> = {
  keyCompromise: "somebody else has its key",
  cACompromise: "somebody else has the key of its authority",
  affiliationChanged: "its owner is called otherwise by now",
  superseded: "another one took its place",
  cessationOfOperation: "its names are not its owner's any more",
  privilegeWithdrawn: "its owner lost the right to it",
  aACompromise: "an authority for attributes lost its key",
};
