import type { TlsSessionEvidence } from "../../../evidence/kinds.ts";
import type { Instant } from "../../../model/instant.ts";
import type { ChainProblemKind } from "../../../pki/chain-problem.ts";
import type { Answer } from "../../facts/aggregate.ts";
import { problemText } from "../../facts/chain-words.ts";
import {
  ABOUT_ANCHORS,
  ABOUT_CERTIFICATES,
  eachChain,
  goneChain,
  type HostChain,
  isOfOurConnection,
  verdictOn,
} from "../../facts/chains.ts";
import { leafOf, validityAt } from "../../facts/leaf.ts";
import { withoutTls } from "../../facts/tls-origins.ts";
import { defineRule } from "../rule.ts";

/** Nothing in our own trust would mend it. */
const ISSUED_ANEW = {
  verb: "ask",
  alone: false,
  effort: "low",
  text: "Ask the provider to have the certificate issued anew, as the standards want it. Until then look which of your clients refuse it; never switch verification off.",
} as const;

export const untrusted = defineRule({
  meta: {
    id: "certificate/untrusted",
    revision: 2,
    title: "The certificate is trusted for this host",
    failureTitle: "The certificate is not trusted for this host",
    rationale:
      "Whoever cannot tell the provider from somebody in between sends credentials and data to either. No credential of ours leaves over such a connection during an audit.",
    remediation: {
      verb: "compensate",
      alone: true,
      effort: "low",
      text: "For another host name, look at the base URL first. Where the provider runs a certificate authority of its own, obtain its root over another channel and trust that one (--ca here, its equivalent in your client). Otherwise ask the provider to mend it; never switch verification off.",
    },
    severity: "critical",
    likelihood: 4,
    citations: [
      { id: "RFC 5280 6", url: "https://www.rfc-editor.org/rfc/rfc5280#section-6" },
      { id: "RFC 9525 6", url: "https://www.rfc-editor.org/rfc/rfc9525#section-6" },
    ],
    cwe: ["CWE-295"],
    owasp: ["API8:2023", "API10:2023"],
    controls: ["PCI-DSS 4.2.1", "ISO27001 A.8.24", "NIST-CSF PR.DS-02"],
    confirm: 1,
  },
  needs: ["tls-session"],
  sees: ["tls"],
  outcomes: {
    trusted: { verdict: "pass", message: () => "The certificate is trusted for this host." },
    "self-signed": {
      verdict: "fail",
      message: () => "The certificate vouches for itself: nobody else says that it belongs to the provider.",
    },
    "name-mismatch": { verdict: "fail", message: ({ problem }) => said(problem, "the certificate was issued for another host name") },
    revoked: { verdict: "fail", message: () => "The certificate was revoked by its issuer." },
    "unknown-issuer": {
      verdict: "fail",
      severity: "high",
      message: () => "The certificate leads to an issuer that is not trusted here, or whose own certificate is missing.",
    },
    incomplete: {
      verdict: "fail",
      severity: "high",
      message: () => "An intermediate certificate is missing, so that no path to a trusted issuer can be built.",
    },
    "path-expired": {
      verdict: "fail",
      severity: "high",
      message: () => "A certificate above this one, its root among them, is outside its validity period.",
    },
    rejected: {
      verdict: "fail",
      severity: "high",
      remediation: ISSUED_ANEW,
      message: ({ code, problem }) =>
        problem === undefined ? `The certificate was rejected (${code}).` : `The certificate was rejected: ${problem}.`,
    },
    "taken-by-some": {
      verdict: "fail",
      severity: "medium",
      remediation: ISSUED_ANEW,
      message: ({ problem }) => `Node's clients take the certificate, and others may not: ${problem}.`,
    },
    "other-rejected": {
      verdict: "fail",
      severity: "medium",
      message: ({ problem }) => `Our connection did not get this certificate; clients that do cannot trust it: ${problem}.`,
    },
    "outside-validity": { verdict: "not-applicable", message: () => "The certificate is not valid now: said by certificate/expired." },
    ...ABOUT_CERTIFICATES,
  },
  applies: withoutTls,
  evaluate: (input, { asOf }) => eachChain("leaf", input, (chain) => answerFor(chain, asOf)),
  absent: goneChain,
});

/** As a sentence; old evidence and node give no other words. */
function said(problem: unknown, otherwise: string): string {
  const text = typeof problem === "string" ? problem : otherwise;
  return `${text[0]?.toUpperCase()}${text.slice(1)}.`;
}

type Outcome =
  | "trusted"
  | "self-signed"
  | "name-mismatch"
  | "revoked"
  | "unknown-issuer"
  | "incomplete"
  | "path-expired"
  | "rejected"
  | "taken-by-some"
  | "other-rejected"
  | "outside-validity";

