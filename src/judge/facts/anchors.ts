import { trustAnchors } from "../../catalog/trust-anchors.ts";
import type { TlsSessionEvidence } from "../../evidence/kinds.ts";
import { type Anchors, anchorsOf, joinedAnchors } from "../../pki/build-path.ts";

/** Mozilla's roots as this release knows them, read once. */
export function bundledAnchors(): Anchors {
  bundled ??= anchorsOf(trustAnchors().map(({ der }) => der));
  return bundled;
}

/** Those, and whom the user trusts beside them. */
export function anchorsFor({ anchors = [] }: Pick<TlsSessionEvidence, "anchors">): Anchors {
  if (anchors.length === 0) return bundledAnchors();
  return joinedAnchors(bundledAnchors(), anchorsOf(anchors.map((der) => Buffer.from(der, "base64"))));
}

let bundled: Anchors | undefined;
