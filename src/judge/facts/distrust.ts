import { type CaDistrust, caDistrust } from "../../catalog/ca-distrust.ts";
import { sha256Hex } from "../../model/digest.ts";
import type { Instant } from "../../model/instant.ts";
import type { Certificate } from "../../pki/certificate.ts";
import { ATTRIBUTE, attributeOf } from "../../pki/name.ts";
import { anchorsFor } from "./anchors.ts";
import { type HostChain, judgeServed } from "./chains.ts";
import { loggedAt } from "./timestamps.ts";

export interface DistrustQuestion {
  /** Leaf first, as far up as it is known. */
  readonly path: readonly Certificate[];
  /** Earliest of the leaf's timestamps from logs; undefined where it carries none that can be read. */
  readonly loggedAt?: Instant | undefined;
  readonly asOf: Instant;
}

/** What root programmes hold against the authorities of a path, and against this certificate of theirs. */
export function distrusted({ path, loggedAt, asOf }: DistrustQuestion): readonly CaDistrust[] {
  const [leaf] = path;
  const top = path.at(-1);
  if (leaf === undefined || top === undefined) return [];
  const hashes = new Set(path.map(({ sha256 }) => sha256));
  const keys = new Set(path.map(({ key }) => sha256Hex(key.spki)));
  // Roots are often left out: the last one that was served names its own. Alone, a leaf may name whom it likes.
  const organisation = path.length > 1 ? attributeOf(top.issuer, ATTRIBUTE.organisation) : undefined;
  const date = { issued: leaf.notBefore, logged: loggedAt ?? leaf.notBefore, asOf };
  return caDistrust().filter(({ roots, subjects, keys: bad = [], except = [], ...entry }) => {
    const isMeant =
      roots.some((root) => hashes.has(root)) || bad.some((key) => keys.has(key)) || subjects.some((one) => one === organisation);
    return isMeant && !except.some((key) => keys.has(key)) && isReached(entry, date);
  });
}

/** A path leads to an anchor that nobody holds anything against. */
export function isTrustedWithout(found: readonly CaDistrust[], chain: HostChain, asOf: Instant): boolean {
  const roots = new Set(found.flatMap((entry) => entry.roots));
  const groups = [...anchorsFor(chain.session).bySubject].map(
    ([name, anchors]) => [name, anchors.filter(({ sha256 }) => !roots.has(sha256))] as const,
  );
  const verdict = judgeServed(chain.ders, chain.host, asOf, { bySubject: new Map(groups) });
  return verdict.isTrusted && distrusted({ path: verdict.path, loggedAt: loggedAt(chain), asOf }).length === 0;
}

/** What equals the date is still trusted. */
function isReached(
  { rule, date }: Pick<CaDistrust, "rule" | "date">,
  { issued, logged, asOf }: { readonly issued: Instant; readonly logged: Instant; readonly asOf: Instant },
): boolean {
  const limit = Date.parse(date);
  switch (rule) {
    case "all":
      return asOf >= limit;
    case "issued-before":
      return issued < limit;
    case "issued-after":
      return issued > limit;
    case "sct-after":
      return logged > limit;
  }
}
