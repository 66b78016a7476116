import { writeFile } from "node:fs/promises";
import { describe, it } from "vitest";
import { CLIENT_STANDING } from "./support/client-certificate-knobs.ts";
import { expectTurning } from "./support/knob.ts";
import { cleanEntry, openFindings, startLab } from "./support/lab.ts";
import { startMtlsApi } from "./support/mtls-api.ts";
import { MTLS_AUTH, MTLS_FILES, MTLS_KNOBS, type MtlsKnob } from "./support/mtls-knobs.ts";

describe("one-knob matrix of a server that wants a certificate: one thing of it turned, exactly its findings appear, and go when it is turned back", () => {
  for (const knob of MTLS_KNOBS) it(knob.turn, () => turning(knob));
});

async function turning({ insistence, findings }: MtlsKnob): Promise<void> {
  const lab = await startLab();
  const api = await startMtlsApi(lab.authority);
  await writeFile(`${lab.folder}/client.crt`, CLIENT_STANDING.chain);
  await writeFile(`${lab.folder}/client.key`, CLIENT_STANDING.key, { mode: 0o600 });
  const permission = { basis: "the lab's own server", by: "the lab", until: "2099-01-01" };
  const entry = cleanEntry(api, { auth: MTLS_AUTH, authProof: { level: "shape", permission } });
  const audit = () => lab.audit([entry], { boundFiles: MTLS_FILES });
  await expectTurning(
    {
      clock: lab.clock,
      clean: audit,
      turned: audit,
      turn: async () => api.turn(insistence),
      turnBack: async () => api.turn("refusing"),
      findingsIn: openFindings,
    },
    [],
    findings,
  );
}
