import { describe, expect, it } from "vitest";
import { seenBy } from "../../src/app/stored-evidence.ts";
import { RULES } from "../../src/judge/rules/registry.ts";
import { canonicalJson, sha256Hex } from "../../src/model/digest.ts";
import type { VerdictRecord } from "../../src/model/finding.ts";
import type { KnownObservation } from "../../src/model/history-store.ts";
import { NOON, passing, unobserved } from "../remember/samples.ts";

const ORIGIN = "https://api.acme.example";

function known(content: string, over: Partial<KnownObservation> = {}): KnownObservation {
  const key = { origin: ORIGIN, address: "192.0.2.1" };
  return {
    probe: "tls-session",
    kind: "tls-session",
    key,
    outcome: "observed",
    observedAt: NOON,
    evidence: sha256Hex(content),
    current: true,
    ...over,
  };
}

function citing(...cited: readonly KnownObservation[]): VerdictRecord {
  const evidence = cited.map(({ kind, key, evidence: content, failure = "" }) => {
    const text = [key.origin, key.address ?? "", key.endpoint ?? ""].join("|");
    return { kind, key: text, pointer: "", summary: "", hash: content ?? sha256Hex(failure) };
  });
  return { ...passing(), evidence };
}

describe("what an audit had before it", () => {
  const here = known("a");
  const there = known("b", { key: { origin: ORIGIN, address: "192.0.2.2" } });

  it("is not an address that was only asked before and after", () => {
    expect(seenBy({ verdicts: [citing(here)], observations: [here, there] }, RULES)).toEqual([here]);
    expect(seenBy({ verdicts: [citing(here, there)], observations: [here, there] }, RULES)).toEqual([here, there]);
  });

  it("is an earlier answer where the verdicts rest on that, and not where they rest on a failure of the day", () => {
    const key = { origin: ORIGIN, endpoint: "list" };
    const earlier = known("c", { kind: "http-response", key, current: false });
    const { evidence: _none, ...unseen } = known("", { kind: "http-response", key, outcome: "timed-out" });
    const failed = { ...unseen, failure: canonicalJson({ reason: "http_timeout" }) };
    expect(seenBy({ verdicts: [citing(earlier)], observations: [earlier] }, RULES)).toEqual([earlier]);
    expect(seenBy({ verdicts: [citing(failed)], observations: [earlier, failed] }, RULES)).toEqual([failed]);
    expect(seenBy({ verdicts: [], observations: [earlier] }, RULES)).toEqual([]);
  });

  it("is nothing of a kind of which a verdict says that nobody asked", () => {
    const twin = known("d", { kind: "http-plaintext", key: { origin: ORIGIN } });
    const silent = unobserved("not_requested", { rule: "auth/credential-over-http", subject: "plaintext" });
    expect(seenBy({ verdicts: [citing(here), silent], observations: [here, twin] }, RULES)).toEqual([here]);
  });

  it("is everything current of a kind that no verdict cites, or that one cites to the limit", () => {
    const twin = known("d", { kind: "http-plaintext", key: { origin: ORIGIN } });
    expect(seenBy({ verdicts: [citing(here)], observations: [here, twin] }, RULES)).toEqual([here, twin]);
    const many = Array.from({ length: 17 }, (_, index) => known(`e${index}`, { key: { origin: ORIGIN, address: `192.0.2.${index}` } }));
    expect(seenBy({ verdicts: [citing(...many.slice(0, 16))], observations: many }, RULES)).toHaveLength(17);
  });
});
