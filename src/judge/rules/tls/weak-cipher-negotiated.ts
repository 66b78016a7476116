import { type CipherSuite, cipherSuiteByCode, cipherSuiteByName } from "../../../catalog/cipher-suites.ts";
import {
  hasNoForwardSecrecy,
  hasShortBlocks,
  isAnonymous,
  isCbc,
  isExport,
  isNull,
  isRc4,
  isShortKeyed,
  type SuiteClass,
} from "../../../catalog/suite-classes.ts";
import type { TlsSessionEvidence } from "../../../evidence/kinds.ts";
import type { Answer } from "../../facts/aggregate.ts";
import { eachOrigin, goneOrigin, WITHOUT_TLS, withoutTls } from "../../facts/tls-origins.ts";
import { defineRule } from "../rule.ts";

export const weakCipherNegotiated = defineRule({
  meta: {
    id: "tls/weak-cipher-negotiated",
    revision: 1,
    title: "Our own connection uses a strong cipher suite",
    failureTitle: "Our own connection uses a weak cipher suite",
    rationale:
      "This is the cipher suite that our own clients end up with when they offer everything that they have, not one that somebody else might choose: what it does not protect is our data and our credentials.",
    remediation: {
      verb: "compensate",
      alone: true,
      effort: "medium",
      text: "Take the weak suites out of your own client's list, so that it fails instead of using them, once the provider accepts better ones; until then keep sensitive data off this integration and ask for a date.",
    },
    severity: "high",
    likelihood: 3,
    citations: [
      { id: "RFC 9325 4.1", url: "https://www.rfc-editor.org/rfc/rfc9325#section-4.1" },
      { id: "RFC 9325 4.2", url: "https://www.rfc-editor.org/rfc/rfc9325#section-4.2" },
      { id: "RFC 7465 2", url: "https://www.rfc-editor.org/rfc/rfc7465#section-2" },
    ],
    cwe: ["CWE-326", "CWE-327"],
    owasp: ["API8:2023", "API10:2023"],
    controls: ["PCI-DSS 4.2.1", "ISO27001 A.8.24", "NIST-CSF PR.DS-02"],
    confirm: 1,
  },
  needs: ["tls-session"],
  outcomes: {
    strong: { verdict: "pass", message: ({ suite }) => `Our connection uses ${suite}.` },
    "no-encryption": { verdict: "fail", message: ({ suite }) => `Our own connection is not encrypted: ${suite}.` },
    anonymous: { verdict: "fail", message: ({ suite }) => `Nobody proved to be the server of our own connection: ${suite}.` },
    export: {
      verdict: "fail",
      message: ({ suite }) => `Our own connection is protected at export grade, which was made to be broken: ${suite}.`,
    },
    rc4: { verdict: "fail", message: ({ suite }) => `Our own connection is encrypted with RC4, which must not be used: ${suite}.` },
    des: { verdict: "fail", message: ({ suite }) => `The key of our own connection can be found by trying all of them: ${suite}.` },
    "short-blocks": {
      verdict: "fail",
      severity: "medium",
      message: ({ suite }) => `Our own connection is encrypted in blocks of 64 bits, which repeat after some GB (Sweet32): ${suite}.`,
    },
    "no-forward-secrecy": {
      verdict: "fail",
      severity: "low",
      message: ({ suite }) => `Whoever gets the server's key one day can read what was recorded of our own connection: ${suite}.`,
    },
    cbc: {
      verdict: "fail",
      severity: "low",
      message: ({ suite }) => `Our own connection is encrypted in CBC, without authenticated encryption: ${suite}.`,
    },
    ...WITHOUT_TLS,
  },
  applies: withoutTls,
  evaluate: ({ integration, observations }) => eachOrigin("cipher-suites", integration, observations["tls-session"], answerFor),
  absent: goneOrigin,
});

type Outcome = "strong" | (typeof WORST_FIRST)[number][0];

function answerFor({ cipherSuite }: TlsSessionEvidence): Answer<Outcome> {
  const suite = knownSuite(cipherSuite);
  const pointer = "/cipherSuite";
  if (suite === undefined)
    return { outcome: "unobserved", reason: "evidence_ambiguous", pointer, summary: "a cipher suite that we do not know" };
  const [outcome = "strong"] = WORST_FIRST.find(([, isMember]) => isMember(suite)) ?? [];
  return { outcome, data: { suite: suite.name }, pointer, summary: `negotiated ${suite.name}` };
}

function knownSuite({ code, name }: TlsSessionEvidence["cipherSuite"]): CipherSuite | undefined {
  const suite = code === undefined ? cipherSuiteByName(name) : cipherSuiteByCode(Number(code));
  return suite?.signalling === true ? undefined : suite;
}

/**
 * RFC 9325 section 4.1 forbids what comes before short blocks, and advises against these and against what comes next. Section 4.2 advises against
 * CBC unless MAC and encryption were swapped (RFC 7366), which node does not tell of: hence low, as for the others that are advised against.
 */
const WORST_FIRST = [
  ["no-encryption", isNull],
  ["anonymous", isAnonymous],
  ["export", isExport],
  ["des", isShortKeyed],
  ["rc4", isRc4],
  ["short-blocks", hasShortBlocks],
  ["no-forward-secrecy", hasNoForwardSecrecy],
  ["cbc", isCbc],
] as const satisfies readonly (readonly [string, SuiteClass])[];
