import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseChallenges } from "../../src/evidence/challenge.ts";

/** `Scheme name=value name=value`, `Scheme ~token68`, and `!` where the challenge is malformed. */
function told(...lines: readonly string[]): readonly string[] {
  return parseChallenges(lines).challenges.map(({ scheme, params, token68, malformed }) =>
    [
      scheme,
      ...Object.entries(params).map(([name, value]) => `${name}=${value}`),
      ...(token68 === null ? [] : [`~${token68}`]),
      ...(malformed ? ["!"] : []),
    ].join(" "),
  );
}

describe("parseChallenges", () => {
  it.each<[string, ...string[]]>([
    // one challenge
    ["Basic", "Basic"],
    ['Basic realm="simple"', "Basic realm=simple"],
    ["Basic realm=simple", "Basic realm=simple"],
    ["bAsIc REALM=Simple", "bAsIc realm=Simple"],
    ['Basic realm="simple", charset="UTF-8"', "Basic realm=simple charset=UTF-8"],
    [
      'Bearer realm="api", error="invalid_token", error_description="The token expired"',
      "Bearer realm=api error=invalid_token error_description=The token expired",
    ],
    ['Bearer scope="orders.read orders.write"', "Bearer scope=orders.read orders.write"],
    [
      'Bearer resource_metadata="https://api.acme.example/.well-known/oauth-protected-resource"',
      "Bearer resource_metadata=https://api.acme.example/.well-known/oauth-protected-resource",
    ],
    ['DPoP algs="ES256 PS256", error="use_dpop_nonce"', "DPoP algs=ES256 PS256 error=use_dpop_nonce"],
    [
      'Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=SHA-256, nonce="7ypf/xlj9XXwfDPEoM4URrv", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"',
      "Digest realm=http-auth@example.org qop=auth, auth-int algorithm=SHA-256 nonce=7ypf/xlj9XXwfDPEoM4URrv opaque=FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS",
    ],
    ["AWS4-HMAC-SHA256", "AWS4-HMAC-SHA256"],
    ['Hawk ts="1353832234", tsm="x+y/z=", error="Stale timestamp"', "Hawk ts=1353832234 tsm=x+y/z= error=Stale timestamp"],
    // token68
    ["Negotiate", "Negotiate"],
    ["Negotiate YIIFvwYGKwYBBQUCoIIFszCCBa8=", "Negotiate ~YIIFvwYGKwYBBQUCoIIFszCCBa8="],
    ["NTLM TlRMTVNTUAACAAAA==", "NTLM ~TlRMTVNTUAACAAAA=="],
    ["Basic realm=", "Basic ~realm="],
    ["Basic realm==", "Basic ~realm=="],
    ["Token abc.def-ghi_jkl~mno+pqr/stu", "Token ~abc.def-ghi_jkl~mno+pqr/stu"],
    ["Negotiate abc=  , Basic", "Negotiate ~abc=", "Basic"],
    ["Negotiate abc, NTLM def==, Basic realm=x", "Negotiate ~abc", "NTLM ~def==", "Basic realm=x"],
    // several in one field
    ["Basic, Bearer", "Basic", "Bearer"],
    ["Negotiate, NTLM, Basic realm=x", "Negotiate", "NTLM", "Basic realm=x"],
    [
      'Newauth realm="apps", type=1, title="Login to \\"apps\\"", Basic realm="simple"',
      'Newauth realm=apps type=1 title=Login to "apps"',
      "Basic realm=simple",
    ],
    ['Basic realm="simple", Newauth realm="apps", type=1', "Basic realm=simple", "Newauth realm=apps type=1"],
    [
      "Digest algorithm=MD5, qop=auth, Digest algorithm=SHA-256, qop=auth",
      "Digest algorithm=MD5 qop=auth",
      "Digest algorithm=SHA-256 qop=auth",
    ],
    ["Digest realm=a, Basic, Bearer scope=x", "Digest realm=a", "Basic", "Bearer scope=x"],
    ["Bearer a=1 , Basic b=2", "Bearer a=1", "Basic b=2"],
    // the list
    [", , Basic", "Basic"],
    ["Basic,", "Basic"],
    ["Basic, , , Bearer,,", "Basic", "Bearer"],
    ["\t Basic \t, \t Bearer", "Basic", "Bearer"],
    ["Digest realm=a,, nonce=b", "Digest realm=a nonce=b"],
    ["Digest ,realm=a", "Digest realm=a"],
    ["Digest   realm=a", "Digest realm=a"],
    // whitespace around the sign
    ["Digest realm = x , qop\t=\tauth", "Digest realm=x qop=auth"],
    ['Basic realm ="x"', "Basic realm=x"],
    ['Basic realm= "x"', "Basic realm=x"],
    // quoted strings
    ['Basic realm=""', "Basic realm="],
    ['Basic realm="a, b"', "Basic realm=a, b"],
    ['Basic realm="Digest realm=x"', "Basic realm=Digest realm=x"],
    ['Basic realm="a=b, Bearer c=d", Bearer', "Basic realm=a=b, Bearer c=d", "Bearer"],
    ['Basic realm="back\\\\slash"', "Basic realm=back\\slash"],
    ['Basic realm="\\a\\b"', "Basic realm=ab"],
    ['Basic realm="caf\u00e9"', "Basic realm=caf\u00e9"],
    ['Basic realm="a\tb"', "Basic realm=a\tb"],
    ["Basic realm='x'", "Basic realm='x'"],
    // the good prefix of what is malformed
    ['Basic realm="never closed', "Basic !"],
    ['Basic realm="a", charset="b', "Basic realm=a !"],
    ['Basic realm="a\\"', "Basic !"],
    ['Basic realm="a" charset="b"', "Basic realm=a !"],
    ["Basic realm=a b", "Basic realm=a !"],
    ["Bearer realm=a, =x, Basic", "Bearer realm=a !"],
    ["Basic realm=a, realm=b", "Basic realm=a !"],
    ["Basic realm=a, REALM=b, Bearer", "Basic realm=a !", "Bearer"],
    ["Basic abc, realm=x", "Basic ~abc !"],
    ["Newauth Basic realm=x", "Newauth !"],
    ["Basic realm=a, @, Bearer", "Basic realm=a !"],
    ["Basic realm=a; charset=b", "Basic realm=a !"],
    ['Basic realm="a\u0000b"', "Basic !"],
    ["Basic realm=a\u0000", "Basic realm=a !"],
    ["Basic realm=\u00e9", "Basic !"],
    ["Bearer realm=a,\r\n Basic", "Bearer realm=a !"],
    // nothing
    [""],
    [" ,, \t"],
    ["realm=x"],
    ['"Basic"'],
    ["=,="],
  ])("%j", (field, ...challenges) => {
    expect(told(field)).toEqual(challenges);
  });

  it.each([
    ["realm=x", true],
    ['"Basic"', true],
    ["", false],
    [", ,", false],
    ["Basic", false],
    ["Basic, @", true],
  ])("says whether %j could be read", (field, malformed) => {
    expect(parseChallenges([field]).malformed).toBe(malformed);
  });

  it("reads several lines as one list", () => {
    expect(told("Basic realm=a", 'Digest realm="b"', "nonce=c")).toEqual(["Basic realm=a", "Digest realm=b nonce=c"]);
  });

  it("keeps a parameter of any name apart from what objects inherit", () => {
    const [challenge] = parseChallenges(["Basic __proto__=x, constructor=y"]).challenges;
    expect(Object.entries(challenge?.params ?? {})).toEqual([
      ["__proto__", "x"],
      ["constructor", "y"],
    ]);
    expect(Object.getPrototypeOf(challenge?.params)).toBe(Object.prototype);
  });

  it("reads back what was written", () => {
    const word = fc.stringMatching(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,12}$/);
    const text = fc.stringMatching(/^[\t \x21-\x7e\x80-\xff]{0,20}$/);
    const params = fc.uniqueArray(fc.tuple(word, text), { selector: ([name]) => name.toLowerCase(), maxLength: 4 });
    const quoted = (value: string) => `"${value.replace(/["\\]/g, "\\$&")}"`;
    fc.assert(
      fc.property(fc.array(fc.tuple(word, params), { maxLength: 5 }), fc.constantFrom(", ", ",", " ,\t,"), (challenges, comma) => {
        const field = challenges
          .map(([scheme, named]) =>
            [scheme, named.map(([name, value]) => `${name}=${quoted(value)}`).join(comma)].join(named.length === 0 ? "" : " "),
          )
          .join(comma);
        expect(parseChallenges([field])).toEqual({
          challenges: challenges.map(([scheme, named]) => ({
            scheme,
            params: Object.fromEntries(named.map(([name, value]) => [name.toLowerCase(), value])),
            token68: null,
            malformed: false,
          })),
          malformed: false,
        });
      }),
    );
  });

  it("never throws, and what it kept is a prefix of what a longer field gives", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom("a", "B", "=", ",", " ", '"', "\\", "/", "\u0000", "\u00e9"), maxLength: 60 }),
        (field) => {
          const whole = parseChallenges([field]);
          expect(whole.malformed || parseChallenges([`${field}, Last`]).challenges.length === whole.challenges.length + 1).toBe(true);
        },
      ),
    );
  });

  it("takes steps that are linear in the length of the field", () => {
    const steps = (unit: string, length: number) => {
      let count = 0;
      const { exec } = RegExp.prototype;
      RegExp.prototype.exec = function (this: RegExp, text: string) {
        count += 1;
        return exec.call(this, text);
      };
      try {
        parseChallenges([`A b=${unit.repeat(length / unit.length)}`]);
      } finally {
        RegExp.prototype.exec = exec;
      }
      return count;
    };
    for (const unit of ['"', '\\"', 'a="', ",", "a ", "a=,", 'x, b="y",', "A b, ", "a/", "=="]) {
      expect(steps(unit, 65_536)).toBeLessThanOrEqual(2 * steps(unit, 32_768) + 16);
    }
  });
});
