import { mkdir, writeFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import type { AuditResult } from "../../src/app/audit.ts";
import { DAY } from "../../src/model/instant.ts";
import { expectTurning } from "./support/knob.ts";
import { allOpenFindings, cleanEntry, type Lab, startLab } from "./support/lab.ts";
import { SDK_KNOBS, type SdkKnob, STANDING_LOCK, STANDING_SDK } from "./support/sdk-knobs.ts";

describe("one-knob matrix of our client library: one thing turned, exactly its finding appears, information too, and goes when it is turned back", () => {
  for (const knob of SDK_KNOBS) it(knob.turn, () => turning(knob));
});

describe("a lock file that is gone", () => {
  it("neither closes what was found nor finds anything", async () => {
    const lab = await startLab();
    const api = await lab.start();
    const audit = (sdk: object) => lab.audit([cleanEntry(api, { sdk })]);
    await put(lab, STANDING_LOCK);
    const found = lifecycleFindings(await audit({ ...STANDING_SDK, range: "^5" }));
    lab.clock.advance(DAY);
    const gone = await audit({ ...STANDING_SDK, range: "^5", lock: "gone/package-lock.json" });
    expect(found).toEqual(["lifecycle/sdk-out-of-range sdk:npm"]);
    expect(lifecycleFindings(gone)).toEqual(found);
    expect(lifecycleFindings(await audit({ npm: "acme-node" }))).toEqual([]);
  });
});

async function turning({ lock = STANDING_LOCK, sdk = STANDING_SDK, findings }: SdkKnob): Promise<void> {
  const lab = await startLab();
  const api = await lab.start();
  const audit = (declared: object) => lab.audit([cleanEntry(api, { sdk: declared })]);
  await put(lab, STANDING_LOCK);
  await expectTurning(
    {
      clock: lab.clock,
      clean: () => audit(STANDING_SDK),
      turned: () => audit(sdk),
      turn: () => put(lab, lock),
      turnBack: () => put(lab, STANDING_LOCK),
      findingsIn: lifecycleFindings,
    },
    [],
    findings,
  );
}

async function put({ folder }: Lab, lock: string): Promise<void> {
  await mkdir(`${folder}/app`, { recursive: true });
  await writeFile(`${folder}/app/package-lock.json`, lock);
}

function lifecycleFindings(result: AuditResult): readonly string[] {
  return allOpenFindings(result).filter((finding) => finding.startsWith("lifecycle/"));
}
