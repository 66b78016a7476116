import { canonicalJson, sha256Hex } from "./digest.ts";
import type { Endpoint, Integration } from "./integration.ts";

/**
 * Identity of the question that is put to an endpoint: an answer to another question must not stand in for this one.
 * Of credentials only the references take part. 16 hex digits.
 */
export function requestDigest(integration: Integration, { id, method, path }: Endpoint): string {
  const { baseUrl, headers, apiVersion, auth } = integration;
  const { scheme, in: location, name, prefix, credential, auditCredential, clientCertificate, signing } = auth;
  const login = { scheme, location, name, prefix, credential, auditCredential, clientCertificate, signing };
  // What is read of the answer is part of the question.
  const describes = auth.describedBy === id ? { describes: true } : {};
  const asked = { method, path, baseUrl, headers, apiVersion, auth: login, ...describes };
  return sha256Hex(canonicalJson(asked)).slice(0, 16);
}
