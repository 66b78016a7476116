import { describe, expect, it } from "vitest";
import type { DnsType } from "../../../src/model/net-port.ts";
import { targetOf } from "../../../src/model/target.ts";
import { type DnsZone, startDnsServer } from "../../lab/support/dns-server.ts";
import { session } from "./support/peers.ts";

const API = targetOf("x", "test", "https://api.acme.test");

async function asking(zone: DnsZone, options: Parameters<typeof session>[0] = {}) {
  const server = await startDnsServer(zone);
  const net = session({ dnsServers: [server.address], ...options });
  return { server, net, ask: <T extends DnsType>(name: string, type: T) => net.dns(API, name, type) };
}

describe("questions to DNS", () => {
  it("come back in one spelling, sorted, each once", async () => {
    const { ask } = await asking({
      "acme.test": {
        ns: ["B.NS.test", "a.ns.test", "b.ns.test"],
        caa: [
          [0, "issuewild", ";"],
          [128, "ISSUE", "letsencrypt.org; accounturi=x"],
        ],
      },
      "api.acme.test": { cname: "Acme.CDN.test" },
    });
    expect(await ask("acme.test", "NS")).toEqual({ ok: true, value: { state: "records", records: ["a.ns.test", "b.ns.test"] } });
    expect(await ask("api.acme.test", "CNAME")).toEqual({ ok: true, value: { state: "records", records: ["acme.cdn.test"] } });
    expect(await ask("acme.test", "CAA")).toEqual({
      ok: true,
      value: {
        state: "records",
        records: [
          { critical: true, tag: "issue", value: "letsencrypt.org; accounturi=x" },
          { critical: false, tag: "issuewild", value: ";" },
        ],
      },
    });
  });

  it("tell a name without such records from one that does not exist", async () => {
    const { ask } = await asking({ "api.acme.test": { a: ["192.0.2.1"] } });
    expect(await ask("api.acme.test", "CNAME")).toEqual({ ok: true, value: { state: "none" } });
    expect(await ask("acme.test", "NS")).toEqual({ ok: true, value: { state: "none" } });
    expect(await ask("gone.acme.test", "CAA")).toEqual({ ok: true, value: { state: "no-name" } });
  });

  it("follow an alias for what stands behind it", async () => {
    const { ask } = await asking({
      "api.acme.test": { cname: "acme.cdn.test" },
      "acme.cdn.test": { caa: [[0, "issue", "cdn.test"]] },
      "old.acme.test": { cname: "gone.cdn.test" },
    });
    expect(await ask("api.acme.test", "CAA")).toMatchObject({ value: { records: [{ value: "cdn.test" }] } });
    expect(await ask("old.acme.test", "CAA")).toEqual({ ok: true, value: { state: "no-name" } });
  });

  it.each([
    ["servfail", "ESERVFAIL"],
    ["refused", "EREFUSED"],
    ["notimp", "ENOTIMP"],
    ["silent", "ETIMEOUT"],
  ] as const)("that are answered with %s are not answered: %s", async (caa, code) => {
    // Two tries take three quarters of the time that there is: what is left is for a machine that is busy.
    const { ask } = await asking({ "acme.test": { caa } }, { timeouts: { resolve: 8000 } });
    expect(await ask("acme.test", "CAA")).toMatchObject({ ok: false, error: { reason: "dns_failed", phase: "resolve", code } });
  });

  it.each(["cut", "nonsense"] as const)("are not answered by what is %s", async (caa) => {
    const { ask } = await asking({ "acme.test": { caa } }, { timeouts: { resolve: 400 } });
    expect(await ask("acme.test", "CAA")).toMatchObject({ ok: false, error: { reason: "dns_failed", phase: "resolve" } });
  });

  it("fail where nobody listens, which is no refusal of the provider's", async () => {
    const net = session({ dnsServers: ["127.0.0.1:9"], timeouts: { resolve: 400 } });
    expect(await net.dns(API, "acme.test", "NS")).toMatchObject({ ok: false, error: { reason: "dns_failed" } });
  });

  it("are put once per scope, failures included, and wait no longer than their phase", async () => {
    const { ask, server } = await asking({ "acme.test": { ns: ["a.ns.test"], caa: "silent" } }, { timeouts: { resolve: 300 } });
    await Promise.all([ask("acme.test", "NS"), ask("acme.test", "NS")]);
    expect(server.asked).toEqual(["NS acme.test"]);
    const started = performance.now();
    await ask("acme.test", "CAA");
    expect(performance.now() - started).toBeLessThan(1500);
    const heard = server.asked.length;
    await ask("acme.test", "CAA");
    expect(server.asked.length).toBe(heard);
    expect(heard).toBeLessThanOrEqual(3);
  });

  it("end with their scope", async () => {
    const { ask, net } = await asking({ "acme.test": { caa: "silent" } });
    const answer = ask("acme.test", "CAA");
    net.close();
    expect(await answer).toMatchObject({ ok: false, error: { reason: "interrupted" } });
  });

  it("are not put where a proxy looks names up, and are where it is passed by", async () => {
    const zone = { "acme.test": { ns: ["a.ns.test"] } };
    const proxied = await asking(zone, { proxies: { https: "http://127.0.0.1:1" } });
    expect(await proxied.ask("acme.test", "NS")).toEqual({
      ok: false,
      error: { reason: "not_requested", phase: "plan", code: "proxy", retriable: false },
    });
    expect(proxied.server.asked).toEqual([]);
    const excepted = await asking(zone, { proxies: { https: "http://127.0.0.1:1", no: "acme.test" } });
    expect(await excepted.ask("acme.test", "NS")).toMatchObject({ ok: true });
  });
});

