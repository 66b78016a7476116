import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { namedGroupsOf } from "../../../src/catalog/named-groups.ts";
import { POLICY_PACKS, type PolicyPack, type PolicyRequirement, policyPack, policyPacks } from "../../../src/catalog/policies.ts";
import type { TlsCodeFact, TlsEvidence, TlsFeatureFacts, TlsVersionSupport } from "../../../src/evidence/kinds.ts";
import type { Observation } from "../../../src/evidence/observation.ts";
import { isInForce, policyStandings, requirementResults } from "../../../src/judge/facts/policy.ts";
import { certificateAnswer } from "../../../src/judge/facts/policy-certificate.ts";
import { type ServerCheck, serverAnswer } from "../../../src/judge/facts/policy-server.ts";
import { codeRanges, codesIn } from "../../../src/model/code-ranges.ts";
import { DAY } from "../../../src/model/instant.ts";
import type { TlsVersion } from "../../../src/model/tls.ts";
import {
  accepting,
  anIntegration,
  GOOD_12,
  GOOD_13,
  GOOD_FEATURES,
  group,
  NOW,
  parameters,
  remembering,
  scheme,
  session,
} from "../builders.ts";
import { certificateOf, EC_224, EC_256, ED_25519, RSA_1024, RSA_2048 } from "../test-keys.ts";

const refusing = (version: TlsVersion): TlsVersionSupport => ({
  version,
  support: "refused",
  cipherSuites: [],
  preference: "unknown",
  complete: true,
});
const OLD = (["SSL 3.0", "TLS 1.0", "TLS 1.1"] as const).map(refusing);
const ONLY_13 = { versions: [...OLD, refusing("TLS 1.2"), accepting("TLS 1.3", GOOD_13)] };

function evidence(found: Partial<TlsEvidence> = {}): TlsEvidence {
  const observation = parameters(found) as unknown as { readonly evidence: TlsEvidence };
  return observation.evidence;
}

/** TLS 1.2 with these suites beside a TLS 1.3 that is well. */
function with12(
  suites: readonly string[],
  more: Parameters<typeof accepting>[2] & { readonly features?: TlsFeatureFacts } = {},
): TlsEvidence {
  const { features = GOOD_FEATURES, ...rest } = more;
  return evidence({ versions: [...OLD, accepting("TLS 1.2", suites, rest), accepting("TLS 1.3", GOOD_13)], features });
}

const CBC = "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA";
const DHE = "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256";
const none = (name: string) => ({ [name]: undefined }) as unknown as TlsFeatureFacts;
const unknown12: TlsVersionSupport = { ...refusing("TLS 1.2"), support: "unknown", reason: "tls_timeout", complete: false };

