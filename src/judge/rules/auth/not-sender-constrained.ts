import { HOUR } from "../../../model/instant.ts";
import { type AuthAssessment, authAssessment, confidenceIn, NOTHING_DECLARED } from "../../facts/auth-assessment.ts";
import { boundOffer, isBound } from "../../facts/auth-binding.ts";
import { declaredAuth } from "../../facts/auth-declared.ts";
import { isAtLeast } from "../../facts/auth-strength.ts";
import { defineRule, type RuleResult } from "../rule.ts";

export const notSenderConstrained = defineRule({
  meta: {
    id: "auth/not-sender-constrained",
    revision: 2,
    title: "What opens regulated data or money is bound to us, or short-lived",
    failureTitle: "What opens regulated data or money works for whoever has it",
    rationale:
      "A bearer token is cash: a copy out of a log or a proxy is as good as the original, from any machine. Where money and health data are behind it, a token should be bound to a key or a certificate of ours, or end within the hour.",
    remediation: {
      verb: "switch",
      alone: false,
      effort: "high",
      text: "Use what the finding names, or ask for DPoP or mutual TLS. Else shorten the life of tokens to an hour, and have the credential restricted to your addresses.",
    },
    severity: "low",
    likelihood: 2,
    citations: [
      { id: "ASVS 5.0 10.3.5", url: "https://github.com/OWASP/ASVS/tree/v5.0.0" },
      { id: "RFC 9449 1", url: "https://www.rfc-editor.org/rfc/rfc9449#section-1" },
      { id: "RFC 8705 3", url: "https://www.rfc-editor.org/rfc/rfc8705#section-3" },
    ],
    cwe: ["CWE-294"],
    owasp: ["API2:2023"],
    controls: ["PCI-DSS 8.3.2", "ISO27001 A.8.5", "NIST-CSF PR.AA-03"],
    confirm: 1,
  },
  needs: [],
  outcomes: {
    bound: { verdict: "pass", message: () => "What we send proves that it comes from us." },
    contained: { verdict: "pass", message: () => "What we send works for an hour at most, or from our addresses alone." },
    "bound-offered": {
      verdict: "fail",
      message: ({ dataClass, provider, to }) => `Whoever has what we send can use it, for ${dataClass} too. ${provider} offers ${to}.`,
    },
    "long-lived": {
      verdict: "fail",
      message: ({ dataClass }) => `Whoever has what we send can use it for more than an hour from anywhere, for ${dataClass} too.`,
    },
    "none-offered": { verdict: "not-applicable", message: () => "The provider is not known to offer anything that is bound to us." },
    "other-data": { verdict: "not-applicable", message: () => "Neither regulated data nor money is declared." },
    ...NOTHING_DECLARED,
  },
  evaluate: ({ integration }) => {
    const assessment = authAssessment(integration);
    return [assessment === undefined ? { outcome: "nothing-declared", subject: "" } : answerFor(assessment)];
  },
});

type Outcome = "bound" | "contained" | "bound-offered" | "long-lived" | "none-offered" | "other-data" | "nothing-declared";

function answerFor({ auth, floor, provider, strength }: AuthAssessment): RuleResult<Outcome> {
  if (floor === undefined || !isAtLeast(floor.band, GRAVE)) return { outcome: "other-data", subject: "" };
  if (isBound(strength)) return { outcome: "bound", subject: "" };
  const { expiry, lifetime, storage } = declaredAuth(auth);
  if (storage === "ip-restricted" || (lifetime !== undefined && lifetime <= HOUR)) return { outcome: "contained", subject: "" };
  const data = { dataClass: floor.dataClass };
  if (provider !== undefined) {
    const offer = boundOffer(provider, auth);
    if (offer === undefined) return { outcome: "none-offered", subject: "" };
    return {
      outcome: "bound-offered",
      subject: "",
      data: { ...data, provider: provider.provider, to: offer.to },
      confidence: confidenceIn(offer),
    };
  }
  const isLong = expiry === "no" || (lifetime !== undefined && lifetime > HOUR);
  return isLong ? { outcome: "long-lived", subject: "", data } : { outcome: "unobserved", subject: "", reason: "evidence_missing" };
}

/** Floor of what is regulated, and of money. */
const GRAVE = "B";
