import { expect, test } from "vitest";
import { sha256Hex } from "../../../src/model/digest.ts";
import { chainEvidence } from "../../../src/observe/probes/tls-chains.ts";

const [OLD, NEW, ABOVE] = ["old", "new", "above"].map((text) => Buffer.from(text)) as [Buffer, Buffer, Buffer];
const hashes = (...ders: readonly Buffer[]) => ders.map(sha256Hex);
const last = chainEvidence([{ named: true, ders: [OLD, ABOVE] }], undefined, () => true);

test("a chain that was not seen this time is kept as one that is remembered, with its bytes", () => {
  expect(last.chains).toEqual([{ named: true, certificates: hashes(OLD, ABOVE) }]);
  const { chains, served } = chainEvidence([{ named: true, ders: [NEW, ABOVE] }], last, () => true);
  expect(chains).toContainEqual({ named: true, certificates: hashes(OLD, ABOVE), remembered: true });
  expect(chains).toContainEqual({ named: true, certificates: hashes(NEW, ABOVE) });
  expect(served.map(({ sha256 }) => sha256).sort()).toEqual(hashes(OLD, NEW, ABOVE).sort());
});

test("one that is seen again is no memory, and one that is not kept takes its bytes along", () => {
  const remembered = chainEvidence([], last, () => true);
  expect(chainEvidence([{ named: true, ders: [OLD, ABOVE] }], remembered, () => true)).toEqual(last);
  expect(chainEvidence([], last, () => false)).toEqual({ chains: [], served: [] });
});
