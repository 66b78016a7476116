import { describe, expect, it } from "vitest";
import { decodeEvidence, decodeObservation, encodeObservation } from "../../src/evidence/codec.ts";
import { type EvidenceKind, KIND_VERSIONS } from "../../src/evidence/kinds.ts";
import { LINEAGE, type Lineage } from "../../src/evidence/upcasters.ts";
import { sha256Hex } from "../../src/model/digest.ts";
import type { StoredObservation } from "../../src/model/history-store.ts";

/** As if `http-plaintext` had been changed twice: `port` came with 2, `via` with 3. */
const GROWN: Lineage = {
  versions: { ...KIND_VERSIONS, "http-plaintext": 3 },
  upcasters: { "http-plaintext": { 1: (content) => ({ ...content, port: "unknown" }), 2: (content) => ({ ...content, via: "unknown" }) } },
};

function stored(version: number, content: object): StoredObservation {
  const json = JSON.stringify(content);
  const evidence = { kind: "http-plaintext", version, json, hash: sha256Hex(`http-plaintext@${version}\n${json}`) };
  const key = { origin: "https://a.example" };
  return { probe: "http-plaintext", kind: "http-plaintext", key, outcome: "observed", observedAt: 1, carried: false, evidence };
}
const CLOSED = { headers: [], origin: "http://a.example", state: "closed" };

describe("the ways from old versions to today's", () => {
  it.each(Object.keys(KIND_VERSIONS) as EvidenceKind[])("lead from 1 to today's version: %s", (kind) => {
    expect(gapsOf(LINEAGE, kind)).toEqual([]);
  });

  it("are missed where one of them is missing", () => {
    const { 2: _second, ...first } = GROWN.upcasters["http-plaintext"] ?? {};
    expect(gapsOf(GROWN, "http-plaintext")).toEqual([]);
    expect(gapsOf({ ...GROWN, upcasters: { "http-plaintext": first } }, "http-plaintext")).toEqual([2]);
    expect(decodeEvidence(evidenceIn(stored(1, CLOSED)), { ...GROWN, upcasters: { "http-plaintext": first } })).toMatchObject({
      error: "no-upcaster",
    });
  });

  it("are walked one after the other", () => {
    expect(decodeEvidence(evidenceIn(stored(1, CLOSED)), GROWN)).toMatchObject({
      value: { evidence: { port: "unknown", via: "unknown" } },
    });
    expect(decodeEvidence(evidenceIn(stored(2, { ...CLOSED, port: "80" })), GROWN)).toMatchObject({
      value: { evidence: { port: "80", via: "unknown" } },
    });
  });
});

describe("an observation of an older version", () => {
  it("keeps the form in which it is stored, and goes back in it", () => {
    const old = stored(2, { ...CLOSED, port: "80" });
    const observation = decodeObservation(old, { carried: true, lineage: GROWN });
    expect(observation).toMatchObject({ storedAs: { version: 2 } });
    expect(observation === undefined ? undefined : encodeObservation(observation)).toEqual({ ...old, carried: true });
  });

  it("is told from one of today's by that", () => {
    const young = stored(3, { ...CLOSED, port: "80", via: "none" });
    expect(decodeObservation(young, { carried: false, lineage: GROWN })).not.toHaveProperty("storedAs");
    expect(decodeObservation(stored(1, CLOSED), { carried: false })).not.toHaveProperty("storedAs");
  });
});

/** Versions from which there is no way on. */
function gapsOf({ versions, upcasters }: Lineage, kind: EvidenceKind): readonly number[] {
  const steps = Array.from({ length: versions[kind] - 1 }, (_, index) => index + 1);
  return steps.filter((from) => upcasters[kind]?.[from] === undefined);
}

function evidenceIn({ evidence }: StoredObservation) {
  if (evidence === undefined) throw new Error("no evidence");
  return evidence;
}
