import type { CredentialReference, Integration } from "../model/integration.ts";
import type { BindingPair, TrustFile } from "./bindings.ts";

/** A pair that an inventory asks for, for a person to agree to. */
export interface ProposedBinding extends BindingPair {
  readonly integration: string;
  /** What the origin is in the inventory. */
  readonly purpose: "api" | "token";
  readonly trusted: boolean;
}

/**
 * Every (reference, origin) pair that these integrations ask for: each credential with the base URL and the additional URLs,
 * and with the token URL, where an authorisation server takes the client's credential. http origins are left out:
 * nothing is ever sent to them.
 */
export function proposeBindings(integrations: readonly Integration[], trust: TrustFile): readonly ProposedBinding[] {
  const proposed = integrations.flatMap((integration) => {
    const api = [integration.baseUrl, ...integration.additionalUrls.map(({ url }) => url)];
    const token = integration.auth.token === undefined ? [] : [integration.auth.token.url];
    return referencesOf(integration).flatMap((reference) => [
      ...pairs(integration.id, reference, api, "api"),
      ...pairs(integration.id, reference, token, "token"),
    ]);
  });
  const trusted = new Set(trust.bindings.map(pairText));
  const seen = new Set<string>();
  return proposed.flatMap((pair) => {
    const text = `${pair.integration} ${pairText(pair)}`;
    if (seen.has(text)) return [];
    seen.add(text);
    return [{ ...pair, trusted: trusted.has(pairText(pair)) }];
  });
}

function referencesOf({ auth }: Integration): readonly CredentialReference[] {
  const all = [auth.credential, auth.auditCredential, auth.clientCertificate?.cert, auth.clientCertificate?.key];
  return [...new Set(all.filter((reference) => reference !== undefined))];
}

function pairs(integration: string, reference: CredentialReference, urls: readonly string[], purpose: ProposedBinding["purpose"]) {
  return urls
    .map((url) => new URL(url))
    .filter(({ protocol }) => protocol === "https:")
    .map(({ origin }) => ({ integration, reference, origin, purpose }));
}

/** An origin has no space in it. */
function pairText({ reference, origin }: BindingPair): string {
  return `${origin} ${reference}`;
}
