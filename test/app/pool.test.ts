import { describe, expect, it } from "vitest";
import { inParallel } from "../../src/app/pool.ts";

describe("inParallel", () => {
  it("keeps the order of the items, whatever the order of the answers", async () => {
    const results = await inParallel([3, 1, 2], 3, async (item) => {
      for (let tick = 0; tick < item; tick += 1) await Promise.resolve();
      return item * 10;
    });
    expect(results).toEqual([30, 10, 20]);
  });

  it("has at most so many calls under way", async () => {
    let underWay = 0;
    let most = 0;
    await inParallel([...Array(20).keys()], 4, async () => {
      underWay += 1;
      most = Math.max(most, underWay);
      await new Promise((resolve) => setImmediate(resolve));
      underWay -= 1;
    });
    expect(most).toBe(4);
  });

  it("begins nothing after a rejection, waits for what is under way, and throws it", async () => {
    const begun: number[] = [];
    const ended: number[] = [];
    const run = inParallel([0, 1, 2, 3, 4, 5], 2, async (item) => {
      begun.push(item);
      await new Promise((resolve) => setImmediate(resolve));
      if (item === 0) throw new Error("disk full");
      await new Promise((resolve) => setImmediate(resolve));
      ended.push(item);
    });
    await expect(run).rejects.toThrow("disk full");
    expect(begun).toEqual([0, 1]);
    expect(ended).toEqual([1]);
  });
});