/** For each kind: what complies, what violates, and what cannot be known. */
const CASES: readonly (readonly [check: ServerCheck, complies: TlsEvidence, violated: TlsEvidence, unknown: TlsEvidence])[] = [
  [{ kind: "versions-allowed", versions: ["TLS 1.3"] }, evidence(ONLY_13), evidence(), evidence({ versions: [...OLD, unknown12] })],
  [
    { kind: "versions-forbidden", versions: ["SSL 2.0", "TLS 1.1"] },
    evidence(),
    evidence({ versions: [...OLD.slice(0, 2), accepting("TLS 1.1", [CBC])] }),
    evidence({ versions: [] }),
  ],
  [{ kind: "version-required", version: "TLS 1.2" }, evidence(), evidence(ONLY_13), evidence({ versions: [unknown12] })],
  [
    { kind: "suites-allowed", versions: ["TLS 1.2"], suites: GOOD_12 },
    evidence(),
    with12([...GOOD_12, CBC]),
    with12(GOOD_12, { unknown: [CBC] }),
  ],
  [
    { kind: "suites-forbidden", classes: ["cbc", "dhe", "static-rsa", "null", "anonymous", "export", "rc4", "3des", "below-112"] },
    evidence(),
    with12([...GOOD_12, DHE]),
    with12(GOOD_12, { unknown: ["TLS_RSA_WITH_RC4_128_SHA"] }),
  ],
  [
    { kind: "suites-forbidden", classes: ["ccm8", "static-dh", "no-forward-secrecy", "dss", "below-128"] },
    evidence(),
    with12(["TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8"]),
    with12(GOOD_12, { unknown: ["TLS_DHE_DSS_WITH_AES_128_CBC_SHA"] }),
  ],
  [
    { kind: "groups-allowed", groups: ["X25519MLKEM768", "x25519", "secp256r1"] },
    evidence(),
    evidence({ groups: [group("secp521r1", "TLS 1.3")] }),
    with12(GOOD_12, { refusedGroups: "" }),
  ],
  [
    { kind: "groups-forbidden", groups: ["secp160r1"] },
    evidence(),
    evidence({ groups: [group("secp160r1", "TLS 1.2")] }),
    with12(GOOD_12, { refusedGroups: "001D" }),
  ],
  [
    { kind: "group-required", groups: ["X25519MLKEM768", "SecP256r1MLKEM768"] },
    evidence(),
    evidence({ groups: [group("x25519", "TLS 1.3")] }),
    evidence({ groups: [], versions: [...OLD, accepting("TLS 1.3", GOOD_13, { refusedGroups: "11EB" })] }),
  ],
  [
    { kind: "schemes-forbidden", schemes: ["rsa_pkcs1_sha1"] },
    evidence(),
    evidence({ signatureSchemes: [scheme("rsa_pkcs1_sha1", "TLS 1.2")] }),
    with12(GOOD_12, { refusedSchemes: "" }),
  ],
  [
    { kind: "schemes-allowed", schemes: ["rsa_pss_rsae_sha256", "rsa_pkcs1_sha256"] },
    evidence(),
    evidence({ signatureSchemes: [scheme("ecdsa_sha1", "TLS 1.2")] }),
    evidence({ versions: [...OLD, unknown12, accepting("TLS 1.3", GOOD_13)] }),
  ],
  [
    { kind: "dh-bits", least: 2048 },
    evidence(),
    with12([DHE], { features: { ...GOOD_FEATURES, dh: [{ bits: 2047, prime: "" }] } }),
    with12([DHE]),
  ],
  [
    { kind: "dh-bits", least: 3000 },
    with12([DHE], { features: { ...GOOD_FEATURES, dh: [{ bits: 3072, prime: "" }] } }),
    evidence({ groups: [group("ffdhe2048", "TLS 1.3")] }),
    with12(GOOD_12, { unknown: [DHE] }),
  ],
  [
    { kind: "compression-off" },
    evidence(),
    evidence({ features: { ...GOOD_FEATURES, compression: true } }),
    evidence({ features: { ...GOOD_FEATURES, ...none("compression") } }),
  ],
  [
    { kind: "secure-renegotiation" },
    evidence(ONLY_13),
    evidence({ features: { ...GOOD_FEATURES, secureRenegotiation: false } }),
    evidence({ features: {} }),
  ],
  [
    { kind: "extended-master-secret" },
    evidence(),
    evidence({ features: { ...GOOD_FEATURES, extendedMasterSecret: false } }),
    evidence({ features: {} }),
  ],
  [{ kind: "encrypt-then-mac" }, evidence(), with12([CBC], { features: { ...GOOD_FEATURES, encryptThenMac: false } }), with12([CBC])],
  [
    { kind: "ephemeral-keys-fresh" },
    evidence(),
    evidence({ features: { ...GOOD_FEATURES, ephemeralReuse: true } }),
    evidence({ ...ONLY_13, features: {} }),
  ],
];

describe.each(CASES)("%o", (check, complies, violated, unknown) => {
  test("complies", () => expect(serverAnswer(check, complies)).toMatchObject({ outcome: "complies" }));
  test("violated", () => expect(serverAnswer(check, violated)).toMatchObject({ outcome: "violated", data: { seen: expect.any(String) } }));
  test("unknown is neither", () =>
    expect(serverAnswer(check, unknown)).toMatchObject({ outcome: "unobserved", reason: expect.any(String) }));
});

test("SSL 2.0 is part of the question where it was asked about", () => {
  const check = { kind: "versions-forbidden", versions: ["SSL 2.0"] } as const;
  const asked = { version: "SSL 2.0", support: "unknown", cipherSuites: [], preference: "unknown", complete: false } as const;
  expect(serverAnswer(check, evidence({ versions: OLD }))).toMatchObject({ outcome: "complies" });
  expect(serverAnswer(check, evidence({ versions: [asked] }))).toMatchObject({ outcome: "unobserved", reason: "evidence_ambiguous" });
});

