import { auditsWithWriteAccess } from "./credential/audits-with-write-access.ts";
import { clientCertificateChain } from "./credential/client-certificate-chain.ts";
import { clientCertificateExpired } from "./credential/client-certificate-expired.ts";
import { clientCertificateExpiring } from "./credential/client-certificate-expiring.ts";
import { clientCertificateKey } from "./credential/client-certificate-key.ts";
import { clientCertificateKeyFile } from "./credential/client-certificate-key-file.ts";
import { clientCertificateUsage } from "./credential/client-certificate-usage.ts";
import { clientCertificateWeakKey } from "./credential/client-certificate-weak-key.ts";
import { credentialExpiring } from "./credential/expiring.ts";
import { filePermissions } from "./credential/file-permissions.ts";
import { legacyClass } from "./credential/legacy-class.ts";
import { overScoped } from "./credential/over-scoped.ts";
import { personalToken } from "./credential/personal-token.ts";
import { providerMismatch } from "./credential/provider-mismatch.ts";
import { sharedEnvironments } from "./credential/shared-environments.ts";
import { sharedIntegrations } from "./credential/shared-integrations.ts";
import { stale } from "./credential/stale.ts";
import { trackedByGit } from "./credential/tracked-by-git.ts";
import { unknownAge } from "./credential/unknown-age.ts";
import { wrongEnvironment } from "./credential/wrong-environment.ts";
import type { Rule } from "./rule.ts";

/** Sorted by id. */
export const CREDENTIAL_RULES: readonly Rule[] = [
  auditsWithWriteAccess,
  clientCertificateChain,
  clientCertificateExpired,
  clientCertificateExpiring,
  clientCertificateKey,
  clientCertificateKeyFile,
  clientCertificateUsage,
  clientCertificateWeakKey,
  credentialExpiring,
  filePermissions,
  legacyClass,
  overScoped,
  personalToken,
  providerMismatch,
  sharedEnvironments,
  sharedIntegrations,
  stale,
  trackedByGit,
  unknownAge,
  wrongEnvironment,
];
