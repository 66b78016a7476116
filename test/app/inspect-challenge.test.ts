import { describe, expect, it } from "vitest";
import { inspectFiles } from "../../src/app/inspect.ts";
import type { FilePort } from "../../src/model/file-port.ts";
import { ok } from "../../src/model/result.ts";
import { renderInspection } from "../../src/tell/report/inspection.ts";
import { NOW } from "../judge/builders.ts";

async function inspected(text: string) {
  const files = { readBytes: () => Promise.resolve(ok(Buffer.from(text, "latin1"))) } as Partial<FilePort> as FilePort;
  const report = await inspectFiles(["refusal.txt"], { as: "challenge", now: NOW, anchors: [] }, files);
  const entry = report.ok ? report.value.files[0]?.entries[0] : undefined;
  if (!report.ok || entry === undefined) throw new Error("not inspected");
  return {
    facts: JSON.stringify(entry.facts),
    schemes: (entry.facts["challenges"] as readonly { scheme: string }[]).map(({ scheme }) => scheme),
    found: entry.findings.map(({ rule, severity }) => `${rule} ${severity}`),
    text: renderInspection(report.value.files, { columns: 80, colour: false, unicode: true }),
  };
}

describe("inspect --as challenge", () => {
  it("reads the fields of a saved answer, folded and repeated ones too, and judges them", async () => {
    const answer =
      'HTTP/1.1 401 Unauthorized\r\nServer: Basic\r\nWWW-Authenticate: Basic realm="a", Digest\r\n  nonce="x", qop=auth\r\nwww-authenticate:NTLM\r\n\r\n';
    expect(await inspected(answer)).toMatchObject({
      schemes: ["Basic", "Digest", "NTLM"],
      found: ["auth/digest-weak medium", "auth/ntlm-offered medium"],
    });
  });

  it("masks a credential that stands in a refusal, and leaves the words of it", async () => {
    const key = "ghp_4tXw8QmZr2LcVb7NsKjD4tXw8QmZr2LcVb7N";
    const jwt = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl";
    const { facts } = await inspected(
      `Bearer realm="api", error="invalid_token", error_description="The token ${key} ended", x="${jwt}"\nToken ${key}\n${key}, Basic ${key}=1`,
    );
    for (const secret of [key, jwt, key.slice(4)]) expect(facts.toLowerCase()).not.toContain(secret.toLowerCase());
    expect(facts).toContain('"error_description":"The token [masked] ended"');
    expect(facts).toContain('"realm":"api","error":"invalid_token"');
  });

  it("masks what is somebody's: names in URLs, addresses, identifiers, and every token68", async () => {
    const values = [
      "c4n4ry-user:c4n4ry-word",
      "c4n4ry@acme.example",
      "9f8b6c1e-0d2a-4b7c-8e9f-a1b2c3d4e5f6",
      "dcd98b7102dd2f0e8b11d0f600bfb0c093",
      "TlRMTVNTUAACAAAA",
      "4111111111111111",
    ];
    const [user, mail, uuid, nonce, blob, number] = values;
    const { facts } = await inspected(
      `Bearer realm="https://${user}@idp.example/tenants/${uuid}/token", scope="repository:read", x="ask ${mail} of ${number}"\nDigest realm="a", nonce="${nonce}", qop="auth", algorithm=SHA-512-256-sess\nNegotiate ${blob}`,
    );
    for (const value of values) expect(facts).not.toContain(value);
    expect(facts).toContain("//[masked]@idp.example/tenants/[masked]/token");
    for (const word of ["repository:read", "SHA-512-256-sess", '"auth"', '"x":"ask [masked] of [masked]"']) expect(facts).toContain(word);
  });

  it.each<[string, string, readonly string[], readonly string[]]>([
    ["a proxy's demand", 'HTTP/1.1 407 Proxy\r\nProxy-Authenticate: Digest realm="a"\r\n\r\n', [], []],
    [
      "a proxy's demand before the API's",
      "HTTP/1.1 407 P\r\nProxy-Authenticate: NTLM\r\n\r\nHTTP/1.1 401 U\r\nWWW-Authenticate: Basic\r\n\r\n",
      ["Basic"],
      [],
    ],
    ["a proxy's field alone", "Proxy-Authenticate: NTLM", [], []],
    ["a tunnel before the answer", "HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 401 U\r\nWWW-Authenticate: Basic\r\n\r\n", ["Basic"], []],
    ["a body", "HTTP/1.1 401 U\r\nWWW-Authenticate: Basic\r\n\r\n<p>Sign in\r\nWWW-Authenticate: NTLM\r\n", ["Basic"], []],
    [
      "a body of a head without the field",
      'HTTP/2 401\r\nserver: x\r\n\r\n{"error": 1}\r\nWWW-Authenticate: NTLM',
      [],
      ["auth/challenge-missing info"],
    ],
    ["fields without the field", "server: x\ndate: today\n", [], ["auth/challenge-missing info"]],
    ["a success without the field", "HTTP/2 200\r\nserver: x\r\n\r\n", [], []],
    ["an empty list of qop", 'Digest realm="a", nonce="b", algorithm=SHA-256, qop=""', ["Digest"], ["auth/digest-weak medium"]],
    ["a word of qop that nobody knows", 'Digest realm="a", nonce="b", algorithm=SHA-256, qop="x"', ["Digest"], []],
  ])("reads %s as what it is", async (_, text, schemes, found) => {
    expect(await inspected(text)).toMatchObject({ schemes, found });
  });

  it("reads values alone, a line each", async () => {
    expect(await inspected('Basic realm="a"\nBearer\n\n')).toMatchObject({ schemes: ["Basic", "Bearer"], found: [] });
  });

  it.each([
    ["nothing", "", [], "auth/challenge-missing info"],
    ["a fault", 'Basic realm="x', ["Basic"], "auth/challenge-malformed info"],
  ])("says what it makes of %s", async (_name, text, schemes, finding) => {
    expect(await inspected(text)).toMatchObject({ schemes, found: [finding] });
  });

  it("prints names and no values, and nothing that a terminal obeys", async () => {
    const { text } = await inspected('Bearer realm="s3cr3t", x="\x9b31m"\nNegotiate dGlja2V0');
    expect(text).toContain("Bearer: realm, x\n  Negotiate: a token68");
    expect(text).not.toMatch(/s3cr3t|dGlja2V0|\x9b/);
  });
});

