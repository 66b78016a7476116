import { describe, it } from "vitest";
import { expectTurning } from "./support/knob.ts";
import { allOpenFindings, cleanEntry, startLab } from "./support/lab.ts";
import { PROOF_KNOBS, type ProofKnob } from "./support/proof-knobs.ts";
import { behaving, startProofServer } from "./support/proof-server.ts";

describe("one-knob matrix of proofs: one thing turned that an API does with credentials, exactly its finding appears, and goes when it is turned back", () => {
  for (const knob of PROOF_KNOBS) it(knob.turn, () => turning(knob));
});

async function turning({ manners, findings }: ProofKnob): Promise<void> {
  const lab = await startLab();
  const server = await startProofServer(lab.authority);
  const authProof = { level: "full", permission: { basis: "contract", by: "ciso", until: "2999-01-01" } };
  const entry = cleanEntry(server, { dataClasses: ["email"], authProof });
  const audit = () => lab.audit([entry], { depth: "full" });
  const before = allOpenFindings(await audit());
  await expectTurning(
    {
      clock: lab.clock,
      clean: audit,
      turned: audit,
      turn: async () => server.turn(manners),
      turnBack: async () => server.turn(behaving),
      findingsIn: allOpenFindings,
    },
    before,
    [...before, ...findings].sort(),
  );
}
