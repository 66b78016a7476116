import { describe, expect, it } from "vitest";
import type { DomainEvidence } from "../../../src/evidence/kinds.ts";
import { canonicalJson } from "../../../src/model/digest.ts";
import { DAY, HOUR } from "../../../src/model/instant.ts";
import { err, ok } from "../../../src/model/result.ts";
import { type DomainQuestion, domainProbe } from "../../../src/observe/probes/domain.ts";
import { type DnsZone, startDnsServer } from "../../lab/support/dns-server.ts";
import { session } from "../net/support/peers.ts";
import { context, NOW, SECRET, target, URL_OF_API } from "./support.ts";

const HOST = "api.acme.example";
const FOUND = ok({ addresses: ["192.0.2.1"], vantage: "local" });
const failing = (reason: "dns_not_found" | "dns_no_address" | "dns_failed") => err({ reason, phase: "resolve", retriable: false } as const);
const WELL: DnsZone = {
  "acme.example": { ns: ["ns2.dns.example", "NS1.dns.example"] },
  [HOST]: { a: ["192.0.2.1"] },
};

async function observe(zone: DnsZone, question: Partial<DomainQuestion> = {}, later = 0) {
  const server = await startDnsServer(zone);
  const net = session({ dnsServers: [server.address], timeouts: { resolve: 1600 } });
  const probing = context(net);
  await probing.credentials.resolve("env:KEY", URL_OF_API);
  const clock = { ...probing.clock, now: () => NOW + later };
  const observation = await domainProbe.observe({ target: target(), resolution: FOUND, ...question }, { ...probing, clock });
  return { observation, server, sent: net.sent() };
}

async function evidence(...asked: Parameters<typeof observe>): Promise<DomainEvidence> {
  const { observation } = await observe(...asked);
  if (observation.outcome !== "observed") throw new Error(JSON.stringify(observation.failure));
  return observation.evidence;
}

describe("domain", () => {
  it("sees who answers for a name, where it leads and who may issue for it, and sends the provider nothing", async () => {
    const { observation, server, sent } = await observe(WELL);
    expect(observation).toMatchObject({ probe: "domain", kind: "domain", key: { origin: `https://${HOST}` }, outcome: "observed" });
    expect(observation.outcome === "observed" && observation.evidence).toEqual({
      host: HOST,
      zone: "acme.example",
      cnames: [],
      hosting: "acme.example",
      ns: ["ns1.dns.example", "ns2.dns.example"],
      caa: { state: "none" },
      seen: {
        ns: [{ names: ["ns1.dns.example", "ns2.dns.example"], domains: ["dns.example"], since: NOW }],
        hosting: [{ domain: "acme.example", since: NOW }],
      },
    });
    expect([...server.asked].sort()).toEqual(["CAA acme.example", `CAA ${HOST}`, "CAA example", `CNAME ${HOST}`, "NS acme.example"].sort());
    expect(sent).toEqual({ connections: 0, requests: 0 });
  });

  it("says the same night after night", async () => {
    const zone: DnsZone = {
      ...WELL,
      [HOST]: { cname: "lb.acme.example" },
      "lb.acme.example": { cname: "x1.cdn.example" },
      "x1.cdn.example": {},
    };
    const first = await evidence(zone);
    const second = await evidence(zone, { before: first }, DAY);
    expect(canonicalJson(second)).toBe(canonicalJson(first));
    expect(first).toMatchObject({ cnames: ["lb.acme.example", "x1.cdn.example"], seen: { hosting: [{ domain: "cdn.example" }] } });
  });

  it("leaves out what a CDN does behind its own name", async () => {
    const behind = (edge: string): DnsZone => ({
      ...WELL,
      [HOST]: { cname: "acme.cdn.example" },
      "acme.cdn.example": { cname: edge },
      [edge]: { a: ["192.0.2.9"] },
    });
    expect(await evidence(behind("e7.edge.example"))).toEqual(await evidence(behind("e9.other.example")));
  });

  it("reads the name of a tenant for the host that leads to it", async () => {
    const seen = await evidence({ ...WELL, [HOST]: { cname: "acme.azurewebsites.net" }, "acme.azurewebsites.net": {} });
    expect(seen.seen.hosting).toEqual([{ domain: "azurewebsites.net", since: NOW }]);
  });
});

