import { createHash, createPublicKey } from "node:crypto";
import { describe, expect, it } from "vitest";
import { ctLogById, ctLogs, ctLogsRetrieved } from "../../src/catalog/ct-logs.ts";

describe("Certificate Transparency logs", () => {
  it.each(ctLogs())("$name is called by the hash of its key", ({ id, key }) => {
    const der = Buffer.from(key, "base64");
    expect(createHash("sha256").update(der).digest("hex")).toBe(id);
    expect(createPublicKey({ key: der, format: "der", type: "spki" }).asymmetricKeyDetails).toEqual({ namedCurve: "prime256v1" });
  });

  // Ids as Chrome's list writes them, in base64.
  it.each([
    ["1219ENGn9XfCx+lf1wC/+YLJM1pl4dCzAXMXwMjFaXc=", { name: "Google Argon2026h2", operator: "Google", state: "readonly" }],
    ["yzj3FYl8hKFEX1vB3fvJbvKaWc1HCmkFhbDLFMMUWOc=", { name: "Cloudflare Nimbus2026", state: "usable", until: "2027-01-01T00:00:00Z" }],
    [
      "bP5QGUOoXqkWvFLRM+TcyR7xQRx9JYQg0XOAnhgY6zo=",
      { operator: "Let's Encrypt", from: "2026-06-18T00:00:00Z", until: "2026-12-17T00:00:00Z" },
    ],
    ["rKswcGzr7IQx9BPS9JFfER5CJEOx8qaMTzwrO6ceAsM=", { state: "retired", stateSince: "2026-02-28T00:00:00Z" }],
    ["utuIpG+cr6QJDoLlk1bbbni0pT9YLbCBl5UkLym2jJg=", { name: "Google ParcelYard2026h2", state: "admissible" }],
  ])("have %s", (id, facts) => {
    expect(ctLogById(Buffer.from(id, "base64").toString("hex"))).toMatchObject(facts);
  });

  it("are listed once each, took their state before the list was taken, and are silent about the rest", () => {
    for (const property of ["id", "name"] as const) expect(new Set(ctLogs().map((log) => log[property])).size).toBe(ctLogs().length);
    for (const { name, stateSince = "" } of ctLogs()) expect(stateSince.slice(0, 10) <= ctLogsRetrieved(), name).toBe(true);
    expect(ctLogById("ab".repeat(32))).toBeUndefined();
  });

  it("end after they begin, and say so in their names", () => {
    for (const { name, from, until } of ctLogs().filter((log) => log.from !== undefined)) {
      expect(Date.parse(until ?? ""), name).toBeGreaterThan(Date.parse(from ?? ""));
      const [, year, half] = /(\d{4})(h[12])?/.exec(name) ?? [];
      const middle = new Date((Date.parse(from ?? "") + Date.parse(until ?? "")) / 2);
      expect(middle.getUTCFullYear(), name).toBe(Number(year));
      if (half !== undefined) expect(middle.getUTCMonth() < 6 ? "h1" : "h2", name).toBe(half);
    }
  });
});
