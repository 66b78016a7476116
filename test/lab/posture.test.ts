import { describe, expect, it } from "vitest";
import { DAY, HOUR } from "../../src/model/instant.ts";
import { authority } from "../observe/net/support/peers.ts";
import { canariesIn } from "./support/canary.ts";
import { answer, type HostileAnswer, hostileHost } from "./support/hostile-host.ts";
import { LAB_SECRET, type LabAuditOptions, startLab } from "./support/lab.ts";

const API: HostileAnswer = { id: "api", bytes: answer('{"data":[],"has_more":false}'), seen: "200 classified" };
const FAMILIES = { families: ["header"], roots: [authority.certificatePem], withEvidence: true } as const;

/** "GET nobody": what a request asked for, by its first line. */
function purposes(heads: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const head of heads) {
    const [method = "", path = ""] = head.split(" ", 2);
    const purpose = /apirisk-[0-9a-f]{12}$/.test(path) ? "nobody" : path;
    counts[`${method} ${purpose}`] = (counts[`${method} ${purpose}`] ?? 0) + 1;
  }
  return counts;
}

describe("what is asked of an API where nobody calls it", () => {
  it("is asked once a week, without a credential, and within what was told beforehand", async () => {
    const lab = await startLab();
    const host = await hostileHost(API);
    const nights: Readonly<Record<string, number>>[] = [];
    for (let night = 0; night <= 8; night += 1) {
      const before = host.heads.length;
      const { report } = await lab.audit([host.entry], FAMILIES);
      const heads = host.heads.slice(before);
      expect(heads.length).toBe(report.run.requests);
      expect(report.run.requests).toBeLessThanOrEqual(report.run.bound.requests);
      expect(report.run.connections).toBeLessThanOrEqual(report.run.bound.connections);
      nights.push(purposes(heads));
      lab.clock.advance(DAY);
    }
    const call = { "GET /v1/orders": 1 };
    const asked = { ...call, "GET nobody": 1, "OPTIONS /v1/orders": 1, "GET /.well-known/security.txt": 1 };
    expect(nights).toEqual([asked, call, call, call, call, call, call, asked, call]);
    const beside = host.heads.filter((head) => !head.startsWith("GET /v1/orders "));
    expect(beside).toHaveLength(6);
    for (const head of beside) {
      expect(canariesIn(head, [LAB_SECRET])).toEqual([]);
      expect(head).not.toMatch(/^(?:x-api-key|authorization|cookie):/im);
    }
  });

  it.each<[string, LabAuditOptions, number]>([
    ["at full depth it is asked every time", { depth: "full" }, 6],
    ["at quick depth it is not asked", { depth: "quick" }, 0],
  ])("%s", async (_what, options, most) => {
    const lab = await startLab();
    const host = await hostileHost(API);
    for (let time = 0; time < 2; time += 1) {
      const { report } = await lab.audit([host.entry], { ...FAMILIES, ...options });
      expect(report.run.requests).toBeLessThanOrEqual(report.run.bound.requests);
      lab.clock.advance(HOUR);
    }
    expect(host.heads.filter((head) => !head.startsWith("GET /v1/orders "))).toHaveLength(most);
  });

  it.each([1, 2, 5, 7])("asks no more than %i times in a month where that was declared", async (callsPerMonth) => {
    const lab = await startLab();
    const host = await hostileHost({ ...API, declared: { budget: { callsPerMonth } } });
    for (let night = 0; night < 4; night += 1) {
      await lab.audit([host.entry], FAMILIES);
      lab.clock.advance(3 * DAY);
    }
    expect(host.heads.length).toBeLessThanOrEqual(callsPerMonth);
  });
});
