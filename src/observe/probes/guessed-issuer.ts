/**
 * The path of an issuer whose token endpoint is known, and which nobody named: without a slash at its end. Where a server keeps to no known habit,
 * its origin. A guess: what is found there has to name the token endpoint itself.
 */
export function guessedIssuer(tokenPath: string): string {
  const path = new URL(tokenPath, "https://host.invalid").pathname.replace(/\/+$/, "");
  const habit = HABITS.find(({ ending }) => path.endsWith(ending));
  return habit === undefined ? "" : `${path.slice(0, -habit.ending.length)}${habit.issuer ?? ""}`;
}

/** The longer ending first. */
const HABITS: readonly { readonly ending: string; readonly issuer?: string }[] = [
  // Keycloak: /realms/x
  { ending: "/protocol/openid-connect/token" },
  // Salesforce
  { ending: "/services/oauth2/token" },
  // Entra: /tenant/v2.0
  { ending: "/oauth2/v2.0/token", issuer: "/v2.0" },
  // Okta, the server of the organisation itself; Oracle
  { ending: "/oauth2/v1/token" },
  { ending: "/as/token.oauth2" },
  // Duende
  { ending: "/connect/token" },
  // ForgeRock
  { ending: "/access_token" },
  { ending: "/oauth2/token" },
  // Auth0, GitLab
  { ending: "/oauth/token" },
  // Okta, one of several servers: /oauth2/default
  { ending: "/v1/token" },
  { ending: "/token" },
];
