import type { TlsSessionEvidence } from "../../evidence/kinds.ts";
import { DAY, type Instant } from "../../model/instant.ts";
import { type Certificate, parseCertificate } from "../../pki/certificate.ts";
import type { OutcomeDefinition } from "../rules/rule.ts";
import { type Answer, answerEach, atOrigin } from "./aggregate.ts";
import { ABOUT_CERTIFICATES, type ChainInput } from "./chains.ts";
import { secureOrigins, subjectAt } from "./subjects.ts";

/** The leaf of our own connection, and the one that stood there before it. */
export interface LeafRenewal {
  readonly before: Certificate;
  readonly now: Certificate;
  /** When the one was seen last, and the other one first. */
  readonly lastSeenAt: Instant;
  readonly seenAt: Instant;
}

/** Outcomes of every question about what changed with a renewal. */
export const ABOUT_RENEWALS = {
  "nothing-before": { verdict: "not-applicable", message: () => "No other certificate was seen here before this one." },
  settled: { verdict: "pass", message: () => "The certificate was replaced more than two weeks ago." },
  "no-tls": ABOUT_CERTIFICATES["no-tls"],
  "not-declared": ABOUT_CERTIFICATES["not-declared"],
} as const satisfies Readonly<Record<string, OutcomeDefinition>>;

type Settled = "nothing-before" | "settled";

/** A change is told for two weeks after it was seen: whoever looks at the findings once a week meets it, and it does not stay for a lifetime. */
export function eachRenewal<O extends string>(
  word: string,
  {
    integration,
    observations,
  }: Pick<ChainInput, "integration"> & { readonly observations: Pick<ChainInput["observations"], "tls-session"> },
  asOf: Instant,
  answer: (renewal: LeafRenewal) => Answer<O>,
) {
  return secureOrigins(integration).flatMap((origin) =>
    answerEach(subjectAt(word, origin, integration), atOrigin(observations["tls-session"], origin), (session): Answer<O | Settled> => {
      if (session.replaced === undefined) return { outcome: "nothing-before", pointer: "", summary: "no other one was seen" };
      const renewal = renewalIn(session);
      if (renewal === undefined)
        return { outcome: "unobserved", reason: "evidence_ambiguous", pointer: "/replaced", summary: "it cannot be read" };
      return asOf - renewal.seenAt > TOLD_FOR ? { outcome: "settled", pointer: "/replaced", summary: "long ago" } : answer(renewal);
    }),
  );
}

function renewalIn({ chain, replaced }: TlsSessionEvidence): LeafRenewal | undefined {
  const [leaf] = chain;
  if (leaf === undefined || replaced === undefined) return undefined;
  const before = parseCertificate(Buffer.from(replaced.der, "base64"));
  const now = parseCertificate(Buffer.from(leaf.der, "base64"));
  if (before === undefined || now === undefined) return undefined;
  return { before, now, lastSeenAt: replaced.lastSeenAt, seenAt: replaced.successorSeenAt };
}

/** Whoever looks once a week meets it. */
export const TOLD_FOR = 14 * DAY;
