import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { repeats, Scrubber } from "../../src/local/scrub.ts";

const SECRET = 'c4n4ry/+ "ü?&=';
function scrubbed(text: string, ...secrets: readonly string[]): string {
  const scrubber = new Scrubber();
  for (const secret of secrets.length === 0 ? [SECRET] : secrets) scrubber.add(secret);
  return scrubber.scrub(text);
}
const bytes = Buffer.from(SECRET);

test.each([
  ["plain", SECRET],
  ["JSON", JSON.stringify(SECRET)],
  ["percent-encoded", encodeURIComponent(SECRET)],
  ["percent-encoded in lower case", encodeURIComponent(SECRET).replace(/%../g, (code) => code.toLowerCase())],
  ["form-encoded", encodeURIComponent(SECRET).replaceAll("%20", "+")],
  ["URL-encoded", encodeURI(SECRET)],
  ["hex", bytes.toString("hex")],
  ["HEX", bytes.toString("hex").toUpperCase()],
  ["base64", bytes.toString("base64")],
  ["base64url", bytes.toString("base64url")],
])("%s", (_form, text) => {
  const clean = scrubbed(`before ${text} after`);
  expect(clean).toMatch(/^before .?\[secret\].{0,4} after$/);
});

test("base64 of something around it, at any offset: Basic credentials, JSON in a JWT", () => {
  const secret = "c4n4ry-0123456789";
  for (const before of ["", "a", "ab", "user:", "client-id:"]) {
    for (const after of ["", "x", "yz", "\n"]) {
      for (const encoding of ["base64", "base64url"] as const) {
        const clean = scrubbed(Buffer.from(before + secret + after).toString(encoding), secret);
        expect(clean).toContain("[secret]");
        expect(Buffer.from(clean.replace("[secret]", ""), encoding).toString("latin1")).not.toContain("c4n4ry");
      }
    }
  }
});

test("every secret, the longer first, every time it occurs", () => {
  expect(scrubbed("token-1 token-1-long token-1", "token-1", "token-1-long")).toBe("[secret] [secret] [secret]");
});

test("secrets that overlap go together, and those that touch one after the other", () => {
  expect(scrubbed("xx abcdefghij yy", "abcdefg", "efghij")).toBe("xx [secret] yy");
  expect(scrubbed("abcdefghijkl", "abcdef", "ghijkl")).toBe("[secret][secret]");
  expect(scrubbed("abcdefabcdefab", "abcdefab")).toBe("[secret]");
});

test("the password of user:password alone, when it is long enough; the user stays", () => {
  const basic = "auditor:c4n4ry:pass";
  expect(scrubbed(`${basic} c4n4ry:pass auditor`, basic)).toBe("[secret] [secret] auditor");
  expect(scrubbed(encodeURIComponent("c4n4ry:pass"), basic)).toBe("[secret]");
  expect(scrubbed("a:123456 123456 23456", "a:123456")).toBe("[secret] [secret] 23456");
  expect(scrubbed("ab:12345 12345", "ab:12345")).toBe("[secret] 12345");
  expect(scrubbed("a:123 123", "a:123")).toBe("a:123 123");
});

test("text without a secret stays as it is; five characters are no secret that can be found", () => {
  expect(scrubbed("nothing here")).toBe("nothing here");
  expect(scrubbed("12345 123456", "12345")).toBe("12345 123456");
  expect(scrubbed("12345 123456", "123456")).toBe("12345 [secret]");
});

test("half a surrogate pair does not end the run", () => {
  expect(scrubbed("a secret\ud800 b", "secret\ud800")).toBe("a [secret] b");
});

test("no secret survives in any of its forms", () => {
  fc.assert(
    fc.property(fc.string({ minLength: 6, maxLength: 40, unit: "binary" }), fc.string({ maxLength: 10 }), (secret, around) => {
      const forms = [secret, encodeURIComponent(secret), Buffer.from(secret).toString("hex"), Buffer.from(secret).toString("base64")];
      for (const form of forms) {
        if (!around.includes(form) && !"[secret]".includes(form)) expect(scrubbed(form, secret)).not.toContain(form);
      }
    }),
  );
});

