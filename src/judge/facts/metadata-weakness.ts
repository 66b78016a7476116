import type { ServerMetadataFacts } from "../../model/server-metadata.ts";
import type { Severity } from "../../model/severity.ts";
import { hasOthers, listed } from "./published.ts";

/** What is weak in a document of a server, in words of ours, and how much it matters where it is new. */
export type MetadataWeakness = keyof typeof WEIGHTS;

export function weaknessesOf(facts: ServerMetadataFacts): readonly MetadataWeakness[] {
  return (Object.keys(TESTS) as MetadataWeakness[]).filter((word) => TESTS[word](facts));
}

export function weightOf(weakness: MetadataWeakness): Severity {
  return WEIGHTS[weakness];
}

/** OMITTED means authorization_code and implicit (RFC 8414 section 2); it counts as implicit only where a response type says so as well. */
export function offersImplicit(facts: ServerMetadataFacts): boolean {
  const types = listed(facts, "response_types_supported") ?? [];
  return listed(facts, "grant_types_supported")?.includes("implicit") === true || types.some((type) => type.split(" ").includes("token"));
}

export function offersCode(facts: ServerMetadataFacts): boolean {
  return (listed(facts, "grant_types_supported") ?? ["authorization_code"]).includes("authorization_code");
}

export function hasSenderConstraint({ flags, lists }: ServerMetadataFacts): boolean {
  const { known = [], others = 0 } = lists.dpop_signing_alg_values_supported ?? {};
  // An empty list is none, and a proof without a signature proves nothing (RFC 9449 section 5.1).
  return flags.some((flag) => CONSTRAINING.includes(flag)) || others > 0 || known.some((alg) => alg !== "none");
}

/** Omitted means client_secret_basic, and nothing in a list means omitted (RFC 8414 sections 2 and 3.2). */
export function clientAuthentication(facts: ServerMetadataFacts): "by-default" | "none" | "secrets" | "better" {
  const methods = listed(facts, "token_endpoint_auth_methods_supported");
  if (methods === undefined) return "by-default";
  if (hasOthers(facts, "token_endpoint_auth_methods_supported")) return "better";
  if (methods.length === 0) return "by-default";
  const real = methods.filter((method) => method !== "none");
  if (real.length === 0) return "none";
  return real.every((method) => method.startsWith("client_secret_")) ? "secrets" : "better";
}

/** Of the signatures of ID tokens: `none` among them, nothing but HMAC, or otherwise. */
export function idTokenAlgorithms(facts: ServerMetadataFacts): "unsaid" | "none" | "hmac" | "asymmetric" {
  const algorithms = listed(facts, "id_token_signing_alg_values_supported");
  if (algorithms === undefined) return "unsaid";
  if (algorithms.includes("none")) return "none";
  const isHmacOnly = algorithms.length > 0 && algorithms.every((alg) => alg.startsWith("HS"));
  return isHmacOnly && !hasOthers(facts, "id_token_signing_alg_values_supported") ? "hmac" : "asymmetric";
}

/** Lists of what clients sign, in which `none` must not stand (RFC 8414 section 2, RFC 9449 section 5.1). */
export const SIGNED_BY_CLIENTS = ["dpop_signing_alg_values_supported", "token_endpoint_auth_signing_alg_values_supported"] as const;

/** Lists in which algorithms stand that nobody should use any more. */
export const ALGORITHM_LISTS = [
  "id_token_encryption_alg_values_supported",
  "id_token_signing_alg_values_supported",
  "request_object_encryption_alg_values_supported",
  "userinfo_encryption_alg_values_supported",
] as const;

export function deprecatedAlgorithms(facts: ServerMetadataFacts): readonly string[] {
  return [...new Set(ALGORITHM_LISTS.flatMap((name) => listed(facts, name) ?? []))].filter((alg) => DEPRECATED.includes(alg)).sort();
}

const DEPRECATED = ["HS1", "RS1", "RSA1_5"];
const CONSTRAINING: readonly string[] = [
  "dpop_bound_access_tokens_required",
  "mtls_endpoint_aliases",
  "tls_client_certificate_bound_access_tokens",
];
const WEIGHTS = {
  "an endpoint without TLS": "high",
  "ID tokens without a signature": "high",
  "the password grant": "medium",
  "no PKCE": "medium",
  "clients without authentication": "medium",
  "PKCE with plain": "low",
  "implicit grants": "low",
  "ID tokens signed with shared keys": "low",
  "algorithms that were withdrawn": "low",
  "client authentication by secrets alone": "low",
  "tokens that are bound to nobody": "low",
} as const satisfies Readonly<Record<string, Severity>>;
const TESTS: Readonly<Record<MetadataWeakness, (facts: ServerMetadataFacts) => boolean>> = {
  "an endpoint without TLS": ({ endpoints }) => endpoints.some(({ scheme }) => scheme === "http"),
  "ID tokens without a signature": (facts) => idTokenAlgorithms(facts) === "none",
  "the password grant": (facts) => listed(facts, "grant_types_supported")?.includes("password") === true,
  "no PKCE": (facts) => offersCode(facts) && listed(facts, "code_challenge_methods_supported") === undefined,
  "clients without authentication": (facts) => clientAuthentication(facts) === "none",
  "PKCE with plain": (facts) => listed(facts, "code_challenge_methods_supported")?.includes("plain") === true,
  "implicit grants": offersImplicit,
  "ID tokens signed with shared keys": (facts) => idTokenAlgorithms(facts) === "hmac",
  "algorithms that were withdrawn": (facts) => deprecatedAlgorithms(facts).length > 0,
  "client authentication by secrets alone": (facts) => ["by-default", "secrets"].includes(clientAuthentication(facts)),
  "tokens that are bound to nobody": (facts) => !hasSenderConstraint(facts),
};