describe("aliases to nowhere", () => {
  const TO_NOWHERE: DnsZone = { "acme.example": { ns: ["ns1.dns.example"] }, [HOST]: { cname: "acme.azurewebsites.net" } };

  it("are seen where neither DNS nor the look-up knows the name", async () => {
    for (const reason of ["dns_not_found", "dns_no_address"] as const) {
      expect((await evidence(TO_NOWHERE, { resolution: failing(reason) })).dangling).toEqual({
        name: "acme.azurewebsites.net",
        owner: "other",
        since: NOW,
      });
    }
  });

  it("come back where they were missed twice, an hour apart, and are remembered when the name leads elsewhere", async () => {
    const gone = { resolution: failing("dns_not_found") };
    const there: DnsZone = { ...TO_NOWHERE, "acme.azurewebsites.net": { a: ["192.0.2.7"] } };
    const once = await evidence(TO_NOWHERE, gone);
    expect((await evidence(there, { before: once }, DAY)).seen.revived).toBeUndefined();
    expect((await evidence(TO_NOWHERE, { ...gone, before: once }, HOUR - 1)).dangling?.confirmed).toBeUndefined();
    const twice = await evidence(TO_NOWHERE, { ...gone, before: once }, HOUR);
    expect(twice.dangling).toMatchObject({ since: NOW, confirmed: true });
    const back = await evidence(there, { before: twice }, DAY);
    expect(back.seen.revived).toEqual({ name: "acme.azurewebsites.net", since: NOW + DAY, leads: true });
    const elsewhere = await evidence(WELL, { before: back }, 2 * DAY);
    expect(elsewhere.seen.revived).toEqual({ name: "acme.azurewebsites.net", since: NOW + DAY, leads: false });
    expect((await evidence(there, { before: elsewhere }, 3 * DAY)).seen.revived).toEqual(back.seen.revived);
  });

  it("belong to whoever owns the alias before", async () => {
    const own = { ...TO_NOWHERE, [HOST]: { cname: "lb.acme.example" } } as DnsZone;
    expect((await evidence(own, { resolution: failing("dns_not_found") })).dangling).toMatchObject({
      name: "lb.acme.example",
      owner: "same",
    });
    const further = { ...own, "lb.acme.example": { cname: "x.gone.example" } } as DnsZone;
    expect(await evidence(further, { resolution: failing("dns_not_found") })).toMatchObject({
      cnames: ["lb.acme.example", "x.gone.example"],
      dangling: { name: "x.gone.example", owner: "other" },
    });
  });

  it("are none where the look-up found an address: a server denied a type that it does not know", async () => {
    expect(await evidence(TO_NOWHERE)).not.toHaveProperty("dangling");
  });

  it("are not known where the look-up failed", async () => {
    const { observation } = await observe(TO_NOWHERE, { resolution: failing("dns_failed") });
    expect(observation).toMatchObject({ outcome: "unreachable", failure: { reason: "dns_failed" } });
  });

  it("are something else than a host that does not exist", async () => {
    const { observation } = await observe({ "acme.example": { ns: ["ns1.dns.example"] } }, { resolution: failing("dns_not_found") });
    expect(observation).toMatchObject({ outcome: "unreachable", failure: { reason: "dns_not_found" } });
  });

  it.each([
    ["loop", { [HOST]: { cname: "b.example" }, "b.example": { cname: HOST } }, ["b.example"]],
    ["loop", { [HOST]: { cname: HOST } }, []],
    ["loop", { [HOST]: { cname: "b.acme.example" }, "b.acme.example": { cname: "b.acme.example" } }, ["b.acme.example"]],
    ["no-host-name", { [HOST]: { cname: Buffer.from([4, 27, 91, 50, 74, 0]) } }, ["\\027[2j"]],
    [
      "too-long",
      Object.fromEntries(
        Array.from({ length: 20 }, (_, at) => [at === 0 ? HOST : `a${at}.acme.example`, { cname: `a${at + 1}.acme.example` }]),
      ),
      Array.from({ length: 8 }, (_, at) => `a${at + 1}.acme.example`),
    ],
  ])("are not looked for in a chain that is %s", async (unfollowed, zone, cnames) => {
    const resolution = failing("dns_not_found");
    expect(await evidence({ ...WELL, ...(zone as DnsZone) }, { resolution })).toMatchObject({ unfollowed, cnames });
  });
});

describe("the region of the host that a name leads to", () => {
  const leading = (name: string): DnsZone => ({ ...WELL, [HOST]: { cname: name }, [name]: {} });
  const ireland = leading("x.eu-west-1.elb.amazonaws.com");
  const frankfurt = leading("x.eu-central-1.elb.amazonaws.com");

  it("is remembered with the first time that it was seen, and stays where a name says none", async () => {
    const first = await evidence(ireland);
    expect(first.seen.regions).toEqual([{ cloud: "AWS", region: "eu-west-1", country: "IE", since: NOW }]);
    const second = await evidence(frankfurt, { before: first }, DAY);
    expect(second.seen.regions?.map(({ country, since }) => [country, since])).toEqual([
      ["IE", NOW],
      ["DE", NOW + DAY],
    ]);
    expect((await evidence(ireland, { before: second }, 2 * DAY)).seen).toEqual(second.seen);
    expect((await evidence(WELL, { before: second }, 2 * DAY)).seen.regions).toEqual(second.seen.regions);
  });

  it("begins with the first sight where evidence of old said nothing of it", async () => {
    const { regions: _none, ...old } = (await evidence(ireland)).seen;
    const before = { ...(await evidence(ireland)), seen: old };
    expect((await evidence(ireland, { before }, DAY)).seen.regions).toMatchObject([{ region: "eu-west-1", since: NOW + DAY }]);
    expect((await evidence(WELL, { before }, DAY)).seen).not.toHaveProperty("regions");
  });
});

