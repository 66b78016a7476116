import { describe, expect, test } from "vitest";
import { inspectFiles } from "../../src/app/inspect.ts";
import type { FilePort } from "../../src/model/file-port.ts";
import { ok } from "../../src/model/result.ts";
import { renderInspection } from "../../src/tell/report/inspection.ts";
import { NOW } from "../judge/builders.ts";

const TOKEN = ["eyJhbGciOiJIUzI1NiJ9", "eyJzdWIiOiJhYmNkZWYiLCJuIjoxfQ", "c2lnbmF0dXJlLW9mLXRoZS10b2tlbg"].join(".");
const CANARY = "c4n4ry-4eC39HqLyjWDarjtT1zdp7dcQ";
const CANARY_ADDRESS = "canary.person@acme.com";

interface Recorded {
  readonly url?: string;
  readonly method?: string;
  readonly status?: number;
  readonly request?: readonly (readonly [string, string])[];
  readonly postData?: object;
  readonly headers?: readonly (readonly [string, string])[];
  readonly content?: object;
}

function entryOf({
  url = "https://api.acme.com/users",
  method = "GET",
  status = 200,
  request = [],
  postData,
  headers = [],
  content,
}: Recorded) {
  const listed = (fields: readonly (readonly [string, string])[]) => fields.map(([name, value]) => ({ name, value }));
  return {
    request: { method, url, headers: listed(request), ...(postData === undefined ? {} : { postData }) },
    response: { status, statusText: "OK", httpVersion: "h2", headers: listed(headers), content: content ?? {} },
  };
}

function json(value: unknown): object {
  const text = JSON.stringify(value);
  return { mimeType: "application/json", size: text.length, text };
}

/** Letters alone, so that it is no identifier. */
function nameOf(at: number): string {
  return [...String(at)].map((digit) => "abcdefghij"[Number(digit)]).join("");
}

async function inspected(entries: readonly unknown[] | string) {
  const content = typeof entries === "string" ? entries : JSON.stringify({ log: { version: "1.2", entries } });
  const files = { readBytes: () => Promise.resolve(ok(Buffer.from(content))) } as Partial<FilePort> as FilePort;
  const report = await inspectFiles(["traffic.har"], { as: "har", now: NOW, anchors: [] }, files);
  if (!report.ok) return undefined;
  const text = renderInspection(report.value.files, { columns: 100, colour: false, unicode: true });
  return { entries: report.value.files[0]?.entries ?? [], text, printed: `${text}\n${JSON.stringify(report.value)}` };
}

