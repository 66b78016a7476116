import { createHash, createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { HttpRequest } from "../../../src/model/net-port.ts";
import type { RequestSigner } from "../../../src/model/request-signing.ts";
import { Secret } from "../../../src/model/secret.ts";
import { withSignature } from "../../../src/observe/net/request-signature.ts";
import { answering, GET, session, tlsPeer, whenAsked } from "./support/peers.ts";

const AT = Date.parse("2015-08-30T12:36:00.250Z");
const KEY = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
const AWS: RequestSigner = { scheme: "sigv4", service: "service", region: "us-east-1", credential: new Secret(`AKIDEXAMPLE:${KEY}`) };
const HMAC: RequestSigner = {
  scheme: "hmac",
  template: "{timestamp}.{body}",
  header: "X-Signature",
  credential: new Secret("hmac-key-4711"),
};

const signed = async (url: string, signer: RequestSigner, method = "GET", more: { body?: string; headers?: Record<string, string> } = {}) =>
  withSignature({ url: new URL(url), headers: {}, ...more }, method, signer, AT);

describe("AWS Signature Version 4", () => {
  it.each([
    ["get-vanilla", "GET", "/", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"],
    [
      "get-vanilla-query-order-key-case",
      "GET",
      "/?Param2=value2&Param1=value1",
      "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500",
    ],
    ["post-vanilla", "POST", "/", "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"],
    [
      "get-unreserved",
      "GET",
      "/-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
      "07ef7494c76fa4850883e2b006601f940f8a34d404d0cfa977f52a65bbf5f24f",
    ],
    ["get-vanilla-utf8-query", "GET", "/?%E1%88%B4=bar", "2cdec8eed098649ff3a119c94853b13c643bcf08f8b0a1d91e12c9027818dd04"],
  ])("is what AWS publishes for %s", async (_name, method, target, signature) => {
    const { placed, made } = await signed(`https://example.amazonaws.com${target}`, AWS, method);
    expect(placed.headers).toEqual({
      "x-amz-date": "20150830T123600Z",
      authorization: `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date, Signature=${signature}`,
    });
    expect(made.map((secret) => secret.reveal())).toEqual([signature, KEY]);
  });

  it.each([
    ["https://a.example:8443/a%20b/c?x=1%2B1&x=0&y", "GET", ""],
    ["https://a.example/items?q=%C3%A9&empty=", "POST", '{"a":"é"}'],
  ])("is what a server works out by hand of %s", async (url, method, body) => {
    const credential = new Secret(`AKID:${KEY}:a+session/token==`);
    const { placed } = await signed(url, { ...AWS, credential }, method, { body, headers: { "content-type": "application/json" } });
    expect(placed.headers["x-amz-security-token"]).toBe("a+session/token==");
    expect(placed.headers["authorization"]).toContain(`Signature=${byHand(new URL(url), method, body, placed.headers)}`);
  });

  it("sends the digest of the body to S3, whose paths are encoded once", async () => {
    const { placed } = await signed("https://bucket.s3.example/a%20b", { ...AWS, service: "s3" });
    expect(placed.headers["x-amz-content-sha256"]).toBe(sha256(""));
    expect(placed.headers["authorization"]).toContain(byHand(new URL("https://bucket.s3.example/a%20b"), "GET", "", placed.headers, "s3"));
  });

  it.each([
    ["/b/a(1).txt", "/b/a%281%29.txt"],
    ["/it's!*/a%2Fb/c=d&e@f", "/it%27s%21%2A/a%2Fb/c%3Dd%26e%40f"],
    ["/a%20b/%C3%A9~", "/a%20b/%C3%A9~"],
  ])("signs and sends a path to S3 with everything encoded that is not unreserved: %s", async (path, sent) => {
    const { placed } = await signed(`https://bucket.s3.example${path}`, { ...AWS, service: "s3" });
    expect(placed.url.pathname).toBe(sent);
    expect(placed.headers["authorization"]).toContain(byHand(placed.url, "GET", "", placed.headers, "s3"));
  });

  it("leaves the path of other services as it was declared, and signs no path to S3 that cannot be read", async () => {
    expect((await signed("https://a.example/b/a(1).txt", AWS)).placed.url.pathname).toBe("/b/a(1).txt");
    await expect(signed("https://a.example/%E0%A4%A", { ...AWS, service: "s3" })).rejects.toMatchObject({ failure: { code: "signature" } });
  });

  it("signs every declared x-amz header", async () => {
    const headers = { "x-amz-target": "DynamoDB_20120810.ListTables", "x-amz-request-payer": "requester", "x-other": "1" };
    const { placed } = await signed("https://a.example/", AWS, "POST", { body: "{}", headers });
    expect(placed.headers["authorization"]).toContain("SignedHeaders=host;x-amz-date;x-amz-request-payer;x-amz-target,");
    expect(placed.headers).toMatchObject(headers);
    expect(placed.headers["authorization"]).toContain(`Signature=${byHand(new URL("https://a.example/"), "POST", "{}", placed.headers)}`);
  });

  it.each([
    ["no colon", { credential: new Secret("AKID") }],
    ["no id", { credential: new Secret(`:${KEY}`) }],
    ["no region", { region: undefined }],
  ])("is not made where there is %s", async (_what, change) => {
    await expect(signed("https://a.example/", { ...AWS, ...change } as RequestSigner)).rejects.toMatchObject({
      failure: { reason: "credential_unavailable", phase: "plan" },
    });
  });
});

function sha256(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("hex");
}

/** From what arrived alone, step by step as AWS documents it. */
function byHand(url: URL, method: string, body: string, headers: Readonly<Record<string, string>>, service = "service"): string {
  const quoted = (text: string) => encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  const path = service === "s3" ? url.pathname : url.pathname.split("/").map(quoted).join("/");
  const pairs = url.search === "" ? [] : url.search.slice(1).split("&");
  const query = pairs
    .map((pair) => pair.split("=").concat("").slice(0, 2).map(decodeURIComponent).map(quoted).join("="))
    .sort()
    .join("&");
  const all: Readonly<Record<string, string>> = { ...headers, host: url.host };
  const names = /SignedHeaders=([^,]+)/.exec(headers["authorization"] ?? "")?.[1]?.split(";") ?? [];
  const lines = names.map((name) => `${name}:${all[name]?.trim()}\n`).join("");
  const canonical = [method, path, query, lines, names.join(";"), sha256(body)].join("\n");
  const date = headers["x-amz-date"] ?? "";
  const scope = [date.slice(0, 8), "us-east-1", service, "aws4_request"];
  const key = scope.reduce<string | Buffer>((made, part) => createHmac("sha256", made).update(part).digest(), `AWS4${KEY}`);
  return createHmac("sha256", key)
    .update(["AWS4-HMAC-SHA256", date, scope.join("/"), sha256(canonical)].join("\n"))
    .digest("hex");
}

describe("an HMAC", () => {
  const of = (text: string, algorithm = "sha256", encoding: "hex" | "base64" | "base64url" = "hex") =>
    createHmac(algorithm, "hmac-key-4711").update(text, "utf8").digest(encoding);

  it("covers what the template says, and the headers carry what the server needs to check it", async () => {
    const signer: RequestSigner = {
      ...HMAC,
      template: "{method}\n{host}\n{path}\n{query}\n{target}\n{timestamp}\n{nonce}\n{keyId}\n{bodyHash}\n{{{body}}}",
      prefix: "v1=",
      algorithm: "sha512",
      encoding: "base64",
      timestampHeader: "X-Time",
      timestampFormat: "unix-ms",
      nonceHeader: "X-Nonce",
      keyHeader: "X-Key",
      keyId: "key-7",
    };
    const { placed, made } = await signed("https://a.example:444/p/q?b=1&a=%20", signer, "POST", { body: "é" });
    const nonce = placed.headers["x-nonce"] ?? "";
    const hash = createHash("sha512").update("é", "utf8").digest("hex");
    const text = `POST\na.example:444\n/p/q\nb=1&a=%20\n/p/q?b=1&a=%20\n${AT}\n${nonce}\nkey-7\n${hash}\n{é}`;
    const signature = of(text, "sha512", "base64");
    expect(nonce).toMatch(/^[0-9a-f-]{36}$/);
    expect(placed.headers).toEqual({ "x-time": String(AT), "x-nonce": nonce, "x-key": "key-7", "x-signature": `v1=${signature}` });
    expect(made.map((secret) => secret.reveal())).toEqual([signature]);
  });

  it.each([
    ["unix", "1440938160"],
    ["unix-ms", String(AT)],
    ["iso", "2015-08-30T12:36:00Z"],
  ] as const)("tells the time as %s", async (timestampFormat, timestamp) => {
    const { placed } = await signed("https://a.example/", { ...HMAC, timestampFormat });
    expect(placed.headers["x-signature"]).toBe(of(`${timestamp}.`));
  });

  const OCTETS = Buffer.from("fffe00c3a9fbef10", "hex");
  it.each([
    ["hex", "fffe00c3a9fbef10"],
    ["hex", "FFFE00C3A9FBEF10"],
    ["base64", "//4Aw6n77xA="],
    ["base64url", "__4Aw6n77xA"],
    ["base64url", "__4Aw6n77xA="],
  ] as const)("is made with the octets that a key in %s stands for: %s", async (keyEncoding, text) => {
    const signer = { ...HMAC, template: "{body}", keyEncoding, credential: new Secret(text) };
    const { placed, made } = await signed("https://a.example/", signer, "POST", { body: "x" });
    const signature = createHmac("sha256", OCTETS).update("x").digest("hex");
    expect(placed.headers["x-signature"]).toBe(signature);
    const spelled = [signature, OCTETS.toString("hex"), OCTETS.toString("base64"), OCTETS.toString("base64url")];
    expect(made.map((secret) => secret.reveal())).toEqual(spelled);
  });

  it("is made with the text itself where nothing else is said, whatever that looks like", async () => {
    for (const change of [{}, { keyEncoding: "text" }] as const) {
      const { placed } = await signed("https://a.example/", { ...HMAC, template: "{host}", credential: new Secret("cafe"), ...change });
      expect(placed.headers["x-signature"]).toBe(createHmac("sha256", "cafe").update("a.example").digest("hex"));
    }
  });

  it.each([
    ["the template is none", { template: "{secret}" }],
    ["nothing is signed", { template: "" }],
    ["no header is named", { header: undefined }],
    ["the key is empty", { credential: new Secret("") }],
    ["the key is empty in hexadecimal", { credential: new Secret(""), keyEncoding: "hex" }],
    ["half an octet is left over", { credential: new Secret("abc"), keyEncoding: "hex" }],
    ["the key is no hexadecimal", { credential: new Secret("hmac-key-4711"), keyEncoding: "hex" }],
    ["the key is no base64", { credential: new Secret("a-b_"), keyEncoding: "base64" }],
    ["the padding is missing", { credential: new Secret("YWI"), keyEncoding: "base64" }],
    ["a line break follows", { credential: new Secret("YWJj\n"), keyEncoding: "base64" }],
    ["the key is no base64url", { credential: new Secret("a+b/"), keyEncoding: "base64url" }],
  ])("is not made where %s", async (_why, change) => {
    await expect(signed("https://a.example/", { ...HMAC, ...change } as RequestSigner)).rejects.toMatchObject({
      failure: { reason: "credential_unavailable" },
    });
  });
});

describe.each([AWS, HMAC])("a signed request ($scheme)", (signer) => {
  const request: HttpRequest = { ...GET, signer };

  it("arrives with a signature of its own, and no secret", async () => {
    let heard = "";
    const peer = await tlsPeer({}, (socket) => {
      whenAsked(socket, (head) => {
        heard = head;
        socket.end("HTTP/1.1 204 No Content\r\n\r\n");
      });
    });
    const answer = await session().request(peer.https, "127.0.0.1", request);
    expect(answer).toMatchObject({ ok: true, value: { status: 204 } });
    expect(answer.ok && answer.value.made?.some((secret) => heard.includes(secret.reveal()))).toBe(true);
    for (const secret of [KEY, "hmac-key-4711"]) expect(heard).not.toContain(secret);
    expect(JSON.stringify(answer)).not.toMatch(/[0-9a-f]{64}/);
  });

  it("is neither sent over http nor to a server that is not trusted", async () => {
    const plain = await answering("HTTP/1.1 200 OK\r\n\r\n");
    expect(await session().request(plain.http, "127.0.0.1", request)).toMatchObject({ error: { reason: "credential_withheld" } });
    expect(plain.connections()).toBe(0);
    let bytes = 0;
    const peer = await tlsPeer({}, (socket) => socket.on("data", (chunk) => (bytes += chunk.length)));
    const net = session({ extraCa: [] });
    expect(await net.request(peer.https, "127.0.0.1", request)).toMatchObject({ error: { reason: "tls_untrusted" } });
    expect([bytes, net.sent().requests]).toEqual([0, 0]);
  });
});
