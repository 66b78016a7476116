import { describe, it } from "vitest";
import { CLEAN } from "../../src/demo/conditions.ts";
import { CHALLENGE_KNOBS, DIGEST_KNOBS, WITH_TOKEN } from "./support/challenge-knobs.ts";
import { expectTurning, type Knob } from "./support/knob.ts";
import { allOpenFindings, cleanEntry, LAB_SECRET, startLab } from "./support/lab.ts";

describe("one-knob matrix of challenges: one refusal turned, exactly its finding appears, information too, and goes when it is turned back", () => {
  const bearer = { in: "header", name: "authorization", value: `Bearer ${LAB_SECRET}` } as const;
  for (const knob of CHALLENGE_KNOBS) it(knob.turn, () => turning(knob, { ...CLEAN, auth: bearer }, WITH_TOKEN));
  const digest = { ...CLEAN, challenge: "Digest qop=auth, algorithm=SHA-256" };
  for (const knob of DIGEST_KNOBS) it(knob.turn, () => turning(knob, digest, { scheme: "digest", credential: "env:LAB_KEY" }));
});

async function turning({ turn: _turn, server, findings }: Knob, standing: typeof CLEAN, auth: object): Promise<void> {
  const lab = await startLab();
  const api = await lab.start(standing);
  const audit = () => lab.audit([cleanEntry(api, { auth })]);
  const before = allOpenFindings(await audit());
  await expectTurning(
    {
      clock: lab.clock,
      clean: audit,
      turned: audit,
      turn: () => api.change(server ?? {}),
      turnBack: () => api.change(standing),
      findingsIn: allOpenFindings,
    },
    before,
    [...before, ...findings].sort(),
  );
}
