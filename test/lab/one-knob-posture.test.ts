import { describe, it } from "vitest";
import { CLEAN } from "../../src/demo/conditions.ts";
import { expectTurning } from "./support/knob.ts";
import { allOpenFindings, cleanEntry, startLab } from "./support/lab.ts";
import { POSTURE_KNOBS } from "./support/posture-knobs.ts";

describe("one-knob matrix of posture: one thing turned of how an API answers, exactly its findings appear, and go when it is turned back", () => {
  for (const { turn, always = {}, server = {}, declared, findings } of POSTURE_KNOBS) {
    it(turn, async () => {
      const lab = await startLab();
      const api = await lab.start(always);
      const audit = () => lab.audit([cleanEntry(api, declared)], { depth: "full" });
      const standing = allOpenFindings(await audit());
      await expectTurning(
        {
          clock: lab.clock,
          clean: audit,
          turned: audit,
          turn: () => api.change(server),
          turnBack: () => api.change({ ...CLEAN, ...always }),
          findingsIn: allOpenFindings,
        },
        standing,
        [...standing, ...findings].sort(),
      );
    });
  }
});
