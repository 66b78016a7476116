import { describe, expect, it } from "vitest";
import type { IntegrationAuth } from "../../../src/model/integration.ts";
import { httpResponseProbe } from "../../../src/observe/probes/http-response.ts";
import { canariesIn } from "../../lab/support/canary.ts";
import { fakeNet, httpAnswer } from "../../support/fake-net.ts";
import { context, ENDPOINT, integration, SECRET, target } from "./support.ts";

const KEY = { scheme: "api-key", credential: "env:KEY", neededScopes: [] } as const;
type Answered = Parameters<typeof httpAnswer>[0];

async function observed(answer: Answered, auth: IntegrationAuth = KEY) {
  const asked = { target: target(), address: "192.0.2.1", integration: integration({ auth }), endpoint: ENDPOINT, knownMaps: [] };
  const observation = await httpResponseProbe.observe(asked, context(fakeNet({ request: () => httpAnswer(answer) })));
  if (observation.outcome !== "observed") throw new Error(observation.failure.reason);
  expect(canariesIn(JSON.stringify(observation), [SECRET])).toEqual([]);
  return observation.evidence;
}

const TYPE = ["content-type", "application/json"] as const;
const inBody = (text: string) => ({ text: JSON.stringify({ message: text }) });
const withHeader = (name: string, value: string) => ({ headers: [TYPE, [name, value] as const] });

describe("where the credential stands in an answer", () => {
  it.each<[string, Answered, readonly string[]]>([
    ["nowhere", {}, []],
    ["the body", inBody(`invalid key ${SECRET}`), ["body"]],
    ["the body of a refusal", { status: 401, ...inBody(SECRET) }, ["body"]],
    ["the body of a broken server", { status: 500, text: `<pre>x-api-key: ${SECRET}</pre>` }, ["body"]],
    ["the body, in base64", inBody(btoa(SECRET)), ["body"]],
    ["the body, percent-encoded", inBody(encodeURIComponent(SECRET)), ["body"]],
    ["the body, in hexadecimal", inBody(Buffer.from(SECRET).toString("hex")), ["body"]],
    ["a header", withHeader("x-debug", `key=${SECRET}`), ["header"]],
    ["the Location", { status: 302, ...withHeader("location", `/next?key=${encodeURIComponent(SECRET)}`) }, ["location"]],
    ["a cookie", withHeader("set-cookie", `k=${encodeURIComponent(SECRET)}`), ["set-cookie"]],
    [
      "the body, as HTML escapes it",
      { text: `<p>${[...SECRET].map((sign) => `&#x${sign.charCodeAt(0).toString(16)};`).join("")}</p>` },
      ["body"],
    ],
    [
      "the status line",
      { arrival: { reason: `Bad key ${SECRET}`, fieldNames: [], contentOctets: 0, headMs: 1, contentMs: 1 } },
      ["reason"],
    ],
    ["two places", { ...inBody(SECRET), ...withHeader("x-debug", SECRET) }, ["body", "header"]],
    ["a mask with its last four", inBody(`****${SECRET.slice(-4)}`), []],
    ["a mask with its first characters", inBody(`${SECRET.slice(0, 5)}****`), []],
  ])("%s", async (_, answer, echo) => {
    expect((await observed(answer)).echo).toEqual(echo);
  });

  it("is looked for as a pair, as a password, and as Basic sends it", async () => {
    const basic = { scheme: "basic", credential: "env:PAIR", neededScopes: [] } as const;
    for (const text of [SECRET, `audit:${SECRET}`, btoa(`audit:${SECRET}`)]) {
      expect((await observed(inBody(text), basic)).echo).toEqual(["body"]);
    }
    expect((await observed(inBody("hello, audit"), basic)).echo).toEqual([]);
  });

  it("is no cookie that prolongs the session that it stands for", async () => {
    const session = { scheme: "session-cookie", credential: "env:KEY", neededScopes: [] } as const;
    expect((await observed(withHeader("set-cookie", `session=${SECRET}`), session)).echo).toEqual([]);
    expect((await observed(inBody(SECRET), session)).echo).toEqual(["body"]);
  });

  it("is looked for nowhere where none was sent", async () => {
    expect(await observed(inBody("x"), { neededScopes: [] })).not.toHaveProperty("echo");
  });
});

describe("what else is kept of an answer", () => {
  it("are its cookies, without name and value", async () => {
    const { cookies, ...rest } = await observed(withHeader("set-cookie", "JSESSIONID=c4n4ry; HttpOnly; Domain=c4n4ry.example"));
    expect(cookies).toEqual([{ purpose: "session", secure: false, httpOnly: true }]);
    expect(JSON.stringify(rest)).not.toContain("c4n4ry");
  });

  it("is that it came from a cache, unless it says itself that it may", async () => {
    expect((await observed(withHeader("age", "30"))).fromCache).toBe(true);
    expect(await observed({ headers: [TYPE, ["age", "30"], ["cache-control", "public"]] })).not.toHaveProperty("fromCache");
    expect(await observed(withHeader("age", "0"))).not.toHaveProperty("fromCache");
  });

  it("is that a Location carries a token, and not which", async () => {
    const evidence = await observed({ status: 302, ...withHeader("location", "/cb?access_token=c4n4ry#x") });
    expect(evidence.redirect).toEqual({ origin: "https://api.acme.example", sameOrigin: true, toHttps: true, carries: "token" });
    expect(JSON.stringify(evidence)).not.toContain("c4n4ry");
  });
});
