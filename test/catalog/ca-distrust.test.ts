import { createHash, X509Certificate } from "node:crypto";
import { rootCertificates } from "node:tls";
import { describe, expect, it } from "vitest";
import { caDistrust } from "../../src/catalog/ca-distrust.ts";
import { trustAnchors } from "../../src/catalog/trust-anchors.ts";

describe("what root programmes distrust", () => {
  it.each([
    ["Symantec", "Chrome", { rule: "all", date: "2018-10-23T00:00:00Z" }],
    ["Entrust", "Chrome", { rule: "sct-after", date: "2024-11-11T23:59:59Z" }],
    ["Entrust", "Mozilla", { rule: "issued-after", date: "2024-11-30T23:59:59Z" }],
    ["StartCom", "Mozilla", { rule: "issued-after", date: "2016-10-21T23:59:59Z" }],
    ["CNNIC", "Mozilla", { rule: "issued-after", date: "2015-03-31T23:59:59Z" }],
    ["NetLock", "Chrome", { rule: "sct-after", date: "2025-07-31T23:59:59Z" }],
    ["eMudhra", "Mozilla", { rule: "all", date: "2026-10-20T00:00:00Z" }],
    ["DigiCert", "Chrome", { why: "retirement", rule: "sct-after", date: "2027-09-14T23:59:59Z" }],
  ])("has %s by %s", (ca, by, facts) => {
    expect(caDistrust().filter((entry) => entry.ca === ca && entry.by === by)).toContainEqual(expect.objectContaining(facts));
  });

  it("says each thing once, of something, with real dates", () => {
    const keys = caDistrust().map(({ ca, by, why, rule, date, roots }) => JSON.stringify([ca, by, why, rule, date, roots]));
    expect(new Set(keys).size).toBe(keys.length);
    for (const { ca, date, roots, subjects, keys } of caDistrust()) {
      expect([...roots, ...subjects, ...(keys ?? [])], ca).not.toEqual([]);
      expect(`${new Date(date).toISOString().slice(0, 19)}Z`).toBe(date);
    }
  });

  it("does not distrust a root for misconduct that Mozilla still has, but for those that Chrome alone distrusts", () => {
    const trusted = new Map(trustAnchors().map(({ sha256, name }) => [sha256, name]));
    const both = caDistrust().flatMap(({ why, roots, by }) =>
      why === "conduct" ? roots.filter((root) => trusted.has(root)).map((root) => [by, trusted.get(root)]) : [],
    );
    expect(both).toEqual([
      ["Chrome", "HiPKI Root CA - G1"],
      ["Chrome", "NetLock Arany (Class Gold) Főtanúsítvány"],
    ]);
  });

  // An organisation that stands for all of its roots must not have one that is meant to go on.
  it("names organisations as the roots write them, and none that has other roots", () => {
    const anchors = new Map(
      [...rootCertificates, ...trustAnchors().map(({ der }) => der)].map((bytes) => {
        const { raw, subject } = new X509Certificate(bytes);
        return [createHash("sha256").update(raw).digest("hex"), /^O=(.*)$/m.exec(subject)?.[1]?.replaceAll("\\", "")];
      }),
    );
    for (const { ca, by, roots, subjects } of caDistrust()) {
      const others = [...anchors].filter(([sha256, organisation]) => subjects.includes(organisation ?? "") && !roots.includes(sha256));
      expect(others, `${ca} by ${by}`).toEqual([]);
    }
  });

  it("knows the keys that eMudhra lost, the same ones for all who block them", () => {
    const blocked = caDistrust().filter(({ keys }) => keys !== undefined);
    expect(new Set(blocked.map(({ keys }) => JSON.stringify(keys))).size).toBe(1);
    // CN=EM OV TLS CA - G3B, as CPython has it.
    expect(blocked[0]?.keys).toHaveLength(8);
    expect(blocked[0]?.keys).toContain("43bffa19d6ef651451f6841e019931e96f6f2eaeff28ab4b6f1ce4576de2717b");
  });

  it("keeps chains of DigiCert's own roots that old roots of Symantec signed", () => {
    const key = new X509Certificate(trustAnchors().find(({ name }) => name === "DigiCert Global Root G2")?.der ?? "").publicKey;
    const hash = createHash("sha256")
      .update(key.export({ type: "spki", format: "der" }))
      .digest("hex");
    expect(caDistrust().find(({ ca, by }) => ca === "Symantec" && by === "Chrome")?.except).toContain(hash);
  });
});
