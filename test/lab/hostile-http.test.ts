import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { LookupFunction } from "node:net";
import { describe, expect, it } from "vitest";
import type { HttpResponseEvidence } from "../../src/evidence/kinds.ts";
import { DAY, HOUR } from "../../src/model/instant.ts";
import type { ReportIntegration } from "../../src/model/report.ts";
import { renderJson } from "../../src/tell/report/json.ts";
import { renderReport } from "../../src/tell/report/terminal.ts";
import { reportView } from "../../src/tell/view/report-view.ts";
import { answering, authority, tlsPeer, whenAsked } from "../observe/net/support/peers.ts";
import { canariesIn } from "./support/canary.ts";
import { CANARY, HOSTILE_ROWS } from "./support/hostile-answers.ts";
import { answer, type HostileAnswer, type HostileHost, hostileHost, lure } from "./support/hostile-host.ts";
import { cleanEntry, type Lab, type LabAuditOptions, startLab } from "./support/lab.ts";

type Report = Awaited<ReturnType<Lab["audit"]>>["report"];

describe("a hostile host", () => {
  for (const { row, trap, answers } of HOSTILE_ROWS) {
    it(`${row}. ${trap}`, async () => {
      const lab = await startLab();
      const trapdoor = await lure();
      const given = answers(trapdoor.port);
      const hosts = new Map<string, HostileHost>();
      for (const answer of given) hosts.set(answer.id, await hostileHost(answer));
      const seen = new Map<string, ReportIntegration>();
      for (const [asked, timeouts] of [
        [given.filter(({ lasts }) => lasts === undefined), {}],
        [given.filter(({ lasts }) => lasts), { headers: 200, body: 200 }],
      ] as const) {
        if (asked.length === 0) continue;
        const report = await audit(
          lab,
          asked.flatMap(({ id }) => hosts.get(id) ?? []),
          { timeouts },
        );
        expectNothingOf(report);
        for (const integration of report.integrations) seen.set(integration.id, integration);
      }
      expect(given.map(({ id }) => [id, seenOf(seen.get(id)), findingsOf(seen.get(id))])).toEqual(
        given.map(({ id, seen: expected, findings = [] }) => [id, expected, findings]),
      );
      for (const { id, most } of given) expectModesty(hosts.get(id), seen.get(id), most);
      for (const integration of seen.values()) {
        expectUnknown(integration);
        expectNoMore(integration);
      }
      expect(trapdoor.connections()).toBe(0);
      await expectNothingKept(lab);
    });
  }

  it("38. a proxy that wants a password, and one that answers itself", async () => {
    const lab = await startLab();
    const host = await hostileHost(PLAIN_ANSWER);
    for (const [says, reason] of [
      [`407 ${CANARY}`, "proxy_auth_required"],
      [`302 Found\r\nLocation: http://${CANARY}.example/login`, "proxy_refused"],
      [`200 OK\r\nX: \x1b${CANARY}`, "proxy_unreachable"],
    ] as const) {
      const proxy = await answering(`HTTP/1.1 ${says}\r\nContent-Type: text/html\r\n\r\n<html>${CANARY}`);
      const report = await audit(lab, [host], { proxies: { https: `http://127.0.0.1:${proxy.port}` } });
      expect(report.integrations.map(seenOf)).toEqual([reason]);
      expectNothingOf(report);
    }
    expect(host.heads).toEqual([]);
    await expectNothingKept(lab);
  });

  it("41. values that are others every time are no news", async () => {
    const lab = await startLab();
    const peer = await tlsPeer({}, (socket) => {
      whenAsked(socket, () => {
        const id = randomUUID();
        const fields = [
          `X-Request-Id: ${id}`,
          `Traceparent: 00-${id}`,
          `ETag: "${id}"`,
          `Date: ${new Date(lab.clock.now()).toUTCString()}`,
          `CF-Ray: ${id}`,
        ];
        socket.end(answer('{"data":[],"has_more":false}', [...fields, `X-Runtime: ${Math.random()}`]));
      });
    });
    const entry = cleanEntry({ url: `https://127.0.0.1:${peer.port}` });
    const first = await audit(lab, [{ entry }]);
    for (let night = 0; night < 3; night += 1) {
      lab.clock.advance(DAY + HOUR);
      const { changes, integrations } = await audit(lab, [{ entry }]);
      expect(changes).toEqual([]);
      expect(integrations.map(findingsOf)).toEqual(first.integrations.map(findingsOf));
    }
  });

  it("42. a name that leads inside, and one that leads elsewhere the second time", async () => {
    const lab = await startLab();
    const host = await hostileHost({ ...PLAIN_ANSWER, origin: "https://api.example.test", declared: { network: "public" } });
    for (const [addresses, allowPrivate] of [
      [["127.0.0.1"], false],
      [["10.0.0.1", "::ffff:127.0.0.1"], false],
      [["169.254.169.254", "fd00:ec2::254", "64:ff9b::a9fe:a9fe"], true],
    ] as const) {
      const report = await audit(lab, [host], { addresses, allowPrivate });
      expect(report.integrations.map(seenOf)).toEqual(["address_not_allowed"]);
    }
    expect(host.heads).toEqual([]);
    let asked = 0;
    const rebinding: LookupFunction = (_name, _options, callback) =>
      callback(null, [{ address: asked++ === 0 ? "127.0.0.1" : "169.254.169.254", family: 4 }]);
    expect((await audit(lab, [host], { lookup: rebinding })).integrations.map(seenOf)).toEqual(["200 classified"]);
    expect(host.heads.length).toBeGreaterThan(1);
  });

  it("has a test for each of the 42 rows", () => {
    expect([...HOSTILE_ROWS.map(({ row }) => row), 38, 41, 42].sort((a, b) => a - b)).toEqual(
      Array.from({ length: 42 }, (_, at) => at + 1),
    );
  });
});

