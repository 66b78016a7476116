import { BETTER_PATHS } from "./path-vectors/better-paths.ts";
import { GRAPHS } from "./path-vectors/graphs.ts";
import { NAME_CONSTRAINTS, NAME_DEFECTS, WEB_NAME_CONSTRAINTS } from "./path-vectors/name-constraints.ts";
import { PATH_LENGTH } from "./path-vectors/path-length.ts";
import { PROFILE } from "./path-vectors/profile.ts";
import { VALIDITY } from "./path-vectors/validity.ts";
import type { PathVector } from "./path-vectors/vector.ts";
import { WEB_NAMES, WEB_PROFILE, WEB_PURPOSES } from "./path-vectors/web.ts";

/** The server chains of x509-limbo and of BetterTLS, made anew. The names of BetterTLS are in BETTER_NAMES. */
export const PATH_VECTORS: readonly PathVector[] = [
  ...PROFILE,
  ...VALIDITY,
  ...PATH_LENGTH,
  ...NAME_CONSTRAINTS,
  ...WEB_PROFILE,
  ...WEB_PURPOSES,
  ...WEB_NAMES,
  ...WEB_NAME_CONSTRAINTS,
  ...NAME_DEFECTS,
  ...GRAPHS,
  ...BETTER_PATHS,
];

/** Of theirs, and not of ours. */
export const LEFT_OUT: readonly { readonly ids: string; readonly why: string }[] = [
  { ids: "online::*, webpki::cryptographydotio-chain*", why: "Certificates of others." },
  { ids: "crl::*, webpki::crl::*", why: "Lists of what is revoked, which no path is built of." },
  { ids: "rfc9881::*", why: "ML-DSA, which this version of node cannot sign with." },
  { ids: "smime::*, rfc5280::nc::invalid-email-address, rfc5280::nc::nc-permits-*email-*", why: "Clients and mail." },
  {
    ids: "pathlen::max-chain-depth-*, pathological::intermediate-cycle-distinct-cas-max-depth",
    why: "How deep to search is not for the caller to say.",
  },
];
