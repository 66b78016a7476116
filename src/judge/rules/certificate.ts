import { caaForbidsIssuer } from "./certificate/caa-forbids-issuer.ts";
import { differsByAddress } from "./certificate/differs-by-address.ts";
import { distrustedAuthority } from "./certificate/distrusted-authority.ts";
import { expired } from "./certificate/expired.ts";
import { expiring } from "./certificate/expiring.ts";
import { issuerChanged } from "./certificate/issuer-changed.ts";
import { keyReplacedEarly } from "./certificate/key-replaced-early.ts";
import { lifetimeChanged } from "./certificate/lifetime-changed.ts";
import { lifetimeTooLong } from "./certificate/lifetime-too-long.ts";
import { needsServerName } from "./certificate/needs-server-name.ts";
import { noRevocationPointer } from "./certificate/no-revocation-pointer.ts";
import { offProfile } from "./certificate/off-profile.ts";
import { revoked } from "./certificate/revoked.ts";
import { sharedNames } from "./certificate/shared-names.ts";
import { stapleMissing } from "./certificate/staple-missing.ts";
import { transparency } from "./certificate/transparency.ts";
import { untidyChain } from "./certificate/untidy-chain.ts";
import { untrusted } from "./certificate/untrusted.ts";
import { weakKey } from "./certificate/weak-key.ts";
import { weakSignature } from "./certificate/weak-signature.ts";
import { wildcard } from "./certificate/wildcard.ts";
import type { Rule } from "./rule.ts";

/** Sorted by id. */
export const CERTIFICATE_RULES: readonly Rule[] = [
  caaForbidsIssuer,
  differsByAddress,
  distrustedAuthority,
  expired,
  expiring,
  issuerChanged,
  keyReplacedEarly,
  lifetimeChanged,
  lifetimeTooLong,
  needsServerName,
  noRevocationPointer,
  offProfile,
  revoked,
  sharedNames,
  stapleMissing,
  transparency,
  untidyChain,
  untrusted,
  weakKey,
  weakSignature,
  wildcard,
];
