import { expect, it } from "vitest";
import { rdapEndings, rdapServer } from "../../src/catalog/rdap-servers.ts";

it.each([
  ["acme.com", "https://rdap.verisign.com/com/v1/"],
  ["acme.net", "https://rdap.verisign.com/net/v1/"],
  ["acme.org", "https://rdap.publicinterestregistry.org/rdap/"],
  ["acme.dev", "https://pubapi.registry.google/rdap/"],
  ["acme.ai", "https://rdap.identitydigital.services/rdap/"],
  ["acme.cloud", "https://rdap.registry.cloud/rdap/"],
  ["acme.fr", "https://rdap.nic.fr/"],
  ["acme.co.uk", "https://rdap.nominet.uk/uk/"],
  ["acme.xn--11b4c3d", "https://tld-rdap.verisign.com/xn--11b4c3d/v1/"],
])("knows whom to ask about %s", (domain, server) => {
  expect(rdapServer(domain)?.href).toBe(server);
});

it.each(["acme.io", "acme.co", "acme.kg", "acme.example", "com.", ""])("knows nobody for %j", (domain) => {
  expect(rdapServer(domain)).toBeUndefined();
});

it("lists each ending once, with a place to ask that is a URL", () => {
  const endings = rdapEndings();
  expect(endings.length).toBeGreaterThan(1000);
  expect(new Set(endings).size).toBe(endings.length);
  for (const ending of endings) expect(rdapServer(`acme.${ending}`)?.href).toMatch(/^https:\/\/[a-z0-9.-]+\/([A-Za-z0-9-]+\/)*$/);
});
