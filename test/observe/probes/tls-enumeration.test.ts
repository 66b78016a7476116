import { describe, expect, it } from "vitest";
import { targetOf } from "../../../src/model/target.ts";
import type { EnumerationResult, Item, OfferVersion } from "../../../src/observe/enumerate/result.ts";
import { type EnumerationQuestion, enumerateTls } from "../../../src/observe/probes/tls-enumeration.ts";
import { type RealTruth, truthOfPeer } from "../enumerate/support/real-oracle.ts";
import { session } from "../net/support/peers.ts";
import { gnutlsPeer, jssePeer, missing, nginxPeer, opensslPeer, type RealPeer } from "../net/support/real-peers.ts";

async function enumerate(peer: RealPeer, more: Partial<EnumerationQuestion> = {}): Promise<EnumerationResult> {
  const target = targetOf("peer", "test", `https://127.0.0.1:${peer.port}`);
  const net = session({}, { budget: { connections: 400, requests: 0 }, deadlineMs: 60_000 });
  const found = await enumerateTls({ target, address: "127.0.0.1", depth: "full", budget: 400, lanes: 6, ...more }, net);
  if (!found.ok) throw new Error(found.error.reason);
  expect(found.value.connections).toBe(net.sent().connections);
  return found.value;
}

/** Everything that the oracle found, and nothing else; nothing unknown. */
function expectTruth(found: EnumerationResult, truth: ReadonlyMap<OfferVersion, RealTruth>): void {
  for (const one of found.versions) {
    const { suites, groups, schemes } = truth.get(one.version) as RealTruth;
    const seen = {
      version: one.version,
      suites: accepted(one.suites),
      groups: groups && accepted(one.groups),
      schemes: schemes && accepted(one.schemes),
      unknown: one.suites.filter(({ state }) => state === "unknown").length,
      support: one.support,
      complete: one.complete,
    };
    const support = suites.length > 0 ? "accepted" : "refused";
    expect(seen).toEqual({ version: one.version, suites, groups, schemes, unknown: 0, support, complete: true });
  }
}

function accepted(items: readonly Item[]): number[] {
  return items
    .filter(({ state }) => state === "accepted")
    .map(({ code }) => code)
    .sort((a, b) => a - b);
}

function told(name: string, found: EnumerationResult): void {
  const counts = found.versions.map(({ version, suites, groups, schemes, certificates }) => {
    return `${version}: ${accepted(suites).length}/${accepted(groups).length}/${accepted(schemes).length}/${certificates.length}`;
  });
  console.log(name, found.connections, counts.join(", "), found.quirks.join());
}

const PEERS: readonly [name: string, most: number, start: () => Promise<RealPeer>][] = [
  ["openssl, everything", 400, () => opensslPeer("rsa")],
  ["openssl, everything, two certificates", 400, () => opensslPeer("both")],
  ["openssl, TLS 1.3 only", 400, () => opensslPeer("ec", ["-min_protocol", "TLSv1.3"])],
  ["openssl, static RSA only", 400, () => opensslPeer("rsa", ["-cipher", "kRSA:@SECLEVEL=0", "-max_protocol", "TLSv1.2"])],
  ["openssl, DHE only", 400, () => opensslPeer("rsa", ["-cipher", "kDHE:@SECLEVEL=0", "-max_protocol", "TLSv1.2"])],
  ["gnutls legacy", 400, () => gnutlsPeer("both", "NORMAL:-VERS-ALL:+VERS-TLS1.0:+VERS-TLS1.1:+VERS-TLS1.2:+VERS-TLS1.3:+ARCFOUR-128:+3DES-CBC:+MD5:+ANON-ECDH:+ANON-DH:+NULL:%COMPAT")],
  ["gnutls", 400, () => gnutlsPeer("both", "NORMAL")],
  ["nginx intermediate", 29, () => nginxPeer("both", `ssl_protocols TLSv1.2 TLSv1.3; ssl_prefer_server_ciphers off; ssl_ciphers ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305;`)],
  ["jsse", 159, () => jssePeer("both")],
];

describe("an enumeration", { timeout: 240_000 }, () => {
  it.each(PEERS)("of %s finds what one question per connection finds", async (name, most, start) => {
    const peer = await start();
    let t = Date.now();
    const found = await enumerate(peer);
    const took = Date.now() - t;
    told(`${name} ${took}ms`, found);
    t = Date.now();
    const truth = await truthOfPeer(peer.port);
    console.log("oracle", Date.now() - t);
    const quick = await enumerate(peer, { depth: "quick" });
    told(`${name} quick`, quick);
    const standard = await enumerate(peer, { depth: "standard" });
    told(`${name} standard`, standard);
    const again = await enumerate(peer, { depth: "standard", remembered: standard });
    told(`${name} again`, again);
    expectTruth(found, truth);
    expect(found.connections).toBeLessThanOrEqual(most);
  });
});
void missing;
