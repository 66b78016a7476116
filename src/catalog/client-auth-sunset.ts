import { type DatedFacts, loadFacts } from "./load.ts";

/** From when on public certificates are not for clients any more. */
export interface ClientAuthSunset {
  /** "Let's Encrypt"; "Chrome" for every authority that it trusts. */
  readonly by: string;
  /** Organisations in the names of the authorities that it is about; none where it is about all. */
  readonly organisations: readonly string[];
  /** ISO day: nothing with clientAuth is issued from then on. */
  readonly date: string;
  readonly reference: string;
}

/** Oldest date first. */
export function clientAuthSunsets(): readonly ClientAuthSunset[] {
  return loadFacts("client-auth-sunset", isSunsetFacts).sunsets;
}

/** The first that holds of an authority with one of these names; everybody is held to the ones without. */
export function clientAuthSunsetOf(organisations: readonly string[]): ClientAuthSunset | undefined {
  return clientAuthSunsets().find(({ organisations: meant }) => meant.length === 0 || meant.some((one) => organisations.includes(one)));
}

interface SunsetFacts extends DatedFacts {
  readonly sunsets: readonly ClientAuthSunset[];
}

function isSunsetFacts(candidate: unknown): candidate is SunsetFacts {
  const { sunsets } = candidate as Partial<SunsetFacts>;
  return Array.isArray(sunsets) && sunsets.every(isSunset);
}

function isSunset(candidate: unknown): boolean {
  const { by, organisations, date, reference } = candidate as Partial<ClientAuthSunset>;
  return (
    typeof by === "string" &&
    Array.isArray(organisations) &&
    organisations.every((one) => typeof one === "string") &&
    /^\d{4}-\d\d-\d\d$/.test(String(date)) &&
    String(reference).startsWith("https://")
  );
}