describe("hostile answers of DNS", () => {
  const wire = (...labels: readonly string[]) =>
    Buffer.concat([...labels.map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label, "latin1")])), Buffer.from([0])]);

  it("a name of ten kilobytes is no answer", async () => {
    const long = wire(...Array.from({ length: 160 }, () => "x".repeat(63)));
    const { ask } = await asking({ "api.acme.test": { cname: long } }, { timeouts: { resolve: 400 } });
    expect(await ask("api.acme.test", "CNAME")).toMatchObject({ ok: false, error: { reason: "dns_failed" } });
  });

  it("of hundreds of records, the first ones in order are kept", async () => {
    const ns = Array.from({ length: 200 }, (_, index) => `n${index}.t`);
    const { ask } = await asking({ "acme.test": { ns } });
    const answer = await ask("acme.test", "NS");
    expect(answer.ok && answer.value.state === "records" && answer.value.records.length).toBe(64);
  });

  it.each([
    ["a pointer that points to itself", { cname: Buffer.from([0xc0, 0xff]) }, "CNAME"],
    ["a name that is not ended", { cname: Buffer.from([5, 97]) }, "CNAME"],
    ["no name at all", { cname: Buffer.alloc(0) }, "CNAME"],
    ["a tag of 200 octets", { caa: [[0, "x".repeat(200), ""]] }, "CAA"],
  ] as const)("%s is no answer", async (_what, records, type) => {
    const { ask } = await asking({ "api.acme.test": records }, { timeouts: { resolve: 400 } });
    expect(await ask("api.acme.test", type)).toMatchObject({ ok: false, error: { reason: "dns_failed" } });
  });

  it("control characters in a name come escaped", async () => {
    const { ask } = await asking({ "api.acme.test": { cname: wire("\u001b[2J", "evil") } });
    expect(await ask("api.acme.test", "CNAME")).toEqual({ ok: true, value: { state: "records", records: ["\\027[2j.evil"] } });
  });

  it("tags that node has another use for leave no tag behind, and are records all the same", async () => {
    const { ask } = await asking({
      "acme.test": {
        caa: [
          [0, "critical", "issue"],
          [0, "__proto__", "x"],
          [0, "constructor", "y"],
        ],
      },
    });
    const answer = await ask("acme.test", "CAA");
    expect(answer.ok && answer.value.state === "records" && answer.value.records.map(({ tag, value }) => [tag, value])).toEqual([
      ["", ""],
      ["", ""],
      ["constructor", "y"],
    ]);
  });

  it("a CAA value comes as it is, up to its first NUL: what may be kept of it is decided elsewhere", async () => {
    const { ask } = await asking({ "acme.test": { caa: [[0, "issue", "\u001b[31mca.test\u0000.org"]] } });
    expect(await ask("acme.test", "CAA")).toMatchObject({ value: { records: [{ tag: "issue", value: "\u001b[31mca.test" }] } });
  });
});