describe("certificates", () => {
  const answer = (check: Parameters<typeof certificateAnswer>[0], chain = [certificateOf(RSA_2048)], more = {}) => {
    const observation = session({ chain, ...more }) as unknown as { readonly evidence: Parameters<typeof certificateAnswer>[1] };
    return certificateAnswer(check, observation.evidence).outcome;
  };

  test("lifetime, at the second", () => {
    const of = (extra: number) => [{ ...certificateOf(EC_256), notBefore: NOW, notAfter: NOW + 90 * DAY + extra }];
    expect(answer({ kind: "certificate-days", most: 90 }, of(0))).toBe("complies");
    expect(answer({ kind: "certificate-days", most: 90 }, of(1000))).toBe("violated");
    expect(answer({ kind: "certificate-days", most: 90 }, [])).toBe("unobserved");
  });

  test("keys: length, kind and curve", () => {
    expect(answer({ kind: "certificate-key", rsa: 2048 })).toBe("complies");
    expect(answer({ kind: "certificate-key", rsa: 2048 }, [certificateOf(RSA_1024)])).toBe("violated");
    expect(answer({ kind: "certificate-key", rsa: 2048, ec: 250 }, [certificateOf(EC_224)])).toBe("violated");
    expect(answer({ kind: "certificate-key", rsa: 2048, ec: 250 }, [certificateOf(ED_25519)])).toBe("complies");
    expect(answer({ kind: "certificate-key", types: ["ecdsa"] })).toBe("violated");
    expect(answer({ kind: "certificate-key", curves: ["secp384r1"] }, [certificateOf(EC_256)])).toBe("violated");
    expect(answer({ kind: "certificate-key", rsa: 2048 }, [certificateOf("")])).toBe("unobserved");
  });

  test("trust", () => {
    expect(answer({ kind: "certificate-trusted" })).toBe("complies");
    expect(answer({ kind: "certificate-trusted" }, [], { trusted: false, trustError: "CERT_HAS_EXPIRED" })).toBe("violated");
  });

  test("the length of another RSA key that is served is not known", () => {
    const pack = policyPack("rfc-9325") as PolicyPack;
    const requirement = pack.requirements.find(({ id }) => id === "certificate-key") as PolicyRequirement;
    const outcomes = (certificates: TlsEvidence["certificates"]) =>
      requirementResults(pack, requirement, seen([parameters({ certificates }), session({ chain: [certificateOf(RSA_2048)] })])).map(
        ({ outcome }) => outcome,
      );
    expect(outcomes([{ sha256: "ab".repeat(32), key: "rsa" }])).toEqual(["complies"]);
    expect(outcomes([{ sha256: "cd".repeat(32), key: "rsa" }])).toEqual(["complies", "unobserved"]);
  });
});

test.each([
  [{}, true],
  [{ from: "2026-11-23" }, true],
  [{ from: "2026-11-24" }, false],
  [{ until: "2026-11-23" }, true],
  [{ until: "2026-11-22" }, false],
  [{ from: "2026-01-01", until: "2026-12-31" }, true],
])("a demand with %o is in force: %s", (period, expected) => {
  expect(isInForce(period, NOW)).toBe(expected);
  expect(isInForce(period, Date.UTC(2026, 10, 23))).toBe(expected);
});

describe("how an integration stands", () => {
  const standing = (name: string, observations: readonly Observation[], asOf = NOW) =>
    policyStandings(policyPacks([name]), seen(observations), asOf)[0];

  test("complies today, and the first day on which it does not", () => {
    const observations = [
      parameters({
        groups: [group("x25519", "TLS 1.3")],
        signatureSchemes: [],
        versions: [...OLD, accepting("TLS 1.2", [...GOOD_12, DHE]), accepting("TLS 1.3", GOOD_13.slice(0, 2))],
        features: { ...GOOD_FEATURES, dh: [{ bits: 3072, prime: "" }] },
      }),
      session({ chain: [certificateOf(EC_256)] }),
    ];
    const known = { pack: "bsi-tr-02102-2-2026-01", complies: true, violated: 0, unknown: 0 };
    expect(standing("bsi-tr-02102-2", observations)).toEqual({ ...known, nextDate: "2030-01-01", nextRequirement: "finite-field-ends" });
    const dayBefore = Date.UTC(2029, 11, 31, 23);
    expect(standing("bsi-tr-02102-2", observations, dayBefore)).toMatchObject({ complies: true, nextDate: "2030-01-01" });
    expect(standing("bsi-tr-02102-2", observations, dayBefore + DAY)).toMatchObject({
      complies: false,
      violated: 1,
      nextDate: "2032-01-01",
    });
    expect(standing("bsi-tr-02102-2", observations, Date.UTC(2033, 0))).toMatchObject({
      violated: 3,
      nextDate: null,
      nextRequirement: null,
    });
  });

  test("what could not be seen is no compliance, and no violation", () => {
    expect(standing("rfc-9325", [])).toMatchObject({ complies: null, violated: 0, nextDate: null });
    expect(standing("mozilla-6.0", [parameters()])).toMatchObject({ complies: null, violated: 0, unknown: 2 });
  });

  test("nothing is said of an integration without https", () => {
    const integration = anIntegration({ baseUrl: "http://api.acme.example" });
    expect(policyStandings(policyPacks(["rfc-9325"]), { ...seen([]), integration }, NOW)).toEqual([]);
  });
});

