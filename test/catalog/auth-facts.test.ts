import { describe, expect, it } from "vitest";
import { authProviderOf, authProviders } from "../../src/catalog/auth-providers.ts";
import { authSchemeFacts } from "../../src/catalog/auth-schemes.ts";
import { authSunsets, authSunsetsAt } from "../../src/catalog/auth-sunsets.ts";
import { attributesOf } from "../../src/judge/facts/auth-attributes.ts";
import { offeredAuth } from "../../src/judge/facts/auth-offers.ts";
import { strengthOf } from "../../src/judge/facts/auth-strength.ts";
import { matchesHost } from "../../src/model/host-pattern.ts";

describe("the facts of authentication", () => {
  it("weigh five questions, the last in three parts that add up to one", () => {
    const { questions } = authSchemeFacts();
    const best = (question: keyof typeof questions) =>
      Math.max(...Object.values(questions[question].levels).map(({ resistance }) => resistance));
    expect([best("observer"), best("thief"), best("recipient"), best("forger")]).toEqual([1, 1, 1, 1]);
    expect(best("scope") + best("expiry") + best("revocation")).toBeCloseTo(1, 9);
  });

  it("know each host once, and each way by a name of its own", () => {
    const patterns = authProviders().flatMap(({ hosts }) => hosts);
    expect(new Set(patterns).size).toBe(patterns.length);
    for (const { provider, offers, hosts } of authProviders()) {
      expect([provider, new Set(offers.map(({ to }) => to)).size]).toEqual([provider, offers.length]);
      for (const pattern of hosts) expect(authProviderOf(pattern.replace("*.", "acme."))?.provider).toBe(provider);
    }
    expect(authProviders().length).toBeGreaterThan(30);
  });

  it("can be scored, every way of them", () => {
    for (const { provider, offers } of authProviders()) {
      for (const offer of offers) {
        const attributes = attributesOf(offeredAuth(offer, { neededScopes: [] }));
        const { low, high } = attributes === undefined ? { low: undefined, high: undefined } : strengthOf(attributes);
        expect([provider, offer.to, low !== undefined && low.value > 0 && (high?.value ?? 0) >= low.value]).toEqual([
          provider,
          offer.to,
          true,
        ]);
      }
    }
  });

  it("find a provider by its host and below it, and nobody who only looks like it", () => {
    expect(authProviderOf("api.stripe.com")?.provider).toBe("Stripe");
    expect(authProviderOf("API.Stripe.com.")?.provider).toBe("Stripe");
    expect(authProviderOf("acme.zendesk.com")?.provider).toBe("Zendesk");
    for (const host of ["zendesk.com", "evilzendesk.com", "acme.zendesk.com.evil.example", "stripe.com", "", "."]) {
      expect([host, authProviderOf(host)]).toEqual([host, undefined]);
    }
    expect([matchesHost("*.a.example", "b.c.a.example"), matchesHost("*.a.example", ".a.example")]).toEqual([true, false]);
  });

  it("name days in the order in which they come, for hosts whose provider is known", () => {
    const days = authSunsets().map(({ ends }) => ends);
    expect(days).toEqual([...days].sort());
    expect(new Set(authSunsets().map(({ id }) => id)).size).toBe(days.length);
    for (const { hosts, provider } of authSunsets()) {
      for (const pattern of hosts) expect(authProviderOf(pattern.replace("*.", "acme."))?.provider).toContain(provider.split(" ")[0]);
    }
    expect(authSunsetsAt("acme.zendesk.com").map(({ ends }) => ends)).toEqual(["2027-04-30"]);
    expect(authSunsetsAt("api.acme.example")).toEqual([]);
  });
});
