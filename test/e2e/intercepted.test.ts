import { once } from "node:events";
import { createServer as createHttpServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createSecureContext, TLSSocket } from "node:tls";
import { describe, expect, it, onTestFinished } from "vitest";
import { createAuthority } from "../../src/demo/certificates.ts";
import { DAY } from "../../src/model/instant.ts";
import { runCli } from "../lab/support/run-cli.ts";
import { temporaryFolder } from "../lab/support/temporary-folder.ts";
import { reportOf } from "./support/small-estate.ts";

/** As a company has it: every connection ends here, and every host has a certificate of ours. */
async function interceptingProxy(): Promise<{ readonly url: string; readonly ca: string }> {
  const authority = createAuthority({ name: "Acme TLS inspection" });
  const proxy = createHttpServer();
  proxy.on("connect", ({ url = "" }, socket) => {
    socket.on("error", () => undefined);
    socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
    const [host = ""] = url.split(":");
    const { chainPem, keyPem } = authority.issue({
      dnsNames: [host],
      notBefore: new Date(Date.now() - DAY),
      // Near its end, and without what public authorities put in: none of it is the provider's.
      notAfter: new Date(Date.now() + DAY / 2),
    });
    const secureContext = createSecureContext({ cert: chainPem, key: keyPem });
    const inside = new TLSSocket(socket, { isServer: true, secureContext, ALPNProtocols: ["http/1.1"] });
    inside.on("error", () => undefined);
    inside.once("data", () =>
      inside.end("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\nserver: upstream/1.2.3\r\n\r\n{}"),
    );
  });
  proxy.listen(0, "127.0.0.1");
  await once(proxy, "listening");
  onTestFinished(() => {
    proxy.closeAllConnections();
    proxy.close();
  });
  return { url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`, ca: authority.certificatePem };
}

const HOSTS = ["api.one.example", "api.two.example", "api.three.example"];

describe("an intercepting proxy that we trust", () => {
  it("is said once; its certificates and its TLS are nobody's findings, and what it hands on is judged", async () => {
    const { url, ca } = await interceptingProxy();
    const { path: home, write } = await temporaryFolder();
    const file = await write("ca.pem", ca);
    const audit = (hosts: readonly string[]) =>
      runCli(["audit", ...hosts.map((host) => `https://${host}`), "--ca", file, "--depth", "quick", "--json"], {
        home,
        env: { HTTPS_PROXY: url },
      });
    const { integrations, notices } = reportOf(await audit(HOSTS));
    expect(notices.filter((text) => text.startsWith("A proxy of your own (CN=Acme TLS inspection)"))).toHaveLength(1);
    for (const { findings, unobserved } of integrations) {
      expect(findings.map(({ rule }) => rule).filter((rule) => /^(tls|certificate)\//.test(rule))).toEqual([]);
      expect(findings.map(({ rule }) => rule)).toContain("header/version-disclosure");
      expect(unobserved.find(({ rule }) => rule === "certificate/expiring")?.reason).toBe("tls_intercepted");
    }
    const stored = await runCli(["finding", "list", "--json"], { home });
    expect(stored.stdout).not.toContain("certificate/");
    // Two hosts may well be of one provider with an authority of its own.
    const two = reportOf(await audit(HOSTS.slice(0, 2)));
    expect(two.notices.filter((text) => text.startsWith("A proxy"))).toEqual([]);
    expect(two.integrations.flatMap(({ findings }) => findings.map(({ rule }) => rule))).toContain("certificate/expiring");
  }, 120_000);
});
