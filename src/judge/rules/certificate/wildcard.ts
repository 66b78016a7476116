import { publicSuffix } from "../../../catalog/public-suffixes.ts";
import { EXTENSION_ID } from "../../../pki/extensions.ts";
import { isIssuedFor, isNameMatch, referenceIdentity } from "../../../pki/identity.ts";
import type { Answer } from "../../facts/aggregate.ts";
import { ABOUT_CERTIFICATES, eachChain, goneChain, type HostChain } from "../../facts/chains.ts";
import { withoutTls } from "../../facts/tls-origins.ts";
import { defineRule } from "../rule.ts";

export const wildcard = defineRule({
  meta: {
    id: "certificate/wildcard",
    revision: 1,
    title: "The certificate is not for the names of strangers",
    failureTitle: "The certificate is for names that strangers can have",
    rationale:
      "A wildcard over a domain of the provider's is usual and says little. Over a name below which everybody can register one, it stands for strangers as much as for the API: verification does not tell them apart by anything but the first label, and when the provider gives its label up, the next owner gets it with a valid certificate. Over a registry's own name no authority may issue one at all.",
    remediation: {
      verb: "ask",
      alone: false,
      effort: "low",
      text: "Ask whether the provider has a host name of its own for this API and use that. Otherwise watch that this name stays the provider's, and stop sending credentials to it on the day that you stop using the API.",
    },
    severity: "medium",
    likelihood: 1,
    citations: [
      { id: "BR 3.2.2.6", url: "https://cabforum.org/working-groups/server/baseline-requirements/requirements/" },
      { id: "RFC 9525 7.1", url: "https://www.rfc-editor.org/rfc/rfc9525#section-7.1" },
      { id: "Public Suffix List", url: "https://publicsuffix.org/" },
    ],
    cwe: ["CWE-668"],
    owasp: ["API8:2023", "API10:2023"],
    controls: ["PCI-DSS 4.2.1", "ISO27001 A.8.24", "NIST-CSF PR.DS-02"],
    confirm: 1,
  },
  needs: ["tls-session"],
  sees: ["tls"],
  outcomes: {
    exact: { verdict: "pass", message: () => "The certificate names the host itself." },
    "own-domain": { verdict: "pass", message: ({ base }) => `The certificate is for every name directly below ${base}.` },
    registry: {
      verdict: "fail",
      message: ({ base }) => `The certificate is for every name directly below ${base}, which is a registry's.`,
    },
    "shared-platform": {
      verdict: "fail",
      severity: "info",
      message: ({ base }) => `The certificate is for every name directly below ${base}, where strangers can have one.`,
    },
    "not-covered": { verdict: "not-applicable", message: () => "It is for another host name: said by certificate/untrusted." },
    ...ABOUT_CERTIFICATES,
  },
  applies: withoutTls,
  evaluate: (input) => eachChain("wildcard", input, answerFor),
  absent: goneChain,
});

type Outcome = "exact" | "own-domain" | "registry" | "shared-platform" | "not-covered";

function answerFor({ certificate, host }: HostChain): Answer<Outcome> {
  const at = { pointer: "/chain/0", summary: "its names cannot be read" };
  const { subjectAltName = [], unreadable = [] } = certificate?.extensions ?? {};
  if (certificate === undefined || unreadable.includes(EXTENSION_ID.subjectAltName)) {
    return { outcome: "unobserved", reason: "evidence_ambiguous", ...at };
  }
  const identity = referenceIdentity(host);
  if (!isIssuedFor(certificate, identity)) return { outcome: "not-covered", ...at, summary: "not for this host" };
  const { name } = identity;
  const matching = subjectAltName.filter((one) => one.kind === "dns" && name !== undefined && isNameMatch(one.text, name));
  const isExact = name === undefined || matching.some((one) => one.kind === "dns" && !one.text.startsWith("*"));
  if (isExact) return { outcome: "exact", ...at, summary: "names the host" };
  // It covers the host, so it is a part of our own URL.
  const base = name.slice(name.indexOf(".") + 1);
  return { outcome: OUTCOMES[publicSuffix(base)?.kind ?? "none"], data: { base }, ...at, summary: `*.${base}` };
}

const OUTCOMES = { registry: "registry", private: "shared-platform", none: "own-domain" } as const;
