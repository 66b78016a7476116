import type { Answer } from "../../facts/aggregate.ts";
import { type Untidiness, untidinessOf } from "../../facts/chain-tidiness.ts";
import { ABOUT_CERTIFICATES, eachChain, goneChain, type HostChain } from "../../facts/chains.ts";
import { withoutTls } from "../../facts/tls-origins.ts";
import { defineRule } from "../rule.ts";

const message = ({ items }: Readonly<Record<string, unknown>>) => `The server sends ${items}.`;

export const untidyChain = defineRule({
  meta: {
    id: "certificate/untidy-chain",
    revision: 1,
    title: "The server sends the certificates that are needed, in order, and no other",
    failureTitle: "The server sends certificates that are not needed, or out of order",
    rationale:
      "A client of today finds its path among whatever is sent, in any order. An old one, or a small one in a device, takes them as they come and fails. Each needless certificate costs every client a kilobyte or two per connection, which may be the packet that makes a handshake slower.",
    remediation: {
      verb: "accept",
      alone: true,
      effort: "low",
      text: "Nothing has to be done while your clients connect. Where one cannot, this is what to tell the provider: the certificate first, then each issuer after what it issued, and no root.",
    },
    severity: "info",
    likelihood: 1,
    citations: [
      { id: "RFC 8446 4.4.2", url: "https://www.rfc-editor.org/rfc/rfc8446#section-4.4.2" },
      { id: "RFC 5246 7.4.2", url: "https://www.rfc-editor.org/rfc/rfc5246#section-7.4.2" },
    ],
    cwe: ["CWE-1188"],
    owasp: ["API8:2023"],
    controls: ["PCI-DSS 12.3.3", "ISO27001 A.8.9", "NIST-CSF PR.DS-02"],
    confirm: 1,
  },
  needs: ["tls-session"],
  sees: ["tls"],
  outcomes: {
    tidy: { verdict: "pass", message: () => "What is needed is sent, in order, and nothing else." },
    "out-of-order": { verdict: "fail", message },
    unrelated: { verdict: "fail", message },
    duplicates: { verdict: "fail", message },
    "root-included": { verdict: "fail", message },
    ...ABOUT_CERTIFICATES,
  },
  applies: withoutTls,
  evaluate: (input) => eachChain("chain", input, answerFor),
  absent: goneChain,
});

type Outcome = "tidy" | (typeof WORST_FIRST)[number]["outcome"];

function answerFor({ ders, asServed, session, role }: HostChain): Answer<Outcome> {
  if (!asServed) return { outcome: "unobserved", reason: "not_requested", pointer: "/chain", summary: "not as it was served" };
  const untidiness = untidinessOf(ders);
  const found = WORST_FIRST.filter(({ count }) => untidiness[count] > 0);
  const items = found.map(({ count, words }) => words(untidiness[count])).join(", ");
  const at = { pointer: "/chain", summary: items === "" ? `${ders.length} certificates` : items };
  if (found[0] !== undefined) return { outcome: found[0].outcome, data: { items }, ...at };
  const isKept = role === "other" || session.chainSource !== "served" || session.chain.every(({ der }) => der !== "");
  if (untidiness.unreadable > 0 || !isKept) return { outcome: "unobserved", reason: "evidence_ambiguous", ...at };
  return { outcome: "tidy", ...at };
}

const WORST_FIRST = [
  {
    outcome: "out-of-order",
    count: "misplaced",
    words: (count) => `${certificates(count)} before what ${count === 1 ? "it" : "they"} issued`,
  },
  {
    outcome: "unrelated",
    count: "unrelated",
    words: (count) => `${certificates(count)} that ${count === 1 ? "belongs" : "belong"} to no path`,
  },
  { outcome: "duplicates", count: "repeated", words: (count) => `${certificates(count)} more than once` },
  { outcome: "root-included", count: "roots", words: (count) => (count === 1 ? "its root" : `${count} roots`) },
] as const satisfies readonly {
  readonly outcome: string;
  readonly count: keyof Untidiness;
  readonly words: (count: number) => string;
}[];

function certificates(count: number): string {
  return count === 1 ? "a certificate" : `${count} certificates`;
}
