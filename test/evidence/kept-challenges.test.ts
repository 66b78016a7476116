import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keptChallenges } from "../../src/evidence/kept-challenges.ts";

describe("keptChallenges", () => {
  it.each([
    ["Basic", "Basic"],
    ['Basic realm="internal.acme"', 'Basic realm=""'],
    ['Bearer realm="a, b", error="invalid_token", scope="x y"', 'Bearer realm="", error="invalid_token", scope="x y"'],
    // RFC 9110 section 11.6.1: two challenges in one field, with a comma that belongs to a parameter
    [
      'Basic realm="simple", Newauth realm="apps", type=1, title="Login to \\"apps\\""',
      'Basic realm="", Newauth realm="", type="", title=""',
    ],
    ["Negotiate YIIFvwYGKwYBBQUCoIIF", "Negotiate"],
    ["NTLM TlRMTVNTUAACAAAA==", "NTLM"],
    ["Basic realm=", "Basic"],
    [", , Basic,", "Basic"],
    ["Digest realm=x , qop = auth", 'Digest realm="", qop="auth"'],
    ['Digest nonce="never closed, Basic realm="', 'Digest nonce=""'],
    ["digest algorithm=MD5, Digest algorithm=SHA-256", 'digest algorithm="MD5", Digest algorithm="SHA-256"'],
    ["Basic realm=a, realm=b", 'Basic realm="", ?'],
    [
      'Bearer scope="orders.read https://api.acme.example/x ghp0123456789abcdefghijklmnopqrstuv +49.30123456"',
      'Bearer scope="orders.read"',
    ],
    ['Bearer error="petra.muster", error_description="Petra Muster"', 'Bearer error="", error_description=""'],
    ['Digest algorithm="hunter2secret", qop="Zm9vYmFyYmF6, auth"', 'Digest algorithm="", qop="auth"'],
    ['DPoP algs="ES256 none x"', 'DPoP algs="ES256"'],
    ["", ""],
    ['"quoted first", Basic', "?"],
    ["X_Custom!scheme a=b, Bearer x=y z", '*, Bearer x="", ?'],
  ])("%j is %j", (field, names) => {
    expect(keptChallenges(field)).toBe(names);
  });

  it("keeps no scheme and no parameter that reads like a value", () => {
    expect(keptChallenges("ghp0123456789abcdefghijkl realm=x, Basic eyJhbGciOiJIUzI1NiJ9abc=1")).toBe("*, Basic");
  });

  it("never lets a quoted value through", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (value) => {
        const quoted = value.replaceAll("\\", "\\\\").replaceAll('"', '\\"');
        expect(keptChallenges(`Bearer realm="${quoted}", error="invalid_token"`)).toBe('Bearer realm="", error="invalid_token"');
      }),
    );
  });

  it("stays quick on hostile text", () => {
    for (const unit of ['"', '\\"', 'a="', ",", "a ", "a=,"]) {
      expect(keptChallenges(unit.repeat(2000))).toEqual(expect.any(String));
    }
  });
});