/** Node's verdict stands where we cannot come to one: evidence of old does not say whom the user trusted. */
function answerFor(chain: HostChain, asOf: Instant): Answer<Outcome> {
  const { role, session } = chain;
  const isOfOurs = isOfOurConnection(chain);
  if (isOfOurs && (session.anchors === undefined || chain.ders.length === 0)) return nodesAnswer(session, asOf);
  const verdict = verdictOn(chain, asOf);
  const [first] = verdict.problems.filter(({ kind }) => !ABOUT_THE_LEAF.includes(kind));
  if (!isOfOurs && first !== undefined && ABOUT_ANCHORS.includes(first.kind)) return UNDECIDABLE;
  if (first === undefined) return agreedAnswer(chain, asOf, verdict.isTrusted);
  const hasNodesWord = role === "own" && (session.trusted || session.trustError !== undefined);
  if (UNDECIDED.includes(first.kind)) return hasNodesWord ? nodesAnswer(session, asOf) : UNDECIDABLE;
  const problem = problemText(first);
  const seen = { data: { code: codeOf(session), problem }, pointer: "/chain", summary: problem };
  if (role === "other") return { outcome: "other-rejected", ...seen };
  // At the time of the connection: as of another day node was not asked.
  const isDisputed = session.trusted && !verdictOn(chain, chain.observedAt).isTrusted;
  return { outcome: isDisputed ? "taken-by-some" : (BY_PROBLEM[first.kind] ?? "rejected"), ...seen };
}

/** Nothing is wrong but the time, if that. Where node refused what we find no fault with, our clients suffer it. */
function agreedAnswer(chain: HostChain, asOf: Instant, isTrusted: boolean): Answer<Outcome> {
  const { role, session, observedAt } = chain;
  if (!isTrusted) return { outcome: "outside-validity", pointer: "/chain/0", summary: "outside its validity" };
  const isRefused = role === "own" && isOfOurConnection(chain) && !session.trusted && verdictOn(chain, observedAt).isTrusted;
  return isRefused ? nodesAnswer(session, asOf) : { outcome: "trusted", pointer: "/chain", summary: "trusted" };
}

function nodesAnswer(session: TlsSessionEvidence, asOf: Instant): Answer<Outcome> {
  return {
    outcome: nodesOutcome(session, asOf),
    data: { code: codeOf(session) },
    pointer: session.trustError === undefined ? "/trusted" : "/trustError",
    summary: session.trusted ? "trusted" : codeOf(session),
  };
}

function nodesOutcome(session: TlsSessionEvidence, asOf: Instant): Outcome {
  if (session.trusted) return "trusted";
  const code = session.trustError ?? "";
  if (!ABOUT_VALIDITY.includes(code)) return BY_CODE.get(code) ?? "rejected";
  const leaf = leafOf(session);
  return leaf !== undefined && validityAt(leaf, asOf) !== "valid" ? "outside-validity" : "path-expired";
}

/** Codes are words of node and OpenSSL; anything else in their place is not repeated. */
function codeOf({ trustError = "" }: TlsSessionEvidence): string {
  return /^[A-Z][A-Z0-9_]{2,60}$/.test(trustError) ? trustError : "no reason given";
}

const UNDECIDABLE = { outcome: "unobserved", reason: "evidence_ambiguous", pointer: "", summary: "its path cannot be checked" } as const;
const UNDECIDED: readonly ChainProblemKind[] = ["too-complex", "unsupported-algorithm"];
const ABOUT_THE_LEAF: readonly ChainProblemKind[] = ["expired", "not-yet-valid"];
const ABOUT_VALIDITY: readonly string[] = ["CERT_HAS_EXPIRED", "CERT_NOT_YET_VALID"];

const BY_PROBLEM: Readonly<Partial<Record<ChainProblemKind, Outcome>>> = {
  "unreadable-names": "name-mismatch",
  "no-names": "name-mismatch",
  "name-mismatch": "name-mismatch",
  "self-signed": "self-signed",
  "unknown-issuer": "unknown-issuer",
  incomplete: "incomplete",
  "issuer-expired": "path-expired",
  "issuer-not-yet-valid": "path-expired",
};

/** node's codes are OpenSSL's verify errors without their prefix, and its own for names. */
const BY_CODE: ReadonlyMap<string, Outcome> = new Map([
  ["DEPTH_ZERO_SELF_SIGNED_CERT", "self-signed"],
  ["ERR_TLS_CERT_ALTNAME_INVALID", "name-mismatch"],
  ["ERR_TLS_CERT_ALTNAME_FORMAT", "name-mismatch"],
  ["HOSTNAME_MISMATCH", "name-mismatch"],
  ["CERT_REVOKED", "revoked"],
  ["SELF_SIGNED_CERT_IN_CHAIN", "unknown-issuer"],
  ["UNABLE_TO_GET_ISSUER_CERT", "unknown-issuer"],
  ["UNABLE_TO_GET_ISSUER_CERT_LOCALLY", "unknown-issuer"],
  ["CERT_UNTRUSTED", "unknown-issuer"],
  ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "incomplete"],
]);
