import { describe, it } from "vitest";
import { CLEAN } from "../../src/demo/conditions.ts";
import { ISSUED_TOKEN, issuing, startAuthorizationServer } from "./support/authorization-server.ts";
import { expectTurning } from "./support/knob.ts";
import { allOpenFindings, cleanEntry, startLab } from "./support/lab.ts";
import { LOGIN_KNOBS, type LoginKnob } from "./support/login-knobs.ts";

describe("one-knob matrix of logins: one answer of the authorisation server turned, exactly its finding appears, and goes when it is turned back", () => {
  for (const knob of LOGIN_KNOBS) it(knob.turn, () => turning(knob));
});

async function turning({ reply, findings }: LoginKnob): Promise<void> {
  const lab = await startLab();
  const api = await lab.start({ ...CLEAN, auth: { in: "header", name: "authorization", value: `Bearer ${ISSUED_TOKEN}` } });
  const server = await startAuthorizationServer(lab.authority);
  const auth = {
    scheme: "oauth2-client-credentials",
    credential: "env:LAB_KEY",
    token: { url: server.url, clientAuth: "client_secret_basic", clientId: "lab", scopes: ["orders.read"] },
    neededScopes: ["orders.read"],
  };
  const standing = issuing({ scope: "orders.read" });
  server.turn(standing);
  const audit = () => lab.audit([cleanEntry(api, { auth })]);
  const before = allOpenFindings(await audit());
  await expectTurning(
    {
      clock: lab.clock,
      clean: audit,
      turned: audit,
      turn: async () => server.turn(reply),
      turnBack: async () => server.turn(standing),
      findingsIn: allOpenFindings,
    },
    before,
    [...before, ...findings].sort(),
  );
}
