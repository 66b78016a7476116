import { type AuthOffer, type AuthProvider, authProviderOf } from "../../catalog/auth-providers.ts";
import { EFFORTS, type Strength, type StrengthStep } from "../../model/auth-strength.ts";
import type { AuthScheme, Integration, IntegrationAuth } from "../../model/integration.ts";
import { attributesOf, authAttributes } from "./auth-attributes.ts";
import { strengthOf } from "./auth-strength.ts";
import { credentialLocation } from "./credential.ts";

export function providerOf({ baseUrl }: Pick<Integration, "baseUrl">): AuthProvider | undefined {
  return authProviderOf(new URL(baseUrl).hostname);
}

/** Words that were not declared and that all ways of this provider have in common which may be ours; with their names. */
export function completedAuth(
  auth: IntegrationAuth,
  provider: AuthProvider | undefined,
): { readonly auth: IntegrationAuth; readonly fromProvider: readonly string[] } {
  const [first, ...others] = (provider?.offers ?? []).filter((offer) => mayBeOurs(offer, auth));
  const common = Object.entries(first?.attributes ?? {}).filter(
    ([name, word]) => auth.attributes?.[name] === undefined && others.every(({ attributes }) => wordIn(attributes, name) === word),
  );
  if (common.length === 0) return { auth, fromProvider: [] };
  return {
    auth: { ...auth, attributes: { ...Object.fromEntries(common), ...auth.attributes } },
    fromProvider: common.map(([name]) => name),
  };
}

/** A way of the provider as strong as it is known to be; in our own words where it has them. */
export function offeredStep(offer: AuthOffer, ours: IntegrationAuth): StrengthStep {
  const { to, effort, confidence, note = null } = offer;
  const { low, high } = strengthOrNone(attributesOf(offeredAuth(offer, ours)));
  return { to, low, high, effort, alone: false, confidence, note };
}

/** The auth section that an offer would be declared by. */
export function offeredAuth({ schemes, in: places = [], clientAuth, attributes }: AuthOffer, ours: IntegrationAuth): IntegrationAuth {
  const own = schemeOf(ours);
  const scheme = own !== undefined && schemes.includes(own) ? own : schemes[0];
  const place = credentialLocation({ auth: ours });
  const location = place !== undefined && places.includes(place) ? place : (places[0] ?? (scheme === "api-key" ? "header" : undefined));
  return {
    ...(scheme === undefined ? {} : { scheme }),
    ...(location === undefined ? {} : { in: location }),
    ...(clientAuth === undefined ? {} : { token: { url: "https://token.invalid", clientAuth, scopes: [] } }),
    attributes: attributes as Readonly<Record<string, string>>,
    neededScopes: [],
  };
}

/** What we can do without the provider, and is sure to make it stronger. */
export function ownSteps(integration: Integration, auth: IntegrationAuth, now: Strength): readonly StrengthStep[] {
  const changed = (attributes: Readonly<Record<string, string>>): Integration => ({
    ...integration,
    auth: { ...auth, attributes: { ...auth.attributes, ...attributes } },
  });
  const steps: readonly (readonly [to: string, effort: StrengthStep["effort"], then: Integration])[] = [
    ["https in every URL", "low", { ...overTls(integration), auth: tokenOverTls(auth) }],
    ["PKCE with the code grant", "low", changed({ pkce: "yes" })],
    ["a key that its hardware or its key service keeps", "high", changed({ storage: "key-hardware" })],
  ];
  const isOpen = [true, auth.scheme === "oauth2-code", auth.attributes?.["storage"] === "key-file"];
  return steps.flatMap(([to, effort, then], index): readonly StrengthStep[] => {
    const { low, high } = strengthOrNone(authAttributes(then));
    if (isOpen[index] !== true || low.value <= now.low.value || high.value < now.high.value) return [];
    return [{ to, low, high, effort, alone: true, confidence: "sourced", note: null }];
  });
}

/** The least effort first, and of the same effort what gives most. */
export function cheapestFirst(steps: readonly StrengthStep[]): readonly StrengthStep[] {
  return steps.toSorted((a, b) => EFFORTS.indexOf(a.effort) - EFFORTS.indexOf(b.effort) || b.low.value - a.low.value);
}

/** The scheme that is declared, or that a bare credential has. */
export function schemeOf(auth: IntegrationAuth): AuthScheme | undefined {
  return auth.scheme ?? ((auth.credential ?? auth.auditCredential) === undefined ? undefined : "api-key");
}

function mayBeOurs({ schemes, in: places, clientAuth }: AuthOffer, auth: IntegrationAuth): boolean {
  const scheme = schemeOf(auth);
  const place = credentialLocation({ auth });
  return (
    scheme !== undefined &&
    schemes.includes(scheme) &&
    (places === undefined || place === undefined || places.includes(place)) &&
    (clientAuth === undefined || auth.token === undefined || isSameKind(clientAuth, auth.token.clientAuth))
  );
}

/** Providers name one of the two ways to send a secret, and take both. */
function isSameKind(a: string, b: string): boolean {
  return a === b || [a, b].every((way) => way === "client_secret_basic" || way === "client_secret_post");
}

function wordIn(attributes: AuthOffer["attributes"], name: string): string | undefined {
  return (attributes as Readonly<Record<string, string>>)[name];
}

function strengthOrNone(attributes: ReturnType<typeof attributesOf>): Pick<Strength, "low" | "high"> {
  const none = { value: 0, band: "F" } as const;
  return attributes === undefined ? { low: none, high: none } : strengthOf(attributes);
}

function overTls(integration: Integration): Integration {
  const urls = integration.additionalUrls.map((one) => ({ ...one, url: secured(one.url) }));
  return { ...integration, baseUrl: secured(integration.baseUrl), additionalUrls: urls };
}

function tokenOverTls(auth: IntegrationAuth): IntegrationAuth {
  return auth.token === undefined ? auth : { ...auth, token: { ...auth.token, url: secured(auth.token.url) } };
}

function secured(url: string): string {
  return url.replace(/^http:/, "https:");
}
