import type { TlsEvidence } from "../../../evidence/kinds.ts";
import { DEPRECATED_TLS_VERSIONS } from "../../../model/tls.ts";
import type { Answer } from "../../facts/aggregate.ts";
import { featureAnswer, featuresOf, supportOfAny } from "../../facts/tls-features.ts";
import { eachOrigin, goneOrigin, WITHOUT_TLS, withoutTls } from "../../facts/tls-origins.ts";
import { defineRule } from "../rule.ts";

export const fallbackUnprotected = defineRule({
  meta: {
    id: "tls/fallback-unprotected",
    revision: 1,
    title: "A client that falls back to a retired version is stopped",
    failureTitle: "A client that falls back to a retired version is not stopped",
    rationale:
      "Clients of old tried a lower version when the first attempt failed, which somebody in between could cause (POODLE); with TLS_FALLBACK_SCSV they say so, and the server stops them. Clients of today do not fall back at all, so that this is information about how the edge is kept.",
    remediation: {
      verb: "accept",
      alone: true,
      effort: "low",
      text: "Nothing has to be done where your clients have a minimum of TLS 1.2. The cure is the end of the retired versions: ask the provider for a date of that.",
    },
    severity: "info",
    likelihood: 1,
    citations: [
      { id: "RFC 7507 3", url: "https://www.rfc-editor.org/rfc/rfc7507#section-3" },
      { id: "RFC 9325 3.1.3", url: "https://www.rfc-editor.org/rfc/rfc9325#section-3.1.3" },
    ],
    cwe: ["CWE-757"],
    owasp: ["API8:2023"],
    controls: ["PCI-DSS 4.2.1", "ISO27001 A.8.24", "NIST-CSF PR.DS-02"],
    confirm: 1,
  },
  needs: ["tls"],
  since: { tls: 2 },
  outcomes: {
    protected: { verdict: "pass", message: () => "A fallback that is announced is stopped." },
    unprotected: { verdict: "fail", message: () => "A client that said that it was falling back got a retired version all the same." },
    "no-fallback": { verdict: "not-applicable", message: () => "There is no better and no retired version to fall back from and to." },
    ...WITHOUT_TLS,
  },
  applies: withoutTls,
  evaluate: ({ integration, observations }) => eachOrigin("handshake", integration, observations.tls, answerFor),
  absent: goneOrigin,
});

function answerFor(evidence: TlsEvidence): Answer<"protected" | "unprotected" | "no-fallback"> {
  const isOneOnly = [CURRENT, RETIRED].some((versions) => supportOfAny(evidence, versions) === "refused");
  if (featuresOf(evidence).fallbackScsv === undefined && isOneOnly)
    return { outcome: "no-fallback", pointer: "/versions", summary: "nothing to fall back from, or to" };
  return featureAnswer(evidence, "fallbackScsv", { yes: "protected", no: "unprotected" }, "full");
}

const CURRENT = ["TLS 1.2", "TLS 1.3"] as const;
/** SSL 2.0 has no room for the signal. */
const RETIRED = DEPRECATED_TLS_VERSIONS.filter((version) => version !== "SSL 2.0");
