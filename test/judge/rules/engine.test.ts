import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type EvidenceKind, NAME_KINDS } from "../../../src/evidence/kinds.ts";
import { type JudgeOptions, judge } from "../../../src/judge/rules/engine.ts";
import { RULES, ruleById } from "../../../src/judge/rules/registry.ts";
import { defineRule, type Rule, type RuleResult } from "../../../src/judge/rules/rule.ts";
import { DAY } from "../../../src/model/instant.ts";
import { RULE_FAMILIES, type RuleMeta } from "../../../src/model/rule.ts";
import { signedCertificateTimestamps } from "../../lab/support/certificate-extensions.ts";
import {
  anIntegration,
  answeredBefore,
  domain,
  GOOD_FEATURES,
  heldCredential,
  hellos,
  NOW,
  notFound,
  preflight,
  queries,
  registration,
  response,
  securityTxt,
  session,
  TWO_URLS,
  token,
  twin,
  unseen,
  withGarbage,
  withoutCredential,
} from "../builders.ts";
import { INTERMEDIATE, serving, shown } from "../chain-builders.ts";
import { clientLeaf, held } from "../client-certificate-cases.ts";
import { withHead } from "../head-cases.ts";
import { knownLog } from "../known-logs.ts";
import { WELL_PUBLISHED } from "../metadata-cases.ts";
import { publicChain } from "../public-authority.ts";
import { answered } from "../rule-cases.ts";

const META: RuleMeta = {
  id: "header/test",
  revision: 3,
  title: "Good",
  failureTitle: "Bad",
  rationale: "",
  remediation: { verb: "ask", alone: false, effort: "low", text: "" },
  severity: "high",
  likelihood: 1,
  citations: [],
  cwe: [],
  owasp: [],
  controls: [],
  confirm: 1,
};
const OUTCOMES = {
  good: { verdict: "pass", message: () => "" },
  bad: { verdict: "fail", message: ({ what }: Readonly<Record<string, unknown>>) => `It is ${what}.` },
  meh: { verdict: "fail", severity: "low", message: () => "" },
  wild: { verdict: "fail", severity: "critical", message: () => "x".repeat(5000) },
  moot: { verdict: "not-applicable", message: () => "" },
} as const;
type Outcome = keyof typeof OUTCOMES;

function aRule(results: readonly RuleResult<Outcome>[], overrides: Partial<Rule<EvidenceKind, Outcome>> = {}): Rule {
  return defineRule<EvidenceKind, Outcome>({
    meta: META,
    needs: ["http-response"],
    outcomes: OUTCOMES,
    evaluate: () => results,
    ...overrides,
  });
}

const run = (rule: Rule, options: Partial<JudgeOptions> = {}, observations = [response()], asOf = NOW) =>
  judge(
    { integration: anIntegration(), observations, asOf },
    { rules: [rule], policy: { packs: [], rules: {} }, families: RULE_FAMILIES, known: [], hashOf: () => "hash", ...options },
  );
const known = (...subjects: readonly string[]) => ({ known: subjects.map((subject) => ({ rule: META.id, subject })) });

