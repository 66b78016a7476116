import { expect, it } from "vitest";
import { CLEAN } from "../../src/demo/conditions.ts";
import { HOUR } from "../../src/model/instant.ts";
import { allOpenFindings, cleanEntry, startLab } from "./support/lab.ts";
import { startFront } from "./support/tls-front.ts";
import { conditionsOf, STANDING_FINDINGS, StandingHost, TLS_KNOBS } from "./support/tls-knobs.ts";

it("what was remembered of one condition is not said of the next", async () => {
  const lab = await startLab();
  const host = new StandingHost(lab);
  const api = await lab.start(host.conditions());
  const front = await startFront(api);
  expect(allOpenFindings(await lab.audit([cleanEntry(front)]))).toEqual(STANDING_FINDINGS);
  for (const knob of TLS_KNOBS.filter(({ depth, second }) => depth === undefined && second === undefined)) {
    const { turn, server = {}, gone = [], findings } = knob;
    await api.change({ ...CLEAN, ...host.conditions(server) });
    front.turn(conditionsOf(knob, lab, host));
    lab.clock.advance(HOUR);
    const standing = STANDING_FINDINGS.filter((finding) => !gone.includes(finding));
    expect([turn, ...allOpenFindings(await lab.audit([cleanEntry(front)]))]).toEqual([turn, ...[...standing, ...findings].sort()]);
  }
}, 60_000);
