import { describe, expect, it } from "vitest";
import { putWaiver } from "../../src/inventory/put-waiver.ts";
import type { DeclaredWaiver } from "../../src/model/integration.ts";

const WAIVER: DeclaredWaiver = {
  rule: "header/version-disclosure",
  subject: "header:server",
  until: "2027-03-31",
  reason: "they: never",
  by: "ciso",
  kind: "accepted",
};
const SECOND = { source: { file: "apirisk.yaml", line: 1, pointer: "/integrations/1" } };
const put = (text: string, over: Partial<DeclaredWaiver> = {}) => putWaiver(text, SECOND, { ...WAIVER, ...over });

const BEFORE = `version: 1
# Ours.
integrations:
    -   id: first   # odd indentation, kept
        baseUrl: "https://first.example"

    -   id: second
        baseUrl: 'https://second.example'
        endpoints:
        - { id: orders, request:   GET /v1/orders }
`;
const AFTER = `
# The next one was asked for by finance.
    -   id: third
        baseUrl: https://third.example
`;
const LINES = `        waivers:
          - rule: header/version-disclosure
            subject: header:server
            until: 2027-03-31
            reason: "they: never"
            by: ciso
`;

describe("putWaiver", () => {
  it("adds the first one and changes nothing else", () => {
    expect(put(BEFORE + AFTER)).toBe(BEFORE + LINES + AFTER);
    expect(put(BEFORE)).toBe(BEFORE + LINES);
  });

  it("adds one more below the others", () => {
    const other = LINES.split("\n").slice(1).join("\n").replace("header:server", "header:via");
    expect(put(BEFORE + LINES + AFTER, { subject: "header:via" })).toBe(BEFORE + LINES + other + AFTER);
  });

  it("takes the place of the one for the same rule and subject", () => {
    const later = put(BEFORE + LINES + AFTER, { until: "2028-01-31", by: "cfo" });
    expect(later).toBe((BEFORE + LINES + AFTER).replace("2027-03-31", "2028-01-31").replace("ciso", "cfo"));
  });

  it("writes a compact inventory anew, with its comments", () => {
    const text = "version: 1\nintegrations: [{ id: a, baseUrl: https://a.example }, { id: b, baseUrl: https://b.example }] # ours\n";
    const written = put(text);
    expect(written).toContain("# ours");
    expect(written).toMatch(/id: b, .*waivers: \[ \{ rule: header\/version-disclosure/);
  });

  it("keeps what ends without a line break, or with those of Windows, readable", () => {
    expect(put(BEFORE.trimEnd())).toBe((BEFORE + LINES).trimEnd());
    const windows = put((BEFORE + AFTER).replaceAll("\n", "\r\n"));
    expect(windows).toBe((BEFORE + LINES + AFTER).replaceAll("\n", "\r\n"));
  });

  it("leaves an integration that is an alias alone", () => {
    expect(put("version: 1\nintegrations:\n  - &a { id: a, baseUrl: https://a.example }\n  - *a\n")).toBeUndefined();
  });

  it("loses nothing that is the user's own: where it would, the entry is left to be changed by hand", () => {
    const own = LINES.replace("by: ciso", "by: ciso\n            x-ticket: 4711");
    expect(put(BEFORE + own + AFTER, { until: "2028-01-31" })).toBeUndefined();
    expect(put(BEFORE + LINES.replace("by: ciso", "by: ciso # of finance") + AFTER, { until: "2028-01-31" })).toBeUndefined();
    expect(put(BEFORE + own + AFTER, { subject: "header:via" })).toContain("x-ticket: 4711");
  });

  it("keeps JSON what it is", () => {
    const text = JSON.stringify({
      version: 1,
      integrations: [
        { id: "a", baseUrl: "https://a.example" },
        { id: "b", baseUrl: "https://b.example" },
      ],
    });
    expect(JSON.parse(put(text) ?? "")).toMatchObject({
      integrations: [{ id: "a" }, { id: "b", waivers: [{ rule: WAIVER.rule, by: "ciso" }] }],
    });
  });

  it("accepts nothing for another integration that repeats an anchor", () => {
    const shared = "version: 1\nintegrations:\n  - id: a\n    waivers: *w\n  - id: b\n    waivers: &w\n      - { rule: x/y }\n";
    expect(
      put(
        shared
          .replace("waivers: *w", "waivers: &w\n      - { rule: x/y }")
          .replace("waivers: &w\n      - { rule: x/y }\n", "waivers: *w\n"),
      ),
    ).toBeUndefined();
    expect(
      put("version: 1\nintegrations:\n  - id: a\n  - id: b\n    waivers: &w\n      - { rule: x/y }\n  - id: c\n    waivers: *w\n"),
    ).toBeUndefined();
  });
});
