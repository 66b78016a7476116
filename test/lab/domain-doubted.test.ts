import { expect, it } from "vitest";
import type { AuditResult } from "../../src/app/audit.ts";
import { DAY, isoInstant } from "../../src/model/instant.ts";
import { PUBLIC_ROOT } from "../judge/public-authority.ts";
import { DOMAIN_KNOBS, HOST, ISSUED, WELL_KNOWN } from "./support/domain-knobs.ts";
import { cleanEntry, LAB_SECRET, type LabAuditOptions, startLab } from "./support/lab.ts";
import { STANDING } from "./support/tls-knobs.ts";

const MOVED = DOMAIN_KNOBS.find(({ turn }) => turn === "somebody else answers for the domain")?.zone ?? {};

async function lab() {
  const started = await startLab();
  const api = await started.start({ ...STANDING, certificate: ISSUED });
  started.dns.turn(WELL_KNOWN);
  const entry = cleanEntry({ url: `https://${HOST}:${api.port}` });
  const sent = () => api.requests().filter((request) => JSON.stringify(request).includes(LAB_SECRET)).length;
  return {
    ...started,
    /** Audits, and counts the requests that carried the credential. */
    async night(options: LabAuditOptions = {}) {
      const before = sent();
      const result = await started.audit([entry], { addresses: [api.host], roots: [PUBLIC_ROOT.pem], ...options });
      started.clock.advance(DAY);
      return { result, carried: sent() - before };
    },
  };
}

const doubted = ({ report }: AuditResult) =>
  report.integrations.flatMap(({ unobserved }) => unobserved.filter(({ reason }) => reason === "domain_doubted").map(({ rule }) => rule));

it("sends the credential to a domain that changed hands, as it looks, no more, until it is bound again", async () => {
  const { night, dns, clock } = await lab();
  expect((await night()).carried).toBeGreaterThan(0);

  dns.turn(MOVED);
  const moved = await night();
  expect(moved.carried).toBe(0);
  expect(doubted(moved.result)).toContain("data/sensitive-field-undeclared");
  expect(moved.result.report.integrations[0]?.findings.map(({ rule }) => rule)).toContain("domain/credential-kept-back");

  clock.advance(60 * DAY);
  expect((await night()).carried).toBe(0);

  const again = await night({ trustedAt: isoInstant(clock.now()) });
  expect(again.carried).toBeGreaterThan(0);
  expect(doubted(again.result)).toEqual([]);
});

it("remembers the sign where DNS is not asked, and where it does not answer", async () => {
  const { night, dns } = await lab();
  await night();
  dns.turn(MOVED);
  await night();
  const unasked = await night({ families: ["data"] });
  expect([unasked.carried, doubted(unasked.result)]).toEqual([0, expect.arrayContaining(["data/secret-in-response"])]);
  dns.turn({ "acme-lab.example": "servfail", [HOST]: "servfail" });
  expect((await night()).carried).toBe(0);
});

it("sends it where the first name servers answer again, and where there is no history to compare with", async () => {
  const { night, dns } = await lab();
  await night();
  dns.turn(MOVED);
  expect((await night({ withoutHistory: true })).carried).toBeGreaterThan(0);
  await night();
  dns.turn(WELL_KNOWN);
  expect((await night()).carried).toBeGreaterThan(0);
});

it("sends it to nobody who stops telling, or names the first one's servers beside his own", async () => {
  const { night, dns } = await lab();
  await night();
  dns.turn(MOVED);
  await night();
  for (const ns of [[], ["a.ns.elsewhere.example", "ns1.dns.example"], ["b.ns.elsewhere.example"]]) {
    dns.turn({ ...MOVED, "acme-lab.example": ns.length === 0 ? {} : { ns } });
    expect((await night()).carried).toBe(0);
  }
});
