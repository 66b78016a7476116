import type { ApiAuth } from "./conditions.ts";
import type { Inventor } from "./inventor.ts";

/** How a demo API is entered: what the inventory says of it, what the server asks for, and the secret between the two. */
export interface Access {
  /** The `auth` block of apirisk.yaml. */
  readonly declared: { readonly scheme: string; readonly credential?: string; readonly [key: string]: unknown };
  readonly required: ApiAuth;
  readonly secret?: { readonly variable: string; readonly value: string };
}

export const OPEN_BY_DESIGN: Access = { declared: { scheme: "none" }, required: { in: "open" } };

export function keyInHeader(variable: string, inventor: Inventor): Access {
  const value = inventor.secret();
  return {
    declared: { scheme: "api-key", in: "header", name: "X-Api-Key", credential: `env:${variable}` },
    required: { in: "header", name: "x-api-key", value },
    secret: { variable, value },
  };
}

export function keyInQuery(variable: string, inventor: Inventor): Access {
  const value = inventor.secret();
  return {
    declared: { scheme: "api-key", in: "query", name: "key", credential: `env:${variable}` },
    required: { in: "query", name: "key", value },
    secret: { variable, value },
  };
}

export function bearerToken(variable: string, inventor: Inventor): Access {
  const value = inventor.secret();
  return {
    declared: { scheme: "bearer", credential: `env:${variable}` },
    required: { in: "header", name: "authorization", value: `Bearer ${value}` },
    secret: { variable, value },
  };
}

/** The inventory declares a key, clients send it, and the server never looks at it. */
export function keyThatNobodyChecks(variable: string, inventor: Inventor): Access {
  return { ...keyInHeader(variable, inventor), required: { in: "open" } };
}
