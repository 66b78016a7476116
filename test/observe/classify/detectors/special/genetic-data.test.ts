import { describe, expect, it } from "vitest";
import { geneticData } from "../../../../../src/observe/classify/detectors/special/genetic-data.ts";
import { asker } from "../support.ts";

const ask = asker(geneticData);
const sure = (...question: Parameters<typeof ask>) => (ask(...question)?.confidence ?? 0) >= 0.6;

describe("genetic_data", () => {
  it.each([
    ["NM_007294.4:c.68_69del", "note", [], []],
    ["c.1852_1854delAAG", "cdnaChange", [], []],
    ["rs80357914", "rsid", [], []],
    ["rs4988235", "marker", [], ["genotype"]],
    ["BRCA1", "gene", [], ["hgvs"]],
    ["*1/*2", "diplotype", [], []],
    ["AG", "genotype", [], []],
    ["H1a3", "maternal", ["haplogroup"], []],
  ] as const)("is %s under %s", (value, key, above, beside) => {
    expect(sure(value, key, above, beside)).toBe(true);
  });

  it.each([
    ["rs1234", "replicaSet", [], []],
    ["blue", "variant", [], []],
    ["createUser", "mutation", [], []],
    ["BRCA1", "gene", [], []],
    ["x", "gene", [], ["variant"]],
    ["n/a", "genotype", [], []],
    ["c.user", "path", [], []],
  ] as const)("is not %s under %s", (value, key, above, beside) => {
    expect(sure(value, key, above, beside)).toBe(false);
  });
});