describe("turning something known into something unknown", () => {
  const requirements = policyPacks(POLICY_PACKS).flatMap((pack) => pack.requirements.map((requirement) => [pack, requirement] as const));

  test("never makes a requirement fail", () => {
    fc.assert(
      fc.property(
        someEvidence(),
        fc.integer({ min: 0, max: 0xffff }),
        fc.constantFrom(...requirements),
        (found, seed, [pack, requirement]) => {
          const before = verdict(pack, requirement, found);
          const after = verdict(pack, requirement, forget(found, seed));
          expect(before !== "violated" && after === "violated").toBe(false);
        },
      ),
      { numRuns: 500 },
    );
  });

  function verdict(pack: PolicyPack, requirement: PolicyRequirement, found: Partial<TlsEvidence>) {
    const outcomes = requirementResults(pack, requirement, seen([parameters(found), session({ chain: [certificateOf(EC_256)] })])).map(
      ({ outcome }) => outcome,
    );
    return outcomes.includes("violated") ? "violated" : outcomes.includes("unobserved") ? "unobserved" : "complies";
  }
});

function someEvidence(): fc.Arbitrary<Partial<TlsEvidence>> {
  const suites12 = [...GOOD_12, CBC, DHE, "TLS_RSA_WITH_AES_128_GCM_SHA256", "TLS_RSA_WITH_RC4_128_SHA", "TLS_RSA_WITH_NULL_SHA"];
  const groups = ["X25519MLKEM768", "x25519", "secp256r1", "secp521r1", "ffdhe2048", "secp160r1"];
  return fc
    .record({
      suites12: fc.subarray(suites12),
      suites13: fc.subarray([...GOOD_13]),
      groups: fc.subarray(groups),
      schemes: fc.subarray(["rsa_pss_rsae_sha256", "rsa_pkcs1_sha256", "rsa_pkcs1_sha1"]),
      bits: fc.constantFrom(1024, 2048, 3072),
      flags: fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }),
    })
    .map(({ suites12: older, suites13, groups: names, schemes, bits, flags: [a, b, c, d, e] }) => ({
      versions: [
        ...OLD,
        older.length === 0 ? refusing("TLS 1.2") : accepting("TLS 1.2", older),
        suites13.length === 0 ? refusing("TLS 1.3") : accepting("TLS 1.3", suites13),
      ],
      groups: names.flatMap((name) => groupsOf(name, spoken(suites13, older))),
      signatureSchemes: schemes.map((name) => scheme(name, "TLS 1.2")),
      features: {
        ...GOOD_FEATURES,
        compression: a === true,
        secureRenegotiation: b === true,
        extendedMasterSecret: c === true,
        encryptThenMac: d === true,
        ephemeralReuse: e === true,
        dh: [{ bits, prime: "" }],
      },
    }));
}

/** Evidence contradicts itself nowhere: a group belongs to a version that is spoken. */
function spoken(suites13: readonly string[], suites12: readonly string[]): readonly TlsVersion[] {
  return [...(suites13.length === 0 ? [] : (["TLS 1.3"] as const)), ...(suites12.length === 0 ? [] : (["TLS 1.2"] as const))];
}

function groupsOf(name: string, versions: readonly TlsVersion[]): readonly TlsCodeFact[] {
  const possible = versions.filter((version) => namedGroupsOf(version).some((known) => known.name === name));
  return possible.length === 0 ? [] : [group(name, ...possible)];
}

