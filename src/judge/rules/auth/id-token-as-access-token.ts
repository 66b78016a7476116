import { ABOUT_CLAIMS, eachClaims, isProof } from "../../facts/tokens.ts";
import { defineRule } from "../rule.ts";

export const idTokenAsAccessToken = defineRule({
  meta: {
    id: "auth/id-token-as-access-token",
    revision: 1,
    title: "The token is meant for an API",
    failureTitle: "The token is meant for a client, not for an API",
    rationale:
      "An ID token says who logged in, to the client that asked. An API that takes it takes what any client of the same issuer was given, whatever it was allowed to do.",
    remediation: {
      verb: "ask",
      alone: false,
      effort: "medium",
      text: "Send the access token that came with it. If the provider asks for the ID token, ask which audience and scopes it checks.",
    },
    severity: "medium",
    likelihood: 2,
    citations: [
      { id: "ASVS 5.0 9.2.2", url: "https://github.com/OWASP/ASVS/tree/v5.0.0" },
      { id: "OpenID Connect Core 2", url: "https://openid.net/specs/openid-connect-core-1_0.html" },
    ],
    cwe: ["CWE-287", "CWE-863"],
    owasp: ["API2:2023"],
    controls: ["ISO27001 A.8.5"],
    confirm: 1,
  },
  needs: ["token"],
  outcomes: {
    "for-api": { verdict: "pass", message: () => "Nothing in it is of an ID token alone." },
    "id-token": { verdict: "fail", message: ({ names }) => `It has ${names}, which are of ID tokens, and no scope.` },
    proof: { verdict: "not-applicable", message: () => "It proves that a key is there, and is no access token." },
    ...ABOUT_CLAIMS,
  },
  evaluate: (input) =>
    eachClaims(input, (token) => {
      const { claims, header } = token;
      const signs = claims.ofIdToken.filter((name) => SIGNS.includes(name));
      const at = { pointer: "/claims/ofIdToken", summary: signs.join(", ") || "none" };
      if (isProof(token)) return { outcome: "proof", ...at };
      const isIdToken = signs.length > 0 && claims.scopes.length === 0 && header.typ !== "at+jwt";
      return { outcome: isIdToken ? "id-token" : "for-api", data: { names: signs.join(", ") }, ...at };
    }),
});

/** Some issuers put auth_time into access tokens. */
const SIGNS: readonly string[] = ["at_hash", "c_hash", "nonce"];
