import type { TLSSocket } from "node:tls";
import { describe, expect, it } from "vitest";
import { createAuthority } from "../../../src/demo/certificates.ts";
import type { ShownCertificate } from "../../../src/model/client-certificate.ts";
import { DAY } from "../../../src/model/instant.ts";
import { Secret } from "../../../src/model/secret.ts";
import { extendedKeyUsage } from "../../lab/support/certificate-extensions.ts";
import { intermediate, type Made, rootAuthority, serverLeaf } from "../../lab/support/certificate-factory.ts";
import { newKey } from "../../lab/support/certificate-keys.ts";
import { answering, authority, GET, type Peer, session, tlsPeer, whenAsked } from "./support/peers.ts";

const VERSIONS = ["TLSv1.2", "TLSv1.3"] as const;
const validity = { notBefore: new Date(Date.now() - DAY), notAfter: new Date(Date.now() + DAY) };
const FOR_CLIENTS = extendedKeyUsage(["clientAuth"]);
const root = rootAuthority({ subject: "our root" });
const clients = intermediate(root, { with: [FOR_CLIENTS] });
const OWN = clientOf(clients);

interface Wanted {
  readonly version?: (typeof VERSIONS)[number];
  readonly required?: boolean;
  readonly served?: { readonly cert: string; readonly key: string };
}

/** A server that asks for a certificate of `clients`, and notes each that it is shown, trusted or not. */
async function asking({ version = "TLSv1.3", required = true, served }: Wanted = {}): Promise<{ peer: Peer; shown: string[] }> {
  const shown: string[] = [];
  const options = {
    requestCert: true,
    rejectUnauthorized: required,
    ca: [root.pem],
    minVersion: version,
    maxVersion: version,
    ...served,
  };
  const peer = await tlsPeer(options, (socket) => {
    shown.push(nameIn(socket));
    whenAsked(socket, () => socket.end("HTTP/1.1 204 No Content\r\n\r\n"));
  });
  return { peer, shown };
}

function nameIn(socket: TLSSocket): string {
  return socket.getPeerCertificate().subjectaltname ?? "nobody";
}

function clientOf(authority: Made): ShownCertificate {
  const made = serverLeaf(authority, { key: newKey(), dns: ["client.example"], with: [FOR_CLIENTS] });
  const key = made.key.privateKey?.export({ type: "pkcs8", format: "pem" }).toString() ?? "";
  return { chain: made.pem + authority.pem, key: new Secret(key) };
}

const send = (peer: Peer, clientCertificate?: ShownCertificate, net = session()) =>
  net.request(peer.https, "127.0.0.1", { ...GET, ...(clientCertificate && { clientCertificate }) });

describe.each(VERSIONS)("a client certificate in %s", (version) => {
  it.each([true, false])("is shown by the requests that bring it, and by no others (required: %s)", async (required) => {
    const { peer, shown } = await asking({ version, required });
    expect(await send(peer, OWN)).toMatchObject({ ok: true, value: { status: 204, trusted: true } });
    expect(shown).toEqual(["DNS:client.example"]);
    expect((await send(peer)).ok).toBe(!required);
    await session().tlsSession(peer.https, "127.0.0.1");
    expect(shown.slice(1).every((name) => name === "nobody")).toBe(true);
  });

  it("is not shown twice to a server that was not trusted the first time", async () => {
    const stranger = createAuthority().issue({ ipAddresses: ["127.0.0.1"], ...validity });
    const { peer, shown } = await asking({ version, required: false, served: { cert: stranger.chainPem, key: stranger.keyPem } });
    const net = session();
    expect(await net.tlsSession(peer.https, "127.0.0.1")).toMatchObject({ ok: true });
    const connections = peer.connections();
    expect(await send(peer, OWN, net)).toMatchObject({ ok: false, error: { reason: "tls_untrusted", phase: "tls" } });
    expect(peer.connections()).toBe(connections);
    expect(shown).not.toContain("DNS:client.example");
    expect(net.sent().requests).toBe(0);
  });
});

describe("a client certificate", () => {
  it.each([
    ["a stranger's", createAuthority().issue({ ipAddresses: ["127.0.0.1"], ...validity }), "UNABLE_TO_VERIFY_LEAF_SIGNATURE"],
    ["another host's", authority.issue({ dnsNames: ["other.example"], ...validity }), "ERR_TLS_CERT_ALTNAME_INVALID"],
    ["an expired", authority.issue({ ipAddresses: ["127.0.0.1"], notBefore: new Date(0), notAfter: new Date(DAY) }), "CERT_HAS_EXPIRED"],
  ])("never leaves for %s server of TLS 1.3, of which nothing was known", async (_whose, certificate, code) => {
    const served = { cert: certificate.chainPem, key: certificate.keyPem };
    const { peer, shown } = await asking({ required: false, served });
    const net = session();
    expect(await send(peer, OWN, net)).toEqual({
      ok: false,
      error: { reason: "tls_untrusted", phase: "tls", code, retriable: false },
    });
    expect(net.sent()).toEqual({ connections: 1, requests: 0 });
    expect(shown).toEqual([]);
  });

  it("is not shown over http", async () => {
    const peer = await answering("HTTP/1.1 200 OK\r\n\r\n");
    expect(await session().request(peer.http, "127.0.0.1", { ...GET, clientCertificate: OWN })).toMatchObject({
      ok: false,
      error: { reason: "credential_withheld", phase: "plan" },
    });
    expect(peer.connections()).toBe(0);
  });

  it("that OpenSSL does not take costs no connection", async () => {
    const { peer } = await asking();
    expect(await send(peer, { chain: OWN.chain, key: clientOf(clients).key })).toMatchObject({
      ok: false,
      error: { reason: "credential_unavailable", phase: "plan" },
    });
    expect(peer.connections()).toBe(0);
  });

  it("that the server does not take is not one that was missing", async () => {
    const { peer } = await asking();
    const refused = await send(peer, clientOf(intermediate(rootAuthority())));
    expect(refused).toMatchObject({ ok: false, error: { reason: "connection_closed" } });
  });
});
