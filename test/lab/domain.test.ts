import { expect, it } from "vitest";
import { DAY } from "../../src/model/instant.ts";
import { PUBLIC_ROOT } from "../judge/public-authority.ts";
import { HOST, ISSUED, WELL_KNOWN } from "./support/domain-knobs.ts";
import { cleanEntry, type LabAuditOptions, startLab } from "./support/lab.ts";
import { STANDING } from "./support/tls-knobs.ts";

async function lab(options: LabAuditOptions = {}) {
  const started = await startLab();
  const api = await started.start({ ...STANDING, certificate: ISSUED });
  started.dns.turn(WELL_KNOWN);
  const entry = cleanEntry({ url: `https://${HOST}:${api.port}` });
  const audit = (more: LabAuditOptions = {}) =>
    started.audit([entry], { addresses: [api.host], roots: [PUBLIC_ROOT.pem], ...options, ...more });
  return { ...started, api, audit };
}

it("asks DNS alone where nothing else is wanted, and says that it saw something", async () => {
  const { audit, api, dns } = await lab({ families: ["domain"] });
  const { report } = await audit();
  expect(report.integrations).toMatchObject([{ visibility: "observed", coverage: 1, findings: [] }]);
  expect(report.run).toMatchObject({ connections: 0, requests: 0, bound: { connections: 0, requests: 0 } });
  expect(api.counts()).toMatchObject({ connections: 0, requests: 0 });
  expect(dns.asked.length).toBeGreaterThan(0);
});

it("asks DNS nothing where no rule wants it", async () => {
  const { audit, dns } = await lab({ families: ["tls", "header"] });
  await audit();
  expect(dns.asked).toEqual([]);
});

it("keeps one piece of evidence for as long as nothing changes", async () => {
  const { audit, clock } = await lab({ withEvidence: true });
  const seen: unknown[] = [];
  for (let night = 0; night < 3; night += 1) {
    const { report } = await audit();
    seen.push({ ...(report.integrations[0]?.evidence?.["domain"]?.[0] as object), durationMs: 0 });
    clock.advance(DAY);
  }
  expect(seen[0]).toMatchObject({ host: HOST });
  expect(seen).toEqual([seen[0], seen[0], seen[0]]);
});

it("does not call a provider seen because DNS answers, nor unseen because it does not", async () => {
  const { audit, dns, api } = await lab();
  dns.turn({ "acme-lab.example": "servfail", [HOST]: "servfail" });
  expect((await audit()).report.integrations).toMatchObject([{ visibility: "observed" }]);
  dns.turn(WELL_KNOWN);
  await api.close();
  expect((await audit()).report.integrations).toMatchObject([{ visibility: "unreachable" }]);
});