const PLAIN_ANSWER: HostileAnswer = { id: "plain", bytes: answer('{"data":[],"has_more":false}'), seen: "200 classified" };

function audit(lab: Lab, hosts: readonly Pick<HostileHost, "entry">[], options: LabAuditOptions = {}): Promise<Report> {
  return lab
    .audit(
      hosts.map(({ entry }) => entry),
      { families: ["header", "data", "auth"], roots: [authority.certificatePem], addresses: ["127.0.0.1"], withEvidence: true, ...options },
    )
    .then(({ report }) => report);
}

/** "200 truncated body_truncated", or why nothing was seen. */
function seenOf(integration: ReportIntegration | undefined): string | undefined {
  const [seen] = (integration?.evidence?.["http-response"] ?? []) as readonly (HttpResponseEvidence | { readonly reason: string })[];
  if (seen === undefined) return undefined;
  if ("reason" in seen) return seen.reason;
  const { status, body, interference } = seen;
  return [status, body.state, body.failure?.reason ?? [], interference ?? []].flat().join(" ");
}

/** Against the endpoint and its fields; that anybody may ask is no news of a host that says the same to everybody, nor that it sends what nobody needs. */
function findingsOf(integration: ReportIntegration | undefined): readonly string[] {
  return (integration?.findings ?? [])
    .filter(
      ({ subject, rule }) =>
        /^(?:endpoint|header):/.test(subject) && !["auth/unauthenticated-access", "data/field-undeclared"].includes(rule),
    )
    .map(({ rule, outcome }) => `${rule} ${outcome}`)
    .sort();
}

/** No more than was counted, nothing but what audits ask with, no cookie of theirs, and no more taken than fits into the system's own buffers. */
function expectModesty(host: HostileHost | undefined, integration: ReportIntegration | undefined, most = Number.POSITIVE_INFINITY): void {
  const { heads = [], written = () => 0 } = host ?? {};
  expect(heads.length).toBeLessThanOrEqual(Math.min(most, integration?.requests ?? 0));
  expect(written()).toBeLessThan(32 * MB * Math.max(1, heads.length));
  for (const head of heads) {
    expect(head).toMatch(/^(?:GET|OPTIONS) /);
    expect(head).toMatch(/^accept-encoding: gzip, deflate, br\r$/im);
    expect(head).not.toMatch(/^cookie:/im);
  }
}

/** No more than 25 MB are looked at of a body, however it was packed. */
function expectNoMore({ evidence }: ReportIntegration): void {
  const answers = (evidence?.["http-response"] ?? []) as readonly Partial<HttpResponseEvidence>[];
  const looked = answers.flatMap(({ body }) => body?.octets ?? []);
  expect(looked.filter((octets) => octets > 25 * MB)).toEqual([]);
}

/** Of what was not read whole nothing is said to be in order. */
function expectUnknown(integration: ReportIntegration): void {
  const [, , reason] = /^\d{3} (undecodable|truncated|unsupported|too-deep) (\w+)$/.exec(seenOf(integration) ?? "") ?? [];
  if (reason === undefined) return;
  const unknown = integration.unobserved.filter(({ rule }) => rule === "data/secret-in-response");
  expect(unknown).toEqual([{ rule: "data/secret-in-response", subject: "endpoint:orders", reason }]);
}

/** No error of ours, and nothing of theirs in anything that is printed. */
function expectNothingOf(report: Report): void {
  expect(report.integrations.flatMap(({ errors }) => errors)).toEqual([]);
  const printed = [renderJson(report), renderReport(reportView(report), { columns: 120, colour: false, unicode: true }, "full")];
  expect(printed.flatMap((text) => [...canariesIn(text, [CANARY]), ...(UNPRINTABLE.exec(text) ?? [])])).toEqual([]);
}

async function expectNothingKept({ databaseFile }: Lab): Promise<void> {
  for (const file of [databaseFile, `${databaseFile}-wal`]) {
    const bytes = await readFile(file).catch(() => Buffer.alloc(0));
    expect(canariesIn(bytes, [CANARY])).toEqual([]);
  }
}

const MB = 1024 * 1024;
/** All that a terminal may act on, but the end of a line. */
const UNPRINTABLE = /(?!\n)[\p{Cc}\u202a-\u202e\u2066-\u2069\u2028\u2029]/u;
