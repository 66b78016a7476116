import { describe, it } from "vitest";
import { DAY } from "../../src/model/instant.ts";
import { PUBLIC_ROOT } from "../judge/public-authority.ts";
import { CERTIFICATE_KNOBS, type CertificateKnob, HOST, RENEWAL_KNOBS, WELL } from "./support/certificate-knobs.ts";
import { expectTurning } from "./support/knob.ts";
import { allOpenFindings, cleanEntry, startLab } from "./support/lab.ts";
import { startFront } from "./support/tls-front.ts";
import { STANDING, STANDING_FINDINGS } from "./support/tls-knobs.ts";

describe("one-knob matrix of certificates: one thing turned, exactly its findings appear, information too, and go when it is turned back", () => {
  for (const knob of [...CERTIFICATE_KNOBS, ...RENEWAL_KNOBS]) it(knob.turn, () => turning(knob));
});

async function turning({ turned, second, tls, depth = "standard", sights = 1, findings }: CertificateKnob): Promise<void> {
  const lab = await startLab();
  const conditions = { ...STANDING, certificate: WELL };
  const api = await lab.start(conditions);
  const other = second === undefined ? undefined : await lab.start(conditions);
  if (other !== undefined) await startFront(other, { address: SECOND, port: api.port });
  const addresses = other === undefined ? [api.host] : [api.host, SECOND];
  const entry = cleanEntry({ url: `https://${HOST}:${api.port}` });
  const audit = () => lab.audit([entry], { depth, addresses, roots: [PUBLIC_ROOT.pem] });
  const present = async (own: typeof WELL, others: typeof WELL, more: typeof tls = {}) => {
    await api.change({ certificate: own, tls: { ...STANDING.tls, ...more } });
    await other?.change({ certificate: others });
  };
  await expectTurning(
    {
      clock: lab.clock,
      clean: audit,
      turned: async () => {
        for (let sight = 1; sight < sights; sight += 1) {
          await audit();
          lab.clock.advance(DAY);
        }
        return audit();
      },
      turn: () => present(turned, second ?? WELL, tls),
      turnBack: () => present(WELL, WELL),
      findingsIn: allOpenFindings,
    },
    STANDING_FINDINGS,
    [...STANDING_FINDINGS, ...findings].sort(),
  );
}

/** All of 127/8 is loopback (RFC 1122 section 3.2.1.3). */
const SECOND = "127.0.0.2";
