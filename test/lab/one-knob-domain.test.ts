import { describe, it } from "vitest";
import { DAY } from "../../src/model/instant.ts";
import { PUBLIC_ROOT } from "../judge/public-authority.ts";
import { DOMAIN_KNOBS, type DomainKnob, HOST, ISSUED, WELL_KNOWN } from "./support/domain-knobs.ts";
import { expectTurning } from "./support/knob.ts";
import { allOpenFindings, cleanEntry, startLab } from "./support/lab.ts";
import { STANDING, STANDING_FINDINGS } from "./support/tls-knobs.ts";

describe("one-knob matrix of names: one answer of DNS turned, exactly its finding appears, information too, and goes when it is turned back", () => {
  for (const knob of DOMAIN_KNOBS) it(knob.turn, () => turning(knob));
});

async function turning({ zone, before = WELL_KNOWN, isLost = false, missing, back = before, findings }: DomainKnob): Promise<void> {
  const lab = await startLab();
  const api = await lab.start({ ...STANDING, certificate: ISSUED });
  lab.dns.turn(before);
  const entry = cleanEntry({ url: `https://${HOST}:${api.port}` });
  const audit = (addresses: readonly string[]) => lab.audit([entry], { addresses, roots: [PUBLIC_ROOT.pem] });
  await expectTurning(
    {
      clock: lab.clock,
      clean: () => audit([api.host]),
      turned: () => audit(isLost ? [] : [api.host]),
      turn: async () => {
        if (missing !== undefined) {
          lab.dns.turn(missing);
          for (let night = 0; night < 2; night += 1) {
            await audit([]);
            lab.clock.advance(DAY);
          }
        }
        lab.dns.turn(zone);
      },
      turnBack: async () => lab.dns.turn(back),
      findingsIn: allOpenFindings,
    },
    STANDING_FINDINGS,
    [...STANDING_FINDINGS, ...findings].sort(),
  );
}
