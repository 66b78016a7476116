import { describe, expect, it } from "vitest";
import { dataClassFacts, isSecretClass, ownClassFacts, whyItMatters } from "../../src/catalog/data-classes.ts";
import { DATA_CLASSES, DATA_GROUPS } from "../../src/model/data-class.ts";

describe("data classes", () => {
  it("all have a group and an impact", () => {
    for (const dataClass of DATA_CLASSES) {
      const { group, impact } = ownClassFacts(dataClass);
      expect(DATA_GROUPS).toContain(group);
      expect([1, 2, 3, 4, 5]).toContain(impact);
    }
  });

  it.each([
    ["password", { group: "secret", impact: 5, sensitive: true, replaceable: false, watched: true }],
    ["payment_card", { group: "card", impact: 5, sensitive: true, replaceable: false, watched: false }],
    ["religion", { group: "special", impact: 5, sensitive: true, replaceable: false, watched: true }],
    ["email", { group: "personal", impact: 4, sensitive: true, replaceable: true, watched: false }],
    ["iban", { group: "financial", impact: 4, sensitive: true, replaceable: true, watched: false }],
    ["stack_trace", { group: "infrastructure", impact: 2, sensitive: true, replaceable: true, watched: false }],
    ["card_last4", { group: "low", impact: 1, sensitive: false, replaceable: true, watched: false }],
  ] as const)("knows %s", (dataClass, facts) => {
    expect(dataClassFacts(dataClass, {})).toEqual(facts);
  });

  it("knows classes of a consumer by their group, and says nothing of one that is not defined", () => {
    const customClasses = [
      { id: "custom/member", title: "Number of a member", group: "financial", definition: "x" },
      { id: "custom/badge", group: "secret", definition: "y" },
    ] as const;
    expect(dataClassFacts("custom/member", { customClasses })).toMatchObject({ group: "financial", impact: 4, sensitive: true });
    expect(whyItMatters("custom/member", { customClasses })).toMatch(/^Number of a member, accounts/);
    expect(isSecretClass("custom/badge", { customClasses })).toBe(true);
    expect(whyItMatters("custom/badge", { customClasses })).toBe(whyItMatters("password", {}));
    expect(dataClassFacts("custom/member", {})).toMatchObject({ group: "low", impact: 1, sensitive: false });
  });

  it("knows what lets its holder act as somebody else", () => {
    expect(DATA_CLASSES.filter((dataClass) => isSecretClass(dataClass, {}))).toEqual([
      "password",
      "password_hash",
      "pin",
      "api_key",
      "access_token",
      "refresh_token",
      "session_token",
      "jwt",
      "client_secret",
      "webhook_secret",
      "private_key",
      "connection_string",
      "secret_url",
      "secret_blob",
      "otp_secret",
      "security_question",
    ]);
  });
});
