import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { planOnly } from "../../src/app/audit.ts";
import { DAY, HOUR } from "../../src/model/instant.ts";
import { RULE_FAMILIES } from "../../src/model/rule.ts";
import { anIntegration } from "../judge/builders.ts";
import { canariesIn } from "./support/canary.ts";
import { WELL_KNOWN } from "./support/domain-knobs.ts";
import { allOpenFindings, cleanEntry, LAB_SECRET, type LabAuditOptions, startLab } from "./support/lab.ts";
import { CONTACTS, type RdapAnswer, rdapAnswer } from "./support/rdap-answer.ts";
import { type RdapReply, startRdapServer } from "./support/rdap-server.ts";

const ZONE = "acme-lab.example";

async function lab(options: LabAuditOptions & { readonly hosts?: readonly string[]; readonly isTrusted?: boolean } = {}) {
  const { hosts = ["api"], isTrusted = true, ...more } = options;
  const started = await startLab();
  const { authority, clock, dns, history } = started;
  const registry = await startRdapServer(...(isTrusted ? [authority] : []));
  dns.turn(WELL_KNOWN);
  const now = clock.now();
  const saying = (answer: Partial<RdapAnswer> = {}) => registry.turn((domain) => rdapAnswer({ domain, now, ...answer }));
  saying();
  const entries = hosts.map((host) => cleanEntry({ url: `https://${host}.${ZONE}` }, { id: host }));
  const audit = async (night: LabAuditOptions = {}) => {
    const { registryOf } = registry;
    const asked: LabAuditOptions = { families: ["domain"], registration: true, registryOf, addresses: ["127.0.0.1"], withEvidence: true };
    const result = await started.audit(entries, { ...asked, ...more, ...night });
    return {
      result,
      told: allOpenFindings(result),
      evidence: result.report.integrations.map((one) => one.evidence?.["registration"]?.[0]),
    };
  };
  const known = async () => {
    const [audited] = await history.auditsOf((await history.runs(1))[0]?.ulid ?? "");
    const uid = audited?.uid ?? "";
    return (await history.knowledge(uid, "local")).observations.filter(({ kind }) => kind === "registration");
  };
  return { ...started, registry, saying, audit, known };
}

describe("a registry that is asked", () => {
  it("is asked once in a run, however many integrations have a host below the domain", async () => {
    const { audit, registry } = await lab({ hosts: ["api", "eu", "us", "files"], concurrency: 4 });
    const { result, evidence } = await audit();
    expect(registry.asked.map(({ url }) => url)).toEqual([`/rdap/domain/${ZONE}`]);
    expect(evidence).toEqual(Array(4).fill(expect.objectContaining({ zone: ZONE })));
    expect(result.report.run).toMatchObject({ connections: 1, requests: 1, bound: { connections: 8, requests: 8 } });
    expect(result.report.integrations).toEqual(Array(4).fill(expect.objectContaining({ visibility: "observed", coverage: 1 })));
  });

  it("gets no credential of ours, and is told nothing but the domain", async () => {
    const { audit, registry } = await lab();
    await audit();
    const [{ url, headers } = { url: "", headers: {} }] = registry.asked;
    expect(canariesIn(JSON.stringify([url, headers]), [LAB_SECRET, "api.acme-lab"])).toEqual([]);
    expect(Object.keys(headers).sort()).toEqual(["accept", "accept-encoding", "connection", "host", "user-agent"]);
  });

  it("is asked nothing without the flag, and only where domains are judged", async () => {
    const { audit, registry } = await lab();
    await audit({ registration: false });
    await audit({ families: ["header", "inventory"] });
    expect(registry.asked).toEqual([]);
  });

  it("stands in what would be sent, where somebody only wants to know that", async () => {
    const { clock, registry } = await lab();
    const options = { registration: true, families: RULE_FAMILIES, depth: "quick", concurrency: 1, timeoutMs: 1000 } as const;
    const tool = { version: "0", vantage: "local", vantageOf: () => "local", capability: "" };
    const integration = anIntegration({ baseUrl: `https://api.${ZONE}`, endpoints: [] });
    const ports = { clock, tool, registryOf: registry.registryOf };
    const [plan] = await planOnly(
      { integrations: [integration], policy: { packs: [], rules: {} } },
      options as unknown as Parameters<typeof planOnly>[1],
      ports,
    );
    expect(plan?.bound.probes).toContainEqual({ probe: "registration", times: 1, connections: 2, requests: 2 });
    expect(registry.asked).toEqual([]);
  });

  it("is not asked in a network of our own, unless that is allowed", async () => {
    const { audit, registry } = await lab({ allowPrivate: false });
    const { result } = await audit();
    expect(registry.asked).toEqual([]);
    expect(JSON.stringify(result.report.integrations)).toContain("address_not_allowed");
  });
});

