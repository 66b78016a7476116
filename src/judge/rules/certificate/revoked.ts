import { isShortLived } from "../../../catalog/certificate-lifetimes.ts";
import type { Observation } from "../../../evidence/observation.ts";
import { type Instant, isoDay } from "../../../model/instant.ts";
import type { RevocationVerdict } from "../../../pki/revocation.ts";
import { type Answer, failureOf, plain } from "../../facts/aggregate.ts";
import { ABOUT_CERTIFICATES, eachChain, goneChain, type HostChain } from "../../facts/chains.ts";
import { validityAt } from "../../facts/leaf.ts";
import { askedAbout, doubtText, reasonText, stapleOf, unheardAbout } from "../../facts/revocation.ts";
import { withoutTls } from "../../facts/tls-origins.ts";
import { defineRule, type ResultEvidence } from "../rule.ts";

export const revoked = defineRule({
  meta: {
    id: "certificate/revoked",
    revision: 1,
    title: "The issuer of the certificate stands by it",
    failureTitle: "The certificate was revoked",
    rationale:
      "Its issuer took the certificate back: its key may be in other hands, or its names in another's. Clients that look it up refuse it; those that do not, which most API clients are, send credentials and data to whoever has the key.",
    remediation: {
      verb: "ask",
      alone: false,
      effort: "low",
      text: "Tell the provider at once and pause the integration. Where the reason is a key in other hands, rotate the credentials that were sent since the day of the revocation, or before it.",
    },
    severity: "critical",
    likelihood: 4,
    citations: [
      { id: "RFC 6960 2.2", url: "https://www.rfc-editor.org/rfc/rfc6960#section-2.2" },
      { id: "RFC 5280 5.3.1", url: "https://www.rfc-editor.org/rfc/rfc5280#section-5.3.1" },
    ],
    cwe: ["CWE-299"],
    owasp: ["API8:2023", "API10:2023"],
    controls: ["PCI-DSS 4.2.1", "ISO27001 A.8.24", "NIST-CSF PR.DS-02"],
    confirm: 1,
  },
  needs: ["tls-session"],
  sees: ["tls", "revocation"],
  outcomes: {
    good: { verdict: "pass", message: ({ since }) => `On ${since} its issuer said that the certificate is good.` },
    revoked: { verdict: "fail", message: ({ day, why }) => `Its issuer revoked the certificate on ${day}${why}.` },
    suspended: {
      verdict: "fail",
      severity: "high",
      message: ({ day }) => `Its issuer suspended the certificate on ${day}: it may come back, and must not be relied on until then.`,
    },
    "outside-validity": { verdict: "not-applicable", message: () => "The certificate is not valid now: said by certificate/expired." },
    "short-lived": { verdict: "not-applicable", message: () => "The certificate ends within days, and is not revoked before." },
    "nobody-to-ask": {
      verdict: "not-applicable",
      message: () => "The certificate names nobody who would say whether it was revoked, and none was heard.",
    },
    ...ABOUT_CERTIFICATES,
  },
  applies: withoutTls,
  evaluate: (input, { asOf }) => eachChain("leaf", input, (chain) => answerFor(chain, input.observations.revocation, asOf)),
  absent: goneChain,
});

type Outcome = "good" | "revoked" | "suspended" | "outside-validity" | "short-lived" | "nobody-to-ask";

function answerFor(chain: HostChain, asked: readonly Observation<"revocation">[], asOf: Instant): Answer<Outcome> {
  const { leaf, certificate } = chain;
  const at = { pointer: "/chain/0" };
  if (certificate === undefined) return { outcome: "unobserved", reason: "evidence_ambiguous", ...at, summary: "it cannot be read" };
  // An expired certificate is off the lists (RFC 5280 section 5).
  if (validityAt(leaf, asOf) !== "valid") return { outcome: "outside-validity", ...at, summary: "outside its validity" };
  const said = saidOf(chain, asked, asOf);
  const [worst] = [...said].sort((a, b) => rankOf(a) - rankOf(b));
  if (worst !== undefined) return saidAnswer(worst);
  const unheard = unheardAbout(chain, asked);
  if (unheard !== undefined) return unheardAnswer(unheard);
  const { ocspUrls = [], crlUrls = [] } = certificate.extensions;
  if (ocspUrls.length + crlUrls.length > 0) return { outcome: "unobserved", reason: "not_requested", ...at, summary: "no staple came" };
  const outcome = isShortLived(leaf.notBefore, leaf.notAfter) ? "short-lived" : "nobody-to-ask";
  return { outcome, ...at, summary: "neither a responder nor a list is named" };
}

/** What somebody said, and where it stands. */
interface Said {
  readonly by: string;
  readonly verdict: RevocationVerdict | undefined;
  /** Into the session. */
  readonly pointer: string;
  readonly beside: readonly ResultEvidence[];
}

function saidOf(chain: HostChain, observations: readonly Observation<"revocation">[], asOf: Instant): readonly Said[] {
  const staple = stapleOf(chain, asOf);
  const stapled = staple === undefined ? [] : [{ by: "staple", verdict: staple.verdict, pointer: "/staple", beside: [] }];
  const asked = askedAbout(chain, observations, asOf).map(({ observation, verdict, pointer, by }) => {
    const beside = [{ observation: plain(observation), pointer, summary: `${by}: ${verdict?.status ?? "not checked"}` }];
    return { by, verdict, pointer: "/chain/0", beside };
  });
  return [...stapled, ...asked];
}

/** A revocation before a good word, and any word that counts before one that does not. */
function rankOf({ verdict }: Said): number {
  return verdict === undefined ? RANKS.length : RANKS.indexOf(verdict.status);
}

function saidAnswer({ by, verdict, pointer, beside }: Said): Answer<Outcome> {
  const at = { pointer, beside };
  if (verdict === undefined)
    return { outcome: "unobserved", reason: "revocation_unclear", ...at, summary: `${by}: its issuer is not known` };
  switch (verdict.status) {
    case "unknown":
      return { outcome: "unobserved", reason: "revocation_unclear", ...at, summary: `${by}: ${doubtText(verdict.why)}` };
    case "good":
      return { outcome: "good", data: { since: isoDay(verdict.thisUpdate) }, ...at, summary: `${by}: good` };
    case "revoked": {
      const { revokedAt, reason } = verdict;
      const data = { day: isoDay(revokedAt), reason: reason ?? "none", why: reasonText(reason) };
      const outcome = reason === "certificateHold" ? "suspended" : "revoked";
      return { outcome, data, ...at, summary: `${by}: ${outcome} on ${data.day}` };
    }
  }
}

function unheardAnswer(observation: Observation<"revocation">): Answer<Outcome> {
  const reason = failureOf(observation)?.reason ?? "evidence_missing";
  const beside = [{ observation: plain(observation), pointer: "", summary: reason }];
  return { outcome: "unobserved", reason, pointer: "/chain/0", beside, summary: "its authority was not heard" };
}

const RANKS: readonly RevocationVerdict["status"][] = ["revoked", "good", "unknown"];
