import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeEvidence, decodeObservation, encodeEvidence, encodeObservation } from "../../src/evidence/codec.ts";
import type { EvidenceKind } from "../../src/evidence/kinds.ts";
import type { Observation } from "../../src/evidence/observation.ts";
import { redact } from "../../src/evidence/redact.ts";
import { sha256Hex } from "../../src/model/digest.ts";
import { FAILURE_PHASES } from "../../src/model/failure.ts";
import type { StoredEvidence } from "../../src/model/history-store.ts";
import { UNOBSERVED_REASONS } from "../../src/model/reason.ts";
import { EVIDENCE_KINDS, redactedEvidence } from "./arbitraries.ts";

const CLOSED = redact("http-plaintext", { origin: "http://a.example", state: "closed", headers: [] }, (text) => text);

/** As another program could write it: the hash fits the content. */
function stored(kind: string, version: number, json: string): StoredEvidence {
  return { kind, version, json, hash: sha256Hex(`${kind}@${version}\n${json}`) };
}

describe("evidence codec", () => {
  it("writes canonical JSON and the hash of kind, version and content", () => {
    const json = '{"headers":[],"origin":"http://a.example","state":"closed"}';
    expect(encodeEvidence("http-plaintext", CLOSED)).toEqual(stored("http-plaintext", 1, json));
  });

  it.each(EVIDENCE_KINDS)("gives back what it was given: %s", (kind: EvidenceKind) => {
    fc.assert(
      fc.property(redactedEvidence(kind), (evidence) => {
        const back = decodeEvidence(encodeEvidence(kind, evidence));
        expect(back).toEqual({ ok: true, value: { kind, evidence } });
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    ["unknown-kind", stored("dns", 1, "{}")],
    ["unknown-kind", stored("toString", 1, "{}")],
    ["newer-version", stored("http-plaintext", 2, "{}")],
    ["hash-mismatch", { ...stored("http-plaintext", 1, "{}"), hash: "00" }],
    ["malformed", stored("http-plaintext", 1, "{not json")],
    ["malformed", stored("http-plaintext", 1, "[]")],
    ["malformed", stored("http-plaintext", 1, '{"origin":"http://a.example","state":"closed","headers":{}}')],
    ["malformed", stored("http-plaintext", 1, '{"origin":7,"state":"closed","headers":[]}')],
    ["malformed", stored("http-response", 1, "null")],
    ["no-upcaster", stored("http-plaintext", 0, '{"origin":"a","state":"closed","headers":[]}')],
    ["no-upcaster", stored("http-plaintext", 0.5, '{"origin":"a","state":"closed","headers":[]}')],
  ])("says %s instead of throwing", (problem, evidence) => {
    expect(decodeEvidence(evidence)).toEqual({ ok: false, error: problem });
  });
});

describe("observation codec", () => {
  const seen: Observation = {
    probe: "http-plaintext",
    kind: "http-plaintext",
    key: { origin: "https://a.example" },
    observedAt: 1_700_000_000_000,
    durationMs: 12,
    outcome: "observed",
    evidence: CLOSED,
  };
  const unseen: Observation = {
    probe: "tls-versions",
    kind: "tls",
    key: { origin: "https://a.example", address: "192.0.2.1" },
    observedAt: 1_700_000_000_000,
    durationMs: 12,
    outcome: "timed-out",
    failure: { reason: "connect_timeout", phase: "connect", code: "ETIMEDOUT", retriable: true },
  };

  it("keeps everything but the duration, and marks what was carried over", () => {
    expect(decodeObservation(encodeObservation(seen), { carried: false })).toEqual({ ...seen, durationMs: 0 });
    expect(decodeObservation(encodeObservation(seen), { carried: true })).toEqual({ ...seen, durationMs: 0, carried: true });
    expect(decodeObservation(encodeObservation(unseen), { carried: false })).toEqual({ ...unseen, durationMs: 0 });
  });

  it("tells the store whether there is something to write", () => {
    expect(encodeObservation(seen).carried).toBe(false);
    expect(encodeObservation({ ...seen, carried: true }).carried).toBe(true);
  });

  it("writes a failure as canonical JSON and no evidence beside it", () => {
    expect(encodeObservation(unseen)).toEqual({
      probe: "tls-versions",
      kind: "tls",
      key: { origin: "https://a.example", address: "192.0.2.1" },
      outcome: "timed-out",
      observedAt: 1_700_000_000_000,
      carried: false,
      failure: '{"code":"ETIMEDOUT","phase":"connect","reason":"connect_timeout","retriable":true}',
    });
  });

  it("gives back every failure", () => {
    const failure = fc.record(
      {
        reason: fc.constantFrom(...UNOBSERVED_REASONS),
        phase: fc.constantFrom(...FAILURE_PHASES),
        retriable: fc.boolean(),
        code: fc.string(),
        limiting: fc.boolean(),
      },
      { requiredKeys: ["reason", "phase", "retriable"] },
    );
    fc.assert(
      fc.property(failure, (each) => {
        const back = decodeObservation(encodeObservation({ ...unseen, failure: each }), { carried: false });
        expect(back).toEqual({ ...unseen, durationMs: 0, failure: each });
      }),
    );
  });

  const good = encodeObservation(seen);
  const bad = encodeObservation(unseen);
  it.each([
    ["an unknown probe", { ...good, probe: "dns" }],
    ["an unknown kind", { ...good, kind: "dns" }],
    ["an unknown outcome", { ...bad, outcome: "maybe" }],
    ["evidence of another kind", { ...good, kind: "tls" }],
    ["damaged evidence", { ...good, evidence: stored("http-plaintext", 1, "{}") }],
    ["a failure without a known reason", { ...bad, failure: '{"reason":"bad_luck","phase":"tls","retriable":true}' }],
    ["a failure that is no JSON", { ...bad, failure: "{" }],
  ])("cannot read %s, and says so", (_, observation) => {
    expect(decodeObservation(observation, { carried: true })).toBeUndefined();
  });

  it("cannot read an observation whose evidence is gone", () => {
    const { evidence: _, ...without } = good;
    expect(decodeObservation(without, { carried: false })).toBeUndefined();
  });
});
