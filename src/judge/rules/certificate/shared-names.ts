import { registeredLabel } from "../../../catalog/public-suffixes.ts";
import { EXTENSION_ID } from "../../../pki/extensions.ts";
import type { Answer } from "../../facts/aggregate.ts";
import { ABOUT_CERTIFICATES, eachChain, goneChain, type HostChain } from "../../facts/chains.ts";
import { withoutTls } from "../../facts/tls-origins.ts";
import { defineRule } from "../rule.ts";

export const sharedNames = defineRule({
  meta: {
    id: "certificate/shared-names",
    revision: 1,
    title: "The certificate is for few companies' names",
    failureTitle: "The certificate is for many companies' names",
    rationale:
      "A certificate that names many domains beside the API's belongs to a hosting company or a content network, which decides when it is renewed, revoked or given other names, and whose key stands for all of them. What was agreed on with the provider about keys and encryption holds for that company as well. A company with many brands looks the same.",
    remediation: {
      verb: "accept",
      alone: true,
      effort: "low",
      text: "Count the company in front among the provider's suppliers where your own rules ask for them; do not pin this certificate.",
    },
    severity: "info",
    likelihood: 1,
    citations: [
      { id: "RFC 9525 6.2", url: "https://www.rfc-editor.org/rfc/rfc9525#section-6.2" },
      { id: "Public Suffix List", url: "https://publicsuffix.org/" },
    ],
    cwe: ["CWE-668"],
    owasp: ["API8:2023"],
    controls: ["PCI-DSS 12.8.1", "ISO27001 A.5.19", "NIST-CSF GV.SC-04"],
    confirm: 1,
  },
  needs: ["tls-session"],
  sees: ["tls"],
  outcomes: {
    "own-names": { verdict: "pass", message: ({ others }) => `The certificate is for ${others} other domains.` },
    shared: {
      verdict: "fail",
      message: ({ others, names }) => `The certificate has ${names} names, of ${others} domains that are not the API's.`,
    },
    "no-domain": { verdict: "not-applicable", message: () => "The host has no domain that somebody registered." },
    ...ABOUT_CERTIFICATES,
  },
  applies: withoutTls,
  evaluate: (input) => eachChain("names", input, answerFor),
  absent: goneChain,
});

type Outcome = "own-names" | "shared" | "no-domain";

function answerFor({ certificate, host }: HostChain): Answer<Outcome> {
  const at = { pointer: "/chain/0", summary: "its names cannot be read" };
  const { subjectAltName = [], unreadable = [] } = certificate?.extensions ?? {};
  if (certificate === undefined || unreadable.includes(EXTENSION_ID.subjectAltName)) {
    return { outcome: "unobserved", reason: "evidence_ambiguous", ...at };
  }
  const names = subjectAltName.flatMap((name) => (name.kind === "dns" ? [name.text.toLowerCase().replace(/^\*\./, "")] : []));
  const summary = `${names.length} names`;
  if (names.length < FEWEST_OTHERS) return { outcome: "own-names", data: { names: names.length, others: 0 }, ...at, summary };
  const own = registeredLabel(host);
  if (own === undefined) return { outcome: "no-domain", ...at, summary };
  const labels = new Set(names.slice(0, MOST_NAMES).map((name) => registeredLabel(name)));
  const others = [...labels].filter((label) => label !== undefined && label !== own).length;
  return { outcome: others < FEWEST_OTHERS ? "own-names" : "shared", data: { names: names.length, others }, ...at, summary };
}

/** acme.com and acme.co.uk count as one; a company has a few brands, and shared certificates hold dozens. */
const FEWEST_OTHERS = 5;
/** Far more than five of them are among these, where they are shared. */
const MOST_NAMES = 1000;
