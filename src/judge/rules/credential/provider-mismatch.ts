import { isPublicName } from "../../../model/host-name.ts";
import type { Answer } from "../../facts/aggregate.ts";
import { isAtHome, strangerAt } from "../../facts/credential-home.ts";
import { ABOUT_KNOWN_CREDENTIALS, eachKnownCredential, withoutCredential } from "../../facts/own-credentials.ts";
import { defineRule } from "../rule.ts";

export const providerMismatch = defineRule({
  meta: {
    id: "credential/provider-mismatch",
    revision: 2,
    title: "The credential goes to the provider that gave it",
    failureTitle: "We hand one provider's key to another",
    rationale:
      "With every call, somebody gets a key that opens our account with somebody else. It usually is a variable that was mixed up.",
    remediation: {
      verb: "rotate",
      alone: true,
      effort: "low",
      text: "Correct the reference (auth.credential), then rotate the key: whoever got it has it in his logs. Where the host is a gateway or a reseller that is meant to have it, accept this finding with a reason.",
    },
    severity: "critical",
    likelihood: 4,
    citations: [{ id: "CWE-522", url: "https://cwe.mitre.org/data/definitions/522.html" }],
    cwe: ["CWE-522"],
    owasp: ["API10:2023"],
    controls: ["ISO27001 A.5.17"],
    confirm: 1,
    aliases: ["cred/provider-mismatch"],
  },
  needs: ["credential"],
  outcomes: {
    home: { verdict: "pass", message: ({ provider }) => `It looks like a key of ${provider}, and goes there.` },
    "other-provider": { verdict: "fail", message: ({ provider, to }) => `It looks like a key of ${provider}, and goes to ${to}.` },
    "unknown-host": {
      verdict: "fail",
      severity: "info",
      message: ({ provider }) => `It looks like a key of ${provider}, and goes to a host that is not known to be theirs.`,
    },
    inside: { verdict: "not-applicable", message: () => "It goes to a host of our own network, which may pass it on." },
    "self-hosted": { verdict: "not-applicable", message: () => "Others run the same software, and give keys of the same kind." },
    "no-sign": { verdict: "not-applicable", message: () => "It is no secret, or its text is too little of a sign of whose it is." },
    ...ABOUT_KNOWN_CREDENTIALS,
  },
  applies: withoutCredential,
  evaluate: (input) =>
    eachKnownCredential(input, ({ at, host }, entry): Answer<Outcome> => {
      const other = strangerAt(host, entry);
      const said = {
        data: { provider: entry.provider, to: other ?? "" },
        pointer: `${at}/known`,
        summary: `${entry.provider} ${entry.prefix}`,
      };
      if (isAtHome(entry, host)) return { outcome: "home", ...said };
      if (entry.prefix === "" || entry.class === "identifier" || entry.class === "publishable") return { outcome: "no-sign", ...said };
      if (other !== undefined) return { outcome: "other-provider", ...said };
      if (input.integration.network === "internal" || !isPublicName(host)) return { outcome: "inside", ...said };
      return { outcome: entry.selfHosted === true ? "self-hosted" : "unknown-host", ...said };
    }),
});

type Outcome = "home" | "other-provider" | "unknown-host" | "inside" | "self-hosted" | "no-sign";