describe("name servers", () => {
  const moved = (ns: readonly string[]): DnsZone => ({ ...WELL, "acme.example": { ns } });

  it("are remembered with the first time that they were seen", async () => {
    const first = await evidence(WELL);
    const second = await evidence(moved(["a.evil.example"]), { before: first }, DAY);
    expect(second.seen.ns).toEqual([...first.seen.ns, { names: ["a.evil.example"], domains: ["evil.example"], since: NOW + DAY }]);
    const third = await evidence(WELL, { before: second }, 2 * DAY);
    expect(third.seen).toEqual(second.seen);
  });

  it("of eight turns the first and the newest are remembered", async () => {
    const ns = Array.from({ length: 8 }, (_, at) => ({ names: [`ns${at}.old.example`], domains: ["old.example"], since: at }));
    const before = { ...(await evidence(WELL)), seen: { ns, hosting: [] } };
    expect((await evidence(WELL, { before })).seen.ns.map(({ since }) => since)).toEqual([0, 2, 3, 4, 5, 6, 7, NOW]);
  });

  it("may be none, and what was seen before stays", async () => {
    const before = await evidence(WELL);
    const none = await evidence({ [HOST]: {} }, { before });
    expect(none).toMatchObject({ ns: [], seen: before.seen });
  });

  it.each([
    ["dns_failed", { ...WELL, "acme.example": { ns: "servfail" } }],
    ["dns_failed", { ...WELL, [HOST]: { cname: "refused" } }],
    ["dns_failed", { ...WELL, "acme.example": "silent" }],
    // As a resolver of our own network says that knows no other.
    ["dns_not_found", {}],
  ] as const)("that nobody tells of make no evidence: %s", async (reason, zone) => {
    const { observation } = await observe(zone);
    expect(observation).toMatchObject({ outcome: "unreachable", failure: { reason } });
  });
});

describe("CAA", () => {
  const caa = [[0, "issue", "ca.example"]] as const;
  const RECORDS = { state: "records", records: [{ critical: false, tag: "issue", value: "ca.example" }] };

  it("is taken from the nearest name that has any", async () => {
    expect((await evidence({ ...WELL, "acme.example": { ns: ["n.example"], caa } })).caa).toEqual({ ...RECORDS, at: "acme.example" });
    const both: DnsZone = { "acme.example": { ns: ["n.example"], caa }, [HOST]: { caa: [[128, "issue", ";"]] } };
    expect((await evidence(both)).caa).toEqual({
      state: "records",
      at: HOST,
      records: [{ critical: true, tag: "issue", value: ";" }],
    });
  });

  it("is taken from behind an alias, and from above the host where there is none: never from above the alias", async () => {
    const aliased: DnsZone = { ...WELL, [HOST]: { cname: "a.cdn.example" }, "a.cdn.example": {}, "cdn.example": { caa } };
    expect((await evidence(aliased)).caa).toEqual({ state: "none" });
    expect((await evidence({ ...aliased, "a.cdn.example": { caa } })).caa).toEqual({ ...RECORDS, at: HOST });
  });

  it.each(["servfail", "refused", "notimp", "silent", "cut", "nonsense"] as const)(
    "is unknown, and nothing else is, where a resolver answers %s",
    async (answer) => {
      const seen = await evidence({ ...WELL, [HOST]: { caa: answer } });
      expect(seen.caa).toEqual({ state: "unknown", reason: "dns_failed" });
      expect(seen.ns).toHaveLength(2);
    },
  );

  it("is unknown where a name between cannot be asked, whatever stands above it", async () => {
    const zone: DnsZone = { "acme.example": { ns: ["n.example"], caa: "servfail" }, [HOST]: {}, example: { caa } };
    expect((await evidence(zone)).caa).toEqual({ state: "unknown", reason: "dns_failed" });
  });

  it("keeps neither control characters nor secrets of ours nor long texts, nor whom to write to", async () => {
    const hostile = [
      [0, "issue", `\u001b[31m${"x".repeat(3000)}`],
      [0, "issue", `ca.example; account=${SECRET}`],
      [0, "iodef", "mailto:ada@acme.example"],
    ] as const;
    const zone: DnsZone = { ...WELL, "acme.example": { ns: ["n.example"], caa: hostile } };
    const { caa: kept } = await evidence(zone);
    expect(kept).toMatchObject({
      state: "records",
      records: [
        { tag: "iodef", value: "" },
        { tag: "issue", value: `[31m${"x".repeat(251)}` },
        { tag: "issue", value: "ca.example; account=[secret]" },
      ],
    });
  });
});

it("asks nothing where a proxy looks names up, and says so", async () => {
  const net = session({ proxies: { https: "http://127.0.0.1:1" }, dnsServers: ["127.0.0.1:9"] });
  const observation = await domainProbe.observe({ target: target(), resolution: FOUND }, context(net));
  expect(observation).toMatchObject({ outcome: "skipped", failure: { reason: "not_requested", code: "proxy" } });
});
