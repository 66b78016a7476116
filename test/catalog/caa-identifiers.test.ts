import { X509Certificate } from "node:crypto";
import { expect, it } from "vitest";
import { caaAuthorities, caaAuthorityOf } from "../../src/catalog/caa-identifiers.ts";
import { trustAnchors } from "../../src/catalog/trust-anchors.ts";

it("knows an authority by any of its organisations, whatever the punctuation", () => {
  expect(caaAuthorityOf("DigiCert Inc")).toBe(caaAuthorityOf("digicert, inc."));
  expect(caaAuthorityOf("Let's Encrypt")?.identifiers).toEqual(["letsencrypt.org"]);
  expect(caaAuthorityOf("Internet Security Research Group")?.identifiers).toEqual(["letsencrypt.org"]);
  expect(caaAuthorityOf("Nobody")).toBeUndefined();
  expect(caaAuthorityOf("")).toBeUndefined();
});

it("lists no organisation twice, and identifiers sorted", () => {
  const all = caaAuthorities().flatMap(({ organisations }) => organisations.map((one) => caaAuthorityOf(one)?.organisations[0]));
  expect(all).toEqual(caaAuthorities().flatMap(({ organisations: [first, ...others] }) => [first, ...others.map(() => first)]));
  for (const { identifiers } of caaAuthorities()) expect(identifiers).toEqual([...new Set(identifiers)].sort());
});

it("knows most of those whose roots are bundled", () => {
  const organisations = trustAnchors().flatMap(({ der }) => /^O=(.*)$/m.exec(new X509Certificate(der).subject)?.[1] ?? []);
  const unknown = new Set(organisations.map((one) => one.replaceAll("\\", "")).filter((one) => caaAuthorityOf(one) === undefined));
  expect([...unknown].sort()).toMatchInlineSnapshot(`
    [
      "ANF Autoridad de Certificacion",
      "Agence Nationale de Certification Electronique",
      "Atos",
      "Chunghwa Telecom Co., Ltd.",
      "Disig a.s.",
      "FNMT-RCM",
      "GUANG DONG CERTIFICATE AUTHORITY CO.,LTD.",
      "Hongkong Post",
      "IZENPE S.A.",
      "Krajowa Izba Rozliczeniowa S.A.",
      "NAVER BUSINESS PLATFORM Corp.",
      "OISTE Foundation",
      "Turkiye Bilimsel ve Teknolojik Arastirma Kurumu - TUBITAK",
      "WISeKey",
      "iTrusChina Co.,Ltd.",
    ]
  `);
});
