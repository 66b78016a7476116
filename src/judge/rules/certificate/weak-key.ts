import type { Instant } from "../../../model/instant.ts";
import type { Certificate } from "../../../pki/certificate.ts";
import { keyFacts } from "../../../pki/key-strength.ts";
import type { Answer } from "../../facts/aggregate.ts";
import { ABOUT_CERTIFICATES, eachChain, goneChain, type HostChain } from "../../facts/chains.ts";
import { restedOn } from "../../facts/issuance.ts";
import { KEY_WEAKNESSES, type KeyWeakness, keyVerdict } from "../../facts/key-weakness.ts";
import { withoutTls } from "../../facts/tls-origins.ts";
import { WEAK_KEY_OUTCOMES } from "../../facts/weak-key-words.ts";
import { defineRule } from "../rule.ts";

export const weakKey = defineRule({
  meta: {
    id: "certificate/weak-key",
    revision: 1,
    title: "The keys that the certificate rests on are strong",
    failureTitle: "A key that the certificate rests on is weak",
    rationale:
      "Whoever works out the private key from the public one can be the provider to every client, and nobody notices: for an authority's key, any provider. Some keys are too short; some were made by a program that chose its primes badly, and fall however long they are. It is as bad where another certificate of the host has it, because our clients would accept that one as well. Roots are left out: they are trusted by the choice of whoever runs the client.",
    remediation: {
      verb: "ask",
      alone: false,
      effort: "medium",
      text: "Ask the provider for a certificate with a new key (P-256, or RSA with 2048 bits or more). Where the factors can be worked out, treat what is sent over this connection as readable by others: stop sending credentials until the key has changed, and have those that were sent replaced.",
    },
    severity: "critical",
    likelihood: 2,
    citations: [
      { id: "BR 6.1.5, 6.1.6", url: "https://cabforum.org/working-groups/server/baseline-requirements/requirements/" },
      { id: "NIST SP 800-57 part 1", url: "https://csrc.nist.gov/pubs/sp/800/57/pt1/r5/final" },
      { id: "CVE-2017-15361 (ROCA)", url: "https://www.cve.org/CVERecord?id=CVE-2017-15361" },
      { id: "CVE-2022-26320 (close primes)", url: "https://www.cve.org/CVERecord?id=CVE-2022-26320" },
    ],
    cwe: ["CWE-326"],
    owasp: ["API8:2023", "API10:2023"],
    controls: ["PCI-DSS 4.2.1", "ISO27001 A.8.24", "NIST-CSF PR.DS-02"],
    confirm: 1,
  },
  needs: ["tls-session"],
  sees: ["tls"],
  outcomes: {
    strong: { verdict: "pass", message: () => "No weakness is known of the keys that it rests on." },
    ...WEAK_KEY_OUTCOMES,
    ...ABOUT_CERTIFICATES,
  },
  applies: withoutTls,
  evaluate: (input, { asOf }) => eachChain("key", input, (chain) => answerFor(chain, asOf)),
  absent: goneChain,
});

type Outcome = KeyWeakness | "strong";

function answerFor(chain: HostChain, asOf: Instant): Answer<Outcome> {
  const { certificates, isWhole } = restedOn(chain, asOf);
  const verdicts = certificates.map(({ key }) => keyVerdict(key));
  const weakness = KEY_WEAKNESSES.find((one) => verdicts.some(({ weaknesses }) => weaknesses.includes(one)));
  const place = verdicts.findIndex(({ weaknesses }) => weakness !== undefined && weaknesses.includes(weakness));
  const weak = certificates[place];
  if (weakness !== undefined && weak !== undefined) return weakAnswer(weakness, weak, place);
  const summary = `${certificates.length} keys were looked at`;
  const isKnown = chain.certificate !== undefined && isWhole && verdicts.every((verdict) => verdict.isKnown);
  if (!isKnown) return { outcome: "unobserved", reason: "evidence_ambiguous", pointer: "/chain", summary };
  return { outcome: "strong", pointer: "/chain", summary };
}

function weakAnswer(outcome: KeyWeakness, { key }: Certificate, place: number): Answer<Outcome> {
  const { type, bits = 0 } = keyFacts(key);
  const who = place === 0 ? "The certificate" : "An authority that the certificate rests on";
  return {
    outcome,
    data: { who, bits, least: type === "ecdsa" ? 224 : 2048 },
    pointer: "/chain",
    summary: `${type}, ${bits} bits: ${outcome}`,
  };
}
