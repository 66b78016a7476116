import { describe, expect, it } from "vitest";
import { photoUrl } from "../../../../../src/observe/classify/detectors/personal/photo-url.ts";
import { asker } from "../support.ts";

const ask = asker(photoUrl);

describe("photo_url", () => {
  it.each<[string | number, string, string[], Record<string, unknown>]>([
    ["https://a.example/u.png", "avatar_url", [], {}],
    ["https://a.example/48.png", "image_48", ["profile", "members"], { email: "a@b.example" }],
    ["data:image/png;base64,iVBOR", "photo", ["user"], {}],
    ["https://a.example/48.png", "48x48", ["avatarUrls", "author"], {}],
  ])("takes %j under %s of %j beside %j", (value, key, above, record) => {
    expect(ask(value, key, above, [], { ...record, [key]: value })?.confidence).toBeGreaterThanOrEqual(0.6);
  });

  it.each<[string | number, string, string[], Record<string, unknown>]>([
    ["https://a.example/p.png", "image", ["product"], {}],
    ["https://a.example/t.png", "avatar_url", ["team"], {}],
    ["blue", "avatar", [], {}],
  ])("leaves %j under %s of %j beside %j", (value, key, above, record) => {
    expect(ask(value, key, above, [], { ...record, [key]: value })?.confidence ?? 0).toBeLessThan(0.6);
  });
});
