declare const redacted: unique symbol;

/**
 * Evidence that went through this room. Probes can return nothing else, observations hold nothing else,
 * and only `redact` makes one: values of responses cannot reach disk without a compiler error.
 */
export type Redacted<T> = T & { readonly [redacted]: true };
