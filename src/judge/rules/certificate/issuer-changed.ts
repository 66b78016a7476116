import { ATTRIBUTE, attributeOf } from "../../../pki/name.ts";
import type { Answer } from "../../facts/aggregate.ts";
import { ABOUT_RENEWALS, eachRenewal, type LeafRenewal } from "../../facts/renewal.ts";
import { goneOrigin, withoutTls } from "../../facts/tls-origins.ts";
import { defineRule } from "../rule.ts";

export const issuerChanged = defineRule({
  meta: {
    id: "certificate/issuer-changed",
    revision: 1,
    title: "The certificate comes from the authority that issued the one before",
    failureTitle: "The certificate comes from another authority than the one before",
    rationale:
      "Clients that pin an authority break, and a CAA record or a contract may name the old one. It is also what the first day of a takeover, of a new hosting provider or of a proxy in between looks like.",
    remediation: {
      verb: "ask",
      alone: true,
      effort: "low",
      text: "Check whether a client of yours pins the authority, and whether the provider announced the change.",
    },
    severity: "info",
    likelihood: 1,
    citations: [{ id: "RFC 8659", url: "https://www.rfc-editor.org/rfc/rfc8659" }],
    cwe: ["CWE-295"],
    owasp: ["API10:2023"],
    controls: ["PCI-DSS 4.2.1", "ISO27001 A.5.22", "NIST-CSF ID.SC-04"],
    confirm: 1,
  },
  needs: ["tls-session"],
  since: { "tls-session": 2 },
  outcomes: {
    same: { verdict: "pass", message: () => "The authority is the one of the certificate before." },
    "another-certificate-of-it": {
      verdict: "pass",
      message: () => "It is another issuing certificate of the same organisation.",
    },
    changed: { verdict: "fail", message: () => "The certificate was issued by another authority than the one that stood here before." },
    ...ABOUT_RENEWALS,
  },
  applies: withoutTls,
  evaluate: (input, { asOf }) => eachRenewal("leaf", input, asOf, answerFor),
  absent: goneOrigin,
});

function answerFor({ before, now }: LeafRenewal): Answer<"same" | "another-certificate-of-it" | "changed"> {
  const at = { pointer: "/replaced", summary: "issuers compared" };
  if (before.issuer.canonical === now.issuer.canonical) return { outcome: "same", ...at };
  const organisation = organisationOf(before);
  const isSame = organisation !== undefined && organisation === organisationOf(now);
  return { outcome: isSame ? "another-certificate-of-it" : "changed", ...at };
}

/** Authorities take turns with their intermediates (Let's Encrypt: E7, E8). */
function organisationOf({ issuer }: LeafRenewal["now"]): string | undefined {
  return attributeOf(issuer, ATTRIBUTE.organisation)?.toLowerCase();
}
