import { type Certificate, parseCertificate } from "./certificate.ts";
import { CHAIN_PROBLEMS, type ChainProblem } from "./chain-problem.ts";
import { checkPath, isSelfIssued, type Path, type PathPurpose } from "./check-path.ts";
import { checkSignature, type SignatureVerdict } from "./signature.ts";

/** Whom to believe, by the canonical form of their subject. */
export interface Anchors {
  readonly bySubject: ReadonlyMap<string, readonly Certificate[]>;
}

export interface ChainVerdict {
  /** A path leads from the leaf to an anchor, and nothing is wrong with it. */
  readonly isTrusted: boolean;
  /** Of the best path that there is; empty where it is trusted. The one to tell first comes first. */
  readonly problems: readonly ChainProblem[];
  /** Leaf first; empty where the leaf cannot be read. */
  readonly path: Path;
  /** The last one of the path is an anchor. */
  readonly isAnchored: boolean;
}

/** What a chain has to be good for. */
export type ChainPurpose = Omit<PathPurpose, "comparisons">;

/** Certificates that cannot be read are left out: nobody could believe them. */
export function anchorsOf(ders: readonly Uint8Array[]): Anchors {
  return { bySubject: grouped(ders.flatMap((der) => parseCertificate(der) ?? [])) };
}

/** Both of them. */
export function joinedAnchors(a: Anchors, b: Anchors): Anchors {
  return { bySubject: grouped([...a.bySubject.values(), ...b.bySubject.values()].flat()) };
}

/**
 * Looks for a path from the first certificate to an anchor, by whatever of the others, in whatever order they were served (RFC 4158; RFC 8446
 * section 4.4.2). The first path that nothing is wrong with is taken, so that an expired cross-signature beside a good one harms nobody.
 * Pure: the same answer for the same bytes, anchors and time.
 */
export function judgeChain(served: readonly Uint8Array[], anchors: Anchors, purpose: ChainPurpose): ChainVerdict {
  const [leaf, ...others] = served.map(parseCertificate);
  if (leaf === undefined) return { isTrusted: false, problems: [{ kind: "malformed", certificate: 0 }], path: [], isAnchored: false };
  const readable = others.filter((one) => one !== undefined);
  return new Search(grouped(unique(readable)), anchors, purpose).from(leaf);
}

class Search {
  readonly #issuers: ReadonlyMap<string, readonly Certificate[]>;
  readonly #anchors: Anchors;
  readonly #purpose: PathPurpose;
  readonly #checked = new Map<string, SignatureVerdict>();
  #steps = 0;
  /** A path went on beyond what is followed. */
  #isCut = false;
  #best: ChainVerdict | undefined;

  constructor(issuers: ReadonlyMap<string, readonly Certificate[]>, anchors: Anchors, purpose: ChainPurpose) {
    this.#issuers = issuers;
    this.#anchors = anchors;
    this.#purpose = { ...purpose, comparisons: { left: MOST_COMPARISONS } };
  }

