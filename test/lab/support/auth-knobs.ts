import type { Knob } from "./knob.ts";

/** What is declared of how we are let in, at the host of some provider, one thing of it turned. */
export interface AuthKnob extends Pick<Knob, "turn" | "findings"> {
  readonly host: string;
  readonly dataClasses?: readonly string[];
  readonly clean: Readonly<Record<string, unknown>>;
  readonly turned: Readonly<Record<string, unknown>>;
}

const STRIPE = "api.stripe.com";
const AWS = "sts.eu-west-1.amazonaws.com";
const SLACK = "slack.com";
const UNKNOWN = "api.acme-lab.example";
const SHARED = { storage: "shared", revocation: "overlap" } as const;
const RESTRICTED = { ...SHARED, scope: "fine", expiry: "no" } as const;
const ROLE = { scope: "fine", expiry: "yes", revocation: "overlap", storage: "none" } as const;
const CODE = { scheme: "oauth2-code", attributes: { pkce: "yes" } } as const;

/** Labs audit by a real clock, so no day of a calendar stands here: the end of HubSpot's keys is past whenever it is run. */
export const AUTH_KNOBS: readonly AuthKnob[] = [
  {
    turn: "the key opens everything, where a restricted one is offered",
    host: STRIPE,
    clean: { scheme: "bearer", attributes: RESTRICTED },
    turned: { scheme: "bearer", attributes: { ...RESTRICTED, scope: "all" } },
    findings: ["auth/stronger-scheme-offered"],
  },
  {
    turn: "health data is called with a lasting key instead of a role",
    host: AWS,
    dataClasses: ["health_record"],
    clean: { scheme: "sigv4", attributes: ROLE },
    turned: { scheme: "sigv4", attributes: { ...RESTRICTED, expiry: "optional" } },
    findings: ["auth/below-floor"],
  },
  {
    turn: "the token does not end, where rotation is offered",
    host: SLACK,
    clean: { scheme: "bearer", attributes: { scope: "fine", expiry: "12h", revocation: "yes", storage: "shared" } },
    turned: { scheme: "bearer", attributes: { scope: "fine", expiry: "no", revocation: "yes", storage: "shared" } },
    findings: ["auth/static-no-expiry"],
  },
  {
    turn: "a token for card data is told to live for a day",
    host: UNKNOWN,
    dataClasses: ["payment_card"],
    clean: { scheme: "oauth2-client-credentials", attributes: { expiry: "1h" } },
    turned: { scheme: "oauth2-client-credentials", attributes: { expiry: "24h" } },
    findings: ["auth/not-sender-constrained"],
  },
  {
    turn: "nothing better is known for personal data",
    host: UNKNOWN,
    dataClasses: ["email"],
    clean: { scheme: "mtls" },
    turned: { scheme: "api-key", in: "header", name: "x-api-key" },
    findings: ["auth/inherent-strength"],
  },
  {
    turn: "Basic carries a person's password",
    host: UNKNOWN,
    clean: { scheme: "basic", attributes: { storage: "shared" } },
    turned: { scheme: "basic", attributes: { storage: "password" } },
    findings: ["auth/basic-password"],
  },
  {
    turn: "our address is all that is asked for",
    host: UNKNOWN,
    clean: { scheme: "api-key", in: "header" },
    turned: { scheme: "ip-allow-list" },
    findings: ["auth/ip-only"],
  },
  {
    turn: "tokens come by the implicit grant",
    host: UNKNOWN,
    clean: CODE,
    turned: { scheme: "oauth2-implicit" },
    findings: ["auth/oauth-implicit"],
  },
  {
    turn: "tokens come for a password",
    host: UNKNOWN,
    clean: CODE,
    turned: { scheme: "oauth2-password" },
    findings: ["auth/oauth-password-grant"],
  },
  {
    turn: "the code grant goes without PKCE",
    host: UNKNOWN,
    clean: CODE,
    turned: { scheme: "oauth2-code", attributes: { pkce: "no" } },
    findings: ["auth/oauth-no-pkce"],
  },
  {
    turn: "the way in has ended",
    host: "api.hubapi.com",
    clean: { scheme: "oauth2-code", attributes: { pkce: "yes", scope: "fine", expiry: "30m", revocation: "yes", storage: "shared" } },
    turned: { scheme: "api-key", in: "query", name: "hapikey", attributes: { ...RESTRICTED, expiry: "optional" } },
    findings: ["auth/key-in-query", "auth/scheme-sunset", "auth/stronger-scheme-offered"],
  },
];
