import { ownedDomain } from "../catalog/public-suffixes.ts";
import type { SharedCredential } from "../evidence/kinds.ts";
import type { CredentialPort } from "../model/credential-port.ts";
import type { Integration } from "../model/integration.ts";
import { type CredentialRole, type DeclaredCredential, declaredCredentials, runsProgram } from "../model/own-credential.ts";
import { UNOBSERVED_REASONS, type UnobservedReason } from "../model/reason.ts";
import { keyedFingerprint } from "../observe/classify/keyed-fingerprint.ts";
import { heldSecret } from "../observe/probes/credential.ts";

/** How many other integrations have the same credential: of one role of one integration. Undefined where its own could not be read. */
export type SharedCredentials = (uid: string, role: CredentialRole) => Promise<SharedCredential | undefined>;

/**
 * Compares what lies behind every reference of an inventory, read only where it is bound, and once for all integrations. Commands are run for the
 * `audited` ones alone. The same reference is the same credential, whoever may read it.
 */
export function sharedCredentials(
  audited: readonly Integration[],
  others: readonly Integration[],
  credentials: Pick<CredentialPort, "resolve" | "signingKey" | "fingerprintKey">,
): SharedCredentials {
  let uses: Promise<readonly CredentialUse[]> | undefined;
  return async (uid, role) => {
    uses ??= usesOf(audited, others, credentials);
    const all = await uses;
    const own = all.find((use) => use.uid === uid && use.role === role);
    return own?.fingerprint === undefined ? undefined : comparedWith(own, all);
  };
}

interface CredentialUse extends DeclaredCredential {
  readonly uid: string;
  readonly owner: string;
  readonly isProduction: boolean;
  readonly fingerprint?: string;
  /** Why it has none. */
  readonly reason?: UnobservedReason;
}

async function usesOf(
  audited: readonly Integration[],
  others: readonly Integration[],
  credentials: Pick<CredentialPort, "resolve" | "signingKey" | "fingerprintKey">,
): Promise<readonly CredentialUse[]> {
  const uses = [...audited.flatMap(declaredUses), ...others.flatMap(declaredUses)];
  const key = await credentials.fingerprintKey();
  if (key === undefined) return uses.map((use) => ({ ...use, reason: "evidence_missing" }));
  const mayRun = new Set(audited.map(({ uid }) => uid));
  return Promise.all(
    uses.map(async (use) => {
      if (runsProgram(use.reference) && !mayRun.has(use.uid)) return { ...use, reason: "not_requested" };
      const secret = await heldSecret(use.reference, use.origin, credentials);
      return secret.ok ? { ...use, fingerprint: keyedFingerprint(secret.value, key).value } : { ...use, reason: secret.error.reason };
    }),
  );
}

function declaredUses(integration: Integration): readonly CredentialUse[] {
  const { uid, environment } = integration;
  return declaredCredentials(integration).map((declared) => {
    const { hostname } = new URL(declared.origin);
    return { ...declared, uid, owner: ownedDomain(hostname) ?? hostname, isProduction: environment === "production" };
  });
}

function comparedWith(own: CredentialUse, all: readonly CredentialUse[]): SharedCredential {
  const others = all.filter(({ uid }) => uid !== own.uid);
  const isKnown = ({ fingerprint, reference }: CredentialUse) => fingerprint !== undefined || reference === own.reference;
  const same = others.filter(({ fingerprint, reference }) => fingerprint === own.fingerprint || reference === own.reference);
  const unknown = others.filter((use) => !isKnown(use));
  const reasons = unknown.flatMap(({ reason }) => reason ?? []);
  const because = UNOBSERVED_REASONS.find((reason) => reasons.includes(reason));
  const count = (uses: readonly CredentialUse[]) => new Set(uses.map(({ uid }) => uid)).size;
  return {
    elsewhere: count(same.filter(({ owner }) => owner !== own.owner)),
    acrossEnvironments: count(same.filter(({ isProduction }) => isProduction !== own.isProduction)),
    compared: count(others.filter(isKnown)),
    uncompared: count(unknown),
    ...(because !== undefined && { because }),
  };
}