describe("a result", () => {
  test("of a failure has words, a severity and its evidence", () => {
    const evidence = [{ observation: response(), pointer: "/status", summary: "status 200" }];
    expect(run(aRule([{ outcome: "bad", subject: "s", data: { what: "so" }, confidence: 0.7, evidence }]))).toEqual([
      {
        rule: "header/test",
        ruleRevision: 3,
        subject: "s",
        verdict: "fail",
        outcome: "bad",
        severity: "high",
        title: "Bad",
        message: "It is so.",
        confidence: 0.7,
        data: { what: "so" },
        evidence: [
          { kind: "http-response", key: "https://api.acme.example||list", pointer: "/status", summary: "status 200", hash: "hash" },
        ],
      },
    ]);
  });

  test("of anything else has neither words nor severity", () => {
    const base = { rule: "header/test", ruleRevision: 3, confidence: 1, data: {}, evidence: [] };
    expect(
      run(
        aRule([
          { outcome: "good", subject: "a" },
          { outcome: "moot", subject: "b" },
          { outcome: "unobserved", subject: "c", reason: "blocked" },
        ]),
      ),
    ).toEqual([
      { ...base, subject: "a", verdict: "pass", outcome: "good" },
      { ...base, subject: "b", verdict: "not-applicable", outcome: "moot" },
      { ...base, subject: "c", verdict: "unobserved", outcome: "unobserved", reason: "blocked" },
    ]);
  });

  test("that is unobserved always has a reason", () => {
    expect(answered(run(aRule([{ outcome: "unobserved", subject: "" }])))).toEqual([["", "unobserved", "evidence_missing"]]);
  });

  test("is never worse than its rule, and its sentence never endless", () => {
    const [result] = run(aRule([{ outcome: "wild", subject: "" }]));
    expect(result?.severity).toBe("high");
    expect(result?.message).toHaveLength(600);
    expect(result?.message?.endsWith("x...")).toBe(true);
    const [whole] = run(aRule([{ outcome: "bad", subject: "", data: { what: "y".repeat(593) } }]));
    expect(whole?.message).toBe(`It is ${"y".repeat(593)}.`);
  });
});

describe("which rules are asked", () => {
  test("those of the chosen families", () => {
    expect(run(aRule([{ outcome: "good", subject: "" }]), { families: ["header"] })).toHaveLength(1);
    expect(run(aRule([{ outcome: "good", subject: "" }]), { families: ["tls", "inventory"] })).toEqual([]);
    expect(run(aRule([{ outcome: "good", subject: "" }]), { families: [] })).toEqual([]);
  });

  test("not those that the policy switched off, whatever is open", () => {
    const off = { policy: { packs: [], rules: { "header/test": { off: true } } } } as const;
    const absent = (subject: string) => ({ outcome: "bad", subject }) as const;
    expect(run(aRule([{ outcome: "bad", subject: "" }], { absent }), { ...off, ...known("", "gone") })).toEqual([]);
  });

  test("sorted by rule and subject", () => {
    const subjects = ["a", "a b", "aa", "b", "endpoint:x", "z"];
    fc.assert(
      fc.property(fc.shuffledSubarray(subjects), fc.shuffledSubarray(["header/a", "header/a-b", "header/b"]), (some, ids) => {
        const results = some.map((subject) => ({ outcome: "good", subject }) as const);
        const rules = ids.map((id) => aRule(results, { meta: { ...META, id } }));
        const expected = [...ids].sort().flatMap((id) => [...some].sort().map((subject) => [id, subject]));
        expect(run(aRule([]), { rules }).map(({ rule, subject }) => [rule, subject])).toEqual(expected);
      }),
    );
  });
});

describe("what a policy says of severity", () => {
  const severities = (severity: "critical" | "high" | "medium" | "low" | "info") =>
    run(
      aRule([
        { outcome: "bad", subject: "bad" },
        { outcome: "meh", subject: "meh" },
      ]),
      {
        policy: { packs: [], rules: { "header/test": { off: false, severity } } },
      },
    ).map((result) => result.severity);

  test.each([
    ["critical", ["critical", "low"]],
    ["high", ["high", "low"]],
    ["medium", ["medium", "low"]],
    ["low", ["low", "low"]],
    ["info", ["info", "info"]],
  ] as const)("%s moves the ceiling and never lifts a milder outcome", (severity, expected) => {
    expect(severities(severity)).toEqual(expected);
  });

  test.each(["high", "medium", "info"] as const)("%s is meant for what the rule says as a rule, though it can say worse", (severity) => {
    const rule = aRule([{ outcome: "meh", subject: "meh" }], { outcomes: { ...OUTCOMES, meh: { ...OUTCOMES.meh, usual: true } } });
    const policy = { packs: [], rules: { "header/test": { off: false, severity } } };
    expect(run(rule, { policy }).map((result) => result.severity)).toEqual([severity]);
    expect(run(rule).map((result) => result.severity)).toEqual(["low"]);
  });
});

