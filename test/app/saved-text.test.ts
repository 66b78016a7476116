import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { inUtf8 } from "../../src/app/saved-text.ts";
import { inspectedAs } from "./inspecting.ts";

const little = (text: string) => Buffer.from(`\uFEFF${text}`, "utf16le");
const big = (text: string) => little(text).swap16();
const marked = (text: string) => Buffer.from(`\uFEFF${text}`);

const HEAD = "HTTP/1.1 200 OK\r\nServer: nginx/1.18.0\r\nX-Ville: Orl\u00e9ans\r\n\r\n";
const HAR = JSON.stringify({
  log: {
    entries: [
      {
        request: { method: "GET", url: "https://api.acme.com/a", headers: [] },
        response: {
          status: 200,
          headers: [{ name: "server", value: "nginx/1.18.0" }],
          content: { mimeType: "application/json", text: '{"a": 1}' },
        },
      },
    ],
  },
});

describe.each([
  ["UTF-16, little end first", little],
  ["UTF-16, big end first", big],
  ["UTF-8 with a mark", marked],
])("a recording in %s", (_, encoded) => {
  test.each([
    ["headers", HEAD],
    ["har", HAR],
    ["challenge", 'WWW-Authenticate: Digest realm="a", nonce="b", qop="auth"\r\n'],
    ["jwks", '{"keys": [{"kty": "oct", "k": "c2VjcmV0"}]}'],
  ] as const)("as %s says the same as without", async (as, text) => {
    const plain = await inspectedAs(as, text);
    expect(plain?.found).not.toEqual([]);
    expect(await inspectedAs(as, encoded(text))).toEqual(plain);
  });

  test("a body is left to what reads bodies", async () => {
    expect((await inspectedAs("body", encoded('{"email": "jane.doe@acme.com"}')))?.text).toContain("$.email");
  });
});

test("what has no mark stays as it is, and nothing throws", () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 64 }).filter(([first = 0]) => first < 0xef),
      (bytes) => inUtf8(bytes) === bytes,
    ),
  );
  fc.assert(fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => inUtf8(Buffer.from([0xff, 0xfe, ...bytes])).length >= 0));
  expect(Buffer.from(inUtf8(Buffer.from([0xff, 0xfe, 0x41]))).toString()).toBe("\uFFFD");
});