describe("what a registry said", () => {
  it("stands in for a week with the flag, and for five without it", async () => {
    const { audit, registry, clock, saying } = await lab();
    saying({ status: ["active"] });
    const unlocked = ["domain/transfer-unlocked registration"];
    expect((await audit()).told).toEqual(unlocked);
    saying();
    clock.advance(6 * DAY);
    expect((await audit()).told).toEqual(unlocked);
    expect(registry.asked).toHaveLength(1);
    clock.advance(DAY - HOUR);
    expect((await audit()).told).toEqual([]);
    expect(registry.asked).toHaveLength(2);
    clock.advance(35 * DAY - 1000);
    const nearlyBlind = await audit({ registration: false });
    expect(nearlyBlind.evidence).toMatchObject([{ zone: ZONE }]);
    clock.advance(2000);
    const blind = await audit({ registration: false });
    expect(blind.evidence).toEqual([undefined]);
    expect(blind.result.report.integrations).toMatchObject([{ coverage: 1 }]);
    expect(registry.asked).toHaveLength(2);
  });

  it("is asked for anew where the end that it gave has passed, and the domain was renewed meanwhile", async () => {
    const { audit, registry, clock, saying } = await lab();
    saying({ endsIn: 2 });
    expect((await audit()).told).toEqual(["domain/registration-expiring registration"]);
    saying({ endsIn: 367 });
    clock.advance(3 * DAY);
    expect((await audit({ registration: false })).told).toEqual(["domain/registration-expiring registration"]);
    expect((await audit()).told).toEqual([]);
    expect(registry.asked).toHaveLength(2);
  });

  it("is remembered where it cannot be heard for a while, and so is the registrar of before", async () => {
    const { audit, registry, clock, saying, known } = await lab();
    await audit();
    clock.advance(7 * DAY);
    registry.turn(() => ({ status: 503 }));
    expect((await audit()).evidence).toMatchObject([{ reason: "server_error" }]);
    expect(await known()).toMatchObject([{ outcome: "observed" }]);
    clock.advance(DAY);
    saying({ registrar: { name: "Elsewhere LLC", ianaId: "1068" } });
    expect((await audit()).told).toEqual(["domain/registrar-changed registration"]);
    clock.advance(13 * DAY);
    expect((await audit({ registration: false })).told).toEqual(["domain/registrar-changed registration"]);
    clock.advance(2 * DAY);
    expect((await audit({ registration: false })).told).toEqual([]);
  });

  it("holds nothing of any contact, neither in history nor in a report", async () => {
    const { audit, folder, known } = await lab();
    const { result } = await audit();
    const stored = JSON.stringify(await known());
    expect(stored).toContain("Registrar of Acme, Inc.");
    const files = readdirSync(folder).map((file) => readFileSync(`${folder}/${file}`));
    expect(files.length).toBeGreaterThan(0);
    expect([...files, JSON.stringify(result), stored].flatMap((text) => canariesIn(text, CONTACTS))).toEqual([]);
  });
});

describe("a registry that is no help", () => {
  const answer = rdapAnswer({ domain: ZONE, now: Date.now() });
  it.each<[what: string, reason: string, reply: RdapReply | object]>([
    ["ten megabytes", "body_truncated", { body: JSON.stringify({ ...answer, more: "x".repeat(10 * 1024 * 1024) }) }],
    ["brackets without end", "body_too_deep", { body: `${JSON.stringify(answer).slice(0, -1)},"a":${"[".repeat(100_000)}` }],
    ["a page", "body_unsupported_type", { headers: { "content-type": "text/html" }, body: `<html>${JSON.stringify(answer)}</html>` }],
    ["another domain", "evidence_ambiguous", { ...answer, ldhName: "other.example" }],
    ["a page that refuses", "blocked", { status: 403, headers: { "content-type": "text/html" }, body: "<h1>Forbidden</h1>" }],
    ["a refusal", "blocked", { status: 403 }],
    ["a limit", "rate_limited", { status: 429, headers: { "retry-after": "3600" } }],
    ["no such domain", "not_found", { status: 404 }],
    ["another place", "redirect_not_followed", { status: 302, headers: { location: "https://127.0.0.1/" } }],
  ])("sends %s, and nothing is believed", async (_what, reason, reply) => {
    const { audit, registry } = await lab();
    registry.turn(() => reply);
    const { result, told, evidence } = await audit();
    expect(told).toEqual([]);
    expect(evidence).toMatchObject([{ reason }]);
    expect(result.report.run.requests).toBe(1);
    expect(result.report.integrations[0]?.coverage).toBeLessThan(1);
  });

  it("shows a certificate that nobody trusts", async () => {
    const { audit } = await lab({ isTrusted: false });
    expect((await audit()).evidence).toMatchObject([{ reason: "tls_untrusted" }]);
  });
});
