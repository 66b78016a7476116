import { describe, it } from "vitest";
import { CLEAN } from "../../src/demo/conditions.ts";
import { DAY } from "../../src/model/instant.ts";
import { expectTurning } from "./support/knob.ts";
import { allOpenFindings, cleanEntry, startLab } from "./support/lab.ts";
import { startFront } from "./support/tls-front.ts";
import { conditionsOf, STANDING_FINDINGS, StandingHost, TLS_KNOBS, type TlsKnob } from "./support/tls-knobs.ts";

describe("one-knob matrix of TLS: one condition turned, exactly its findings appear, information too, and go when it is turned back", () => {
  for (const knob of TLS_KNOBS) it(knob.turn, () => turning(knob));
});

async function turning(knob: TlsKnob): Promise<void> {
  const { server = {}, second, depth = "standard", findings, gone = [], noticed = DAY } = knob;
  const lab = await startLab();
  const host = new StandingHost(lab);
  const api = await lab.start(host.conditions());
  const front = await startFront(api);
  const other = second === undefined ? undefined : await lab.start(host.conditions());
  if (other !== undefined) await startFront(other, { address: SECOND, port: front.port });
  const entry = cleanEntry(other === undefined ? front : { url: `https://localhost:${front.port}` });
  const audit = () => lab.audit([entry], { depth, addresses: ["127.0.0.1", SECOND] });
  const standing = STANDING_FINDINGS.filter((finding) => !gone.includes(finding));
  await expectTurning(
    {
      clock: lab.clock,
      noticed,
      clean: audit,
      turned: audit,
      turn: async () => {
        await api.change(host.conditions(server));
        await other?.change(host.conditions(second));
        front.turn(conditionsOf(knob, lab, host));
      },
      turnBack: async () => {
        await Promise.all([api, other].map((one) => one?.change({ ...CLEAN, ...host.conditions() })));
        front.turn({});
      },
      findingsIn: allOpenFindings,
    },
    STANDING_FINDINGS,
    [...standing, ...findings].sort(),
  );
}

/** All of 127/8 is loopback (RFC 1122 section 3.2.1.3). */
const SECOND = "127.0.0.2";
