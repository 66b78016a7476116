import { describe, expect, it } from "vitest";
import { findFakeTime } from "../lab/support/fake-time.ts";
import { type Night, logOf, tell } from "./chronicle.ts";
import { NIGHTS, PLOT } from "./plot.ts";
import { instant, openStage } from "./stage.ts";

const time = findFakeTime();

describe.skipIf(time === undefined)("two years", () => {
  it("play", async () => {
    if (time === undefined) return;
    const stage = await openStage({ time, processes: process.env.STORY_PROCESSES === "1" });
    const steps = [
      ...PLOT.map((scene) => ({ at: instant(scene.at).getTime(), scene })),
      ...NIGHTS.map((at) => ({ at, scene: undefined })),
    ].sort((a, b) => a.at - b.at);
    const nights: Night[] = [];
    const t0 = performance.now();
    for (const { at, scene } of steps) {
      stage.now = at;
      if (scene !== undefined) await scene.play(stage);
      else {
        const { code, stdout, stderr } = await stage.night();
        nights.push({ at, exit: code, silent: stdout === "" && stderr === "" });
        if (nights.length % 20 === 0) console.log(nights.length, Math.round(performance.now() - t0));
        if (code !== 0 && code !== 1 && code !== 3) console.log(new Date(at).toISOString(), code, stdout, stderr);
      }
    }
    const scenes = PLOT.map(({ at, says }) => ({ at: instant(at).getTime(), says }));
    await expect(tell({ scenes, nights, log: logOf(stage.databaseFile) })).toMatchFileSnapshot("./two-years.golden.txt");
  }, 900_000);
});
