import type { RegistrationEvidence } from "../../../evidence/kinds.ts";
import type { RegistrationStatus } from "../../../model/registration.ts";
import type { Answer } from "../../facts/aggregate.ts";
import { goneDomain } from "../../facts/domains.ts";
import { ABOUT_REGISTRATIONS, eachRegistration } from "../../facts/registrations.ts";
import { defineRule } from "../rule.ts";

export const transferUnlocked = defineRule({
  meta: {
    id: "domain/transfer-unlocked",
    revision: 1,
    title: "The domain cannot be moved to another registrar as it is",
    failureTitle: "The domain can be moved to another registrar at any time",
    rationale:
      "A lock costs nothing, and makes whoever has stolen a code for the transfer, or a mailbox, ask the registrar first. Registrars set it unless they are told not to.",
    remediation: {
      verb: "ask",
      alone: false,
      effort: "low",
      text: "Tell the provider that their registrar can lock the domain against transfers, and the registry as well.",
    },
    severity: "info",
    likelihood: 1,
    citations: [
      { id: "RFC 8056 2", url: "https://www.rfc-editor.org/rfc/rfc8056#section-2" },
      { id: "RFC 5731 2.3", url: "https://www.rfc-editor.org/rfc/rfc5731#section-2.3" },
    ],
    cwe: ["CWE-346"],
    owasp: ["API10:2023"],
    controls: ["PCI-DSS 12.8.4", "ISO27001 A.5.22", "NIST-CSF ID.SC-04"],
    confirm: 1,
  },
  needs: ["registration"],
  outcomes: {
    locked: { verdict: "pass", message: ({ by }) => `The registry refuses transfers: ${by}.` },
    moving: { verdict: "fail", message: () => "The domain is being moved to another registrar right now (pending transfer)." },
    unlocked: {
      verdict: "fail",
      message: () => "The registry gives the state of the domain, and no lock against transfers is part of it.",
    },
    ...ABOUT_REGISTRATIONS,
  },
  evaluate: (input) => eachRegistration(input, answerFor),
  absent: goneDomain,
});

function answerFor({ statuses }: RegistrationEvidence): Answer<"locked" | "moving" | "unlocked" | "not-told"> {
  if (statuses.length === 0) return { outcome: "not-told", pointer: "/statuses", summary: "no state is given" };
  const by = LOCKS.filter((status) => statuses.includes(status)).join(", ");
  if (by !== "") return { outcome: "locked", data: { by }, pointer: "/statuses", summary: by };
  const outcome = statuses.includes("pending transfer") ? "moving" : "unlocked";
  return { outcome, pointer: "/statuses", summary: statuses.join(", ") };
}

const LOCKS: readonly RegistrationStatus[] = ["client transfer prohibited", "locked", "server transfer prohibited", "transfer prohibited"];
