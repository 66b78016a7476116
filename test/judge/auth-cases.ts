import type { DataClass } from "../../src/model/data-class.ts";
import type { Integration, IntegrationAuth } from "../../src/model/integration.ts";

/** An integration that is let in like this, at the host of some provider, with these data. */
export function letIn(
  declared: Partial<IntegrationAuth>,
  host = "api.acme.example",
  dataClasses: readonly DataClass[] = [],
): Partial<Integration> {
  return { auth: { neededScopes: [], ...declared }, baseUrl: `https://${host}`, dataClasses };
}

export const CARD = ["payment_card"] as const;
export const EMAIL = ["email"] as const;

/** Everything is told of it. */
export const STATIC = { scope: "all", expiry: "no", revocation: "overlap", storage: "shared" } as const;
export const STRIPE = "api.stripe.com";
export const AWS = "s3.eu-west-1.amazonaws.com";
export const TELEGRAM = "api.telegram.org";
export const OKTA = "acme.okta.com";
