import type { CertificateFacts } from "../../../evidence/kinds.ts";
import { DAY, HOUR, type Instant, isoInstant } from "../../../model/instant.ts";
import type { Answer } from "../../facts/aggregate.ts";
import { ABOUT_CLIENT_CERTIFICATES, aboutOwnCertificate, withoutClientCertificate } from "../../facts/client-certificate.ts";
import { lifetimeLeft, validityAt } from "../../facts/leaf.ts";
import { defineRule } from "../rule.ts";

export const clientCertificateExpiring = defineRule({
  meta: {
    id: "credential/client-certificate-expiring",
    revision: 1,
    title: "Our client certificate was renewed in time",
    failureTitle: "Our client certificate is near its end and was not renewed",
    rationale:
      "Nobody but us renews it. Somebody has to issue it, many a provider has to enter it on their side first, and every client has to get it: weeks, where no program does it. What lives for less than three times as long is renewed by a program, and there the part of the lifetime counts alone.",
    remediation: {
      verb: "rotate",
      alone: true,
      effort: "low",
      text: "Issue the next certificate now, with a new key. Where the provider has to know it first, let both be valid side by side until every client has the new one.",
    },
    severity: "high",
    likelihood: 4,
    citations: [
      { id: "RFC 5280 4.1.2.5", url: "https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.5" },
      { id: "NIST SP 1800-16", url: "https://csrc.nist.gov/pubs/sp/1800/16/final" },
    ],
    cwe: ["CWE-298", "CWE-324"],
    owasp: ["API2:2023"],
    controls: ["PCI-DSS 8.6.3", "ISO27001 A.8.24", "NIST-CSF PR.AA-03"],
    confirm: 1,
    aliases: ["auth/client-cert-expiring"],
  },
  needs: ["client-certificate"],
  outcomes: {
    fresh: { verdict: "pass", message: ({ percent }) => `${percent} % of the client certificate's lifetime are left.` },
    "ends-soon": { verdict: "fail", severity: "medium", message: left },
    "ends-very-soon": { verdict: "fail", severity: "high", message: left },
    "outside-validity": {
      verdict: "not-applicable",
      message: () => "The client certificate is not valid now: said by credential/client-certificate-expired.",
    },
    ...ABOUT_CLIENT_CERTIFICATES,
  },
  applies: withoutClientCertificate,
  evaluate: (input, { asOf }) =>
    aboutOwnCertificate(input, ({ leaf }) => ({
      ...standing(leaf, asOf),
      pointer: "/chain/0",
      summary: `notAfter ${isoInstant(leaf.notAfter)}`,
    })),
});

type Outcome = "fresh" | "ends-soon" | "ends-very-soon" | "outside-validity";

function standing(leaf: CertificateFacts, asOf: Instant): Pick<Answer<Outcome>, "outcome" | "reason" | "data"> {
  const fraction = lifetimeLeft(leaf, asOf);
  if (fraction === undefined) return { outcome: "unobserved", reason: "evidence_ambiguous" };
  if (validityAt(leaf, asOf) === "expired" || asOf < leaf.notBefore) return { outcome: "outside-validity" };
  const time = leaf.notAfter - asOf;
  const lifetime = leaf.notAfter - leaf.notBefore;
  const step = LADDER.find(({ below, days }) => fraction < below || (time < days * DAY && lifetime > BY_HAND * days * DAY));
  const data = {
    until: isoInstant(leaf.notAfter),
    days: Math.floor(time / DAY),
    hours: Math.floor(time / HOUR),
    percent: Math.floor(fraction * 100),
  };
  return { outcome: step?.outcome ?? "fresh", data };
}

function left({ until, days, hours, percent }: Readonly<Record<string, unknown>>): string {
  const time = Number(days) < FEW_DAYS ? `${hours} hours` : `${days} days`;
  return `The client certificate ends at ${until}, in ${time}: ${percent} % of its lifetime are left.`;
}

const LADDER = [
  { below: 0.1, days: 14, outcome: "ends-very-soon" },
  { below: 0.2, days: 30, outcome: "ends-soon" },
] as const;
/** Lead times are for what people renew: a lifetime has to hold three of them. */
const BY_HAND = 3;
const FEW_DAYS = 3;
