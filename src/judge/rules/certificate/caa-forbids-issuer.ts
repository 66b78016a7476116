import { caaAuthorityOf } from "../../../catalog/caa-identifiers.ts";
import type { DomainEvidence } from "../../../evidence/kinds.ts";
import type { Observation } from "../../../evidence/observation.ts";
import { isPublicName } from "../../../model/host-name.ts";
import type { Instant } from "../../../model/instant.ts";
import type { Certificate } from "../../../pki/certificate.ts";
import { isIssuedFor } from "../../../pki/identity.ts";
import { ATTRIBUTE, attributeOf } from "../../../pki/name.ts";
import { type Answer, evidenceOf, failureOf, plain } from "../../facts/aggregate.ts";
import { permittedIssuers } from "../../facts/caa.ts";
import { ABOUT_CERTIFICATES, eachChain, goneChain, type HostChain, verdictOn } from "../../facts/chains.ts";
import { namesInWords } from "../../facts/domain-words.ts";
import { ABOUT_DOMAINS, hostOf } from "../../facts/domains.ts";
import { authorityOf } from "../../facts/issuance.ts";
import { withoutTls } from "../../facts/tls-origins.ts";
import { defineRule } from "../rule.ts";

export const caaForbidsIssuer = defineRule({
  meta: {
    id: "certificate/caa-forbids-issuer",
    revision: 1,
    title: "The domain lets this authority issue certificates for it",
    failureTitle: "The domain does not let this authority issue certificates for it",
    rationale:
      "Authorities look at CAA records when they issue and at no other time, so the certificate is as good as any. But its renewal will be refused, unless the provider is on the way to another authority; and where the records are older than the certificate, its authority did not look.",
    remediation: {
      verb: "ask",
      alone: false,
      effort: "low",
      text: "Mention it to the provider before the certificate ends. If a client of yours pins the authority, ask which one comes next.",
    },
    severity: "info",
    likelihood: 1,
    citations: [
      { id: "RFC 8659 3", url: "https://www.rfc-editor.org/rfc/rfc8659#section-3" },
      { id: "BR 3.2.2.8", url: "https://cabforum.org/working-groups/server/baseline-requirements/requirements/" },
    ],
    cwe: ["CWE-295"],
    owasp: ["API8:2023"],
    controls: ["PCI-DSS 4.2.1", "ISO27001 A.5.22", "NIST-CSF ID.SC-04"],
    confirm: 1,
  },
  needs: ["domain", "tls-session"],
  sees: ["tls"],
  outcomes: {
    unrestricted: { verdict: "pass", message: () => "No CAA record says who may issue certificates for this host." },
    permitted: { verdict: "pass", message: () => "The CAA records name the authority of the certificate." },
    forbidden: {
      verdict: "fail",
      message: ({ at, permitted, authority }) =>
        `The CAA records at ${at} name ${permitted}, not ${authority}: the certificate was issued before they said so, or against them, and cannot be renewed there.`,
    },
    "private-authority": { verdict: "not-applicable", message: () => "The authority is one of your own: CAA records are for public ones." },
    "other-name": { verdict: "not-applicable", message: () => "The certificate is not for this host: said by certificate/untrusted." },
    "no-public-name": ABOUT_DOMAINS["no-public-name"],
    ...ABOUT_CERTIFICATES,
  },
  applies: withoutTls,
  evaluate: (input, { asOf }) => eachChain("leaf", input, (chain) => answerFor(chain, input.observations.domain, asOf)),
  absent: goneChain,
});

type Outcome = "unrestricted" | "permitted" | "forbidden" | "private-authority" | "other-name" | "no-public-name";

function answerFor(chain: HostChain, domains: readonly Observation<"domain">[], asOf: Instant): Answer<Outcome> {
  const { certificate, host } = chain;
  if (!isPublicName(host)) return { outcome: "no-public-name", ...AT_CHAIN };
  const authority = authorityOf(chain, asOf);
  if (authority === "private") return { outcome: "private-authority", ...AT_CHAIN };
  if (certificate === undefined || authority === "unknown") return { outcome: "unobserved", reason: "evidence_ambiguous", ...AT_CHAIN };
  if (!isIssuedFor(certificate, { name: host })) return { outcome: "other-name", ...AT_CHAIN };
  const domain = domains.find(({ key }) => hostOf(key.origin) === host);
  if (domain === undefined) return { outcome: "unobserved", reason: "not_requested", ...AT_CHAIN };
  const evidence = evidenceOf(domain);
  const beside = [{ observation: plain(domain), pointer: evidence === undefined ? "" : "/caa", summary: "CAA" }];
  if (evidence === undefined) {
    return { outcome: "unobserved", reason: failureOf(domain)?.reason ?? "evidence_missing", ...AT_CHAIN, beside };
  }
  return { ...judged(evidence, certificate, verdictOn(chain, asOf).path), ...AT_CHAIN, beside };
}

type Judged = Pick<Answer<Outcome>, "outcome" | "reason" | "data">;

function judged({ host, caa }: DomainEvidence, leaf: Certificate, path: readonly Certificate[]): Judged {
  if (caa.state === "none") return { outcome: "unrestricted" };
  if (caa.state === "unknown") return { outcome: "unobserved", reason: caa.reason };
  const isWildcard = !hasExactly(leaf, host);
  // For a wildcard the authority began one label above the host (RFC 8659 section 3), where nobody looked.
  if (isWildcard && caa.at === host) return { outcome: "unobserved", reason: "evidence_missing" };
  const permitted = permittedIssuers(caa.records, isWildcard);
  if (permitted === undefined) return { outcome: "unrestricted" };
  const [issuer, ...above] = [leaf, ...path].map((one) => caaAuthorityOf(attributeOf(one.issuer, ATTRIBUTE.organisation) ?? ""));
  // Issuing certificates are named after whoever they are run for, and follow the root's rules as well.
  if ([issuer, ...above].some((one) => one?.identifiers.some((name) => permitted.includes(name)))) return { outcome: "permitted" };
  if (issuer === undefined) return { outcome: "unobserved", reason: "data_stale" };
  const named = permitted.length === 0 ? "nobody" : namesInWords(permitted);
  return { outcome: "forbidden", data: { at: caa.at, permitted: named, authority: issuer.organisations[0] ?? "" } };
}

function hasExactly({ extensions }: Certificate, host: string): boolean {
  return (extensions.subjectAltName ?? []).some((name) => name.kind === "dns" && name.text.toLowerCase().replace(/\.$/, "") === host);
}

const AT_CHAIN = { pointer: "/chain", summary: "its authority" } as const;
