import type { TlsEvidence, TlsFeatureFacts, TlsVersionSupport } from "../../src/evidence/kinds.ts";
import type { Observation } from "../../src/evidence/observation.ts";
import { canonicalJson, sha256Hex } from "../../src/model/digest.ts";
import type { UnobservedReason } from "../../src/model/reason.ts";
import type { Severity } from "../../src/model/severity.ts";
import { TLS_VERSIONS, type TlsVersion } from "../../src/model/tls.ts";
import { accepting, GOOD_12, GOOD_13, GOOD_FEATURES, parameters, SECOND_ORIGIN, TWO_URLS, unseen } from "./builders.ts";
import type { RuleCase, RuleCases } from "./rule-cases.ts";

const NOTHING = { cipherSuites: [], preference: "unknown" } as const;
export const OTHER = { address: "192.0.2.2" };

export function refused(version: TlsVersion): TlsVersionSupport {
  return { ...NOTHING, version, support: "refused", complete: true };
}

export function unknown(version: TlsVersion, reason: UnobservedReason = "connection_reset"): TlsVersionSupport {
  return { ...NOTHING, version, support: "unknown", reason, complete: false };
}

export function ssl2(...codes: readonly string[]): TlsVersionSupport {
  const cipherSuites = codes.map((code) => ({ code, name: code }));
  return { version: "SSL 2.0", support: "accepted", cipherSuites, preference: "client", complete: true };
}

/** TLS 1.2 and 1.3 as they should be, no older ones, and these in their place. */
export function versions(...changed: readonly TlsVersionSupport[]): readonly TlsVersionSupport[] {
  const good = { "TLS 1.2": accepting("TLS 1.2", GOOD_12), "TLS 1.3": accepting("TLS 1.3", GOOD_13) };
  return TLS_VERSIONS.map(
    (version) =>
      changed.find((one) => one.version === version) ?? (version in good ? good[version as keyof typeof good] : refused(version)),
  );
}

export function speaking(...changed: readonly TlsVersionSupport[]): Observation {
  return parameters({ versions: versions(...changed) });
}

/** TLS 1.3 alone. */
export function only13(found: Partial<TlsEvidence> = {}): Observation {
  return parameters({ versions: versions(refused("TLS 1.2")), ...found });
}

export function featuring(features: TlsFeatureFacts, found: Partial<TlsEvidence> = {}): Observation {
  return parameters({ features: { ...GOOD_FEATURES, ...features }, ...found });
}

/** Nothing is accepted, whatever is said of features: some versions reset, the others are refused. */
export function mute(features: TlsFeatureFacts, ...reset: readonly TlsVersion[]): Observation {
  return featuring(features, { versions: TLS_VERSIONS.map((version) => (reset.includes(version) ? unknown(version) : refused(version))) });
}

/** Features are features of nothing where no version is accepted. */
export function muteCases(subject: string, features: TlsFeatureFacts): readonly RuleCase[] {
  return [
    {
      name: "a feature, though all that could have it reset",
      observations: [mute(features, "TLS 1.0", "TLS 1.2", "TLS 1.3")],
      expect: [[subject, "unobserved", "connection_reset"]],
    },
  ];
}

/** As evidence looks that was stored before anything but versions was asked about. */
export function ofVersion1(observation: Observation): Observation {
  const storedAs = { kind: observation.kind, version: 1, json: "{}", hash: sha256Hex(canonicalJson(observation.key)) };
  return { ...observation, storedAs } as Observation;
}

/** What every rule about raw hellos answers alike where there is nothing to answer from; `passed` is what it says of `good`. */
export function commonCases(
  subject: string,
  passed: string,
  good: Observation = parameters(),
): { readonly [K in "not-applicable" | "unobserved"]: readonly RuleCase[] } {
  const gone = `${subject}@gone.acme.example:443`;
  return {
    "not-applicable": [
      {
        name: "a region that left the inventory",
        observations: [good],
        known: [gone],
        expect: [
          [subject, passed],
          [gone, "not-declared"],
        ],
      },
      { name: "a URL without TLS", integration: { baseUrl: "http://api.acme.example" }, expect: [["", "no-tls"]] },
    ],
    unobserved: [
      {
        name: "a second region where nobody answered",
        integration: TWO_URLS,
        observations: [good, unseen("tls", "connect_timeout", { origin: SECOND_ORIGIN, address: "192.0.2.9" })],
        expect: [
          [subject, passed],
          [`${subject}@eu.acme.example:8443`, "unobserved", "connect_timeout"],
        ],
      },
      { name: "nobody asked", expect: [[subject, "unobserved", "not_requested"]] },
      { name: "evidence of version 1", observations: [ofVersion1(good)], expect: [[subject, "unobserved", "evidence_too_old"]] },
    ],
  };
}

/**
 * A rule that asks whether anything of a class is accepted: `member` is of the class in TLS 1.2 and older, `other` almost. `worst`: how it is
 * graded where nothing better is accepted, if that is another matter.
 */
