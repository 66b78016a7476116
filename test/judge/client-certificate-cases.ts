import type { Observation } from "../../src/evidence/observation.ts";
import type { RawEvidence } from "../../src/evidence/redact.ts";
import type { Integration } from "../../src/model/integration.ts";
import { EXTENSION, extendedKeyUsage } from "../lab/support/certificate-extensions.ts";
import { type LeafOptions, type Made, serverLeaf } from "../lab/support/certificate-factory.ts";
import { aCertificate, clientCertificate, NOW, unseen } from "./builders.ts";
import { facts, INTERMEDIATE } from "./chain-builders.ts";
import type { RuleCase } from "./rule-cases.ts";

export const DECLARED: Partial<Integration> = {
  auth: { scheme: "mtls", clientCertificate: { cert: "file:acme.crt", key: "file:acme.key" }, neededScopes: [] },
};

/** For a client, as a private authority issues it, at the judge's clock. */
export function clientLeaf(options: LeafOptions = {}, issuer: Made = INTERMEDIATE): Made {
  return serverLeaf(issuer, {
    at: new Date(NOW),
    subject: "acme client",
    ...options,
    with: [extendedKeyUsage(["clientAuth"]), ...(options.with ?? [])],
    without: [EXTENSION.certificatePolicies, ...(options.without ?? [])],
  });
}

/** Found in its file, leaf first. */
export function held(chain: readonly Made[], raw: Partial<RawEvidence["client-certificate"]> = {}): Observation {
  return clientCertificate({ chain: chain.map(facts), ...raw });
}

export function says(name: string, observation: Observation, ...said: readonly string[]): RuleCase {
  const expected = ["client-certificate", ...said] as unknown as RuleCase["expect"][number];
  return { name, integration: DECLARED, observations: [observation], expect: [expected] };
}

/** What every rule about our own certificate answers alike. */
export const commonCases: { readonly [K in "not-applicable" | "unobserved" | "hostile"]: readonly RuleCase[] } = {
  "not-applicable": [
    {
      name: "none is declared",
      known: ["client-certificate"],
      expect: [
        ["", "none-declared"],
        ["client-certificate", "none-declared"],
      ],
    },
    { name: "a URL without TLS", integration: { ...DECLARED, baseUrl: "http://api.acme.example" }, expect: [["", "no-tls"]] },
  ],
  unobserved: [
    says("not bound", unseen("client-certificate", "credential_not_bound", {}, "skipped"), "unobserved", "credential_not_bound"),
    says("not to be read", unseen("client-certificate", "credential_unavailable", {}, "skipped"), "unobserved", "credential_unavailable"),
    { name: "nobody looked", integration: DECLARED, expect: [["client-certificate", "unobserved", "not_requested"]] },
  ],
  hostile: [says("evidence without a certificate", clientCertificate({ chain: [] }), "unobserved", "evidence_missing")],
};

/** Names from outside, and bytes that nobody can read. */
export const STRANGE = clientCertificate({ chain: [aCertificate({ der: "AAAA", subject: `CN=${"x".repeat(4000)}` })] });