describe("inspect --as har", () => {
  test("groups answers by endpoint, without query and without what may be a value in a path", async () => {
    const { entries = [] } =
      (await inspected([
        entryOf({ url: "https://api.acme.com/users/8841?page=2", content: json({ id: 1, email: "jane.doe@acme.com" }) }),
        entryOf({ url: "https://api.acme.com/users/8842", content: json({ id: 2, email: "john.roe@acme.com" }) }),
        entryOf({ url: "https://api.acme.com/users", content: json([{ id: 1 }, { id: 2 }]) }),
        entryOf({ url: "https://api.acme.com/users", method: "POST", status: 201, content: json({ id: 3 }) }),
        entryOf({ url: "https://api.acme.com/mailboxes/jane.doe@acme.com/messages", content: json({ unread: 3 }) }),
      ])) ?? {};
    expect(entries.map(({ endpoint, records }) => [endpoint, records])).toEqual([
      ["GET https://api.acme.com/mailboxes/{}/messages", null],
      ["GET https://api.acme.com/users", 2],
      ["GET https://api.acme.com/users/{}", null],
      ["POST https://api.acme.com/users", null],
    ]);
    const [, , user] = entries;
    expect(user?.fields).toMatchObject([{ path: "$.email", class: "email", count: 2 }]);
    expect(user?.facts).toMatchObject({ answers: 2, statuses: [200] });
  });

  test.each([
    ["/u/wokonkwo/posts", "/u/{}/posts"],
    ["/users/john.smith", "/users/{}"],
    ["/users/wokonkwo", "/users/{}"],
    ["/api/v2/customers/Acme-GmbH/invoices", "/api/v2/customers/{}/invoices"],
    ["/orders/AB-1234", "/orders/{}"],
    ["/orders/AB-12", "/orders/{}"],
    ["/Patient/Okonkwo", "/Patient/{}"],
    ["/members/anna", "/members/{}"],
    ["/mitarbeiter/kbrandt/urlaub", "/mitarbeiter/{}/urlaub"],
    ["/utilisateurs/mdupont", "/utilisateurs/{}"],
    ["/hello/Giulia", "/hello/{}"],
    ["/repos/wokonkwo/diary/issues", "/repos/{}/{}/issues"],
    ["/~wokonkwo/", "/{}/"],
    ["/@wokonkwo/feed", "/{}/feed"],
    ["/files/J%C3%B6rg", "/files/{}"],
    ["/profile/wokonkwo", "/profile/{}"],
    ["/user/browning", "/user/{}"],
    ["/user/wakeling", "/user/{}"],
    ["/users/list/wokonkwo", "/users/list/{}"],
    ["/search/wokonkwo", "/search/{}"],
    ["/companies/contoso/orders", "/companies/{}/orders"],
    ["/orgs/contoso", "/orgs/{}"],
    ["/organizations/contoso", "/organizations/{}"],
    ["/teams/contoso/members", "/teams/{}/members"],
    ["/workspace/contoso", "/workspace/{}"],
    ["/password/reset/abcdefghij", "/password/reset/{}"],
    ["/reset-password/abcdefghij", "/reset-password/{}"],
    ["/email/verify/abcdefghij", "/email/verify/{}"],
    ["/email/confirmation/abcdefghij", "/email/confirmation/{}"],
    ["/invitations/abcdefghij", "/invitations/{}"],
    ["/auth/magic/abcdefghij", "/auth/magic/{}"],
    ["/unsubscribe/abcdefghij", "/unsubscribe/{}"],
    ["/webhook/abcdefghij", "/webhook/{}"],
    ["/tokens/abcdefghij", "/tokens/{}"],
    ["/files/QwErTyUiOpAsDfGhJkLzXcVbNmQ", "/files/{}"],
    ["/rpc/getUserByIdAndOrg", "/rpc/getUserByIdAndOrg"],
    ["/rpc/listOpenInvoicesOfCustomer", "/rpc/listOpenInvoicesOfCustomer"],
    ["/search/users", "/search/users"],
    ["/organization/settings", "/organization/settings"],
    ["/auth/tokens/refresh", "/auth/tokens/refresh"],
    ["/users/me", "/users/me"],
    ["/users/search", "/users/search"],
    ["/users/me/settings", "/users/me/settings"],
    ["/customers/count", "/customers/count"],
    ["/user/emails", "/user/emails"],
    ["/v1.2/orders/export.csv", "/v1.2/orders/export.csv"],
    ["/.well-known/openid-configuration", "/.well-known/openid-configuration"],
    ["/api/v2/oauth2/token", "/api/v2/oauth2/token"],
  ])("shows %s as %s, and nothing of query, fragment and userinfo", async (path, shown) => {
    const url = `https://${CANARY}:${CANARY}@api.acme.com${path}?name=${CANARY}&${CANARY}=1#${CANARY}`;
    const { entries = [], printed = "" } = (await inspected([entryOf({ url, content: json({ ok: true }) })])) ?? {};
    expect(entries.map(({ endpoint }) => endpoint)).toEqual([`GET https://api.acme.com${shown}`]);
    expect(printed).not.toContain(CANARY);
    expect(printed).not.toMatch(
      /wokonkwo|browning|wakeling|contoso|abcdefghij|QwErTy|john\.smith|Acme-GmbH|kbrandt|mdupont|Okonkwo|Giulia|diary/,
    );
  });

  test("takes words that stand in one place for values, where they name no field", async () => {
    const paths = ["/t/initech/users", "/t/hooli/users", "/t/hooli/invoices", "/auth/token", "/auth/refresh", "/api/kiosk", "/api/vault"];
    const { entries = [] } =
      (await inspected(paths.map((path) => entryOf({ url: `https://api.acme.com${path}`, content: json({ ok: true }) })))) ?? {};
    expect(entries.map(({ endpoint }) => endpoint?.replace("GET https://api.acme.com", ""))).toEqual([
      "/api/kiosk",
      "/api/vault",
      "/auth/refresh",
      "/auth/token",
      "/t/{}/invoices",
      "/t/{}/users",
    ]);
  });

  test.each([
    ["that end in s", ["/find-one/jones", "/find-one/williams", "/find-one/davis"], ["/find-one/{}"]],
    ["that end like words", ["/x/manning", "/x/fleming"], ["/x/{}"]],
    ["below services", ["/services/smith", "/services/miller"], ["/services/{}"]],
    ["of collections", ["/shop/customers", "/shop/orders", "/shop/teams"], ["/shop/customers", "/shop/orders", "/shop/teams"]],
  ])("takes words %s for what they are", async (_what, paths, shown) => {
    const { entries = [] } =
      (await inspected(paths.map((path) => entryOf({ url: `https://api.acme.com${path}`, content: json({ ok: true }) })))) ?? {};
    expect(entries.map(({ endpoint }) => endpoint?.replace("GET https://api.acme.com", ""))).toEqual(shown);
  });

  test("judges data and heads as an audit would", async () => {
    const { entries = [] } =
      (await inspected([
        entryOf({
          headers: [["server", "nginx/1.18.0"]],
          content: json({ id: 1, email: "jane.doe@acme.com", password: "violet-Kettle-31" }),
        }),
      ])) ?? {};
    expect(entries[0]?.findings.map(({ rule, severity }) => `${rule} ${severity}`)).toEqual(
      expect.arrayContaining([
        "data/secret-in-response critical",
        "data/sensitive-field-undeclared medium",
        "header/end-of-life-software medium",
      ]),
    );
  });

  test("reads content in base64, and says of content that is cut that it is", async () => {
    const text = JSON.stringify({ email: "jane.doe@acme.com" });
    const { entries = [] } =
      (await inspected([
        entryOf({ content: { mimeType: "application/json", encoding: "base64", text: Buffer.from(text).toString("base64") } }),
        entryOf({ url: "https://api.acme.com/cut", content: { mimeType: "application/json", size: 90_000, text: text.slice(0, 9) } }),
      ])) ?? {};
    expect(entries.map(({ endpoint, truncated, fields }) => [endpoint, truncated, fields.length])).toEqual([
      ["GET https://api.acme.com/cut", true, 0],
      ["GET https://api.acme.com/users", false, 1],
    ]);
  });

  test("notices secrets of requests and copies none", async () => {
    const { entries = [], printed = "" } =
      (await inspected([
        entryOf({
          url: `https://user:${CANARY}@api.acme.com/users?api_key=${CANARY}&page=2`,
          request: [
            ["Authorization", `Bearer ${CANARY}`],
            ["Cookie", `sessionid=${CANARY}; theme=dark`],
            ["X-Api-Key", CANARY],
          ],
          postData: { mimeType: "application/json", text: JSON.stringify({ password: CANARY, note: "hello" }) },
          content: json({ ok: true, email: CANARY_ADDRESS, token: CANARY }),
        }),
      ])) ?? {};
    const secrets = (entries[0]?.facts["requestSecrets"] ?? []) as readonly { in: string; name: string; class: string }[];
    expect(secrets.map((secret) => `${secret.in} ${secret.name} ${secret.class}`)).toEqual(
      expect.arrayContaining([
        "header authorization access_token",
        "header x-api-key api_key",
        "cookie sessionid session_token",
        "query api_key api_key",
        "url userinfo password",
        "body $.password password",
      ]),
    );
    expect(printed).toContain("keep the file like them");
    expect(printed).not.toContain(CANARY);
    expect(printed).not.toContain(CANARY_ADDRESS);
  });

  const FORM = "application/x-www-form-urlencoded";
  test.each([
    ["a token in the query", { url: "https://api.acme.com/users?token=qhzvwkpyrmxt" }, ["query token access_token"]],
    ["a short key in the query", { url: "https://api.acme.com/users?api_key=dZ3kPq" }, ["query api_key api_key"]],
    [
      "the text of a form",
      { postData: { mimeType: `${FORM}; charset=UTF-8`, text: "client_id=app&client_secret=violet-Kettle-31" } },
      ["body $.client_secret client_secret"],
    ],
    [
      "the fields of a form without its text",
      {
        postData: {
          mimeType: FORM,
          params: [
            { name: "client_id", value: "app" },
            { name: "client_secret", value: "qhzvwkpyrmxt" },
          ],
        },
      },
      ["body $.client_secret client_secret"],
    ],
    [
      "a form that its head names",
      { request: [["Content-Type", FORM]], postData: { text: "password=dZ3kPq" } },
      ["body $.password password"],
    ],
    ["stand-ins", { url: "https://api.acme.com/users?token=%7B%7Btoken%7D%7D&api_key=REDACTED&access_token=xxxxxxxx" }, []],
    ["names of something else", { url: "https://api.acme.com/users?page_token=qhzvwkpyrmxt&secret_santa=violet-Kettle" }, []],
  ] as const)("knows what proves something by its name, whatever it looks like: %s", async (_what, recorded, found) => {
    const { entries = [], printed = "" } = (await inspected([entryOf({ content: json({ ok: true }), method: "POST", ...recorded })])) ?? {};
    const secrets = (entries[0]?.facts["requestSecrets"] ?? []) as readonly { in: string; name: string; class: string }[];
    expect(secrets.map((secret) => `${secret.in} ${secret.name} ${secret.class}`)).toEqual(found);
    expect(printed).not.toMatch(/qhzvw|dZ3kPq|violet/);
  });

  test.each([
    ["a webhook", "https://hooks.slack.com/services/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", ["url path secret_url"]],
    ["a token", `https://api.acme.com/confirm/${TOKEN}`, ["url path secret_url"]],
    ["words and identifiers", "https://api.acme.com/organizations/3f0e7c0a-6a55-4a0f-9d8c-0d3f2b1c4e5a/subscription-settings", []],
  ])("notices a secret in the path of a request: %s", async (_what, url, found) => {
    const { entries = [], printed = "" } = (await inspected([entryOf({ url, content: json({ ok: true }) })])) ?? {};
    const secrets = (entries[0]?.facts["requestSecrets"] ?? []) as readonly { in: string; name: string; class: string }[];
    expect(secrets.map((secret) => `${secret.in} ${secret.name} ${secret.class}`)).toEqual(found);
    expect(printed).not.toMatch(/QvXz8|eyJ/);
  });

  const PERSON = json({ email: "jane.doe@acme.com" });
  const SHARED = ["cache-control", "public, max-age=60"] as const;

  test.each([
    ["a bearer token", { request: [["Authorization", `Bearer ${CANARY}`]], headers: [SHARED] }, ["may-be-shared"]],
    ["a key in the query", { url: `https://api.acme.com/users?api_key=${CANARY}`, headers: [SHARED] }, ["may-be-shared"]],
    ["a session", { request: [["Cookie", `sessionid=${CANARY}`]], headers: [["cache-control", "max-age=60"]] }, ["unvaried"]],
    [
      "a loose session beside a token",
      { request: [["Authorization", `Bearer ${CANARY}`]], headers: [["set-cookie", "sid=1"]] },
      ["kept-loosely"],
    ],
    ["no credential", { headers: [SHARED] }, []],
    ["a cookie of no session", { request: [["Cookie", "theme=dark"]], headers: [SHARED] }, []],
    ["a page number", { url: "https://api.acme.com/users?page=2", headers: [SHARED] }, []],
    ["another method", { method: "POST", request: [["Authorization", `Bearer ${CANARY}`]], headers: [SHARED] }, []],
  ] as const)("judges what %s gets", async (_, recorded, expected) => {
    const { entries = [], printed } = (await inspected([entryOf({ content: PERSON, ...recorded })])) ?? {};
    const auth = entries.flatMap(({ findings }) => findings).filter(({ rule }) => rule.startsWith("auth/"));
    expect(auth.map(({ outcome }) => outcome)).toEqual(expected);
    expect(printed).not.toContain(CANARY);
  });

  test("judges the answers alone that a credential got, apart for each place of it, and says the same once", async () => {
    const key = { request: [["X-Api-Key", CANARY]], headers: [["cache-control", "max-age=60"]], content: PERSON } as const;
    const open = { headers: [SHARED], content: PERSON };
    const token = { request: [["Authorization", `Bearer ${CANARY}`]], headers: [["set-cookie", "sid=1"]], content: PERSON } as const;
    const { entries = [] } = (await inspected([key, open, key, token].map(entryOf))) ?? {};
    const auth = entries.flatMap(({ findings }) => findings).filter(({ rule }) => rule.startsWith("auth/"));
    expect(auth.map(({ outcome }) => outcome).sort()).toEqual(["kept-loosely", "unvaried"]);
  });

  test("says nothing of a browser's way through a login", async () => {
    const away = entryOf({
      url: "https://www.acme.com/login",
      status: 302,
      request: [["Cookie", `sessionid=${CANARY}`]],
      headers: [["location", "https://login.example.net/authorize"]],
    });
    const { entries = [] } = (await inspected([away])) ?? {};
    expect(entries.flatMap(({ findings }) => findings)).toEqual([]);
  });

  test("says nothing of the heads of pages, scripts and pictures", async () => {
    const { entries = [] } =
      (await inspected([
        entryOf({
          url: "https://www.acme.com/app.js",
          headers: [["server", "nginx/1.18.0"]],
          content: { mimeType: "text/javascript", size: 12, text: "let a = 1;\n" },
        }),
        entryOf({ url: "https://www.acme.com/logo", headers: [["server", "nginx/1.18.0"]], content: { mimeType: "image/png", size: 900 } }),
      ])) ?? {};
    expect(entries.flatMap(({ findings }) => findings)).toEqual([]);
  });

  test("judges heads of a recording that kept no content, where they say that it was data", async () => {
    const { entries = [] } =
      (await inspected([
        entryOf({
          headers: [
            ["server", "nginx/1.18.0"],
            ["content-type", "application/json"],
          ],
          content: { mimeType: "application/json", size: 900 },
        }),
      ])) ?? {};
    expect(entries[0]?.findings.map(({ rule }) => rule)).toContain("header/end-of-life-software");
  });

  test("says of every endpoint that there was more, where a recording is longer than is read", async () => {
    const many = Array.from({ length: 2001 }, (_, at) =>
      entryOf({ url: `https://api.acme.com/zq${nameOf(at)}`, content: json({ ok: true }) }),
    );
    const { entries = [] } = (await inspected(many)) ?? {};
    expect([entries.length, new Set(entries.map(({ truncated }) => truncated))]).toEqual([2000, new Set([true])]);
  });

  test.each([
    ["no JSON", "{"],
    ["no archive", "[]"],
    ["no entries", '{"log": {}}'],
  ])("refuses %s", async (_what, content) => {
    expect(await inspected(content)).toBeUndefined();
  });

  test.each([
    ["an entry that is nothing", null],
    ["no response", { request: { method: "GET", url: "https://api.acme.com/" } }],
    ["a blocked request", entryOf({ status: 0 })],
    ["another scheme", entryOf({ url: "data:text/plain,hello" })],
    ["no URL", entryOf({ url: "not a url" })],
    ["a method that is none", entryOf({ method: "GET\u001b[31m" })],
  ])("goes past %s", async (_what, entry) => {
    const { entries = [] } = (await inspected([entry, entryOf({ content: json({ ok: true }) })])) ?? {};
    expect(entries.map(({ endpoint }) => endpoint)).toEqual(["GET https://api.acme.com/users"]);
  });

  test("stands fields of the wrong type", async () => {
    const hostile = {
      request: { method: "GET", url: "https://api.acme.com/x", headers: [1, { name: 2 }, { name: "a b", value: "c" }], postData: 7 },
      response: { status: 200, headers: "x", content: { text: 5, encoding: {} } },
    };
    const { entries = [] } = (await inspected([hostile])) ?? {};
    expect(entries).toMatchObject([{ endpoint: "GET https://api.acme.com/x", fields: [], findings: [] }]);
  });
});