export function offeredCases({ member, other, severity, worst }: OfferedClass, more: Partial<RuleCases> = {}): RuleCases {
  const subject = "cipher-suites";
  const common = commonCases(subject, "refused");
  const one = (name: string, observations: readonly Observation[], ...said: readonly string[]): RuleCase => ({
    name,
    observations,
    expect: [[subject, ...said] as unknown as RuleCase["expect"][number]],
  });
  return {
    pass: [
      one("the best of today", [parameters()], "refused"),
      one("its neighbour", [speaking(accepting("TLS 1.2", [...GOOD_12, other]))], "refused"),
      one(
        "a version that nobody asked about, and that is not part of the question",
        [parameters({ versions: versions().slice(1) })],
        "refused",
      ),
      ...(more.pass ?? []),
    ],
    fail: [
      one("in TLS 1.2", [speaking(accepting("TLS 1.2", [...GOOD_12, member]))], "offered", severity),
      one("in TLS 1.0 alone", [speaking(accepting("TLS 1.0", [member]))], "offered", severity),
      one(
        "at one address of two",
        [parameters(), parameters({ versions: versions(accepting("TLS 1.2", [member])) }, OTHER)],
        "offered",
        severity,
      ),
      one(
        "seen, though nothing else is known of it",
        [speaking(accepting("TLS 1.2", [member], { refused: "", complete: false, reason: "budget_exhausted" }), unknown("TLS 1.1"))],
        "offered",
        severity,
      ),
      ...(worst === undefined ? [] : lastResortCases({ member, severity, worst })),
      ...(more.fail ?? []),
    ],
    "not-applicable": [...common["not-applicable"], ...(more["not-applicable"] ?? [])],
    unobserved: [
      ...common.unobserved,
      one(
        "one of them undecided",
        [speaking(accepting("TLS 1.2", GOOD_12, { unknown: [member], reason: "budget_exhausted" }))],
        "unobserved",
        "budget_exhausted",
      ),
      one(
        "one of them undecided, and nobody says why",
        [speaking(accepting("TLS 1.2", GOOD_12, { unknown: [member] }))],
        "unobserved",
        "evidence_ambiguous",
      ),
      one(
        "a class that depth quick leaves out",
        [parameters({ depth: "quick", versions: versions(accepting("TLS 1.2", GOOD_12, { unknown: [member], reason: "not_requested" })) })],
        "unobserved",
        "not_requested",
      ),
      one("a version that reset", [speaking(unknown("TLS 1.2"))], "unobserved", "connection_reset"),
      one("one address of two", [parameters(), unseen("tls", "tls_timeout", OTHER)], "unobserved", "tls_timeout"),
      ...(more.unobserved ?? []),
    ],
    hostile: [
      one(
        "a suite that is in no registry",
        [speaking({ ...accepting("TLS 1.2", GOOD_12), cipherSuites: [{ code: "0xFAFA", name: "TLS_\u0007<b>" }] })],
        "unobserved",
        "evidence_ambiguous",
      ),
      one(
        "a code that is none",
        [speaking({ ...accepting("TLS 1.2", GOOD_12), cipherSuites: [{ code: "constructor", name: member }] })],
        "unobserved",
        "evidence_ambiguous",
      ),
      one(
        "ranges that are none",
        [speaking(accepting("TLS 1.2", GOOD_12, { refused: "FFFF-0000 zzzz" }))],
        "unobserved",
        "evidence_ambiguous",
      ),
      one("no version at all", [parameters({ versions: [] })], "unobserved", "not_requested"),
      ...(more.hostile ?? []),
    ],
  };
}

interface OfferedClass {
  readonly member: string;
  readonly other: string;
  readonly severity: "low" | "info";
  readonly worst?: Severity;
}

/** Of a class that is as good as no protection: what else is accepted decides. */
function lastResortCases({ member, severity, worst }: Required<Omit<OfferedClass, "other">>): readonly RuleCase[] {
  const subject = "cipher-suites";
  const [no12, no13] = [refused("TLS 1.2"), refused("TLS 1.3")];
  const nothingBetter = [[subject, "nothing-better", worst]] as const;
  const offered = [[subject, "offered", severity]] as const;
  const poor = ["TLS_RSA_WITH_3DES_EDE_CBC_SHA", "TLS_RSA_WITH_RC4_128_SHA", "TLS_RSA_WITH_NULL_SHA"];
  return [
    { name: "and nothing else in TLS 1.2", observations: [speaking(accepting("TLS 1.2", [member]), no13)], expect: nothingBetter },
    {
      name: "and nothing else in old versions",
      observations: [speaking(no12, no13, accepting("TLS 1.1", [member]))],
      expect: nothingBetter,
    },
    {
      name: "beside others that protect as little",
      observations: [speaking(accepting("TLS 1.2", [...new Set([...poor, member])]), no13)],
      expect: nothingBetter,
    },
    {
      name: "beside a sound suite, though of an old version alone",
      observations: [speaking(no12, no13, accepting("TLS 1.0", [member, "TLS_RSA_WITH_AES_128_CBC_SHA"]))],
      expect: offered,
    },
    {
      name: "and perhaps something better, which nobody knows",
      observations: [speaking(no12, unknown("TLS 1.3"), accepting("TLS 1.0", [member]))],
      expect: offered,
    },
    {
      name: "as nothing else at one address of two",
      observations: [parameters(), parameters({ versions: versions(accepting("TLS 1.2", [member]), no13) }, OTHER)],
      expect: nothingBetter,
    },
  ];
}
