import { describe, expect, it } from "vitest";
import { createRunMemo } from "../../src/app/run-memo.ts";
import type { NetResult } from "../../src/model/net-port.ts";
import { ok } from "../../src/model/result.ts";
import { failed } from "../support/fake-net.ts";

const answer = (octets: number): NetResult<Uint8Array> => ok(new Uint8Array(octets));

/** Whoever is asked with it; `calls` counts. */
function authority(...answers: readonly NetResult<Uint8Array>[]) {
  const one = { calls: 0, ask: async () => answers[Math.min(one.calls++, answers.length - 1)] ?? answer(0) };
  return one;
}

describe("the memo of a run", () => {
  it("asks once for a key, for those who come together and for those who come later", async () => {
    const asked = authority(answer(3), answer(4));
    const memo = createRunMemo();
    expect(await Promise.all([memo.once("list", asked.ask), memo.once("list", asked.ask)])).toEqual([answer(3), answer(3)]);
    expect(await memo.once("list", asked.ask)).toEqual(answer(3));
    expect(asked.calls).toBe(1);
  });

  it("counts two questions for two keys", async () => {
    const asked = authority(answer(1));
    const memo = createRunMemo();
    await Promise.all(["a", "a", "b", "a"].map((key) => memo.once(key, asked.ask)));
    expect(asked.calls).toBe(2);
  });

  it.each(["rate_limited", "connect_refused", "not_found"] as const)("keeps what happened to the authority: %s", async (reason) => {
    const asked = authority(failed(reason), answer(1));
    const memo = createRunMemo();
    await memo.once("key", asked.ask);
    expect(await memo.once("key", asked.ask)).toEqual(failed(reason));
    expect(asked.calls).toBe(1);
  });

  it.each(["budget_exhausted", "deadline_exceeded", "interrupted"] as const)(
    "asks again where only the first one's own time or budget was over: %s",
    async (reason) => {
      const asked = authority(failed(reason), answer(1));
      const memo = createRunMemo();
      const answers = await Promise.all([memo.once("key", asked.ask), memo.once("key", asked.ask), memo.once("key", asked.ask)]);
      expect(answers).toEqual([failed(reason), answer(1), answer(1)]);
      expect(asked.calls).toBe(2);
    },
  );

  it("keeps nothing of a bug", async () => {
    const memo = createRunMemo();
    await expect(memo.once("key", () => Promise.reject(new Error("bug")))).rejects.toThrow("bug");
    expect(await memo.once("key", authority(answer(1)).ask)).toEqual(answer(1));
  });

  it("gives up the oldest answers where they become too many", async () => {
    const asked = authority(answer(4));
    const memo = createRunMemo(10);
    for (const key of ["a", "b", "c", "b", "c", "a"]) await memo.once(key, asked.ask);
    expect(asked.calls).toBe(4);
    for (const key of ["c", "a"]) await memo.once(key, asked.ask);
    expect(asked.calls).toBe(4);
  });
});
