import { ABOUT_TOKENS, eachToken } from "../../facts/tokens.ts";
import { defineRule } from "../rule.ts";

export const tokenOpaqueLowEntropy = defineRule({
  meta: {
    id: "auth/token-opaque-low-entropy",
    aliases: ["cred/low-entropy"],
    revision: 2,
    title: "The token is not too short to be a secret",
    failureTitle: "The token has too little chance in it",
    rationale:
      "Whoever guesses a token has what it gives. It takes 128 bits of chance to make guessing hopeless, and this one has less even if every character was drawn by lot.",
    remediation: {
      verb: "ask",
      alone: false,
      effort: "medium",
      text: "Ask for longer tokens, and for a limit of wrong attempts until then. A UUID of version 4 is short of it by six bits.",
    },
    severity: "medium",
    likelihood: 1,
    citations: [{ id: "RFC 6749 10.10", url: "https://www.rfc-editor.org/rfc/rfc6749#section-10.10" }],
    cwe: ["CWE-331"],
    owasp: ["API2:2023"],
    controls: ["ISO27001 A.8.5"],
    confirm: 1,
  },
  needs: ["token"],
  outcomes: {
    "not-below": { verdict: "pass", message: () => "Its length leaves room for 128 bits; how much chance is in it cannot be seen." },
    below: { verdict: "fail", message: ({ bits }) => `It has ${bits} bits at most.` },
    repeated: { verdict: "fail", message: ({ bits }) => `It repeats itself, or counts: ${bits} bits at most.` },
    uuid: { verdict: "fail", severity: "low", message: ({ bits }) => `It is a UUID: ${bits} bits at most.` },
    "time-uuid": {
      verdict: "fail",
      message: ({ bits }) => `It is a UUID that is made of the time: beside that ${bits} bits at most, and in most cases far fewer.`,
    },
    structured: { verdict: "not-applicable", message: () => "It is a JWT, which is not kept from being guessed by its length." },
    "no-secret": { verdict: "not-applicable", message: () => "It is meant to be seen: a publishable key, or the name of a secret." },
    ...ABOUT_TOKENS,
  },
  evaluate: (input) =>
    eachToken(input, ({ opaque, format }) => {
      if (opaque === undefined) return { outcome: "structured", pointer: "/format", summary: format };
      const { atMostBits: bits, shape } = opaque;
      const at = { data: { bits }, pointer: "/opaque/atMostBits", summary: `${bits} bits at most` };
      if (opaque.class === "publishable" || opaque.class === "identifier") return { outcome: "no-secret", ...at };
      if (bits >= ENOUGH) return { outcome: "not-below", ...at };
      return { outcome: shape === "unknown" ? "below" : shape, ...at };
    }),
});

const ENOUGH = 128;
