import { apiDescriptionProbe } from "./api-description.ts";
import { clientCertificateProbe } from "./client-certificate.ts";
import { credentialProbe } from "./credential.ts";
import { domainProbe } from "./domain.ts";
import { httpInvalidCredentialProbe } from "./http-invalid-credential.ts";
import { httpNotFoundProbe } from "./http-not-found.ts";
import { httpPlaintextProbe } from "./http-plaintext.ts";
import { httpPreflightProbe } from "./http-preflight.ts";
import { httpQueryCredentialProbe } from "./http-query-credential.ts";
import { httpResponseProbe } from "./http-response.ts";
import { httpUnauthenticatedProbe } from "./http-unauthenticated.ts";
import { jwksProbe } from "./jwks.ts";
import { oauthMetadataProbe } from "./oauth-metadata.ts";
import { ownTokenProbe } from "./own-token.ts";
import { registrationProbe } from "./registration.ts";
import { responseHistoryProbe } from "./response-history.ts";
import { revocationProbe } from "./revocation.ts";
import { sdkProbe } from "./sdk.ts";
import { securityTxtProbe } from "./security-txt.ts";
import { tlsParametersProbe } from "./tls-parameters.ts";
import { tlsSessionProbe } from "./tls-session.ts";
import { tokenRequestProbe } from "./token-request.ts";

/** Every question that may be put to the network, and to our own files, in the order in which a plan lists them. */
export const PROBES = [
  tlsSessionProbe,
  tlsParametersProbe,
  httpResponseProbe,
  httpUnauthenticatedProbe,
  httpInvalidCredentialProbe,
  httpQueryCredentialProbe,
  httpPlaintextProbe,
  revocationProbe,
  domainProbe,
  registrationProbe,
  clientCertificateProbe,
  credentialProbe,
  tokenRequestProbe,
  ownTokenProbe,
  oauthMetadataProbe,
  jwksProbe,
  httpNotFoundProbe,
  httpPreflightProbe,
  securityTxtProbe,
  sdkProbe,
  responseHistoryProbe,
  apiDescriptionProbe,
] as const;
