import { featureAnswer } from "../../facts/tls-features.ts";
import { eachOrigin, goneOrigin, WITHOUT_TLS, withoutTls } from "../../facts/tls-origins.ts";
import { defineRule } from "../rule.ts";

export const intolerant = defineRule({
  meta: {
    id: "tls/intolerant",
    revision: 1,
    title: "Hellos of tomorrow's clients are answered",
    failureTitle: "Hellos of tomorrow's clients are not answered",
    rationale:
      "A client with post-quantum key shares sends a hello of more than one packet, and every new client offers values that the server does not know. A server, or a box before it, that does not answer those will fail on the day that your TLS library is updated, and will look like an outage.",
    remediation: {
      verb: "ask",
      alone: false,
      effort: "medium",
      text: "Tell the provider (tldr.fail says what to look for), before you bring your clients to OpenSSL 3.5, Go 1.24 or another library with post-quantum key exchange; try those against this API first. Until it is mended, a client with X25519 alone gets through.",
    },
    severity: "info",
    likelihood: 2,
    citations: [
      { id: "RFC 8701 3", url: "https://www.rfc-editor.org/rfc/rfc8701#section-3" },
      { id: "RFC 8446 4.1.2", url: "https://www.rfc-editor.org/rfc/rfc8446#section-4.1.2" },
      { id: "tldr.fail", url: "https://tldr.fail/" },
    ],
    cwe: ["CWE-241"],
    owasp: ["API8:2023"],
    controls: ["PCI-DSS 12.3.3", "ISO27001 A.8.24", "NIST-CSF PR.DS-02"],
    confirm: 1,
  },
  needs: ["tls"],
  since: { tls: 2 },
  outcomes: {
    tolerant: { verdict: "pass", message: () => "Such a hello is answered." },
    "unknown-values": {
      verdict: "fail",
      message: () =>
        "A hello with values that nobody knows yet, as every new client will send them, does not get the answer that one without them gets.",
    },
    "long-hello": {
      verdict: "fail",
      message: () =>
        "A hello of more than one packet does not get the answer that a short one gets: a client with post-quantum key shares may fail to connect.",
    },
    ...WITHOUT_TLS,
  },
  applies: withoutTls,
  evaluate: ({ integration, observations }) =>
    ASPECTS.flatMap(([outcome, feature]) =>
      eachOrigin(outcome, integration, observations.tls, (evidence) =>
        featureAnswer<Outcome>(evidence, feature, { yes: "tolerant", no: outcome }, "full"),
      ),
    ),
  absent: goneOrigin,
});

const ASPECTS = [
  ["unknown-values", "grease"],
  ["long-hello", "longHello"],
] as const;
type Outcome = "tolerant" | (typeof ASPECTS)[number][0];
