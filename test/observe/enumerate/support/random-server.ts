import fc from "fast-check";
import type { TlsAnswer } from "../../../../src/model/tls-offer.ts";
import type { OfferVersion } from "../../../../src/observe/enumerate/result.ts";
import { ALERT_40, ALERT_70, type Certificate, type Server } from "./server.ts";
import { ECDSA_SCHEMES, FFDHE, GROUPS, P256, P384, P521, RSA_SCHEMES, SUITES, SUITES_13, X448, X25519 } from "./universe.ts";

const ELLIPTIC = [X25519, P256, P384, P521, X448, 0x1a, 0x16];

const certificates: fc.Arbitrary<Certificate[]> = fc
  .record({
    rsa: fc.subarray(RSA_SCHEMES, { minLength: 1 }),
    ecdsa: fc.subarray(ECDSA_SCHEMES, { minLength: 1 }),
    curve: fc.constantFrom(P256, P384),
    keys: fc.constantFrom("rsa", "ecdsa", "both"),
  })
  .map(({ rsa, ecdsa, curve, keys }) => {
    const both: Certificate[] = [
      { key: "ecdsa", group: curve, schemes: ecdsa },
      { key: "rsa", schemes: rsa },
    ];
    return both.filter(({ key }) => keys === "both" || key === keys);
  });

function shuffled<T>(all: readonly T[], minLength: number, maxLength: number): fc.Arbitrary<T[]> {
  return fc.shuffledSubarray([...all], { minLength, maxLength });
}

function suitesOf(version: OfferVersion): fc.Arbitrary<number[]> {
  if (version === "TLS 1.3") return shuffled(SUITES_13, 1, 5);
  const usable = SUITES.filter((suite) => version === "TLS 1.2" || !suite.since12).map((suite) => suite.code);
  return fc.oneof(shuffled(usable, 1, 6), shuffled(usable, 1, 40));
}

const versions: readonly OfferVersion[] = ["TLS 1.3", "TLS 1.2", "TLS 1.1", "TLS 1.0", "SSL 3.0"];

const refusals: fc.Arbitrary<TlsAnswer> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(ALERT_40, ALERT_70) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<TlsAnswer>(alert(71), alert(10), alert(47), alert(50), { type: "close", midAnswer: false }),
  },
);

/** Servers that keep to the RFCs, in every configuration. */
export const regularServers: fc.Arbitrary<Server> = fc
  .record({
    suites: fc.record(Object.fromEntries(versions.map((version) => [version, suitesOf(version)])), { requiredKeys: [] }),
    groups: shuffled(ELLIPTIC, 1, 6),
    groups13: shuffled([...ELLIPTIC, ...FFDHE, ...GROUPS.postQuantum], 1, 10),
    certificates,
    preference: fc.constantFrom("server", "client"),
    parameters: fc.constantFrom("server", "client"),
    noVersion: refusals,
    noSuite: refusals.filter((answer) => answer !== ALERT_70),
    odd: fc.record({ curveMatters: fc.boolean(), ecdsaDecides: fc.boolean(), namedGroups: fc.boolean() }),
  })
  // A version with nothing but such exchanges is taken for one that is not spoken.
  .map((server) => (server.odd?.namedGroups === true ? findable(server) : server));

const intolerances = fc.constantFrom<TlsAnswer>(ALERT_40, { type: "reset" }, { type: "timeout" }, { type: "close", midAnswer: false });

/** Servers with one or more oddities. */
export const oddServers: fc.Arbitrary<Server> = fc
  .tuple(
    regularServers,
    fc.record(
      {
        curveMatters: fc.boolean(),
        ecdsaDecides: fc.boolean(),
        namedGroups: fc.boolean(),
        readsSuites: fc.constant(64),
        longestList: fc.constantFrom(30, 64, 100),
        mostGroups: fc.constant(12),
        knownGroupsOnly: fc.boolean(),
        needsSchemes: fc.boolean(),
        signsLast: fc.boolean(),
        intolerance: intolerances,
        insists: fc.constant(0xeded),
        needsShare: fc.constantFrom<"any" | number[]>("any", [X25519], [P256]),
        refusesShares: fc.boolean(),
        onlyGroup: fc.constant(P256),
      },
      { requiredKeys: [] },
    ),
  )
  .map(([server, odd]) => {
    const narrow = odd.longestList ?? odd.mostGroups ?? odd.knownGroupsOnly;
    if (narrow === undefined) return { ...server, odd };
    const { needsShare: _, refusesShares: __, ...others } = odd;
    return { ...findable(server), odd: others };
  });

/** With something well-known to find, for those that choke on everything else. */
function findable(server: Server): Server {
  const suites = Object.entries(server.suites).map(([version, codes]) => [
    version,
    version === "TLS 1.3" ? codes : [...new Set([...codes, 0x2f])],
  ]);
  return {
    ...server,
    suites: Object.fromEntries(suites),
    groups: [...new Set([...server.groups, X25519])],
    groups13: [...new Set([...(server.groups13 ?? []), X25519])],
    certificates: [...server.certificates.filter(({ key }) => key !== "rsa"), { key: "rsa", schemes: RSA_SCHEMES }],
  };
}

function alert(description: number): TlsAnswer {
  return { type: "alert", level: 2, description };
}
