import type { AgeSource, DependantReason, HeldRole, MatchKind, RotationWay, UnknownWhat } from "../../model/breach-response.ts";

export const MATCH_WORDS: Readonly<Record<MatchKind, string>> = {
  provider: "its provider's name",
  id: "its id",
  name: "its name",
  "base-url": "its base URL at",
  "additional-url": "another URL at",
  "token-url": "its token URL at",
  "known-provider": "a host that is known to be this provider's,",
};

export const ROLE_WORDS: Readonly<Record<HeldRole, string>> = {
  clients: "the clients' credential",
  audit: "the audits' own credential",
  "client-certificate": "the client certificate",
};

export const STANDING_WORDS = { removed: "Not in the inventory any more; its credential may still be good" } as const;

export const AGE_WORDS: Readonly<Record<AgeSource, string>> = {
  provider: "Made (as the provider says)",
  declared: "Made (declared)",
  token: "Made (by its own text)",
  certificate: "Valid from",
  history: "First seen",
};

export const WAY_WORDS: Readonly<Record<RotationWay, { readonly says: string; readonly next: string }>> = {
  overlap: { says: "two may live side by side", next: "make the second, move the clients, retire the first" },
  "at-once": { says: "two may not live side by side", next: "have the clients ready and revoke it at once, an outage of minutes" },
  never: { says: "it cannot be taken back", next: "ask the provider to close it" },
  unknown: { says: "whether two may live side by side is not known here", next: "look it up before you revoke" },
};

export const WAY_FROM_WORDS = { declared: "declared", provider: "as with all that the provider is known to offer" } as const;

export const DEPENDANT_WORDS: Readonly<Record<DependantReason, string>> = {
  "token-url": "logs in at",
  "same-domain": "has a host of the same domain,",
  hosting: "its name leads to",
  credential: "its credential looks like one of this provider,",
};

export const UNKNOWN_WORDS: Readonly<Record<UnknownWhat, string>> = {
  "no-history": "There is no history: ages, scopes, findings, and what is shared under another name, are not known.",
  "no-inventory": "No inventory was read: what nobody has audited yet is not here.",
  "never-audited": "Never audited:",
  "not-seen": "The last audit saw nothing of:",
  stale: "Not seen for more than a week, so older than it looks:",
  "nothing-declared": "Nothing is declared of how we log in, and there may be a credential:",
  "not-looked-at": "No audit looked at the credential, so neither its age nor who shares it is known:",
  "not-bound": "The credential is not bound, so audits may not look at it (apirisk credential trust):",
  unreadable: "The credential could not be read at the last audit:",
  "not-compared": "Others whose credential could not be compared, and may be the same:",
  age: "The age of a credential is not known:",
  scopes: "No answer told what may be done with it:",
  data: "No answer was seen, so what data it carries is as declared:",
  hosting: "Where their names lead was never seen, so they may depend on it:",
  declaration: "What history keeps of their declaration cannot be read any more, so they may be hit:",
};
