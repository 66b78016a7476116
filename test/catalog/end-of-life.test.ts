import { createRequire } from "node:module";
import { describe, expect, test } from "vitest";
import { endOfLifeRetrieved, type ProductLife, productLife } from "../../src/catalog/end-of-life.ts";

const { products } = createRequire(import.meta.url)("../../data/end-of-life.json") as { products: readonly ProductLife[] };

test("a product by the id that banners use, and nothing of others", () => {
  expect(productLife("httpd")).toMatchObject({ name: "Apache HTTP Server", page: "apache-http-server" });
  expect(productLife("gunicorn")).toBeUndefined();
  expect(productLife("__proto__")).toBeUndefined();
});

test("the day on which the facts were taken", () => {
  expect(endOfLifeRetrieved()).toMatch(/^2026-\d\d-\d\d$/);
});

test("every product once", () => {
  expect(new Set(products.map(({ product }) => product)).size).toBe(products.length);
});

describe.each(products.map((life) => [life.product, life] as const))("%s", (_product, { cycles }) => {
  test("has its cycles newest first, each once", () => {
    const numbers = cycles.map(({ cycle }) => cycle.split(".").map(Number));
    for (const [index, older] of numbers.slice(1).entries()) expect(compare(numbers[index] ?? [], older)).toBeGreaterThan(0);
  });

  test("has days that exist", () => {
    const days = cycles.flatMap(({ endOfLife, extendedUntil }) => [endOfLife, extendedUntil]).filter((day) => typeof day === "string");
    expect(days.filter((day) => new Date(`${day}T00:00:00Z`).toISOString().slice(0, 10) !== day)).toEqual([]);
  });
});

function compare(a: readonly number[], b: readonly number[]): number {
  const differing = a.findIndex((number, index) => number !== b[index]);
  return differing === -1 ? a.length - b.length : (a[differing] ?? 0) - (b[differing] ?? 0);
}
