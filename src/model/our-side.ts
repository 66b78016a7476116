/** Kinds of evidence that tell of this machine, and nothing of the network or a provider. */
export const OUR_SIDE = ["client-certificate", "credential", "token", "sdk", "response-history", "api-description"] as const;