  from(leaf: Certificate): ChainVerdict {
    const found = this.#isAnchor(leaf) ? this.#finish([leaf], true) : undefined;
    // A search that is cut off may not have come to the end of a single path.
    const verdict = found ?? this.#extend([leaf]) ?? this.#best ?? { isTrusted: false, problems: [], path: [leaf], isAnchored: false };
    if (verdict.isTrusted || !(this.#isExhausted || this.#isCut)) return verdict;
    return { ...verdict, problems: inOrder([{ kind: "too-complex", certificate: 0 }, ...verdict.problems]) };
  }

  /** A trusted path that goes on from here, or undefined; the best of the others is kept. */
  #extend(path: Path): ChainVerdict | undefined {
    const top = path.at(-1);
    if (top === undefined) return undefined;
    let isSigned = false;
    for (const { issuer, isAnchor } of this.#candidates(path, top)) {
      if (this.#isExhausted) return undefined;
      const signature = this.#signature(top, issuer);
      if (signature === "invalid") continue;
      isSigned = true;
      const longer = [...path, issuer];
      const unsure: readonly ChainProblem[] =
        signature === "valid" ? [] : [{ kind: "unsupported-algorithm", certificate: path.length - 1 }];
      const verdict = isAnchor ? this.#finish(longer, true, unsure) : this.#extend(longer);
      if (verdict !== undefined) return verdict;
    }
    if (!isSigned) this.#finish(path, false, [this.#deadEnd(path, top)]);
    return undefined;
  }

  /** Anchors first, and among the same kind those whose key is the one that is named (RFC 5280 section 4.2.1.1). */
  #candidates(path: Path, top: Certificate): readonly { readonly issuer: Certificate; readonly isAnchor: boolean }[] {
    const name = top.issuer.canonical;
    const isNew = (one: Certificate) => path.every((member) => !isSameAuthority(member, one));
    const byKey = (a: Certificate, b: Certificate) => keyRank(top, a) - keyRank(top, b);
    const anchors = [...(this.#anchors.bySubject.get(name) ?? [])].filter((one) => path.every(({ sha256 }) => sha256 !== one.sha256));
    const served = [...(this.#issuers.get(name) ?? [])].filter(isNew);
    if (path.length >= LONGEST_PATH) {
      this.#isCut ||= served.length > 0;
      return anchors.sort(byKey).map((issuer) => ({ issuer, isAnchor: true }));
    }
    return [
      ...anchors.sort(byKey).map((issuer) => ({ issuer, isAnchor: true })),
      ...served
        .filter((one) => !this.#isAnchor(one))
        .sort(byKey)
        .map((issuer) => ({ issuer, isAnchor: false })),
    ];
  }

  #signature(certificate: Certificate, issuer: Certificate): SignatureVerdict {
    const pair = `${certificate.sha256} ${issuer.sha256}`;
    const known = this.#checked.get(pair);
    if (known !== undefined) return known;
    const verdict = checkSignature(certificate, issuer.key);
    this.#checked.set(pair, verdict);
    return verdict;
  }

  #finish(path: Path, isAnchored: boolean, found: readonly ChainProblem[] = []): ChainVerdict | undefined {
    this.#steps += 1;
    const problems = inOrder([...found, ...checkPath(path, this.#purpose)]);
    const verdict = { isTrusted: isAnchored && problems.length === 0, problems, path, isAnchored };
    if (verdict.isTrusted) return verdict;
    if (this.#best === undefined || isBetter(verdict, this.#best)) this.#best = verdict;
    return undefined;
  }

  /** Nobody that we were shown, or believe, signed the last one. */
  #deadEnd(path: Path, top: Certificate): ChainProblem {
    const certificate = path.length - 1;
    const isNamed = this.#issuers.has(top.issuer.canonical) || this.#anchors.bySubject.has(top.issuer.canonical);
    if (isSelfIssued(top)) return { kind: certificate === 0 ? "self-signed" : "unknown-issuer", certificate };
    if (isNamed && !this.#isRepeated(path, top)) return { kind: "bad-signature", certificate };
    // Servers leave out roots; one that leaves out everything left out an authority between.
    return { kind: certificate === 0 ? "incomplete" : "unknown-issuer", certificate };
  }

  /** Whoever has the issuer's name stands in the path already. */
  #isRepeated(path: Path, top: Certificate): boolean {
    return path.some((one) => one.subject.canonical === top.issuer.canonical);
  }

  #isAnchor({ subject, sha256 }: Certificate): boolean {
    return (this.#anchors.bySubject.get(subject.canonical) ?? []).some((anchor) => anchor.sha256 === sha256);
  }

  get #isExhausted(): boolean {
    return this.#checked.size >= MOST_SIGNATURES || this.#steps >= MOST_PATHS;
  }
}

function grouped(certificates: readonly Certificate[]): ReadonlyMap<string, readonly Certificate[]> {
  const groups = new Map<string, Certificate[]>();
  for (const one of certificates) groups.set(one.subject.canonical, [...(groups.get(one.subject.canonical) ?? []), one]);
  return groups;
}

function unique(certificates: readonly Certificate[]): readonly Certificate[] {
  return [...new Map(certificates.map((one) => [one.sha256, one])).values()];
}

/** Same name and same key: another certificate of an authority that was passed leads round in a circle. */
function isSameAuthority(a: Certificate, b: Certificate): boolean {
  return a.subject.canonical === b.subject.canonical && Buffer.compare(a.key.spki, b.key.spki) === 0;
}

function keyRank({ extensions: { authorityKeyId } }: Certificate, { extensions: { subjectKeyId } }: Certificate): number {
  if (authorityKeyId === undefined || authorityKeyId === "" || subjectKeyId === undefined) return 1;
  return authorityKeyId === subjectKeyId ? 0 : 2;
}

function inOrder(problems: readonly ChainProblem[]): readonly ChainProblem[] {
  const rank = ({ kind, certificate }: ChainProblem) => CHAIN_PROBLEMS.indexOf(kind) * LONGEST_PATH + certificate;
  return [...problems].sort((a, b) => rank(a) - rank(b));
}

/** One that comes to an anchor, then one with fewer faults, then the longer one: it got further. */
function isBetter(a: ChainVerdict, b: ChainVerdict): boolean {
  if (a.isAnchored !== b.isAnchored) return a.isAnchored;
  if (a.problems.length !== b.problems.length) return a.problems.length < b.problems.length;
  return a.path.length > b.path.length;
}

/** Paths of public certificates have three to five. */
const LONGEST_PATH = 16;
/** Public chains take three; a hundred are Go's bound as well. */
const MOST_SIGNATURES = 100;
const MOST_PATHS = 200;
/** Of names and subtrees, over all paths: BoringSSL has 2^20 for one. */
const MOST_COMPARISONS = 1_048_576;
