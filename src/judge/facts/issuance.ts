import type { Instant } from "../../model/instant.ts";
import type { ChainVerdict } from "../../pki/build-path.ts";
import type { Certificate } from "../../pki/certificate.ts";
import { isSelfIssued } from "../../pki/check-path.ts";
import { bundledAnchors } from "./anchors.ts";
import { type HostChain, judgeServed, verdictOn } from "./chains.ts";

/** Whose rules a certificate was issued by: those of the public authorities, or somebody's own. */
export type Authority = "public" | "private" | "unknown";

/** `unknown` where no path that can be checked leads to anybody. Only to a bundled root counts as public, whomever else the user trusts. */
export function authorityOf(chain: HostChain, asOf: Instant): Authority {
  if (chain.certificate === undefined) return "unknown";
  if (isCertain(publicVerdict(chain, asOf))) return "public";
  const verdict = verdictOn(chain, asOf);
  return isCertain(verdict) || isOwnVoucher(verdict) ? "private" : "unknown";
}

/** Certificates whose keys and signatures a client rests on: the leaf, and the authorities between it and the end of the path. */
export interface RestedOn {
  /** Leaf first, without the root: trusted for itself, not for what it says. */
  readonly certificates: readonly Certificate[];
  /** The path comes to its end, trusted or not. */
  readonly isWhole: boolean;
}

/** Nothing at all where the leaf cannot be read. */
export function restedOn(chain: HostChain, asOf: Instant): RestedOn {
  const { path, isAnchored } = verdictOn(chain, asOf);
  const top = path.at(-1);
  const isWhole = isAnchored || (top !== undefined && isSelfIssued(top));
  return { certificates: isWhole && path.length > 1 ? path.slice(0, -1) : path, isWhole };
}

function publicVerdict(chain: HostChain, asOf: Instant): ChainVerdict {
  const { session, ders, leaf } = chain;
  if (session.anchors === undefined || session.anchors.length === 0) return verdictOn(chain, asOf);
  const known = verdicts.get(session) ?? new Map<string, ChainVerdict>();
  verdicts.set(session, known);
  const key = `${asOf} ${leaf.sha256}`;
  const verdict = known.get(key) ?? judgeServed(ders, undefined, asOf, bundledAnchors());
  known.set(key, verdict);
  return verdict;
}

/** Every signature up to an anchor was checked. */
function isCertain({ isAnchored, problems }: ChainVerdict): boolean {
  return isAnchored && problems.every(({ kind }) => kind !== "unsupported-algorithm");
}

/** No authority signed it at all. */
function isOwnVoucher({ path, problems }: ChainVerdict): boolean {
  return path.length === 1 && problems.some(({ kind }) => kind === "self-signed");
}

const verdicts = new WeakMap<HostChain["session"], Map<string, ChainVerdict>>();
