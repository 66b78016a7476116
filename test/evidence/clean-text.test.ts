import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cleanText, decodeHeaderText, maskOpaque } from "../../src/evidence/clean-text.ts";

const keep = (text: string) => text;
const scrub = (text: string) => text.replaceAll("hunter2-secret", "[secret]");

describe("cleanText", () => {
  it("drops control, bidirectional, zero-width and separator characters", () => {
    expect(cleanText("a\u001b[31mb\u009b1mc\u007f\u202ed\u2066e\u200bf\ufeffg\u2028h\u2029i\r\nj", keep, 99)).toBe("a[31mb1mcdefghij");
  });

  it("makes a space of a tab, so that words stay apart", () => {
    expect(cleanText("nginx\t1.2", keep, 99)).toBe("nginx 1.2");
  });

  it("finds a secret that an invisible character interrupts", () => {
    expect(cleanText("x hunter2\u200b-sec\u00adret y", scrub, 99)).toBe("x [secret] y");
  });

  it("finds a secret that a backslash interrupts, and otherwise keeps backslashes", () => {
    expect(cleanText("$['hunter2\\-secret'].id", scrub, 99)).toBe("$['[secret]'].id");
    expect(cleanText("$['it\\'s'].id", scrub, 99)).toBe("$['it\\'s'].id");
  });

  it("scrubs before it cuts, so that no beginning of a secret stays", () => {
    expect(cleanText("123456 hunter2-secret", scrub, 12)).toBe("123456 [secr");
  });

  it("cuts between characters, never inside one", () => {
    expect(cleanText("ab😀😀", keep, 3)).toBe("ab😀");
  });

  it("drops lone surrogates", () => {
    expect(cleanText("a\ud800b", keep, 9)).toBe("ab");
  });

  it("changes nothing the second time", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const once = cleanText(text, keep, 40);
        expect(cleanText(once, keep, 40)).toBe(once);
      }),
    );
  });
});

describe("maskOpaque", () => {
  it.each([
    "nginx/1.4.6 (Ubuntu)",
    "Apache/2.4.6 (CentOS) OpenSSL/1.0.2k-fips PHP/5.4.16",
    "Apache-AdvancedExtranetServer/2.0.47 (Mandrake Linux/6.3.92mdk) mod_ssl/2.0.47",
    "Oracle-HTTP-Server-12.2.1.4.0/2.4.39",
    "Servlet 2.4; Tomcat-5.0.28/JBoss-4.0.1sp1 (build: CVSTag=JBoss_4_0_1_SP1 date=200502160314)",
    "ScreenConnect/6.3.13446.6374-4039728469 Microsoft-HTTPAPI/2.0",
    "PHP/7.4.3-4ubuntu2.29",
    "Jetty(7.6.9.v20130131)",
    "kong/3.4.0.0-enterprise-edition",
    "1.1 ip-10-2-3-4 (squid/4.4)",
    "Sat, 31 Dec 2026 23:59:59 GMT",
    "@1688169599",
    "2026-07-01T00:00:00+02:00",
  ])("keeps the banner or date %j", (banner) => {
    expect(maskOpaque(banner)).toBe(banner);
  });

  it.each([
    ["by ann.lee@mail.example now", "by [opaque] now"],
    ["node 3f2504e0-4f89-11d3-9a0c-0305e82c3301", "node [opaque]"],
    ["nginx/1.2 5f2b7d10c0a84e55b6ff", "nginx/1.2 [opaque]"],
    ["1.1 0a1b2c3d4e5f60718293a4b5c6d7e8f9.cloudfront.net (CloudFront)", "1.1 [opaque].cloudfront.net (CloudFront)"],
    ["Drupal 9 (https://www.drupal.org/u/42?t=9)", "Drupal 9 ([opaque]"],
    ["id 4111111111111111", "id [opaque]"],
    ["AbCdEf0123/456789+AbCdEf0123/456789+AbCdEf==", "[opaque]"],
  ])("masks what is a value: %j", (banner, masked) => {
    expect(maskOpaque(banner)).toBe(masked);
  });

  it("stays quick on a hundred thousand characters of any one kind", () => {
    for (const unit of ["a", "1", "a1", "@", "-", "a@", "0-", "http://"]) {
      expect(maskOpaque(unit.repeat(100_000)).length).toBeGreaterThan(0);
    }
  });
});

describe("decodeHeaderText", () => {
  it("reads UTF-8 where it is UTF-8, and latin1 otherwise", () => {
    expect(decodeHeaderText("caf\u00c3\u00a9")).toBe("café");
    expect(decodeHeaderText("caf\u00e9")).toBe("café");
  });
});
