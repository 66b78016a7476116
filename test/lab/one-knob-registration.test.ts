import { describe, it } from "vitest";
import { DAY } from "../../src/model/instant.ts";
import { HOST, WELL_KNOWN } from "./support/domain-knobs.ts";
import { expectTurning } from "./support/knob.ts";
import { allOpenFindings, cleanEntry, startLab } from "./support/lab.ts";
import { rdapAnswer } from "./support/rdap-answer.ts";
import { startRdapServer } from "./support/rdap-server.ts";
import { REGISTRATION_KNOBS, type RegistrationKnob } from "./support/registration-knobs.ts";

describe("one-knob matrix of registrations: one word of the registry turned, exactly its finding appears, and goes when it is turned back", () => {
  for (const knob of REGISTRATION_KNOBS) it(knob.turn, () => turning(knob));
});

async function turning({ answer = {}, reply, findings }: RegistrationKnob): Promise<void> {
  const lab = await startLab();
  const registry = await startRdapServer(lab.authority);
  lab.dns.turn(WELL_KNOWN);
  const now = lab.clock.now();
  const asEver = () => registry.turn((domain) => rdapAnswer({ domain, now }));
  asEver();
  const { registryOf } = registry;
  const audit = () =>
    lab.audit([cleanEntry({ url: `https://${HOST}` })], { families: ["domain"], registration: true, registryOf, addresses: ["127.0.0.1"] });
  await expectTurning(
    {
      clock: lab.clock,
      noticed: 7 * DAY,
      clean: audit,
      turned: audit,
      turn: async () => registry.turn((domain) => reply ?? rdapAnswer({ domain, now, ...answer })),
      turnBack: async () => asEver(),
      findingsIn: allOpenFindings,
    },
    [],
    findings,
  );
}