/** One thing less is known: a version, a suite, a group, a scheme or a feature. */
function forget(found: Partial<TlsEvidence>, seed: number): Partial<TlsEvidence> {
  const { versions = [], groups = [], signatureSchemes = [], features = {} } = found;
  const at = (length: number) => Math.floor(seed / 8) % Math.max(1, length);
  const without = <T>(list: readonly T[]) => list.filter((_, index) => index !== at(list.length));
  const open = (ranges = "") => codeRanges(codesIn(ranges).filter((_, index) => index % 7 !== at(7)));
  if (seed % 8 === 0) return { ...found, versions: without(versions) };
  if (seed % 8 === 1)
    return {
      ...found,
      versions: versions.map((version, index) =>
        index === at(versions.length)
          ? {
              version: version.version,
              support: "unknown",
              reason: "tls_timeout",
              cipherSuites: [],
              preference: "unknown",
              complete: false,
            }
          : version,
      ),
    };
  if (seed % 8 === 2)
    return {
      ...found,
      versions: versions.map((version) => ({
        ...version,
        cipherSuites: without(version.cipherSuites),
        complete: false,
        reason: "not_requested" as const,
        ...openRanges(version.refused, version.refusedGroups, version.refusedSchemes),
      })),
    };
  // An accepted group or scheme that is forgotten is not refused for that.
  if (seed % 8 === 3)
    return { ...found, groups: without(groups), versions: versions.map((version) => ({ ...version, refusedGroups: "" })) };
  if (seed % 8 === 4)
    return {
      ...found,
      signatureSchemes: without(signatureSchemes),
      versions: versions.map((version) => ({ ...version, refusedSchemes: "" })),
    };
  const name = Object.keys(features)[at(Object.keys(features).length)] ?? "";
  return { ...found, features: Object.fromEntries(Object.entries(features).filter(([key]) => key !== name)) };

  function openRanges(refused?: string, refusedGroups?: string, refusedSchemes?: string) {
    return { refused: open(refused), refusedGroups: open(refusedGroups), refusedSchemes: open(refusedSchemes) };
  }
}

function seen(observations: readonly Observation[]) {
  const of = <K extends string>(kind: K) => observations.filter((observation) => observation.kind === kind);
  return {
    integration: anIntegration(),
    observations: {
      tls: of("tls") as unknown as readonly Observation<"tls">[],
      "tls-session": of("tls-session") as unknown as readonly Observation<"tls-session">[],
    },
  };
}

describe("what a violation rests on", () => {
  const OLD_DAY = ", as listed on 2026-01-05";
  const summary = (check: ServerCheck, found: Partial<TlsEvidence>) => serverAnswer(check, evidence({ listedOn: "2026-01-05", ...found }));
  const SUITES: ServerCheck = { kind: "suites-allowed", versions: ["TLS 1.2"], suites: GOOD_12 };
  const GROUPS: ServerCheck = { kind: "groups-forbidden", groups: ["secp521r1", "secp384r1"] };
  const SCHEMES: ServerCheck = { kind: "schemes-forbidden", schemes: ["rsa_pkcs1_sha1", "ecdsa_sha1"] };
  const old = <F extends TlsCodeFact>(fact: F): F => ({ ...fact, remembered: true });

  test("is said to be of the day on which it was listed, where nothing of it was seen since", () => {
    const suites = remembering(accepting("TLS 1.2", [...GOOD_12, CBC]), ...GOOD_12);
    expect(summary(SUITES, { versions: [suites] })).toMatchObject({ outcome: "violated", summary: `accepted: ${CBC}${OLD_DAY}` });
    expect(summary(GROUPS, { groups: [old(group("secp521r1", "TLS 1.3"))] }).summary).toBe(`accepted: secp521r1${OLD_DAY}`);
    expect(summary(SCHEMES, { signatureSchemes: [old(scheme("ecdsa_sha1", "TLS 1.2"))] })).toMatchObject({
      outcome: "violated",
      data: { seen: `accepted: ecdsa_sha1${OLD_DAY}` },
    });
  });

  test("is of today where one of them was seen", () => {
    const suites = remembering(accepting("TLS 1.2", [CBC, DHE]), DHE);
    expect(summary(SUITES, { versions: [suites] }).summary).toBe(`accepted: ${CBC}, ${DHE}`);
    expect(summary(GROUPS, { groups: [group("secp384r1", "TLS 1.3"), old(group("secp521r1", "TLS 1.3"))] }).summary).not.toContain(
      "listed",
    );
    const schemes = [old(scheme("ecdsa_sha1", "TLS 1.2")), scheme("rsa_pkcs1_sha1", "TLS 1.2")];
    expect(summary(SCHEMES, { signatureSchemes: schemes }).summary).not.toContain("listed");
  });

  test("is of an earlier day where no day is told", () => {
    const answer = serverAnswer(SUITES, evidence({ versions: [remembering(accepting("TLS 1.2", [CBC]))] }));
    expect(answer.summary).toBe(`accepted: ${CBC}, as listed on an earlier day`);
  });
});
