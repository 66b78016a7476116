import type { Instant } from "../../../model/instant.ts";
import { isSelfIssued } from "../../../pki/check-path.ts";
import { digestOf } from "../../../pki/signature.ts";
import type { Answer } from "../../facts/aggregate.ts";
import { ABOUT_CERTIFICATES, eachChain, goneChain, type HostChain } from "../../facts/chains.ts";
import { restedOn } from "../../facts/issuance.ts";
import { withoutTls } from "../../facts/tls-origins.ts";
import { defineRule } from "../rule.ts";

export const weakSignature = defineRule({
  meta: {
    id: "certificate/weak-signature",
    revision: 1,
    title: "The certificate is signed with a sound hash",
    failureTitle: "The certificate is signed with a broken hash",
    rationale:
      "Two texts with the same MD5 cost nothing any more, and with the same SHA-1 some ten thousand dollars: an authority that still signs so can be made to sign a certificate for somebody else's name. Browsers and current TLS libraries refuse these signatures, so the next update of a client ends the connection. A root's signature on itself is left out: nobody checks it.",
    remediation: {
      verb: "ask",
      alone: false,
      effort: "low",
      text: "Ask the provider for a certificate that is signed with SHA-256, below an authority that is. Do not lower the security level of your TLS library to get through.",
    },
    severity: "high",
    likelihood: 2,
    citations: [
      { id: "BR 7.1.3.2", url: "https://cabforum.org/working-groups/server/baseline-requirements/requirements/" },
      { id: "RFC 6151 2", url: "https://www.rfc-editor.org/rfc/rfc6151#section-2" },
      { id: "SHA-1 is a Shambles", url: "https://sha-mbles.github.io/" },
    ],
    cwe: ["CWE-328"],
    owasp: ["API8:2023"],
    controls: ["PCI-DSS 4.2.1", "ISO27001 A.8.24", "NIST-CSF PR.DS-02"],
    confirm: 1,
  },
  needs: ["tls-session"],
  sees: ["tls"],
  outcomes: {
    sound: { verdict: "pass", message: () => "Every signature that it rests on is made with a sound hash." },
    "md2-md5": { verdict: "fail", message: ({ who, hash }) => `${who} is signed with ${hash}, which gives no protection any more.` },
    "sha-1": { verdict: "fail", severity: "medium", message: ({ who }) => `${who} is signed with SHA-1, which current clients refuse.` },
    "nobody-signed": { verdict: "not-applicable", message: () => "It vouches for itself: no signature of anybody else counts." },
    ...ABOUT_CERTIFICATES,
  },
  applies: withoutTls,
  evaluate: (input, { asOf }) => eachChain("signature", input, (chain) => answerFor(chain, asOf)),
  absent: goneChain,
});

type Outcome = "sound" | "md2-md5" | "sha-1" | "nobody-signed";

function answerFor(chain: HostChain, asOf: Instant): Answer<Outcome> {
  const { certificates, isWhole } = restedOn(chain, asOf);
  const [leaf, ...others] = certificates;
  if (leaf !== undefined && others.length === 0 && isWhole && isSelfIssued(leaf)) {
    return { outcome: "nobody-signed", pointer: "/chain", summary: "self-signed" };
  }
  const digests = certificates.map(({ algorithm }) => digestOf(algorithm));
  const worst = WORST_FIRST.find(({ digest }) => digests.includes(digest));
  if (worst !== undefined) {
    const { outcome, hash, digest } = worst;
    const who = digests.indexOf(digest) === 0 ? "The certificate" : "An authority that the certificate rests on";
    return { outcome, data: { who, hash }, pointer: "/chain", summary: `signed with ${hash}` };
  }
  const summary = `${certificates.length} signatures were looked at`;
  const isKnown = chain.certificate !== undefined && isWhole && digests.every((digest) => digest !== undefined);
  if (!isKnown) return { outcome: "unobserved", reason: "evidence_ambiguous", pointer: "/chain", summary };
  return { outcome: "sound", pointer: "/chain", summary };
}

const WORST_FIRST = [
  { digest: "md2", outcome: "md2-md5", hash: "MD2" },
  { digest: "md5", outcome: "md2-md5", hash: "MD5" },
  { digest: "sha1", outcome: "sha-1", hash: "SHA-1" },
] as const;
