import { expect, it } from "vitest";
import { inTurn } from "../../src/local/in-turn.ts";

it("runs so many at a time, in their order, whatever becomes of them", async () => {
  const turn = inTurn(2);
  const begun: number[] = [];
  const ends: (() => void)[] = [];
  const works = [0, 1, 2, 3].map((one) =>
    turn(async () => {
      begun.push(one);
      await new Promise<void>((resolve) => {
        ends[one] = resolve;
      });
      if (one === 1) throw new Error("failed");
      return one;
    }),
  );
  const settled = Promise.allSettled(works);
  const tick = () => new Promise((resolve) => setImmediate(resolve));
  await tick();
  expect(begun).toEqual([0, 1]);
  ends[1]?.();
  await tick();
  expect(begun).toEqual([0, 1, 2]);
  ends[0]?.();
  await tick();
  expect(begun).toEqual([0, 1, 2, 3]);
  ends[2]?.();
  ends[3]?.();
  expect((await settled).map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled", "fulfilled"]);
});
