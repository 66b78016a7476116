import type { CertificateFacts, ClientCertificateEvidence } from "../../evidence/kinds.ts";
import type { Observation } from "../../evidence/observation.ts";
import type { Instant } from "../../model/instant.ts";
import type { Integration } from "../../model/integration.ts";
import { type ChainVerdict, judgeChain } from "../../pki/build-path.ts";
import { type Certificate, parseCertificate } from "../../pki/certificate.ts";
import { CLIENT_AUTH } from "../../pki/check-path.ts";
import { checkSignature } from "../../pki/signature.ts";
import type { OutcomeDefinition, RuleResult } from "../rules/rule.ts";
import { type Answer, answerEach } from "./aggregate.ts";
import { bundledAnchors } from "./anchors.ts";
import type { Authority } from "./issuance.ts";
import { secureOrigins } from "./subjects.ts";
import { WITHOUT_TLS } from "./tls-origins.ts";

interface OwnCertificateInput {
  readonly integration: Integration;
  readonly observations: { readonly "client-certificate": readonly Observation<"client-certificate">[] };
}

/** What our clients show, as it stands in its file. */
export interface OwnCertificate {
  readonly evidence: ClientCertificateEvidence;
  readonly leaf: CertificateFacts;
  /** Undefined where we cannot read it, though somebody may. */
  readonly certificate: Certificate | undefined;
}

/** Outcomes of every question about our own certificate. */
export const ABOUT_CLIENT_CERTIFICATES = {
  "none-declared": { verdict: "not-applicable", message: () => "No client certificate is declared." },
  "no-tls": WITHOUT_TLS["no-tls"],
} as const satisfies Readonly<Record<string, OutcomeDefinition>>;

/** For `applies`. */
export function withoutClientCertificate({ integration }: Pick<OwnCertificateInput, "integration">) {
  if (integration.auth.clientCertificate === undefined) return "none-declared";
  return secureOrigins(integration).length === 0 ? "no-tls" : undefined;
}

/** For `evaluate`: one question for each integration, whose clients have one certificate wherever they call. */
export function aboutOwnCertificate<O extends string>(
  { observations }: OwnCertificateInput,
  answer: (own: OwnCertificate) => Answer<O>,
): readonly RuleResult<O>[] {
  return answerEach("client-certificate", observations["client-certificate"], (evidence): Answer<O> => {
    const [leaf] = evidence.chain;
    if (leaf === undefined) return { outcome: "unobserved", reason: "evidence_missing", pointer: "/chain", summary: "no certificate" };
    return answer({ evidence, leaf, certificate: parseCertificate(Buffer.from(leaf.der, "base64")) });
  });
}

/** Our verdict, as of a server that believes public authorities and nobody else: others are not known here. */
export function ownVerdict({ evidence }: OwnCertificate, asOf: Instant): ChainVerdict {
  const known = verdicts.get(evidence) ?? new Map<Instant, ChainVerdict>();
  verdicts.set(evidence, known);
  const ders = evidence.chain.map(({ der }) => Buffer.from(der, "base64"));
  const verdict = known.get(asOf) ?? judgeChain(ders, bundledAnchors(), { usage: CLIENT_AUTH, asOf });
  known.set(asOf, verdict);
  return verdict;
}

/**
 * Whose rules it was issued by. A public authority marks what it issues for the web with a policy of the baseline requirements (7.1.6.1): what bears
 * the mark and leads to nobody came without the certificates between.
 */
export function ownAuthority(own: OwnCertificate, asOf: Instant): Authority {
  const verdict = ownVerdict(own, asOf);
  if (own.certificate === undefined || !isVerified(verdict)) return "unknown";
  if (verdict.isAnchored) return "public";
  return isMarkedPublic(own.certificate) ? "unknown" : "private";
}

/** Every signature of the path could be checked, and the search for it came to an end. */
export function isVerified({ path, problems }: ChainVerdict): boolean {
  const signed = path.slice(0, -1).every((one, at) => {
    const issuer = path[at + 1];
    return issuer !== undefined && checkSignature(one, issuer.key) === "valid";
  });
  return signed && problems.every(({ kind }) => kind !== "too-complex");
}

export function isMarkedPublic({ extensions: { policies = [] } }: Certificate): boolean {
  return policies.some((policy) => policy.startsWith(BASELINE_POLICIES));
}

const verdicts = new WeakMap<ClientCertificateEvidence, Map<Instant, ChainVerdict>>();
/** Arc of the CA/Browser Forum: certificate policies. */
const BASELINE_POLICIES = "2.23.140.1.";