describe("the end of a long secret", () => {
  const LONG = "sk_live_9f8e7d6c5b4a";
  test.each([
    ["behind a mask", "****6c5b4a7d".slice(0, 4) + LONG.slice(-8), true],
    ["with more of it", `...${LONG.slice(-11)}`, true],
    ["alone", LONG.slice(-8), true],
    ["the last four", `****${LONG.slice(-4)}`, false],
    ["its public beginning", "sk_live_", false],
    ["inside of something longer", `ab${LONG.slice(-8)}`, false],
    ["before something longer", `${LONG.slice(-8)}01`, false],
    ["inside of something longer first, and alone afterwards", `ab${LONG.slice(-8)} ${LONG.slice(-8)}`, true],
    ["the whole", `key=${LONG}&`, true],
    ["the whole in base64", btoa(`user:${LONG}`), true],
    ["the whole in percent", encodeURIComponent(LONG), true],
  ])("%s", (_, text, expected) => {
    expect(repeats(LONG, text)).toBe(expected);
  });

  test("is looked for in no secret that ends in a word, or is short", () => {
    expect(repeats("my-long-password-production", "in production")).toBe(false);
    expect(repeats("short-5b4a7d6c", "5b4a7d6c")).toBe(false);
    expect(repeats("12345", "12345")).toBeUndefined();
  });

  test("is found where it has few digits, and where JSON escapes it", () => {
    const secret = "k9+Zq/7Lw3opqrjKq8Xw==";
    expect(repeats(secret, '{"k":"************Kq8Xw=="}')).toBe(false);
    expect(repeats(secret, `{"k":"**************${secret.slice(-8)}"}`)).toBe(true);
    expect(repeats(secret, JSON.stringify({ k: secret }).replaceAll("/", "\\/"))).toBe(true);
    expect(repeats(secret, `"\\u006b9+Zq/7Lw3opqrjKq8Xw=="`)).toBe(true);
    expect(scrubbed(JSON.stringify({ k: secret }).replaceAll("/", "\\/"), secret)).toBe('{"k":"[secret]"}');
  });

  test.each([
    [
      "named",
      (secret: string) => secret.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;").replaceAll("=", "&equals;"),
    ],
    ["numbered", (secret: string) => secret.replace(/[^a-z0-9]/gi, (sign) => `&#${sign.charCodeAt(0)};`)],
    ["numbered in hexadecimal", (secret: string) => secret.replace(/[^a-z0-9]/gi, (sign) => `&#x${sign.charCodeAt(0).toString(16)};`)],
  ])("is found where HTML or XML escapes it: %s", (_, written) => {
    const secret = 'k9+Zq&7L"w3<pqrjKq8Xw==';
    expect(repeats(secret, `<p>${written(secret)}</p>`)).toBe(true);
    expect(repeats(secret, `<p>${written("another-secret&of<its=own")}</p>`)).toBe(false);
    expect(repeats(secret, "&#x110000; &#99999999; &nothing;")).toBe(false);
  });

  test("is taken out as templates write it", () => {
    expect(scrubbed("x-debug: k9+Zq&amp;7Lw3&#39;opqrj", "k9+Zq&7Lw3'opqrj")).toBe("x-debug: [secret]");
  });

  test("is found of a password alone", () => {
    expect(repeats("auditor:c4n4ry-0123456789ab", "****456789ab")).toBe(true);
    expect(repeats("auditor:c4n4ry-0123456789ab", "auditor")).toBe(false);
  });

  test("is taken out of what is shown, where it is no word", () => {
    expect(scrubbed(`****${LONG.slice(-8)}`, LONG)).toBe("****[secret]");
    expect(scrubbed("in production", "my-long-password-production")).toBe("in production");
  });

  test("is looked for in linear time", () => {
    expect(repeats("9a8b9a8b9a8b9a8b9a8b9a8b", "x9a8b9a8b".repeat(100_000))).toBe(false);
  });
});
