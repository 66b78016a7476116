import { basicConstraints, EXTENSION, extendedKeyUsage, nameConstraints } from "../../lab/support/certificate-extensions.ts";
import type { AuthorityPresetOptions, Issuer } from "../../lab/support/certificate-factory.ts";
import { entity } from "./graphs.ts";
import { AS_OF, accepts, authority, leaf, type PathVector, rejects, root } from "./vector.ts";

/** An arrow from who issues to who is issued. */
type Edge = `${string} > ${string}`;

interface Graph {
  readonly edges: readonly Edge[];
}

const LINE: Graph = { edges: ["ICA > EE", "Trust Anchor > ICA"] };
const TWO_ROOTS: Graph = { edges: ["ICA > EE", "Root1 > ICA", "Root2 > ICA"] };
/** RFC 4158 section 2.3, figure 7. */
const MESH: Graph = { edges: ["B > EE", "C > B", "A > B", "C > A", "A > C", "Trust Anchor > C", "Trust Anchor > A"] };
/** RFC 4158 section 2.4, figure 9. */
const BRIDGE: Graph = {
  edges: [
    ...(["F > H", "F > G", "G > F", "H > I", "I > H", "G > I", "TA W > F", "TA W > G"] as const),
    ...(["J > K", "N > EE", "L > N", "L > M", "TA X > J", "TA X > L"] as const),
    ...(["B > E", "B > D", "A > B", "C > B", "A > C", "C > A", "TA Y > A", "TA Y > C"] as const),
    ...(["R > S", "O > R", "O > Q", "P > S", "TA Z > O", "TA Z > P"] as const),
    ...["W", "X", "Y", "Z"].flatMap((letter): readonly Edge[] => [`TA ${letter} > Bridge CA`, `Bridge CA > TA ${letter}`]),
  ],
};

interface Search {
  readonly graph: Graph;
  readonly from: string;
  readonly to?: string;
  readonly broken?: readonly Edge[];
  readonly why: string;
}

const FROM_THE_ANCHOR = { from: "Trust Anchor" };
const SEARCHES: readonly Search[] = [
  { graph: LINE, ...FROM_THE_ANCHOR, why: "The plainest chain." },
  { graph: LINE, ...FROM_THE_ANCHOR, broken: ["Trust Anchor > ICA"], why: "The plainest chain, broken." },
  { graph: LINE, from: "ICA", broken: ["Trust Anchor > ICA"], why: "The issuer is trusted itself." },
  { graph: TWO_ROOTS, from: "Root1", why: "One of two roots." },
  { graph: TWO_ROOTS, from: "Root2", why: "The other of two roots." },
  { graph: TWO_ROOTS, from: "Root1", broken: ["Root2 > ICA"], why: "The other way is broken." },
  { graph: TWO_ROOTS, from: "Root2", broken: ["Root1 > ICA"], why: "The other way is broken." },
  { graph: TWO_ROOTS, from: "Root1", broken: ["Root1 > ICA"], why: "The only way is broken." },
  { graph: TWO_ROOTS, from: "Root2", broken: ["Root2 > ICA"], why: "The only way is broken." },
  { graph: MESH, ...FROM_THE_ANCHOR, why: "Several ways, and a loop." },
  { graph: MESH, ...FROM_THE_ANCHOR, broken: ["Trust Anchor > C", "A > B"], why: "The way round." },
  { graph: MESH, ...FROM_THE_ANCHOR, broken: ["Trust Anchor > A", "C > B"], why: "The other way round." },
  { graph: BRIDGE, from: "TA Z", to: "D", why: "Over the bridge." },
  { graph: BRIDGE, from: "TA Z", why: "Over the bridge, elsewhere." },
  { graph: BRIDGE, from: "TA Z", broken: ["TA X > Bridge CA"], why: "The way back is broken, which nobody needs." },
  { graph: BRIDGE, from: "TA Z", broken: ["Bridge CA > TA X"], why: "The far end of the bridge is broken." },
  { graph: BRIDGE, from: "TA Z", broken: ["TA Z > Bridge CA"], why: "The near end of the bridge is broken." },
];

/** How an arrow is broken, in their order. */
const BREAKS: Readonly<Record<string, AuthorityPresetOptions>> = {
  expired: { notAfter: new Date(AS_OF.getTime() - 3_600_000) },
  "limited to other names": { with: [nameConstraints({ permitted: { dns: ["bad.example.com"] } })] },
  "for mail alone": { with: [extendedKeyUsage(["emailProtection"])] },
  "nothing said of an authority": { without: [EXTENSION.basicConstraints, EXTENSION.extendedKeyUsage] },
  "no authority": { with: [basicConstraints()], without: [EXTENSION.extendedKeyUsage] },
  "signed with SHA-1": { digest: "sha1" },
};

const SANITY: readonly Search[] = [
  { graph: LINE, ...FROM_THE_ANCHOR, why: "The plainest chain." },
  { graph: TWO_ROOTS, from: "Root1", why: "One of two roots." },
  { graph: TWO_ROOTS, from: "Root2", why: "The other of two roots." },
  { graph: LINE, ...FROM_THE_ANCHOR, broken: ["Trust Anchor > ICA"], why: "The plainest chain, broken." },
];

/** BetterTLS, pathbuilding: numbered as there. */
export const BETTER_PATHS: readonly PathVector[] = [...SANITY, ...SEARCHES].flatMap(ways).map(({ search, how }, number) => {
  const id = `bettertls::pathbuilding::tc${number}`;
  const why = how === undefined ? search.why : `${search.why} (${how})`;
  const sketch = () => sent(search, how === undefined ? {} : (BREAKS[how] ?? {}));
  return isReachable(search) ? accepts(id, why, sketch) : rejects(id, why, sketch);
});

function ways(search: Search): readonly { readonly search: Search; readonly how?: string }[] {
  return search.broken === undefined ? [{ search }] : Object.keys(BREAKS).map((how) => ({ search, how }));
}

function isReachable({ graph, from, to = "EE", broken = [] }: Search): boolean {
  const reached = new Set([from]);
  for (const node of reached)
    for (const edge of graph.edges) if (!broken.includes(edge) && issuerOf(edge) === node) reached.add(subjectOf(edge));
  return reached.has(to);
}

function sent({ graph, from, to = "EE", broken = [] }: Search, breaking: AuthorityPresetOptions) {
  const entities = new Map<string, Issuer>();
  const called = (node: string): Issuer => {
    const known = entities.get(node) ?? entity(node);
    entities.set(node, known);
    return known;
  };
  const host = "localhost";
  const certificates = graph.edges.map((edge) => {
    const [issuer, subject] = [called(issuerOf(edge)), called(subjectOf(edge))];
    if (subjectOf(edge) === to) return { isLeaf: true, made: leaf(issuer, { subject: subject.name, key: subject.key, dns: [host] }) };
    return {
      isLeaf: false,
      made: authority(issuer, { subject: subject.name, key: subject.key, ...(broken.includes(edge) ? breaking : {}) }),
    };
  });
  const [leaves, others] = [true, false].map((isLeaf) => certificates.filter((one) => one.isLeaf === isLeaf).map(({ made }) => made));
  const anchor = called(from);
  return { chain: [...(leaves ?? []), ...(others ?? [])], roots: [root({ subject: anchor.name, key: anchor.key })], host };
}

function issuerOf(edge: Edge): string {
  return edge.split(" > ")[0] ?? "";
}

function subjectOf(edge: Edge): string {
  return edge.split(" > ")[1] ?? "";
}
