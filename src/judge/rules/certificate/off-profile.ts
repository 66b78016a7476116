import type { Instant } from "../../../model/instant.ts";
import { isSelfIssued } from "../../../pki/check-path.ts";
import { type ProfileViolation, profileViolations } from "../../../pki/profile.ts";
import type { Answer } from "../../facts/aggregate.ts";
import { ABOUT_CERTIFICATES, eachChain, goneChain, type HostChain } from "../../facts/chains.ts";
import { type RestedOn, restedOn } from "../../facts/issuance.ts";
import { violationText } from "../../facts/profile-words.ts";
import { withoutTls } from "../../facts/tls-origins.ts";
import { defineRule } from "../rule.ts";

export const offProfile = defineRule({
  meta: {
    id: "certificate/off-profile",
    revision: 1,
    title: "The certificate keeps to the form of its standard",
    failureTitle: "The certificate does not keep to the form of its standard",
    rationale:
      "Most clients overlook what this is about; a strict one, or the next version of a library, refuses it one day. It says something of the care that an authority takes. What clients refuse already is said by certificate/untrusted.",
    remediation: {
      verb: "ask",
      alone: false,
      effort: "low",
      text: "Mention it to the provider, who can pass it on to the authority. Try a new version of your TLS library against this API before you roll it out.",
    },
    severity: "info",
    likelihood: 1,
    citations: [
      { id: "RFC 5280 4.2", url: "https://www.rfc-editor.org/rfc/rfc5280#section-4.2" },
      { id: "BR 7.1.2", url: "https://cabforum.org/working-groups/server/baseline-requirements/requirements/" },
    ],
    cwe: ["CWE-573"],
    owasp: ["API8:2023"],
    controls: ["PCI-DSS 12.3.3", "ISO27001 A.8.9", "NIST-CSF PR.DS-02"],
    confirm: 1,
  },
  needs: ["tls-session"],
  sees: ["tls"],
  outcomes: {
    "in-form": { verdict: "pass", message: () => "Nothing is wrong with the form of the certificates that it rests on." },
    "off-profile": { verdict: "fail", message: ({ items }) => `The form is not as it should be: ${items}.` },
    refused: { verdict: "not-applicable", message: () => "Strict clients refuse its form: said by certificate/untrusted." },
    "nobody-issued": { verdict: "not-applicable", message: () => "It vouches for itself: no authority had to keep to anything." },
    ...ABOUT_CERTIFICATES,
  },
  applies: withoutTls,
  evaluate: (input, { asOf }) => eachChain("form", input, (chain) => answerFor(chain, asOf)),
  absent: goneChain,
});

type Outcome = "in-form" | "off-profile" | "refused" | "nobody-issued";

function answerFor(chain: HostChain, asOf: Instant): Answer<Outcome> {
  const rested = restedOn(chain, asOf);
  const { certificates, isWhole } = rested;
  if (certificates.length === 1 && isWhole && certificates.every(isSelfIssued)) {
    return { outcome: "nobody-issued", pointer: "/chain", summary: "self-signed" };
  }
  const violations = violationsOf(rested);
  const at = { pointer: "/chain", summary: violations.length === 0 ? `${certificates.length} certificates` : itemsOf(violations) };
  // Evidence of old does not say whom the user trusts: certificate/untrusted repeats node's verdict there, which knows less of forms.
  const isSaidElsewhere = chain.session.anchors !== undefined;
  const own = violations.filter(({ isFatal }) => !isFatal || !isSaidElsewhere);
  if (own.length > 0) return { outcome: "off-profile", data: { items: itemsOf(own) }, ...at };
  if (violations.length > 0) return { outcome: "refused", ...at };
  if (chain.certificate === undefined || !isWhole) return { outcome: "unobserved", reason: "evidence_ambiguous", ...at };
  return { outcome: "in-form", ...at };
}

interface PlacedViolation extends ProfileViolation {
  readonly place: "leaf" | "authority";
}

function violationsOf({ certificates }: RestedOn): readonly PlacedViolation[] {
  return certificates.flatMap((certificate, at) => {
    const place = at === 0 ? "leaf" : "authority";
    return profileViolations(certificate, place).map((violation) => ({ ...violation, place }) as const);
  });
}

/** "no extended key usage, constraints not critical (authority)": words of our own, each once. */
function itemsOf(violations: readonly PlacedViolation[]): string {
  const items = violations.map(({ what, place }) => `${violationText(what)}${place === "leaf" ? "" : " (authority)"}`);
  return [...new Set(items)].join(", ");
}
