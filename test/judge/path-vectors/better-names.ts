import { EXTENSION, nameConstraints } from "../../lab/support/certificate-extensions.ts";
import type { RelativeName } from "../../lab/support/certificate-names.ts";
import { accepts, authority, leaf, type PathVector, PEDANTIC, rejects, root } from "./vector.ts";

const KINDS = ["dns", "ip"] as const;
type Kind = (typeof KINDS)[number];
/** The one that is asked for, another, or none. */
const THREE = ["none", "asked", "other"] as const;
type Which = (typeof THREE)[number];

const NAME = { dns: { asked: "test.localhost", other: "bad.example.com" }, ip: { asked: "127.0.0.1", other: "1.1.1.1" } } as const;
const TREE = { dns: { asked: "localhost", other: "example.com" }, ip: { asked: "127.0.0.0/24", other: "1.1.1.0/24" } } as const;

interface Names {
  readonly host: Kind;
  readonly commonNameKind: Kind;
  readonly commonName: Which;
  readonly alternative: Readonly<Record<Kind, Which>>;
  readonly permitted: Readonly<Record<Kind, Which>>;
  readonly excluded: Readonly<Record<Kind, Which>>;
}

const NOTHING = { dns: "none", ip: "none" } as const;
const PLAIN: Names = {
  host: "dns",
  commonNameKind: "dns",
  commonName: "none",
  alternative: NOTHING,
  permitted: NOTHING,
  excluded: NOTHING,
};

const FIRST: readonly Names[] = [
  { ...PLAIN, commonName: "asked", alternative: { dns: "asked", ip: "none" } },
  { ...PLAIN, commonName: "asked", alternative: { dns: "asked", ip: "none" }, permitted: { dns: "asked", ip: "none" } },
  { ...PLAIN, alternative: { dns: "asked", ip: "none" } },
  { ...PLAIN, alternative: { dns: "other", ip: "none" } },
  { ...PLAIN, host: "ip", commonNameKind: "ip", alternative: { dns: "none", ip: "asked" } },
  { ...PLAIN, host: "ip", commonNameKind: "ip", alternative: { dns: "none", ip: "other" } },
];

/** Every combination, in their order: the last turns fastest. */
function* combinations(): Generator<Names> {
  for (const host of KINDS)
    for (const commonNameKind of KINDS)
      for (const commonName of THREE)
        for (const alternative of pairs())
          for (const permitted of pairs())
            for (const excluded of pairs()) yield { host, commonNameKind, commonName, alternative, permitted, excluded };
}

function pairs(): readonly Readonly<Record<Kind, Which>>[] {
  return THREE.flatMap((dns) => THREE.map((ip) => ({ dns, ip })));
}

/** BetterTLS, nameconstraints: 8,754 cases, numbered as there. Made when they are built. */
export const BETTER_NAMES: readonly PathVector[] = [...FIRST, ...combinations()].map((names, number) => {
  const id = `bettertls::nameconstraints::tc${number}`;
  const verdict = refusal(names);
  if (verdict !== undefined) return rejects(id, verdict, () => sent(names));
  return accepts(id, "The name is there, and nothing forbids it.", () => sent(names), isCommonNameForbidden(names) ? PEDANTIC : {});
});

/** A common name is no name of a server; every alternative name counts. */
function refusal(names: Names): string | undefined {
  if (names.alternative[names.host] !== "asked") return "Not among the alternative names.";
  const forbidden = KINDS.find((kind) => isForbidden(names, kind, names.alternative[kind]));
  return forbidden === undefined ? undefined : `An alternative name (${forbidden}) that is not permitted, or excluded.`;
}

/** What browsers do not look at beside alternative names. */
function isCommonNameForbidden(names: Names): boolean {
  return isForbidden(names, names.commonNameKind, names.commonName);
}

function isForbidden({ permitted, excluded }: Names, kind: Kind, which: Which): boolean {
  if (which === "none") return false;
  return (permitted[kind] !== "none" && permitted[kind] !== which) || excluded[kind] === which;
}

function sent({ host, commonNameKind, commonName, alternative, permitted, excluded }: Names) {
  const anchor = root();
  const upper = authority(anchor);
  const limits = {
    ...(isLimit(permitted) ? { permitted: trees(permitted) } : {}),
    ...(isLimit(excluded) ? { excluded: trees(excluded) } : {}),
  };
  const lower = authority(upper, isLimit(permitted) || isLimit(excluded) ? { with: [nameConstraints(limits)] } : {});
  const subject: readonly RelativeName[] = [
    { type: "O", value: "bettertls.com" },
    ...(commonName === "none" ? [] : [{ type: "CN", value: NAME[commonNameKind][commonName] } as const]),
  ];
  const names = { dns: chosen(NAME.dns, alternative.dns), ip: chosen(NAME.ip, alternative.ip) };
  const without = names.dns.length + names.ip.length === 0 ? [EXTENSION.subjectAltName] : [];
  return { chain: [leaf(lower, { subject, names, without }), lower, upper], roots: [anchor], host: NAME[host].asked };
}

function isLimit(limit: Readonly<Record<Kind, Which>>): boolean {
  return KINDS.some((kind) => limit[kind] !== "none");
}

function trees(limit: Readonly<Record<Kind, Which>>) {
  return { dns: chosen(TREE.dns, limit.dns), ip: chosen(TREE.ip, limit.ip) };
}

function chosen(of: Readonly<Record<Exclude<Which, "none">, string>>, which: Which): readonly string[] {
  return which === "none" ? [] : [of[which]];
}
