import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SECURITY_TXT_FLAWS, type SecurityTxtFacts } from "../../../src/model/posture.ts";
import { securityTxtFacts } from "../../../src/observe/classify/security-txt.ts";

const PLAIN = "text/plain; charset=utf-8";
const CONTACT = "Contact: mailto:security@acme.example";
const EXPIRES = "Expires: 2027-12-31T18:37:07z";
const factsOf = (...lines: readonly string[]) => securityTxtFacts(lines.join("\n"), PLAIN);
const GOOD: SecurityTxtFacts = { contacts: 1, expires: "2027-12-31", flaws: [] };

describe("a security.txt", () => {
  it.each<[string, readonly string[], SecurityTxtFacts]>([
    ["of two lines", [CONTACT, EXPIRES], GOOD],
    [
      "with everything that there is (RFC 9116 section 2.5)",
      [
        "# Our security address",
        CONTACT,
        "Contact: tel:+1-201-555-0123",
        "Contact: https://acme.example/security",
        "",
        EXPIRES,
        "Encryption: openpgp4fpr:5f2de5521c63a801ab59ccb603d49de44b29100f",
        "Acknowledgments: https://acme.example/hall-of-fame.html",
        "Preferred-Languages: en, es, fr",
        "Canonical: https://acme.example/.well-known/security.txt",
        "Policy: https://acme.example/policy.html",
        "Hiring: https://acme.example/jobs.html",
        "CSAF: https://acme.example/.well-known/csaf/provider-metadata.json",
      ],
      { ...GOOD, contacts: 3 },
    ],
    [
      "that is signed (section 2.3)",
      [
        ...["-----BEGIN PGP SIGNED MESSAGE-----", "Hash: SHA256", "", CONTACT, EXPIRES, "-----BEGIN PGP SIGNATURE-----"],
        ...["Version: GnuPG v2.2", "", "iHUEARYKAB0WIQ==", "=abcd", "-----END PGP SIGNATURE-----"],
      ],
      GOOD,
    ],
    ["in lower case", [CONTACT.toLowerCase(), EXPIRES.toLowerCase()], GOOD],
    ["in upper case", [CONTACT.toUpperCase(), EXPIRES.toUpperCase()], GOOD],
    ["with spaces", ["Contact :  mailto:a@acme.example  ", "Expires:2027-12-31T18:37:07Z"], GOOD],
    ["with fields of others", [CONTACT, EXPIRES, "X-Anything: 1", "no field at all"], GOOD],
    ["with comments alone for a second contact", [CONTACT, "# Contact: mailto:old@acme.example", EXPIRES], GOOD],
    ["with a part of a second", [CONTACT, "Expires: 2027-12-31T18:37:07.123+00:00"], GOOD],
    ["with another zone", [CONTACT, "Expires: 2027-12-31T22:00:00-05:00"], { ...GOOD, expires: "2028-01-01" }],
    ["with a leap day", [CONTACT, "Expires: 2028-02-29T00:00:00Z"], { ...GOOD, expires: "2028-02-29" }],
    ["without an end", [CONTACT], { contacts: 1, flaws: ["no-expires"] }],
    ["with two ends", [CONTACT, EXPIRES, EXPIRES], { contacts: 1, flaws: ["several-expires"] }],
    ["without a contact", [EXPIRES], { contacts: 0, expires: "2027-12-31", flaws: ["no-contact"] }],
    ["with an empty contact", ["Contact:", EXPIRES], { contacts: 0, expires: "2027-12-31", flaws: ["no-contact"] }],
    ...[
      "2027-12-31",
      "31 Dec 2027",
      "Fri, 31 Dec 2027 18:37:07 GMT",
      "next year",
      "",
      "2027-13-01T00:00:00Z",
      "2027-02-30T00:00:00Z",
      "1830277027",
    ].map((value): [string, readonly string[], SecurityTxtFacts] => [
      `with the end ${JSON.stringify(value)}`,
      [CONTACT, `Expires: ${value}`],
      { contacts: 1, flaws: ["unreadable-expires"] },
    ]),
  ])("%s", (_what, lines, facts) => {
    expect(factsOf(...lines)).toEqual(facts);
    expect(securityTxtFacts(lines.join("\r\n"), PLAIN)).toEqual(facts);
    expect(securityTxtFacts(`\n${lines.join("\n")}\n\n`, PLAIN)).toEqual(facts);
  });

  it.each([
    ["nothing", ""],
    ["a page", `<!DOCTYPE html><html><body>\n${CONTACT}\n${EXPIRES}\n</body></html>`],
    ["a page after a space", ` \n<html>\n${CONTACT}`],
    ["a page after a mark", `\ufeff<html>\n${CONTACT}`],
    ["JSON", '{"contact":"x","expires":"y"}'],
    ["a word", "ok"],
    ["a comment", `# ${CONTACT}\n# ${EXPIRES}`],
    ["fields of others", "User-agent: *\nDisallow: /"],
    ["an empty contact", "Contact: \n"],
    ["a contact far behind", `${"#\n".repeat(2000)}${CONTACT}`],
    ["a contact after much", `#${"x".repeat(40_000)}\n${CONTACT}`],
  ])("is not %s", (_what, text) => {
    expect(securityTxtFacts(text, PLAIN)).toBeUndefined();
  });

  it.each([
    [[], "text/plain"],
    [[], "TEXT/PLAIN;charset=UTF-8"],
    [["not-plain-text"], undefined],
    [["not-plain-text"], "text/html"],
    [["not-plain-text"], "text/plainer"],
    [["not-plain-text"], "application/octet-stream"],
  ] as const)("has the flaws %j as %s", (flaws, type) => {
    expect(securityTxtFacts(`${CONTACT}\n${EXPIRES}`, type)?.flaws).toEqual(flaws);
  });

  it("keeps counts, a day and words of our own", () => {
    const lines = fc.oneof(fc.string(), fc.constantFrom(CONTACT, EXPIRES, "Expires: ", "Contact: canary@acme.example", ":".repeat(5000)));
    fc.assert(
      fc.property(fc.array(lines, { maxLength: 30 }), fc.option(fc.string(), { nil: undefined }), (text, type) => {
        const facts = securityTxtFacts(text.join("\n"), type);
        if (facts === undefined) return;
        expect(Object.keys(facts).filter((key) => !["contacts", "expires", "flaws"].includes(key))).toEqual([]);
        expect(facts.flaws.filter((flaw) => !SECURITY_TXT_FLAWS.includes(flaw))).toEqual([]);
        expect(facts.expires ?? "2027-12-31").toBe("2027-12-31");
        expect(JSON.stringify(facts)).not.toContain("canary");
      }),
    );
  });
});