/** The field, what is read of it (RFC 9110 sections 5.6.1, 5.6.3, 5.6.4, 11.2 to 11.6.1), and whether it breaks the grammar. */
const GRAMMAR: readonly (readonly [field: string, schemes: string, breaks: "breaks" | "keeps"])[] = [
  [', , Bearer realm="a", ,', "Bearer", "keeps"],
  [", ,,", "", "keeps"],
  ["Bearer , realm=a", "Bearer", "keeps"],
  ["Bearer realm", "Bearer", "keeps"],
  ["Bearer realm, Basic", "Bearer Basic", "keeps"],
  ["Bearer realm=", "Bearer", "keeps"],
  ['Bearer realm=, scope="a"', "Bearer", "breaks"],
  ["Bearer a=b, realm=", "Bearer", "breaks"],
  ['Bearer realm="abc', "Bearer", "breaks"],
  ['Basic realm="a", Bearer realm="b, Digest', "Basic Bearer", "breaks"],
  ['Bearer realm="a\\', "Bearer", "breaks"],
  ['Bearer realm="a\\"b, Basic", scope=x', "Bearer", "keeps"],
  ['Bearer realm="a", realm="b"', "Bearer", "breaks"],
  ['Bearer Realm="a", REALM="b", Basic', "Bearer Basic", "breaks"],
  ['Negotiate abc==, realm="x"', "Negotiate", "breaks"],
  ['Negotiate abc== realm="x"', "Negotiate", "breaks"],
  ["Negotiate abc==, Basic", "Negotiate Basic", "keeps"],
  ["Basic =", "", "breaks"],
  ['Bearer realm="a"\nBasic realm="b"', "Bearer Basic", "keeps"],
  ['Bearer realm="a\nBasic realm="b"', "Bearer", "breaks"],
  ['WWW-Authenticate: Bearer\nWWW-Authenticate: , Basic realm="x"', "Bearer Basic", "keeps"],
  ['Bearer realm="a" scope="b"', "Bearer", "breaks"],
  ['Bearer realm="a"; scope="b"', "Bearer", "breaks"],
  ['Bearer: realm="a"', "Bearer", "breaks"],
  ['realm="a", Bearer', "", "breaks"],
  ['"Bearer" realm="a"', "", "breaks"],
  ["https://idp.example/login", "https", "breaks"],
  ["Bearer realm='a b'", "Bearer", "breaks"],
  ['Bearer realm = "a" , scope= b', "Bearer", "keeps"],
  ["Bearer realm=a/b", "Bearer", "breaks"],
  ['Bearer realm="a"b', "Bearer", "breaks"],
  ['Bearer realm="a\u0001b"', "Bearer", "keeps"],
  ['Bearer realm="a\u0000\u007f\u009bb"', "Bearer", "keeps"],
  ["X_Custom!scheme a=b", "X_Custom!scheme", "keeps"],
  ["ABCDEFGHIJKLMNOPQRSTUVWXYZ1234, Bearer", "ABCDEFGHIJKLMNOPQRSTUVWXYZ1234 Bearer", "keeps"],
  ["*, Basic", "* Basic", "keeps"],
  ["?, Basic", "", "breaks"],
];

describe("inspect --as challenge, by the grammar", () => {
  it.each(GRAMMAR)("%j: %j, and %s it: what is shown and what is judged agree", async (field, schemes, breaks) => {
    const seen = await inspected(field);
    expect(seen.schemes.join(" ")).toBe(schemes);
    expect(JSON.parse(seen.facts)).toMatchObject({ malformed: breaks === "breaks" });
    expect(seen.found.includes("auth/challenge-malformed info")).toBe(breaks === "breaks");
  });
});
