import { expect, test } from "vitest";
import { credentialLocation, secretTransport } from "../../../src/judge/facts/credential.ts";
import { AUTH_SCHEMES, type IntegrationAuth } from "../../../src/model/integration.ts";
import { anIntegration } from "../builders.ts";

const declaring = (auth: Partial<IntegrationAuth>) => anIntegration({ auth: { neededScopes: [], ...auth } });

test("how the secret of each scheme travels", () => {
  const transports = AUTH_SCHEMES.map((scheme) => [scheme, secretTransport(declaring({ scheme }))]);
  expect(Object.fromEntries(transports)).toEqual({
    none: "none",
    "ip-allow-list": "none",
    mtls: "none",
    digest: "as-proof",
    dpop: "as-proof",
    sigv4: "as-proof",
    hmac: "as-proof",
    "http-signature": "as-proof",
    hawk: "as-proof",
    ntlm: "as-proof",
    kerberos: "as-proof",
    "api-key": "as-itself",
    basic: "as-itself",
    bearer: "as-itself",
    "jwt-bearer": "as-itself",
    "oauth2-client-credentials": "as-itself",
    "oauth2-code": "as-itself",
    "oauth2-password": "as-itself",
    "oauth2-implicit": "as-itself",
    "session-cookie": "as-itself",
  });
});

test("without a scheme a credential is taken to be sent, and nothing is said of none", () => {
  expect(secretTransport(declaring({ credential: "env:KEY" }))).toBe("as-itself");
  expect(secretTransport(declaring({ auditCredential: "env:KEY" }))).toBe("as-itself");
  expect(secretTransport(declaring({}))).toBeUndefined();
});

test("where the credential stands: as declared, else as the scheme has it", () => {
  expect(credentialLocation(declaring({ scheme: "bearer" }))).toBe("header");
  expect(credentialLocation(declaring({ scheme: "bearer", in: "query" }))).toBe("query");
  expect(credentialLocation(declaring({ scheme: "session-cookie" }))).toBe("cookie");
  expect(credentialLocation(declaring({ scheme: "api-key" }))).toBeUndefined();
  expect(credentialLocation(declaring({ credential: "env:KEY" }))).toBeUndefined();
});