describe("what a rule sees", () => {
  const everything = [session(), hellos(), response(), withoutCredential(), twin()];

  test("only the kinds of evidence that it declared", () => {
    let seen: Readonly<Record<string, readonly unknown[]>> = {};
    const rule = aRule([], {
      needs: ["tls", "http-plaintext"],
      evaluate: ({ observations }) => {
        seen = observations;
        return [];
      },
    });
    run(rule, {}, everything);
    expect(Object.fromEntries(Object.entries(seen).map(([kind, observations]) => [kind, observations.length]))).toEqual({
      tls: 1,
      "http-plaintext": 1,
    });
  });

  test("the clock that it is given, and no other", () => {
    let asOf = 0;
    const evaluate: Rule["evaluate"] = (_input, context) => {
      asOf = context.asOf;
      return [];
    };
    run(aRule([], { evaluate: evaluate as never }), {}, [], 42);
    expect(asOf).toBe(42);
  });
});

describe("effective, applies, evaluate, in this order", () => {
  const day = (overrides: Partial<RuleMeta>) =>
    answered(run(aRule([{ outcome: "bad", subject: "s" }], { meta: { ...META, ...overrides }, applies: () => "moot" }), known("s")));

  test.each([
    [{ effectiveFrom: "2026-11-24" }, "not-effective"],
    [{ effectiveFrom: "2026-11-23" }, "moot"],
    [{ effectiveUntil: "2026-11-23" }, "moot"],
    [{ effectiveUntil: "2026-11-22" }, "not-effective"],
  ])("%j", (overrides, outcome) => {
    expect(day(overrides)).toEqual([
      ["", outcome],
      ["s", outcome],
    ]);
  });

  test("a rule that is not effective is not applicable", () => {
    expect(run(aRule([], { meta: { ...META, effectiveFrom: "2027-01-01" } })).map(({ verdict }) => verdict)).toEqual(["not-applicable"]);
  });

  test("a rule that applies is evaluated", () => {
    expect(answered(run(aRule([{ outcome: "good", subject: "s" }], { applies: () => undefined })))).toEqual([["s", "good"]]);
  });
});

describe("what was open before and is not listed now", () => {
  test("is unobserved, unless the rule can tell", () => {
    expect(answered(run(aRule([{ outcome: "good", subject: "a" }]), known("a", "b")))).toEqual([
      ["a", "good"],
      ["b", "unobserved", "evidence_missing"],
    ]);
    expect(
      answered(
        run(
          aRule([
            { outcome: "good", subject: "a" },
            { outcome: "good", subject: "b" },
          ]),
          known("b", "c"),
        ),
      ),
    ).toEqual([
      ["a", "good"],
      ["b", "good"],
      ["c", "unobserved", "evidence_missing"],
    ]);
    const rule = aRule([{ outcome: "good", subject: "a" }], { absent: (subject) => ({ outcome: "moot", subject }) });
    expect(answered(run(rule, known("a", "b")))).toEqual([
      ["a", "good"],
      ["b", "moot"],
    ]);
  });

  test("concerns only the rule that had it open", () => {
    expect(run(aRule([]), { known: [{ rule: "header/other", subject: "b" }] })).toEqual([]);
  });
});

