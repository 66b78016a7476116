import { describe, expect, it } from "vitest";
import { clientAuthSunsetOf, clientAuthSunsets } from "../../src/catalog/client-auth-sunset.ts";
import { bundledAnchors } from "../../src/judge/facts/anchors.ts";
import { ATTRIBUTE, attributeOf } from "../../src/pki/name.ts";

describe("the end of public certificates for clients", () => {
  it("stands in the order of its dates, the last for everybody", () => {
    const dates = clientAuthSunsets().map(({ date }) => date);
    expect(dates).toEqual([...dates].sort());
    expect(clientAuthSunsets().map(({ organisations }) => organisations.length === 0)).toEqual([false, false, false, true]);
  });

  it("is known of authorities by names that they have", () => {
    const roots = [...bundledAnchors().bySubject.values()].flat();
    const known = new Set(roots.map(({ subject }) => attributeOf(subject, ATTRIBUTE.organisation)));
    for (const { by, organisations } of clientAuthSunsets().slice(0, -1)) {
      expect([by, organisations.some((organisation) => known.has(organisation))]).toEqual([by, true]);
    }
  });

  it("comes for each by its own word, for the others by that of the programme", () => {
    expect(clientAuthSunsetOf(["Let's Encrypt", "Internet Security Research Group"])?.date).toBe("2026-07-08");
    expect(clientAuthSunsetOf(["DigiCert Inc"])?.date).toBe("2027-03-01");
    expect(clientAuthSunsetOf(["Sectigo Limited"])?.date).toBe("2027-02-10");
    expect(clientAuthSunsetOf(["Somebody", ""])?.by).toBe("Chrome");
    expect(clientAuthSunsetOf([])?.by).toBe("Chrome");
  });
});
