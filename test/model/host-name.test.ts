import { describe, expect, it } from "vitest";
import { isPrivateName } from "../../src/model/host-name.ts";

describe("isPrivateName", () => {
  it.each(["localhost", "LOCALHOST.", "a.localhost", "printer.local", "metadata.google.internal", "intranet", "db.corp", "x.home.arpa"])(
    "knows %s",
    (host) => expect(isPrivateName(host)).toBe(true),
  );
  it.each(["api.example.com", "local.example", "internal.example.org", "xn--bcher-kva.example"])("leaves %s", (host) =>
    expect(isPrivateName(host)).toBe(false),
  );
});
