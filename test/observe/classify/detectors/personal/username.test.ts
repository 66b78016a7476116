import { describe, expect, it } from "vitest";
import { username } from "../../../../../src/observe/classify/detectors/personal/username.ts";
import { asker } from "../support.ts";

const ask = asker(username);

describe("username", () => {
  it.each<[string | number, string, string[], Record<string, unknown>]>([
    ["bodil.strand", "userName", [], {}],
    ["pris-u", "login", [], {}],
    ["spengler", "nick", [], {}],
    ["mossy", "handle", ["user"], { email: "a@b.example" }],
  ])("takes %j under %s of %j beside %j", (value, key, above, record) => {
    expect(ask(value, key, above, [], { ...record, [key]: value })?.confidence).toBeGreaterThanOrEqual(0.6);
  });

  it.each<[string | number, string, string[], Record<string, unknown>]>([
    ["jane@example.com", "username", [], {}],
    ["ipod-nano", "handle", ["products"], { sku: "1" }],
    ["Benutzername", "username", [], {}],
    ["2026-01-01", "login", [], {}],
    ["My Sender ID", "nickname", [], {}],
  ])("leaves %j under %s of %j beside %j", (value, key, above, record) => {
    expect(ask(value, key, above, [], { ...record, [key]: value })?.confidence ?? 0).toBeLessThan(0.6);
  });
});
