import { dataClassFacts } from "../../../catalog/data-classes.ts";
import { hasSenderConstraint } from "../../facts/metadata-weakness.ts";
import { ABOUT_PUBLISHED, disowned, eachServer, withoutTokens } from "../../facts/published.ts";
import { defineRule } from "../rule.ts";

export const asNoSenderConstraint = defineRule({
  meta: {
    id: "auth/as-no-sender-constraint",
    revision: 2,
    title: "The server can bind tokens to a client",
    failureTitle: "The server binds tokens to nobody",
    rationale: "Whoever holds a bearer token has what it gives. One that is bound to a key is of no use without the key.",
    remediation: {
      verb: "ask",
      alone: false,
      effort: "medium",
      text: "Ask for DPoP or certificate-bound tokens. Until then: short lives, and a list of addresses that may use them.",
    },
    severity: "medium",
    likelihood: 1,
    citations: [
      { id: "ASVS 5.0 10.4.14", url: "https://github.com/OWASP/ASVS/tree/v5.0.0" },
      { id: "RFC 8705 5", url: "https://www.rfc-editor.org/rfc/rfc8705#section-5" },
      { id: "RFC 9449 5.1", url: "https://www.rfc-editor.org/rfc/rfc9449#section-5.1" },
    ],
    cwe: ["CWE-294"],
    owasp: ["API2:2023"],
    controls: ["ISO27001 A.8.5"],
    confirm: 1,
  },
  needs: ["oauth-metadata"],
  outcomes: {
    offered: { verdict: "pass", message: () => "It says that it can bind tokens; whether it does for us is up to it." },
    missing: { verdict: "fail", severity: "info", message: () => "It mentions neither DPoP nor certificate-bound tokens." },
    "missing-for-money": {
      verdict: "fail",
      message: () => "It mentions neither DPoP nor certificate-bound tokens, and data of money is what its tokens open.",
    },
    ...ABOUT_PUBLISHED,
  },
  applies: withoutTokens,
  evaluate: (input) =>
    eachServer(input, (server) => {
      const groups = input.integration.dataClasses.map((dataClass) => dataClassFacts(dataClass, input.integration).group);
      const isMoney = groups.some((group) => group === "financial" || group === "card");
      const outcome = hasSenderConstraint(server) ? "offered" : isMoney ? "missing-for-money" : "missing";
      return disowned(server) ?? { outcome, pointer: "/flags", summary: server.flags.join(", ") || "none" };
    }),
});
