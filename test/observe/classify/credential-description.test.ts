import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { credentialDescription } from "../../../src/observe/classify/credential-description.ts";

const described = (value: unknown) => credentialDescription(Buffer.from(typeof value === "string" ? value : JSON.stringify(value)));
const DAY = Date.UTC(2026, 10, 1);

describe("what a provider says of the credential that asks", () => {
  it.each([
    [
      "GitLab",
      { id: 7, scopes: ["api", "read_user"], created_at: "2026-11-01T00:00:00.000Z", expires_at: "2026-11-01" },
      { scopes: ["api", "read_user"], createdAt: DAY, endsAt: DAY },
    ],
    ["SendGrid", { scopes: ["mail.send"] }, { scopes: ["mail.send"] }],
    [
      "Shopify",
      { access_scopes: [{ handle: "read_products" }, { handle: "write_orders" }] },
      { scopes: ["read_products", "write_orders"] },
    ],
    ["Cloudflare", { result: { id: "x", status: "active", expires_on: "2026-11-01T00:00:00Z" }, success: true }, { endsAt: DAY }],
    ["Datadog", { data: { attributes: { api_key_scopes: ["remote_config_read"] } } }, { scopes: ["remote_config_read"] }],
    [
      "introspection (RFC 7662)",
      { active: true, scope: "read write", iat: DAY / 1000, exp: DAY / 1000 },
      { scopes: ["read", "write"], createdAt: DAY, endsAt: DAY },
    ],
    ["no scopes at all, which is an answer", { scopes: [] }, { scopes: [] }],
    [
      "the one nearest to the top",
      { user: { created_at: "2001-01-01T00:00:00Z" }, created_at: "2026-11-01T00:00:00Z" },
      { createdAt: DAY },
    ],
  ])("%s", (_name, answer, expected) => {
    expect(described(answer)).toEqual(expected);
  });

  it.each([
    ["nothing of it", { id: 7 }],
    ["a list", [{ scopes: ["x"] }]],
    ["no JSON", "<html>"],
    ["dates that are none", { expires_at: "soon", created_at: -1 }],
    ["too deep", { a: { b: { c: { d: { scopes: ["x"] } } } } }],
    ["too long", `{"x":"${"y".repeat(70_000)}","scopes":["x"]}`],
  ])("nothing of %s", (_name, answer) => {
    expect(described(answer)).toBeUndefined();
  });

  it("does not throw, whatever it is given", () => {
    fc.assert(fc.property(fc.oneof(fc.json(), fc.string()), (text) => void described(text)));
  });
});
