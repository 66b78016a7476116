import type { TlsEvidence } from "../../../evidence/kinds.ts";
import type { IntegrationAuth } from "../../../model/integration.ts";
import type { Answer } from "../../facts/aggregate.ts";
import { featuresOf, unseenFeature } from "../../facts/tls-features.ts";
import { eachOrigin, goneOrigin, WITHOUT_TLS, withoutTls } from "../../facts/tls-origins.ts";
import { defineRule } from "../rule.ts";

export const clientCertificateUndeclared = defineRule({
  meta: {
    id: "tls/client-certificate-undeclared",
    revision: 1,
    title: "No client certificate is asked for that the inventory does not know of",
    failureTitle: "A client certificate is asked for that the inventory does not know of",
    rationale:
      "A server that asks for a certificate may answer a client without one differently, or refuse it later on. Either our clients send one, which then has a key and an end that nobody watches here; or the provider asks everybody and needs it of some.",
    remediation: {
      verb: "declare",
      alone: true,
      effort: "low",
      text: "Where your client sends a certificate, declare it under `auth.clientCertificate` (or `auth.scheme: mtls`), so that its end is watched. Where it sends none and all works, accept the finding with that reason.",
    },
    severity: "info",
    likelihood: 1,
    citations: [
      { id: "RFC 8446 4.3.2", url: "https://www.rfc-editor.org/rfc/rfc8446#section-4.3.2" },
      { id: "RFC 5246 7.4.4", url: "https://www.rfc-editor.org/rfc/rfc5246#section-7.4.4" },
    ],
    cwe: [],
    owasp: ["API9:2023"],
    controls: ["PCI-DSS 4.2.1", "ISO27001 A.5.9", "NIST-CSF ID.AM-02"],
    confirm: 1,
  },
  needs: ["tls"],
  since: { tls: 2 },
  outcomes: {
    "not-requested": { verdict: "pass", message: () => "No client certificate is asked for." },
    requested: {
      verdict: "fail",
      message: ({ authorities }) =>
        authorities === ""
          ? "A client certificate of any authority is asked for."
          : `A client certificate is asked for, issued by: ${authorities}.`,
    },
    declared: { verdict: "not-applicable", message: () => "A client certificate is declared." },
    ...WITHOUT_TLS,
  },
  applies: ({ integration }) => withoutTls({ integration }) ?? (isDeclared(integration.auth) ? "declared" : undefined),
  evaluate: ({ integration, observations }) => eachOrigin("client-certificate", integration, observations.tls, answerFor),
  absent: goneOrigin,
});

function isDeclared({ scheme, clientCertificate }: IntegrationAuth): boolean {
  return scheme === "mtls" || clientCertificate !== undefined;
}

function answerFor(evidence: TlsEvidence): Answer<"not-requested" | "requested"> {
  const { clientCertificate } = featuresOf(evidence);
  if (clientCertificate === undefined) return unseenFeature(evidence);
  const pointer = "/features/clientCertificate";
  if (!clientCertificate.requested) return { outcome: "not-requested", pointer, summary: "not asked for" };
  const authorities = authorityText(clientCertificate);
  return {
    outcome: "requested",
    data: { authorities },
    pointer,
    summary: authorities === "" ? "of any authority" : "of named authorities",
  };
}

/** Names are the server's own words: a few of them, and of each not too much. */
function authorityText({ authorities, count }: { readonly authorities: readonly string[]; readonly count: number }): string {
  const named = authorities.slice(0, MOST_NAMES).map((name) => (name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME)}...` : name));
  const rest = Math.max(count, authorities.length) - named.length;
  return rest > 0 && named.length > 0 ? `${named.join("; ")} and ${rest} more` : named.join("; ");
}

const MOST_NAMES = 3;
const LONGEST_NAME = 100;
