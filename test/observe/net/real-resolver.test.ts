import { describe, expect, it } from "vitest";
import { err } from "../../../src/model/result.ts";
import { domainProbe } from "../../../src/observe/probes/domain.ts";
import { context, NOW, target } from "../probes/support.ts";
import { session } from "./support/peers.ts";
import { missing } from "./support/real-peers.ts";
import { bindServer } from "./support/real-resolver.ts";

const ABSENT = missing("named", "-v");

/** So many that they do not fit into a datagram. */
const ISSUERS = Array.from({ length: 40 }, (_, at) => `ca${String(at).padStart(2, "0")}.a-rather-long-name-of-an-authority.example`);
const ZONE = `$ORIGIN acme.example.
$TTL 60
@ IN SOA ns1 admin 1 60 60 60 60
@ IN NS NS2.DNS.example.
@ IN NS ns1
ns1 IN A 127.0.0.1
${ISSUERS.map((issuer) => `@ IN CAA 0 issue "${issuer}"`).join("\n")}
api IN CNAME lb
lb IN A 192.0.2.1
lb IN CAA 128 issue "letsencrypt.org\\;x=\\"y\\""
old IN CNAME gone
a.b IN A 192.0.2.2
`;

describe.skipIf(ABSENT !== undefined)(`a real name server${ABSENT ?? ""}`, () => {
  it("tells what stands in its zone", async () => {
    const net = session({ dnsServers: [await bindServer("acme.example", ZONE)] });
    const ask = (url: string, isFound = true) => {
      const resolution = isFound
        ? ({ ok: true, value: { addresses: ["192.0.2.1"], vantage: "local" } } as const)
        : err({ reason: "dns_not_found", phase: "resolve", retriable: false } as const);
      return domainProbe.observe({ target: target(url), resolution }, context(net));
    };
    const names = ["ns1.acme.example", "ns2.dns.example"];
    expect(await ask("https://api.acme.example")).toMatchObject({
      evidence: {
        cnames: ["lb.acme.example"],
        hosting: "acme.example",
        ns: names,
        caa: { state: "records", at: "api.acme.example", records: [{ critical: true, tag: "issue", value: 'letsencrypt.org;x="y"' }] },
        seen: { ns: [{ names, domains: ["acme.example", "dns.example"], since: NOW }] },
      },
    });
    expect(await ask("https://old.acme.example", false)).toMatchObject({
      evidence: { dangling: { name: "gone.acme.example", owner: "same" } },
    });
    expect(await ask("https://none.acme.example", false)).toMatchObject({ outcome: "unreachable", failure: { reason: "dns_not_found" } });
    // An empty name between (RFC 8020) is a name, and the records above it hold for it; they come over TCP.
    expect(await ask("https://a.b.acme.example")).toMatchObject({
      evidence: { caa: { state: "records", at: "acme.example", records: ISSUERS.map((value) => ({ tag: "issue", value })) } },
    });
    // It answers for no other zone.
    expect(await ask("https://api.other.example")).toMatchObject({
      outcome: "unreachable",
      failure: { reason: "dns_failed", code: "EREFUSED" },
    });
  });
});