describe("several results of one subject become one", () => {
  const merged = (...results: readonly RuleResult<Outcome>[]) =>
    answered(run(aRule(results.map((result) => ({ ...result, subject: "s" })))));
  const unobserved = (reason: "blocked" | "connection_reset" | "not_requested") =>
    ({ outcome: "unobserved", subject: "s", reason }) as const;
  const said = (outcome: Outcome) => ({ outcome, subject: "s" });

  test("failure before unobserved before pass before not applicable", () => {
    expect(merged(said("moot"), said("good"))).toEqual([["s", "good"]]);
    expect(merged(said("good"), unobserved("blocked"), said("moot"))).toEqual([["s", "unobserved", "blocked"]]);
    expect(merged(unobserved("blocked"), said("meh"), said("good"))).toEqual([["s", "meh", "low"]]);
    expect(merged(said("meh"), said("bad"), unobserved("blocked"))).toEqual([["s", "bad", "high"]]);
    expect(merged(said("bad"), said("meh"))).toEqual([["s", "bad", "high"]]);
  });

  test("of several reasons the one that says most of the provider", () => {
    expect(merged(unobserved("not_requested"), unobserved("connection_reset"), unobserved("blocked"))).toEqual([
      ["s", "unobserved", "connection_reset"],
    ]);
  });

  test("resting on the evidence of all, the worst first, at most sixteen", () => {
    const at = (address: string, outcome: Outcome): RuleResult<Outcome> => ({
      outcome,
      subject: "s",
      evidence: [{ observation: session({}, { address }), pointer: "", summary: address }],
    });
    const [result] = run(aRule([at("192.0.2.1", "good"), at("192.0.2.2", "bad"), at("192.0.2.3", "good")]));
    expect(result?.evidence.map(({ summary }) => summary)).toEqual(["192.0.2.2", "192.0.2.1", "192.0.2.3"]);
    const [many] = run(aRule(Array.from({ length: 20 }, (_, index) => at(`192.0.2.${index}`, "good"))));
    expect(many?.evidence).toHaveLength(16);
  });
});

describe("a rule that crashes", () => {
  const crash = () => {
    throw new Error("text from outside");
  };

  test("gives an error without words, and what it had open is not resolved", () => {
    const results = run(aRule([], { evaluate: crash }), known("s"));
    expect(results.map(({ subject, verdict, outcome }) => [subject, verdict, outcome])).toEqual([
      ["", "error", "error"],
      ["s", "error", "error"],
    ]);
    expect(results[0]).toEqual({
      rule: "header/test",
      ruleRevision: 3,
      subject: "",
      verdict: "error",
      outcome: "error",
      confidence: 1,
      data: {},
      evidence: [],
    });
  });

  test("wherever it crashes", () => {
    for (const overrides of [
      { applies: crash },
      { absent: crash },
      { outcomes: { ...OUTCOMES, good: { verdict: "fail", message: crash } } },
    ] as const) {
      expect(run(aRule([{ outcome: "good", subject: "a" }], overrides as never), known("b")).map(({ verdict }) => verdict)).toEqual([
        "error",
        "error",
      ]);
    }
  });

  test("or says what it did not declare", () => {
    expect(run(aRule([{ outcome: "toString" as Outcome, subject: "" }])).map(({ verdict }) => verdict)).toEqual(["error"]);
    expect(run(aRule([{ outcome: "invented" as Outcome, subject: "" }])).map(({ verdict }) => verdict)).toEqual(["error"]);
  });

  test("leaves the others alone", () => {
    const rules = [aRule([], { evaluate: crash }), aRule([{ outcome: "good", subject: "" }], { meta: { ...META, id: "header/other" } })];
    expect(run(aRule([]), { rules }).map(({ rule, verdict }) => [rule, verdict])).toEqual([
      ["header/other", "pass"],
      ["header/test", "error"],
    ]);
  });
});

