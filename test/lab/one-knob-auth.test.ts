import { describe, it } from "vitest";
import { PUBLIC_ROOT } from "../judge/public-authority.ts";
import { AUTH_KNOBS, type AuthKnob } from "./support/auth-knobs.ts";
import { issuedFor } from "./support/domain-knobs.ts";
import { expectTurning } from "./support/knob.ts";
import { allOpenFindings, cleanEntry, startLab } from "./support/lab.ts";
import { STANDING, STANDING_FINDINGS } from "./support/tls-knobs.ts";

describe("one-knob matrix of our way in: one thing of it declared otherwise, exactly its finding appears, information too, and goes when it is turned back", () => {
  for (const knob of AUTH_KNOBS) it(knob.turn, () => turning(knob));
});

/** The server stays what it is: these rules ask the inventory alone. */
async function turning({ host, dataClasses = [], clean, turned, findings }: AuthKnob): Promise<void> {
  const lab = await startLab();
  const api = await lab.start({ ...STANDING, certificate: issuedFor(host), auth: { in: "open" } });
  const declared = (auth: object) =>
    cleanEntry({ url: `https://${host}:${api.port}` }, { auth, authProof: { level: "none" }, dataClasses });
  const audit = (auth: object) => lab.audit([declared(auth)], { addresses: [api.host], roots: [PUBLIC_ROOT.pem] });
  await expectTurning(
    {
      clock: lab.clock,
      clean: () => audit(clean),
      turned: () => audit(turned),
      turn: async () => undefined,
      turnBack: async () => undefined,
      findingsIn: allOpenFindings,
    },
    STANDING_FINDINGS,
    [...STANDING_FINDINGS, ...findings].sort(),
  );
}
