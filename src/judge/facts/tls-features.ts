import type { TlsEvidence, TlsFeatureFacts } from "../../evidence/kinds.ts";
import type { UnobservedReason } from "../../model/reason.ts";
import { TLS_VERSIONS, type TlsVersion } from "../../model/tls.ts";
import { type Answer, worstReason } from "./aggregate.ts";
import { supportOf, unknownReason } from "./tls-suites.ts";

/** The features that are either so or not. */
export type Feature = {
  readonly [K in keyof TlsFeatureFacts]-?: TlsFeatureFacts[K] extends boolean | undefined ? K : never;
}[keyof TlsFeatureFacts];

/**
 * When a feature is looked at: by every flight, at depth full, or by chance alone, where what was asked for other reasons happens to show it.
 */
type Asked = "always" | "full" | "by-chance";

/** What was seen of features. Where no version is accepted, they are features of nothing. */
export function featuresOf({ versions, features }: TlsEvidence): TlsFeatureFacts {
  return versions.some(({ support }) => support === "accepted") ? features : {};
}

/** Answers by what was seen of a feature. */
export function featureAnswer<O extends string>(
  evidence: TlsEvidence,
  feature: Feature,
  outcomes: { readonly yes: O; readonly no: O },
  asked: Asked = "always",
): Answer<O> {
  const seen = featuresOf(evidence)[feature];
  if (seen === undefined) return unseenFeature(evidence, asked);
  return { outcome: seen ? outcomes.yes : outcomes.no, pointer: `/features/${feature}`, summary: `${feature}: ${seen}` };
}

/** The same of a feature that TLS 1.3 has no place for. */
export function olderFeatureAnswer<O extends string>(
  evidence: TlsEvidence,
  feature: Feature,
  outcomes: { readonly yes: O; readonly no: O },
): Answer<O | "only-tls13"> {
  const isGone =
    evidence.features[feature] === undefined &&
    supportOf(evidence, "TLS 1.3")?.support === "accepted" &&
    supportOfAny(evidence, BELOW_13) === "refused";
  if (isGone) return { outcome: "only-tls13", pointer: "/versions", summary: "nothing below TLS 1.3 is accepted" };
  return featureAnswer<O | "only-tls13">(evidence, feature, outcomes);
}

export function unseenFeature(evidence: TlsEvidence, asked: Asked = "always"): Answer<never> {
  const reasons = evidence.versions.flatMap(({ support, reason }) => (support === "refused" ? [] : (reason ?? [])));
  const isAsked = asked === "always" || (asked === "full" && evidence.depth === "full");
  const isMute = evidence.versions.every(({ support }) => support !== "accepted");
  const reason = (isAsked || isMute) && reasons.length > 0 ? worstReason(reasons) : isAsked ? "evidence_ambiguous" : "not_requested";
  return { outcome: "unobserved", reason, pointer: "/features", summary: "not seen" };
}

/** Whether any of these versions is spoken. SSL 2.0 counts where it was asked about. */
export function supportOfAny(evidence: TlsEvidence, versions: readonly TlsVersion[]): "accepted" | "refused" | UnobservedReason {
  const found = versions.map((version) => supportOf(evidence, version));
  if (found.some((one) => one?.support === "accepted")) return "accepted";
  const asked = versions.filter((version) => version !== "SSL 2.0" || supportOf(evidence, version) !== undefined);
  const reasons = asked.flatMap((version) => unknownReason(supportOf(evidence, version)) ?? []);
  return reasons.length === 0 ? "refused" : worstReason(reasons);
}

const BELOW_13: readonly TlsVersion[] = TLS_VERSIONS.filter((version) => version !== "TLS 1.3");
