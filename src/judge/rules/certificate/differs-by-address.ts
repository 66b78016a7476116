import type { TlsEvidence } from "../../../evidence/kinds.ts";
import type { Observation } from "../../../evidence/observation.ts";
import { type Answer, answerEach, atOrigin, counted, evidenceOf, plain, unseenResult } from "../../facts/aggregate.ts";
import {
  differenceOf,
  enumeratedLeaves,
  hasKindTwice,
  keyMark,
  type LeafDifference,
  leavesAt,
  type ServedLeaf,
} from "../../facts/leaf-differences.ts";
import { secureOrigins, subjectAt } from "../../facts/subjects.ts";
import { goneOrigin, WITHOUT_TLS, withoutTls } from "../../facts/tls-origins.ts";
import { defineRule, type RuleResult } from "../rule.ts";

export const differsByAddress = defineRule({
  meta: {
    id: "certificate/differs-by-address",
    revision: 1,
    title: "All addresses serve the same certificate",
    failureTitle: "The addresses of one API serve different certificates",
    rationale:
      "A client that pins a key or an issuer fails by chance, and what one look says of the certificate holds for a part of the fleet. Often it is a renewal half way, two networks that share the load, or machines that each keep a key of their own, which is good practice; a machine that no renewal reaches is found the same way, weeks before its certificate ends. Certificates with different kinds of keys (RSA, ECDSA) are not compared with each other.",
    remediation: {
      verb: "accept",
      alone: true,
      effort: "low",
      text: "Do not pin keys or issuers of this API. Where one address still serves the older certificate after a week, tell the provider.",
    },
    severity: "info",
    likelihood: 1,
    citations: [{ id: "RFC 9325 3.9", url: "https://www.rfc-editor.org/rfc/rfc9325#section-3.9" }],
    cwe: ["CWE-1188"],
    owasp: ["API8:2023"],
    controls: ["PCI-DSS 12.3.3", "ISO27001 A.8.9", "NIST-CSF PR.DS-02"],
    confirm: 1,
  },
  needs: ["tls-session"],
  sees: ["tls"],
  outcomes: {
    alike: { verdict: "pass", message: () => "The same key and the same issuer everywhere." },
    "issuers-differ": {
      verdict: "fail",
      message: ({ where, kind }) => `${where} get certificates of different issuers (${kind}).`,
    },
    "keys-differ": {
      verdict: "fail",
      message: ({ where, kind, keys }) => `${where} get ${keys} certificates with different keys (${kind}).`,
    },
    "renewal-under-way": {
      verdict: "fail",
      message: ({ where, kind, keys }) =>
        `${where} get ${keys} certificates for the same names by the same issuer, of different days (${kind}): it seems that a renewal has not reached all of them.`,
    },
    "one-address": { verdict: "not-applicable", message: () => "There is one address only." },
    "nothing-shared": { verdict: "not-applicable", message: () => "No two addresses serve the same kind of key." },
    ...WITHOUT_TLS,
  },
  applies: withoutTls,
  evaluate: ({ integration, observations }) =>
    secureOrigins(integration).flatMap((origin) => [
      ...acrossAddresses(
        subjectAt("addresses", origin, integration),
        atOrigin(observations["tls-session"], origin),
        atOrigin(observations.tls, origin),
      ),
      ...answerEach(subjectAt("connections", origin, integration), atOrigin(observations.tls, origin), withinAddress),
    ]),
  absent: goneOrigin,
});

type Outcome = "alike" | LeafDifference | "one-address" | "nothing-shared";

function acrossAddresses(
  subject: string,
  asked: readonly Observation<"tls-session">[],
  enumerated: readonly Observation<"tls">[],
): readonly RuleResult<Outcome>[] {
  const sessions = counted(asked);
  // The others refuse connections today: nothing new can be found, and nothing that was is mended (`absent`).
  if (asked.length > 1 && sessions.length === 1) return [];
  const seen = sessions.map((observation) => {
    const session = evidenceOf(observation);
    const beside = enumerated.find(({ key }) => key.address === observation.key.address);
    const leaves = session && leavesAt(session, beside && evidenceOf(beside));
    return { observation, isObserved: session !== undefined, leaves };
  });
  const blind = seen.find(({ isObserved }) => !isObserved);
  const found = differenceOf(seen.flatMap(({ leaves = [] }) => leaves));
  const evidence = seen.flatMap(({ observation, leaves }) =>
    leaves === undefined ? [] : [{ observation: plain(observation), pointer: "/chain/0", summary: marksOf(leaves) }],
  );
  if (found !== undefined) {
    const { kind, difference } = found;
    const keys = keysOf(
      seen.flatMap(({ leaves = [] }) => leaves),
      kind,
    );
    return [
      { outcome: difference, subject, data: { where: "Connections to different addresses", kind: WORDS[kind] ?? kind, keys }, evidence },
    ];
  }
  if (blind !== undefined) return [unseenResult(subject, blind.observation)];
  if (seen.length === 0) return [{ outcome: "unobserved", subject, reason: "not_requested" }];
  if (seen.length === 1) return [{ outcome: "one-address", subject, evidence }];
  if (evidence.length < seen.length) return [{ outcome: "unobserved", subject, reason: "evidence_ambiguous", evidence }];
  return [{ outcome: isShared(seen.flatMap(({ leaves = [] }) => leaves)) ? "alike" : "nothing-shared", subject, evidence }];
}

/** A balancer may have several machines behind one address. */
function withinAddress(evidence: TlsEvidence): Answer<Outcome> {
  const { leaves, isWhole } = enumeratedLeaves(evidence);
  const found = differenceOf(leaves);
  const at = { pointer: "/certificates", summary: `${evidence.certificates.length} certificates` };
  if (found !== undefined) {
    const { kind, difference } = found;
    const data = { where: "Connections to one address", kind: WORDS[kind] ?? kind, keys: keysOf(leaves, kind) };
    return { outcome: difference, data, pointer: "/certificates", summary: marksOf(leaves) };
  }
  const isOpen = evidence.certificates.length === 0 || (!isWhole && hasKindTwice(evidence));
  return isOpen ? { outcome: "unobserved", reason: "evidence_ambiguous", ...at } : { outcome: "alike", ...at };
}

function keysOf(leaves: readonly ServedLeaf[], kind: string): number {
  return new Set(leaves.flatMap((leaf) => (leaf.kind === kind ? [keyMark(leaf.certificate)] : []))).size;
}

function marksOf(leaves: readonly ServedLeaf[]): string {
  return leaves
    .slice(0, MOST_MARKS)
    .map(({ kind, certificate }) => `${WORDS[kind] ?? kind} key ${keyMark(certificate)}`)
    .join(", ");
}

function isShared(leaves: readonly ServedLeaf[]): boolean {
  return new Set(leaves.map(({ kind }) => kind)).size < leaves.length;
}

const WORDS: Readonly<Record<string, string>> = { rsa: "RSA", ecdsa: "ECDSA", eddsa: "EdDSA", dsa: "DSA" };
const MOST_MARKS = 8;
