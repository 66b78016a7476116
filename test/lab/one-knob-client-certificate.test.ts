import { chmod, writeFile } from "node:fs/promises";
import { describe, it } from "vitest";
import { CLIENT_KNOBS, CLIENT_STANDING, type ClientKnob } from "./support/client-certificate-knobs.ts";
import { expectTurning } from "./support/knob.ts";
import { allOpenFindings, cleanEntry, startLab } from "./support/lab.ts";
import { STANDING_FINDINGS } from "./support/tls-knobs.ts";

describe("one-knob matrix of our own client certificate: one thing of its files turned, exactly its findings appear, and go when it is turned back", () => {
  for (const knob of CLIENT_KNOBS) it(knob.turn, () => turning(knob));
});

async function turning({ turned, findings }: ClientKnob): Promise<void> {
  const lab = await startLab();
  const api = await lab.start();
  const { auth, ...entry } = cleanEntry(api);
  const clientCertificate = { cert: "file:client.crt", key: "file:client.key" };
  const declared = { ...entry, id: "clean", baseUrl: api.url, auth: { ...(auth as object), clientCertificate } };
  const audit = () => lab.audit([declared], { boundFiles: Object.values(clientCertificate) });
  const put = async ({ chain, key, mode = 0o600 }: ClientKnob["turned"]) => {
    await writeFile(`${lab.folder}/client.crt`, chain);
    await writeFile(`${lab.folder}/client.key`, key);
    await chmod(`${lab.folder}/client.key`, mode);
  };
  await put(CLIENT_STANDING);
  await expectTurning(
    {
      clock: lab.clock,
      clean: audit,
      turned: audit,
      turn: () => put(turned),
      turnBack: () => put(CLIENT_STANDING),
      findingsIn: allOpenFindings,
    },
    STANDING_FINDINGS,
    [...STANDING_FINDINGS, ...findings].sort(),
  );
}
