import { describe, expect, it } from "vitest";
import { inspectFiles } from "../../src/app/inspect.ts";
import type { FilePort } from "../../src/model/file-port.ts";
import { ok } from "../../src/model/result.ts";
import { renderInspection } from "../../src/tell/report/inspection.ts";
import { NOW } from "../judge/builders.ts";

async function inspected(text: string) {
  const files = { readBytes: () => Promise.resolve(ok(Buffer.from(text, "latin1"))) } as Partial<FilePort> as FilePort;
  const report = await inspectFiles(["refusal.txt"], { as: "challenge", explain: false, now: NOW, anchors: [] }, files);
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