describe("all rules together", () => {
  const logged = ["Anna", "Bert"].map((operator) => ({ log: knownLog(operator), at: new Date(NOW - 20 * DAY) }));
  const WELL_ISSUED = publicChain({ with: [signedCertificateTimestamps(logged)] });
  const ALL_DECLARED = { authProof: { level: "shape" }, clients: ["node-24"] } as const;
  const WITH_CERTIFICATE = { auth: { ...anIntegration().auth, clientCertificate: { cert: "file:acme.crt", key: "file:acme.key" } } };
  const all = (observations: Parameters<typeof run>[2], integration = anIntegration(ALL_DECLARED)) =>
    judge(
      { integration, observations: observations ?? [], asOf: NOW },
      { policy: { packs: ["rfc-9325"], rules: {} }, families: RULE_FAMILIES, known: [], hashOf: () => "" },
    );
  const WELL_RUN = [
    shown(WELL_ISSUED),
    serving([{ chain: WELL_ISSUED }], { features: { ...GOOD_FEATURES, grease: true, longHello: true, withoutName: "same-certificate" } }),
    withHead(
      { limits: { dialects: ["x-ratelimit"], policies: [{ quota: 5000, unit: "requests" }], odd: [] } },
      {
        headers: {
          "content-type": "application/json",
          server: "cloudflare",
          via: "1.1 google",
          "cache-control": "no-store",
          "api-supported-versions": "1.0, 2.0",
        },
      },
    ),
    withoutCredential({ headers: [["www-authenticate", "Bearer"]] }),
    withGarbage(),
    queries(),
    twin(),
    domain(),
    registration(),
    token({}, { nbf: NOW }),
    heldCredential({
      known: { provider: "gitlab", prefix: "gldt-", class: "secret" },
      lies: { file: "own", mode: "private", folder: "private", tracked: "no" },
      issuedAt: NOW - 10 * DAY,
      endsAt: NOW + 80 * DAY,
    }),
    answeredBefore(),
    ...WELL_PUBLISHED,
    notFound(),
    preflight(),
    securityTxt({}),
  ];

  test("have nothing to say of an API that is run well", () => {
    const results = all(WELL_RUN);
    expect(new Set(results.map(({ rule }) => rule))).toEqual(new Set(RULES.map(({ meta }) => meta.id)));
    expect(results.flatMap(({ rule, verdict, outcome }) => (verdict === "pass" ? [] : [`${rule} ${verdict} ${outcome}`]))).toEqual([
      "auth/as-pkce-missing not-applicable no-codes",
      "auth/as-pkce-plain not-applicable no-codes",
      "auth/basic-password not-applicable another-scheme",
      "auth/below-floor not-applicable no-floor",
      "auth/digest-weak not-applicable not-used",
      "auth/inherent-strength not-applicable no-floor",
      "auth/jwt-weak-rsa-signature not-applicable no-rsa",
      "auth/jwt-weak-secret not-applicable no-secret",
      "auth/login-refused not-applicable no-login",
      "auth/mtls-not-required not-applicable no-certificate",
      "auth/not-sender-constrained not-applicable other-data",
      "auth/oauth-implicit not-applicable not-oauth",
      "auth/oauth-no-pkce not-applicable not-oauth",
      "auth/oauth-password-grant not-applicable not-oauth",
      "auth/scheme-sunset not-applicable provider-not-listed",
      "auth/static-no-expiry not-applicable provider-unknown",
      "auth/stronger-client-auth-offered not-applicable no-secret",
      "auth/stronger-scheme-offered not-applicable provider-unknown",
      "auth/token-long-lived not-applicable no-login",
      "auth/token-opaque-low-entropy not-applicable structured",
      "certificate/differs-by-address not-applicable one-address",
      "certificate/issuer-changed not-applicable nothing-before",
      "certificate/key-replaced-early not-applicable nothing-before",
      "certificate/lifetime-changed not-applicable nothing-before",
      // Nobody stapled, and nobody was asked to ask.
      "certificate/revoked unobserved unobserved",
      "certificate/staple-missing not-applicable not-promised",
      "credential/audits-with-write-access not-applicable not-told",
      "credential/client-certificate-chain not-applicable none-declared",
      "credential/client-certificate-expired not-applicable none-declared",
      "credential/client-certificate-expiring not-applicable none-declared",
      "credential/client-certificate-key not-applicable none-declared",
      "credential/client-certificate-key-file not-applicable none-declared",
      "credential/client-certificate-usage not-applicable none-declared",
      "credential/client-certificate-weak-key not-applicable none-declared",
      "credential/over-scoped not-applicable needs-unknown",
      "credential/provider-mismatch not-applicable self-hosted",
      "credential/wrong-environment not-applicable unsaid",
      "data/declared-field-absent not-applicable nothing-declared",
      "data/field-undeclared not-applicable nothing-declared",
      "data/record-excess not-applicable no-bound",
      "data/undocumented-field not-applicable not-described",
      "domain/hosting-region-changed not-applicable no-region",
      "header/retry-after-odd not-applicable not-refused",
      "lifecycle/sdk-out-of-range not-applicable none-declared",
      "lifecycle/sunset-before-deprecation not-applicable not-both-dated",
      "lifecycle/version-not-as-pinned not-applicable not-said",
      ...Array.from({ length: 3 }, () => "tls/configuration-differs not-applicable one-address"),
      "tls/fallback-unprotected not-applicable no-fallback",
    ]);
  });

  test("nor of a client certificate that is in order", () => {
    const results = all([...WELL_RUN, held([clientLeaf(), INTERMEDIATE])], anIntegration({ ...ALL_DECLARED, ...WITH_CERTIFICATE }));
    const own = results.filter(({ rule }) => rule.startsWith("credential/client-certificate"));
    expect(own.map(({ verdict }) => verdict)).toEqual(own.map(() => "pass"));
    expect(own).toHaveLength(7);
  });

  test("pass nothing of what they could not see, whatever the reason", () => {
    const KINDS = [
      "tls-session",
      "tls",
      "http-response",
      "http-unauthenticated",
      "http-plaintext",
      "domain",
      "registration",
      "client-certificate",
      "token",
      "jwks",
      "oauth-metadata",
    ] as const;
    const NOTHING_SEEN = Object.fromEntries(KINDS.map((kind) => [kind, []])) as never;
    const REASONS = ["connection_reset", "http_timeout", "rate_limited", "connect_refused", "dns_failed", "not_due"] as const;
    fc.assert(
      fc.property(fc.constantFrom(...REASONS), (reason) => {
        const observations = KINDS.map((kind) =>
          unseen(kind, reason, NAME_KINDS.has(kind) ? {} : kind.startsWith("http") ? { endpoint: "list" } : { address: "192.0.2.1" }),
        );
        const integration = anIntegration({ ...ALL_DECLARED, ...WITH_CERTIFICATE });
        for (const { rule, verdict, outcome } of all(observations, integration)) {
          const { needs = [], applies } = ruleById(rule) ?? {};
          // The inventory can always be seen.
          if (needs.length === 0 || applies?.({ integration, observations: NOTHING_SEEN }, { asOf: NOW, packs: [] }) !== undefined)
            continue;
          const fromInventory = outcome === "https-declared";
          const otherwise = rule === "tls/client-certificate-undeclared" ? "not-applicable" : "unobserved";
          expect([rule, verdict]).toEqual([rule, fromInventory ? "pass" : otherwise]);
        }
      }),
    );
  });

  test("give the same whatever the order of the observations", () => {
    const observations = [
      ...WELL_RUN,
      session({ version: "TLS 1.1", trusted: false, trustError: "CERT_REVOKED" }, { address: "192.0.2.2" }),
      unseen("tls-session", "connection_reset", { address: "192.0.2.3" }),
      hellos({ "TLS 1.0": { support: "accepted" } }, { address: "192.0.2.2" }),
    ];
    const verdicts = (shuffled: typeof observations) => answered(all(shuffled, anIntegration(TWO_URLS)));
    const expected = verdicts(observations);
    fc.assert(
      fc.property(fc.shuffledSubarray(observations, { minLength: observations.length }), (shuffled) => {
        expect(verdicts(shuffled)).toEqual(expected);
      }),
    );
  });
});
