import { ownedDomain, registrableDomain } from "../../catalog/public-suffixes.ts";
import type { Dependant } from "../../model/breach-response.ts";
import type { Holding } from "./held-credentials.ts";
import { type KnownIntegration, ofKind } from "./known-integrations.ts";
import { placesOf } from "./provider-match.ts";

/** Why an integration that is somebody else's depends on the provider. */
export type DependenceReason = Dependant["reasons"][number];

export interface ProviderSigns {
  /** Registrable domains. */
  readonly domains: ReadonlySet<string>;
  /** As data/credential-prefixes.json spells it. */
  readonly issuers: ReadonlySet<string>;
}

export function dependenceOf(known: KnownIntegration, holdings: readonly Holding[], signs: ProviderSigns): readonly DependenceReason[] {
  const there = placesOf(known.integration).filter(({ host }) => isAt(host, signs.domains));
  return [
    ...there.map(({ by, host }): DependenceReason => ({ by: by === "token-url" ? by : "same-domain", value: host, seenAt: null })),
    ...hostingOf(known, signs.domains),
    ...holdings.filter((holding) => isIssuedBy(holding, signs)).map(issuedReason),
  ];
}

/** What it logs in with goes to the provider, or came from there: that is lost, too. Who else has a host of that domain is for people to say. */
export function isLost(holding: Holding, signs: ProviderSigns): boolean {
  const { origin, role, of } = holding;
  const isLogin = of.integration.auth.token !== undefined && role !== "client-certificate";
  return (isLogin && isAt(new URL(origin).hostname, signs.domains)) || isIssuedBy(holding, signs);
}

/** Its name leads there, as DNS had it when it was asked last. */
function hostingOf({ integration, observations }: KnownIntegration, domains: ReadonlySet<string>): readonly DependenceReason[] {
  const hosts = new Set(placesOf(integration).map(({ host }) => host));
  return ofKind(observations, "domain").flatMap((one): readonly DependenceReason[] => {
    if (one.outcome !== "observed" || !hosts.has(one.evidence.host)) return [];
    const { host, hosting, cnames } = one.evidence;
    const at = [...cnames, hosting].find((name) => isAt(name, domains));
    return at === undefined || isAt(host, domains) ? [] : [{ by: "hosting", value: at, seenAt: one.observedAt }];
  });
}

function isIssuedBy({ kind }: Holding, { issuers }: ProviderSigns): boolean {
  return kind !== null && issuers.has(kind.provider);
}

function issuedReason({ kind, lookedAt }: Holding): DependenceReason {
  return { by: "credential", value: kind?.prefix === "" ? (kind?.provider ?? "") : (kind?.prefix ?? ""), seenAt: lookedAt };
}

function isAt(host: string, domains: ReadonlySet<string>): boolean {
  return [ownedDomain(host), registrableDomain(host)].some((domain) => domain !== undefined && domains.has(domain));
}
